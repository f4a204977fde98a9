"""Print an evaluation's scores and its strays: as tables for people, as JSON or CSV for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import click

from positions.cli.output import number, print_line, print_table
from positions.extract.evaluation.scores import Measure, ScoreRow, Scores, wrong_fields
from positions.model.codebook import Codebook
from positions.model.statement import Claim
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


@dataclass(frozen=True, slots=True)
class ScoreDisplay:
    """What is printed with the scores, and how much of them.

    ``left_out`` counts found claims in documents that nobody coded; ``context`` is in characters on each side of a
    quote; ``by`` has any of ``voice``, ``issue`` and ``document``; ``misses`` adds the strays, ``wrong`` the matched
    claims with a wrong field.
    """

    extractor: str
    documents: int
    left_out: int
    texts: Mapping[str, str]
    context: int
    by: Sequence[str]
    misses: bool
    wrong: bool
    codebook: Codebook


def show_table(scores: Scores, display: ScoreDisplay) -> None:
    """Print the measures, the groups asked for, and a line each for misses (−), false hits (+) and wrong fields (~)."""
    whole = scores.whole
    left = f"; {display.left_out} in other documents left out" if display.left_out else ""
    print_line(
        f"{display.extractor} on {display.documents} documents: {whole.gold} coded, {whole.found} found, "
        f"{whole.matched} matched{left}"
    )
    rows = [
        (name, number(measure.value), _interval(measure), f"{measure.right} of {measure.of}", of)
        for (name, of), measure in zip(WORDS.values(), whole.measures.values(), strict=True)
    ]
    print_table(["measure", "value", "95 %", "count", "of"], rows, numbers=["value", "count"])
    for by in display.by:
        print_line()
        print_table(
            [f"by {by}", "coded", "found", *HEADS],
            [_group_cells(row) for row in _group_rows(scores, by)],
            numbers=["coded", "found", *HEADS],
        )
    if display.misses or display.wrong:
        print_line()
        for stray in _stray_rows(scores, display):
            # Not wrapped: one line each, to be searched and compared between two runs.
            click.echo(_stray_line(stray))


def _interval(measure: Measure) -> str:
    return "–" if measure.low is None else f"{number(measure.low)}–{number(measure.high)}"


def _group_cells(row: ScoreRow) -> tuple[str, ...]:
    return (row.group, str(row.gold), str(row.found), *(number(measure.value) for measure in row.measures.values()))


def _group_rows(scores: Scores, by: str) -> tuple[ScoreRow, ...]:
    return {"voice": scores.by_voice, "issue": scores.by_issue, "document": scores.by_document}[by]


def _stray_line(row: Mapping[str, Any]) -> str:
    quote = row["quote"] if len(row["quote"]) <= _QUOTE else f"{row['quote'][:_QUOTE]}…"
    before, after = row["before"], row["after"]
    # A document's text is untrusted: a control character could rewrite the terminal.
    plain = (sign if sign.isprintable() else " " for sign in f"{before}⟦{quote}⟧{after}")
    words = " ".join("".join(plain).split())
    nearest = f": {row['nearest']}" if row["nearest"] else ""
    return f"{SIGNS[row['what']]} {row['document']}:{row['start']} {row['claim']} | {words} | {row['kind']}{nearest}"


def show_json(scores: Scores, display: ScoreDisplay) -> None:
    """Print everything that was asked for as one object; a measure as value, right, of, low and high."""
    answer: dict[str, Any] = {
        "extractor": display.extractor,
        "documents": display.documents,
        "left_out": display.left_out,
        **_row_object(scores.whole),
    }
    for by in display.by:
        answer[f"by_{by}"] = [{by: row.group, **_row_object(row)} for row in _group_rows(scores, by)]
    if display.misses or display.wrong:
        answer["strays"] = list(_stray_rows(scores, display))
    click.echo(json_text(answer), nl=False)


def _row_object(row: ScoreRow) -> dict[str, Any]:
    measures = {name: _measure_object(measure) for name, measure in row.measures.items()}
    return {"coded": row.gold, "found": row.found, "matched": row.matched, "measures": measures}


def _measure_object(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in ("value", "low", "high", "right", "of")}


def show_csv(scores: Scores, display: ScoreDisplay) -> None:
    """Print a row for each measure of each group asked for; if strays are asked for, only a row for each of them."""
    if display.misses or display.wrong:
        click.echo(csv_text(list(_stray_rows(scores, display)), _STRAY_COLUMNS), nl=False)
        return
    groups = [("", scores.whole), *((by, row) for by in display.by for row in _group_rows(scores, by))]
    rows = [
        {"by": by, "group": row.group, "measure": name, **_measure_object(measure)}
        for by, row in groups
        for name, measure in row.measures.items()
    ]
    click.echo(csv_text(rows, ["by", "group", "measure", "value", "low", "high", "right", "of"]), nl=False)


_STRAY_COLUMNS: Final = (
    *("what", "kind", "document", "start", "end", "claim", "before", "quote", "after"),
    *("id", "nearest", "nearest_id"),
)


def _stray_rows(scores: Scores, display: ScoreDisplay) -> Iterator[dict[str, Any]]:
    """Yield the strays of all kinds in the order of the texts, so that those of one sentence are together."""
    items = [
        *(("miss", stray.kind, stray.claim, stray.nearest) for stray in scores.misses if display.misses),
        *(("false hit", stray.kind, stray.claim, stray.nearest) for stray in scores.false_hits if display.misses),
        *(("wrong field", *pair) for pair in _wrong_pairs(scores, display) if display.wrong),
    ]
    for item in sorted(items, key=lambda item: (item[2].document, item[2].start)):
        yield dict(zip(_STRAY_COLUMNS, _stray_cells(*item, display=display), strict=True))


def _wrong_pairs(scores: Scores, display: ScoreDisplay) -> Iterator[tuple[str, Claim, Claim]]:
    """Yield what is wrong in matched claims, the found value before the coded one, with both claims."""
    for gold, found in scores.pairs:
        wrong = wrong_fields(gold, found, display.codebook)
        differences = [
            f"{name} {getattr(found, name)} for {getattr(gold, name)}" if name in Claim.model_fields else name
            for name in wrong
        ]
        if wrong:
            yield f"wrong {', '.join(differences)}", gold, found


def _stray_cells(
    what: str, kind: str, claim: Claim, nearest: Claim | None, *, display: ScoreDisplay
) -> tuple[Any, ...]:
    text = display.texts.get(claim.document, "")
    before = text[max(0, claim.start - display.context) : claim.start]
    after = text[claim.end : claim.end + display.context]
    return (
        *(what, kind, claim.document, claim.start, claim.end, _claim_words(claim), before, claim.quote, after),
        *(claim.id, _claim_words(nearest) if nearest else "", nearest.id if nearest else ""),
    )


def _claim_words(claim: Claim) -> str:
    """Write a claim in short: ``UKR venue/warsaw +2 self``, with a question mark if it has no stance."""
    stance = "?" if claim.stance is None else f"{claim.stance:+d}".replace("-", "−")
    if claim.stance_to is not None:
        stance += f"…{claim.stance_to:+d}".replace("-", "−")
    element = f"/{claim.element}" if claim.element else ""
    return f"{claim.holder} {claim.issue}{element} {stance} {claim.voice}"


SHOWN: Final[Mapping[str, Callable[[Scores, ScoreDisplay], None]]] = {
    "table": show_table,
    "json": show_json,
    "csv": show_csv,
}
"""The function that prints each format."""
