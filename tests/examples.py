"""Named example data: small negotiations that tests share, built from the same models as real ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from positions.analysis.state import State, state_at
from positions.files.reading import read_toml
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.revision import Record
from positions.model.statement import Statement

HERE = Path(__file__).parent
START = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def golden_codebook() -> Codebook:
    """The codebook of the golden example in semantics.md §7."""
    return read_toml(HERE / "examples" / "golden.toml", Codebook)


def golden_codebook_with(**fields: Any) -> Codebook:
    """The golden example's codebook with other parties, speakers or issues; a copy would keep what it looked up."""
    same = {name: getattr(golden_codebook(), name) for name in Codebook.model_fields}
    return Codebook(**same | fields)


def said(
    on: str, holder: str, about: str, stance: int, to: int | None = None, *, number: int = 0, **fields: Any
) -> Record:
    """One record in a line: said("2022-03-01", "RUS", "venue/belarus", 2)."""
    issue, _, element = about.partition("/")
    voice = fields.get("voice", "self")
    quote = f"{holder} on {about}"
    content: dict[str, Any] = {
        "id": f"s{number:03d}",
        "document": "doc",
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "holder": holder,
        "issue": issue,
        "element": element or None,
        "stance": stance,
        "stance_to": to,
        "said_on": on,
        "said_on_basis": "explicit",
        "coder": "example",
        "speaker": None if voice == "framing" else "someone",
        "speaker_party": holder if voice == "self" else None,
        "voice": voice,
        "directness": "framing" if voice == "framing" else "direct",
    }
    published = fields.pop("published_on", "2022-03-31")
    outlet = fields.pop("outlet", "The Example")
    recorded = fields.pop("recorded_at", START + timedelta(minutes=number))
    return Record(Statement.model_validate(content | fields), PartialDate.parse(published), outlet, recorded)


GOLDEN = [
    ("2022-03-01", "RUS", "neutrality", 2),
    ("2022-03-01", "UKR", "neutrality", -2, -1),
    ("2022-03-01", "USA", "neutrality", -1),
    ("2022-03-01", "RUS", "venue/belarus", 2),
    ("2022-03-01", "UKR", "venue/any", 1),
    ("2022-03-01", "UKR", "venue/belarus", -2),
    ("2022-03-01", "USA", "venue/geneva", 1),
    ("2022-03-01", "RUS", "preconditions/demilitarisation", 2),
    ("2022-03-01", "UKR", "preconditions/demilitarisation", -2),
    ("2022-03-01", "UKR", "preconditions/halt-attacks", 2),
    ("2022-03-01", "USA", "preconditions/halt-attacks", 2),
    ("2022-03-01", "UKR", "military-aid", 2),
    ("2022-03-01", "USA", "military-aid", 1),
    ("2022-03-10", "RUS", "neutrality", 1, 2),
    ("2022-03-10", "UKR", "neutrality", -1, 0),
    ("2022-03-10", "USA", "neutrality", 0),
    ("2022-03-10", "RUS", "venue/istanbul", 2),
    ("2022-03-10", "RUS", "preconditions/halt-attacks", -1),
    ("2022-03-10", "UKR", "preconditions/halt-attacks", 1),
    ("2022-03-10", "RUS", "military-aid", -2),
    ("2022-03-10", "USA", "military-aid", 2),
]


@cache
def golden_records() -> tuple[Record, ...]:
    """The statements of the golden example, those without effect last."""
    effective = [said(*row, number=number) for number, row in enumerate(GOLDEN)]  # type: ignore[arg-type]
    idle = [
        said("2022-03-11", "UKR", "neutrality", -2, number=90, voice="ascribed"),
        said("2022-03-11", "UKR", "neutrality", -2, number=91, voice="framing"),
    ]
    return (*effective, *idle)


def golden_state(day: str) -> State:
    """The golden example's state on a day."""
    return state_at(golden_records(), golden_codebook(), as_of=date.fromisoformat(day))
