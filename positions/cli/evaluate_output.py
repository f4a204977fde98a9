"""Print an evaluation's scores and its strays: as tables for people, as JSON or CSV for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from positions.cli.output import number, print_line, print_table
from positions.cli.screen import echo, print_data, print_json_text
from positions.extract.evaluation.rows import (
    MEASURE_COLUMNS,
    STRAY_COLUMNS,
    ScoreSelection,
    evaluation_answer,
    group_rows,
    measure_rows,
    stray_rows,
)
from positions.extract.evaluation.scores import Measure, ScoreRow, Scores
from positions.model.lists import count_words
from positions.wording.serialise import csv_text, json_text

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "precision": ("precision", "found claims"),
    "recall": ("recall", "coded claims"),
    "f": ("F", "both"),
    "holder": ("holder right", "claims met in issue, element and words"),
    "speaker_party": ("speaker's party right", "matched claims"),
    "voice": ("voice right", "matched claims"),
    "voiced_recall": ("found in its voice", "coded claims"),
    "directness": ("directness right", "matched claims"),
    "said_on": ("date overlaps", "matched claims"),
    "stance_sign": ("side of the stance right", "matched claims with a stance"),
    "stance_level": ("exact stance right", "matched claims with a stance"),
    "unresolved": ("stance unresolved", "matched claims"),
}
"""The name of each measure in a table, and what it is a share of."""
HEADS: Final = ("P", "R", "F", "holder", "party", "voice", "in voice", "direct", "date", "side", "exact", "unresolved")
"""The same in short, in the same order."""
SIGNS: Final = {"miss": "−", "false hit": "+", "wrong field": "~"}
_QUOTE: Final = 160
"""Characters of a quote that a line shows."""


def print_scores(scores: Scores, selection: ScoreSelection) -> None:
    """Print the measures, the groups asked for, and a line each for misses (−), false hits (+) and wrong fields (~)."""
    whole = scores.whole
    rest = f"; {selection.left_out} in other documents left out" if selection.left_out else ""
    print_line(
        f"{selection.extractor} on {_documents_words(selection)}: {whole.gold} coded, {whole.found} found, "
        f"{whole.matched} matched{rest}"
    )
    rows = [
        (name, number(measure.value), _interval(measure), f"{measure.right} of {measure.of}", of)
        for (name, of), measure in zip(WORDS.values(), whole.measures.values(), strict=True)
    ]
    print_table(["measure", "value", "95 %", "count", "of"], rows, numbers=["value", "count"])
    for by in selection.by:
        print_line()
        print_table(
            [f"by {by}", "coded", "found", *HEADS],
            [_group_cells(row) for row in group_rows(scores, by)],
            numbers=["coded", "found", *HEADS],
        )
    if selection.has_strays:
        print_line()
        for stray in stray_rows(scores, selection):
            # Not wrapped: one line each, to be searched and compared between two runs.
            echo(_stray_line(stray))


def _documents_words(selection: ScoreSelection) -> str:
    coded = count_words(selection.documents, "document")
    return f"{coded} with coded claims and {selection.uncoded} without" if selection.uncoded else coded


def _interval(measure: Measure) -> str:
    return "–" if measure.low is None else f"{number(measure.low)}–{number(measure.high)}"


def _group_cells(row: ScoreRow) -> tuple[str, ...]:
    return (row.group, str(row.gold), str(row.found), *(number(measure.value) for measure in row.measures.values()))


def _stray_line(row: Mapping[str, Any]) -> str:
    quote = row["quote"] if len(row["quote"]) <= _QUOTE else f"{row['quote'][:_QUOTE]}…"
    before, after = row["before"], row["after"]
    # A document's text is untrusted: a control character could rewrite the terminal.
    plain = (sign if sign.isprintable() else " " for sign in f"{before}⟦{quote}⟧{after}")
    words = " ".join("".join(plain).split())
    nearest = f": {row['nearest']}" if row["nearest"] else ""
    return f"{SIGNS[row['what']]} {row['document']}:{row['start']} {row['claim']} | {words} | {row['kind']}{nearest}"


def print_scores_json(scores: Scores, selection: ScoreSelection) -> None:
    """Print everything that was asked for as one object."""
    print_json_text(json_text(evaluation_answer(scores, selection)))


def print_scores_csv(scores: Scores, selection: ScoreSelection) -> None:
    """Print a row for each measure of each group asked for; if strays are asked for, only a row for each of them."""
    if selection.has_strays:
        print_data(csv_text(list(stray_rows(scores, selection)), STRAY_COLUMNS))
    else:
        print_data(csv_text(measure_rows(scores, selection), MEASURE_COLUMNS))


PRINTERS: Final[Mapping[str, Callable[[Scores, ScoreSelection], None]]] = {
    "table": print_scores,
    "json": print_scores_json,
    "csv": print_scores_csv,
}
"""The function that prints each format."""
