"""Statements in force for Stata and SPSS: a row each, with words for every column and every code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.frame_files import FrameLabels, cut_words, frame_bytes, parquet_bytes
from positions.model.codebook import Codebook
from positions.wording.fields import FIELD_WORDS
from positions.wording.positions import claim_words

if TYPE_CHECKING:
    import pandas as pd

CODED: Final = ("holder", "issue", "element", "speaker", "speaker_party", "voice", "directness")
"""Columns of words that are also there as numbers with labels, under the name with ``_code``."""


def write_parquet(content: BookContent) -> Exported:
    """Return :func:`~positions.workspace.statement_frame.build_statement_frame` of the statements as a file."""
    return Exported({ONLY: parquet_bytes(_statements(content))})


def write_stata(content: BookContent) -> Exported:
    """Return the statements as a Stata file (version 15), codes with their labels."""
    return _labelled(content, "stata")


def write_spss(content: BookContent) -> Exported:
    """Return the statements as an SPSS file, codes with their labels."""
    return _labelled(content, "spss")


def _statements(content: BookContent) -> pd.DataFrame:
    from positions.workspace.statement_frame import build_statement_frame

    return build_statement_frame(content.records)


def _labelled(content: BookContent, form: str) -> Exported:
    frame = _statements(content)
    words = [claim_words(record.statement, content.codebook) for record in content.records]
    frame.insert(list(frame.columns).index("stance_to") + 1, "stance_words", words)
    values: dict[str, dict[int, str]] = {}
    for name in CODED:
        codes = _codes(content.codebook, name, frame[name])
        numbers = {word: number for number, (word, _) in enumerate(codes, start=1)}
        place = list(frame.columns).index(name) + 1
        frame.insert(place, f"{name}_code", frame[name].astype("object").map(numbers).astype("Float64"))
        values[f"{name}_code"] = {number: label for number, (_, label) in enumerate(codes, start=1)}
    labels = FrameLabels(content.codebook.title, _column_labels(frame), values)
    return Exported({ONLY: frame_bytes(frame, form, labels)}, cut_words(frame, form))


def _codes(codebook: Codebook, name: str, column: Iterable[object]) -> list[tuple[str, str]]:
    """Return each word that a column may have with its label, in the codebook's order; then what it has beside them."""
    known: dict[str, str] = {}
    if name in ("holder", "speaker_party"):
        known = {party.id: party.name for party in codebook.parties}
    elif name == "issue":
        known = {issue.id: issue.label for issue in codebook.issues}
    elif name == "element":
        for issue in codebook.issues:
            for element in issue.elements:
                labels = dict.fromkeys((*filter(None, [known.get(element.id)]), element.label))
                known[element.id] = " / ".join(labels)
    elif name == "speaker":
        known = {speaker.id: speaker.name for speaker in codebook.speakers}
    rest = sorted({word for word in column if isinstance(word, str)} - known.keys())
    return [*known.items(), *((word, word) for word in rest)]


def _column_labels(frame: pd.DataFrame) -> dict[str, str]:
    labels = {name: words.label for name, words in FIELD_WORDS.items()}
    own = {
        "outlet": "Outlet",
        "published_on": "Published on",
        "said_from": "Said on, first day that it may mean",
        "said_on": "Said on, last day that it may mean",
        "said_on_text": "Said on, as coded",
        "stance_words": "Stance in words",
        "recorded_at": "Recorded at (UTC)",
    }
    named = labels | own
    return {name: named.get(name.removesuffix("_code"), name) for name in map(str, frame.columns)}
