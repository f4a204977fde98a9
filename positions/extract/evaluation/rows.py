"""An evaluation as plain rows for programs: its measures by group, its strays, and all of it as one object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from positions.extract.evaluation.scores import Measure, ScoreRow, Scores, wrong_fields
from positions.model.codebook import Codebook
from positions.model.statement import Claim

MEASURE_COLUMNS: Final = ("by", "group", "measure", "value", "low", "high", "right", "of")
STRAY_COLUMNS: Final = (
    *("what", "kind", "document", "start", "end", "claim", "before", "quote", "after"),
    *("id", "nearest", "nearest_id"),
)


@dataclass(frozen=True, slots=True)
class ScoreSelection:
    """What is shown of an evaluation, with the texts and the codebook that this needs.

    ``documents`` counts those with coded claims, ``uncoded`` those that were searched all the same, in which every
    found claim is a false hit; ``left_out`` counts found claims in other documents. ``texts`` are those of the
    documents by id, ``context`` is in characters on each side of a quote; ``by`` has any of ``voice``, ``issue`` and
    ``document``; ``misses`` adds the strays, ``wrong`` the matched claims with a wrong field.
    """

    extractor: str
    documents: int
    uncoded: int
    left_out: int
    texts: Mapping[str, str]
    context: int
    by: Sequence[str]
    misses: bool
    wrong: bool
    codebook: Codebook

    @property
    def has_strays(self) -> bool:
        """Whether single claims are shown and not only measures."""
        return self.misses or self.wrong


def evaluation_answer(scores: Scores, selection: ScoreSelection) -> dict[str, Any]:
    """Return everything that is shown as one object; a measure as value, low, high, right and of."""
    answer: dict[str, Any] = {
        "extractor": selection.extractor,
        "documents": selection.documents,
        "documents_uncoded": selection.uncoded,
        "left_out": selection.left_out,
        **_score_row(scores.whole),
    }
    for by in selection.by:
        answer[f"by_{by}"] = [{by: row.group, **_score_row(row)} for row in group_rows(scores, by)]
    if selection.has_strays:
        answer["strays"] = list(stray_rows(scores, selection))
    return answer


def measure_rows(scores: Scores, selection: ScoreSelection) -> list[dict[str, Any]]:
    """Return a row with the columns of :data:`MEASURE_COLUMNS` for each measure of each group that is shown."""
    groups = [("", scores.whole), *((by, row) for by in selection.by for row in group_rows(scores, by))]
    return [
        {"by": by, "group": row.group, "measure": name, **_measure_row(measure)}
        for by, row in groups
        for name, measure in row.measures.items()
    ]


def group_rows(scores: Scores, by: str) -> tuple[ScoreRow, ...]:
    """Return the scores by ``voice``, ``issue`` or ``document``."""
    return {"voice": scores.by_voice, "issue": scores.by_issue, "document": scores.by_document}[by]


def stray_rows(scores: Scores, selection: ScoreSelection) -> Iterator[dict[str, Any]]:
    """Yield a row with the columns of :data:`STRAY_COLUMNS` for each claim that is missed, false or partly wrong.

    They come in the order of the texts, so that those of one sentence are together.
    """
    items = [
        *(("miss", stray.kind, stray.claim, stray.nearest) for stray in scores.misses if selection.misses),
        *(("false hit", stray.kind, stray.claim, stray.nearest) for stray in scores.false_hits if selection.misses),
        *(("wrong field", *pair) for pair in _wrong_pairs(scores, selection.codebook) if selection.wrong),
    ]
    for what, kind, claim, nearest in sorted(items, key=lambda item: (item[2].document, item[2].start)):
        cells = (what, kind, *_claim_cells(claim, selection), *_nearest_cells(nearest))
        yield dict(zip(STRAY_COLUMNS, cells, strict=True))


def _score_row(row: ScoreRow) -> dict[str, Any]:
    measures = {name: _measure_row(measure) for name, measure in row.measures.items()}
    return {"coded": row.gold, "found": row.found, "matched": row.matched, "measures": measures}


def _measure_row(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in ("value", "low", "high", "right", "of")}


def _wrong_pairs(scores: Scores, codebook: Codebook) -> Iterator[tuple[str, Claim, Claim]]:
    """Yield what is wrong in matched claims, the found value before the coded one, with both claims."""
    for gold, extracted in scores.pairs:
        wrong = wrong_fields(gold, extracted, codebook)
        differences = [
            f"{name} {getattr(extracted, name)} for {getattr(gold, name)}" if name in Claim.model_fields else name
            for name in wrong
        ]
        if wrong:
            yield f"wrong {', '.join(differences)}", gold, extracted


def _claim_cells(claim: Claim, selection: ScoreSelection) -> tuple[Any, ...]:
    text = selection.texts.get(claim.document, "")
    before = text[max(0, claim.start - selection.context) : claim.start]
    after = text[claim.end : claim.end + selection.context]
    return claim.document, claim.start, claim.end, _claim_words(claim), before, claim.quote, after, claim.id


def _nearest_cells(nearest: Claim | None) -> tuple[str, str]:
    return (_claim_words(nearest), nearest.id) if nearest else ("", "")


def _claim_words(claim: Claim) -> str:
    """Write a claim in short: ``UKR venue/warsaw +2 self``, with a question mark if it has no stance."""
    stance = "?" if claim.stance is None else f"{claim.stance:+d}".replace("-", "−")
    if claim.stance_to is not None:
        stance += f"…{claim.stance_to:+d}".replace("-", "−")
    element = f"/{claim.element}" if claim.element else ""
    return f"{claim.holder} {claim.issue}{element} {stance} {claim.voice}"
