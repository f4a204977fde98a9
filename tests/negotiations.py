"""Whole workspaces beside the shipped one: the second negotiation, and a made one of six parties over four years."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from positions.model.dates import day_in_words

TIGRAY: Final = Path(__file__).parent / "tigray"
PARTIES: Final = {
    "UPL": ("Upland", "Uplander"),
    "DEL": ("Delta", "Deltan"),
    "FOR": ("Forest States", "Forester"),
    "COA": ("Coastal League", "Leaguer"),
    "PLA": ("The Plain", "Plainsman"),
    "CIT": ("Free City", "Citizen"),
}
"""The made negotiation's parties: name, and what their spokesperson is called."""
SCALES: Final = {
    "dam": ("The dam", "no dam is built", "the dam is built"),
    "flow": ("Minimum flow", "no flow is promised", "a minimum flow is promised"),
    "sluices": ("Joint control of sluices", "each controls its own", "all control them jointly"),
    "fishing": ("Fishing rights", "closed to others", "open to all"),
    "tolls": ("Tolls on ships", "ships pay nothing", "ships pay tolls"),
    "data": ("Measurements", "kept at home", "published daily"),
    "court": ("A court of the river", "no court", "a court whose word binds"),
    "fund": ("A common fund", "each pays its own", "all pay into a fund"),
}
OPTIONS: Final = {
    "seat": ("Seat of the commission", ("Upland", "Delta", "Free City", "Geneva", "Vienna")),
    "currency": ("Currency of payments", ("euro", "dollar", "franc")),
}
CONDITIONS: Final = {
    "first-steps": ("First steps", ("stop-filling", "lift-blockade", "free-crews", "open-locks")),
    "guarantees": ("Guarantees", ("flow-guarantee", "safe-passage", "flood-warning")),
}
LEVELS: Final = {2: "demands", 1: "accepts", 0: "has not decided on", -1: "doubts", -2: "rejects"}
FIRST: Final = date(2021, 3, 4)
MEETINGS: Final = 60
"""How many times they met, over four years."""


def write_tigray(folder: Path) -> Path:
    """Write the second negotiation with its hand-coding as statements; return the folder, a workspace."""
    shutil.copytree(TIGRAY, folder)
    claims = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    numbered = ({"id": f"g{number:03d}", "coder": "tests", **claim} for number, claim in enumerate(claims))
    _write_lines(folder / "statements.jsonl", (claim for claim in numbered if claim.get("stance") is not None))
    return folder


def write_river(folder: Path) -> Path:
    """Write a made negotiation of six parties, twelve issues and four years; return the folder, a workspace.

    It is the same each time. Parties repeat themselves, move by a level, speak of each other, and each wait for the
    other; a sixth party is seldom heard.
    """
    folder.mkdir(parents=True)
    (folder / "codebook.toml").write_text(_codebook(), encoding="utf-8")
    paper = _River(folder)
    day = FIRST
    for number in range(MEETINGS):
        paper.report(number, day)
        day += timedelta(days=paper.random.choice((1, 9, 31, 60)))
    _write_lines(folder / "documents.jsonl", paper.documents)
    _write_lines(folder / "statements.jsonl", paper.statements)
    return folder


@dataclass
class _River:
    """The reports so far, and where each party stands."""

    folder: Path
    random: Random = field(default_factory=lambda: Random(7))
    stances: dict[tuple[str, str, str | None], int] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)
    statements: list[dict[str, Any]] = field(default_factory=list)

    def report(self, number: int, day: date) -> None:
        """Write a report of a day on which some spoke, published on the day after."""
        name, text = f"r{number:02d}", f"The river talks, {day_in_words(day)}\n\n"
        for _ in range(self.random.randint(2, 9)):
            about = self._topic()
            party = self.random.choices(list(PARTIES), weights=(6, 6, 4, 3, 3, 1))[0]
            kind = self.random.choices(("self", "framing", "ascribed"), weights=(7, 2, 1))[0]
            text = self._sentence(text, party, about, day, kind=kind)
        if number == MEETINGS - 1:
            for party, element in _WAITS:
                text = self._sentence(text, party, ("first-steps", element), day, kind="self")
        published = day + timedelta(days=1)
        (self.folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        checksum = hashlib.sha256(text.encode()).hexdigest()
        paper = {"id": name, "title": f"The river talks, {day_in_words(day)}", "outlet": "The River Gazette"}
        dates = {"published_on": str(published), "published_on_basis": "explicit"}
        self.documents.append({**paper, **dates, "file": f"{name}.txt", "sha256": checksum})

    def _topic(self) -> tuple[str, str | None]:
        issue = self.random.choice([*SCALES, *OPTIONS, *CONDITIONS])
        elements = _elements(issue)
        return issue, self.random.choice(elements) if elements else None

    def _sentence(self, text: str, party: str, about: tuple[str, str | None], day: date, *, kind: str) -> str:
        name = f"r{len(self.documents):02d}"
        issue, element = about
        before = self.stances.get((party, issue, element), self.random.choice((-2, -1, 1, 2)))
        stance = max(-2, min(2, before + self.random.choice((0, 0, 0, -1, 1))))
        if not stance and element:  # nobody is undecided on an option
            stance = -before
        speaker = self.random.choice([one for one in PARTIES if one != party]) if kind == "ascribed" else party
        if kind != "ascribed":
            self.stances[party, issue, element] = stance
        subject = f"The spokesperson of {PARTIES[speaker][0]} said: {PARTIES[party][0]}"
        words = f"{subject if kind != 'framing' else PARTIES[party][0]} {LEVELS[stance]} {element or issue}."
        claim: dict[str, Any] = {
            "id": f"{name}-{len(self.statements):03d}",
            "document": name,
            "quote": words,
            "start": len(text),
            "end": len(text) + len(words),
            "holder": party,
            "voice": kind,
            "directness": "framing" if kind == "framing" else "paraphrase",
            "issue": issue,
            "stance": stance,
            "said_on": str(day),
            "said_on_basis": "explicit",
            "coder": "tests",
        }
        if element:
            claim["element"] = element
        if kind != "framing":
            claim |= {"speaker": f"spokesperson-{speaker.lower()}", "speaker_party": speaker}
        if waits := _WAITS.get((party, element)):
            claim["condition_for"] = waits
        self.statements.append(claim)
        return f"{text}{words}\n"


_WAITS: Final = {
    ("UPL", "lift-blockade"): "first-steps/stop-filling",
    ("DEL", "stop-filling"): "first-steps/lift-blockade",
}
"""What two of them say comes only after the other's step."""


def _elements(issue: str) -> list[str]:
    names: Sequence[str] = (OPTIONS | CONDITIONS).get(issue, ("", ()))[1]
    return [name.lower().replace(" ", "-") for name in names]


def _codebook() -> str:
    lines = ['title = "River commission 2021–2025"', 'description = "A made negotiation; nothing in it is evidence."']
    for party, (name, _) in PARTIES.items():
        lines += ["[[parties]]", f'id = "{party}"', f'name = "{name}"', f"principal = {str(party != 'CIT').lower()}"]
    for party, (name, called) in PARTIES.items():
        role = f'{{ party = "{party}", title = "spokesperson of {name}" }}'
        lines += ["[[speakers]]", f'id = "spokesperson-{party.lower()}"', 'kind = "person"']
        lines += [f'name = "A {called}"', f"roles = [{role}]"]
    for issue, (label, minus, plus) in SCALES.items():
        lines += ["[[issues]]", f'id = "{issue}"', 'kind = "scale"', f'label = "{label}"', "stale_after = 90"]
        lines += [f'minus = "{minus}"', f'plus = "{plus}"', _saliences()]
    for kind, issues in (("options", OPTIONS), ("conditions", CONDITIONS)):
        for issue, (label, names) in issues.items():
            lines += ["[[issues]]", f'id = "{issue}"', f'kind = "{kind}"', f'label = "{label}"', _saliences()]
            addressed = kind == "conditions"
            lines.append(f"elements = [{', '.join(_declared(name, addressed=addressed) for name in names)}]")
    for day, label in (("2021-03-04", "The dam is begun"), ("2022-07-19", "Flood"), ("2024-02-11", "A new government")):
        lines += ["[[events]]", f'id = "e{day}"', f'label = "{label}"', f"date = {day}", 'source = "the gazette"']
    return "\n".join(lines) + "\n"


def _declared(name: str, *, addressed: bool) -> str:
    who = "DEL" if name in ("lift-blockade", "free-crews", "safe-passage") else "UPL"
    addressees = f', addressees = ["{who}"]' if addressed else ""
    return f'{{ id = "{name.lower().replace(" ", "-")}", label = "{name.replace("-", " ")}"{addressees} }}'


def _saliences() -> str:
    return f"saliences = {{ {', '.join(f'{party} = 0.5' for party in PARTIES)} }}"


def _write_lines(path: Path, rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
