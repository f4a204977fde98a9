"""Showing an evaluation's scores and its strays: as tables for people, as JSON or CSV for programs."""

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
"""How a table names each measure, and what it is a share of."""
HEADS: Final = ("P", "R", "F", "holder", "party", "voice", "in voice", "direct", "date", "side", "exact", "unresolved")
"""The same in short, in the same order."""
SIGNS: Final = {"miss": "−", "false hit": "+", "wrong field": "~"}
_QUOTE: Final = 160
"""Characters of a quote that a line shows."""


@dataclass(frozen=True, slots=True)
class ScoreDisplay:
    """What an answer says beside the scores, and how much of them it shows.

    ``left_out`` counts found claims in documents that nobody coded; ``context`` is in characters on each side of a
    quote; ``by`` has any of ``voice``, ``issue`` and ``document``; ``misses`` asks for the strays,
    ``wrong`` for the matched claims with a wrong field.
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


def show_table(result: Scores, told: ScoreDisplay) -> None:
    """Print the measures, the groups asked for, and a line each for misses (−), false hits (+) and wrong fields (~)."""
    whole = result.whole
    left = f"; {told.left_out} in other documents left out" if told.left_out else ""
    print_line(
        f"{told.extractor} on {told.documents} documents: {whole.gold} coded, {whole.found} found, "
        f"{whole.matched} matched{left}"
    )
    rows = [
        (name, number(measure.value), _interval(measure), f"{measure.right} of {measure.of}", of)
        for (name, of), measure in zip(WORDS.values(), whole.measures.values(), strict=True)
    ]
    print_table(["measure", "value", "95 %", "count", "of"], rows, numbers=["value", "count"])
    for by in told.by:
        print_line()
        print_table(
            [f"by {by}", "coded", "found", *HEADS],
            [_group_cells(row) for row in _group_rows(result, by)],
            numbers=["coded", "found", *HEADS],
        )
    if told.misses or told.wrong:
        print_line()
        for stray in _stray_rows(result, told):
            # Not wrapped: one line each, to be searched and compared between two runs.
            click.echo(_stray_line(stray))


def _interval(measure: Measure) -> str:
    return "–" if measure.low is None else f"{number(measure.low)}–{number(measure.high)}"


def _group_cells(row: ScoreRow) -> tuple[str, ...]:
    return (row.group, str(row.gold), str(row.found), *(number(measure.value) for measure in row.measures.values()))


def _group_rows(result: Scores, by: str) -> tuple[ScoreRow, ...]:
    return {"voice": result.by_voice, "issue": result.by_issue, "document": result.by_document}[by]


def _stray_line(row: Mapping[str, Any]) -> str:
    quote = row["quote"] if len(row["quote"]) <= _QUOTE else f"{row['quote'][:_QUOTE]}…"
    before, after = row["before"], row["after"]
    # What a document holds is untrusted: a control character could rewrite the terminal.
    plain = (sign if sign.isprintable() else " " for sign in f"{before}⟦{quote}⟧{after}")
    words = " ".join("".join(plain).split())
    nearest = f": {row['nearest']}" if row["nearest"] else ""
    return f"{SIGNS[row['what']]} {row['document']}:{row['start']} {row['claim']} | {words} | {row['kind']}{nearest}"


def show_json(result: Scores, told: ScoreDisplay) -> None:
    """Print everything that was asked for as one object; a measure as value, right, of, low and high."""
    answer: dict[str, Any] = {
        "extractor": told.extractor,
        "documents": told.documents,
        "left_out": told.left_out,
        **_row_object(result.whole),
    }
    for by in told.by:
        answer[f"by_{by}"] = [{by: row.group, **_row_object(row)} for row in _group_rows(result, by)]
    if told.misses or told.wrong:
        answer["strays"] = list(_stray_rows(result, told))
    click.echo(json_text(answer), nl=False)


def _row_object(row: ScoreRow) -> dict[str, Any]:
    measures = {name: _measure_object(measure) for name, measure in row.measures.items()}
    return {"coded": row.gold, "found": row.found, "matched": row.matched, "measures": measures}


def _measure_object(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in ("value", "low", "high", "right", "of")}


def show_csv(result: Scores, told: ScoreDisplay) -> None:
    """Print a row for each measure of each group asked for, or only, where they are asked for, a row for each stray."""
    if told.misses or told.wrong:
        click.echo(csv_text(list(_stray_rows(result, told)), _STRAY_COLUMNS), nl=False)
        return
    groups = [("", result.whole), *((by, row) for by in told.by for row in _group_rows(result, by))]
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


def _stray_rows(result: Scores, told: ScoreDisplay) -> Iterator[dict[str, Any]]:
    """Yield the strays in order of place, both sorts together: what is wrong on one sentence stands together."""
    items = [
        *(("miss", stray.kind, stray.claim, stray.nearest) for stray in result.misses if told.misses),
        *(("false hit", stray.kind, stray.claim, stray.nearest) for stray in result.false_hits if told.misses),
        *(("wrong field", *slip) for slip in _wrong_pairs(result, told) if told.wrong),
    ]
    for item in sorted(items, key=lambda item: (item[2].document, item[2].start)):
        yield dict(zip(_STRAY_COLUMNS, _stray_cells(*item, told=told), strict=True))


def _wrong_pairs(result: Scores, told: ScoreDisplay) -> Iterator[tuple[str, Claim, Claim]]:
    """Yield what is wrong in matched claims, the found value before the coded one, with both claims."""
    for gold, found in result.pairs:
        wrong = wrong_fields(gold, found, told.codebook)
        told_apart = [
            f"{name} {getattr(found, name)} for {getattr(gold, name)}" if name in Claim.model_fields else name
            for name in wrong
        ]
        if wrong:
            yield f"wrong {', '.join(told_apart)}", gold, found


def _stray_cells(what: str, kind: str, claim: Claim, nearest: Claim | None, *, told: ScoreDisplay) -> tuple[Any, ...]:
    text = told.texts.get(claim.document, "")
    before = text[max(0, claim.start - told.context) : claim.start]
    after = text[claim.end : claim.end + told.context]
    return (
        *(what, kind, claim.document, claim.start, claim.end, _claim_words(claim), before, claim.quote, after),
        *(claim.id, _claim_words(nearest) if nearest else "", nearest.id if nearest else ""),
    )


def _claim_words(claim: Claim) -> str:
    """Write what a claim says in short: ``UKR venue/warsaw +2 self``, a question mark where it has no stance."""
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
"""How each format is shown."""
