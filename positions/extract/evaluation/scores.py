"""How well found claims agree with coded ones: precision, recall, F, and each field's accuracy on matched claims.

Every measure is a ratio of counts that add up over documents, so its interval comes from resampling documents (the
percentile bootstrap): sentences of one article succeed or fail together and are not independent trials.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from positions.extract.evaluation.matching import ClaimPair, Matches, Stray, match_claims
from positions.model.codebook import Codebook
from positions.model.resampling import MIDDLE_95, RESAMPLES, draw_documents
from positions.model.statement import Claim

__all__ = [
    "CORE",
    "MEASURES",
    "Matches",
    "Measure",
    "ScoreRow",
    "Scores",
    "Stray",
    "match_claims",
    "measure_scores",
    "wrong_fields",
]

CORE: Final = 0.7
"""The least confidence of a coded claim that an extractor has to find. In the shipped case's double coding each coder's
claims of at least this confidence were all coded by the other too (104 of 104), of those below 20 of 24."""
MEASURES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "precision": (("kept",), ("found",)),
    "recall": (("hit",), ("gold",)),
    "f": (("kept", "hit"), ("found", "gold")),
    "holder": (("hit",), ("hit", "apart")),
    "speaker_party": (("speaker_party",), ("hit",)),
    "voice": (("voice",), ("hit",)),
    "voiced_recall": (("voice",), ("gold",)),
    "directness": (("directness",), ("hit",)),
    "said_on": (("said_on",), ("hit",)),
    "stance_sign": (("stance_sign",), ("stance_set",)),
    "stance_level": (("stance_level",), ("stance_set",)),
    "unresolved": (("stance_open",), ("stance_open", "stance_set")),
}
"""For each measure the counts whose sums are its numerator and its denominator."""
OPPONENT: Final = "ascribed by a party"
"""The group of claims that another named party ascribes to the holder, a part of the voice ``ascribed``."""

GroupKey: TypeAlias = tuple[str, str]
"""A group: ``("voice", "self")``, ``("issue", "talks")``, or ``("", "")`` for all together."""
WHOLE: Final[GroupKey] = ("", "")
Interval: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio in [0, 1]: ``right`` out of ``of``, with its 95 % interval from ``low`` to ``high``.

    ``value`` is ``None`` if ``of`` is 0, the interval if fewer than two documents contribute, so that nothing can be
    resampled.
    """

    value: float | None
    right: int
    of: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The scores of a group of claims; ``group`` is an issue's id, a voice, or empty for all together.

    In a voice's row, recall and the fields' accuracy count coded claims of that voice, precision found claims of it.
    ``measures`` has each of :data:`MEASURES`. ``f`` is the share of claims of either side that have a counterpart.
    ``holder``: of coded claims matched in issue, element and words, those matched in the holder too.
    ``voiced_recall``: of all coded claims, those matched with the right voice. ``said_on`` is right if the intervals
    overlap. ``stance_sign`` compares the side of the middle of the scale, ``stance_level`` the exact level or range,
    both if either side has a stance; ``unresolved`` is the share of matched claims with a coded stance for which no
    stance was found.
    """

    group: str
    gold: int
    found: int
    matched: int
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Scores:
    """An evaluation: all together, by voice, issue (in codebook order) and document; what was missed or is wrong.

    ``documents`` counts those with a claim on either side; ``pairs`` are the matched claims, the coded one first.
    """

    documents: int
    whole: ScoreRow
    by_voice: tuple[ScoreRow, ...]
    by_issue: tuple[ScoreRow, ...]
    by_document: tuple[ScoreRow, ...]
    misses: tuple[Stray, ...]
    false_hits: tuple[Stray, ...]
    pairs: tuple[ClaimPair, ...]


def measure_scores(
    gold: Iterable[Claim],
    extracted: Iterable[Claim],
    codebook: Codebook,
    *,
    core: float = 0.0,
    resamples: int = RESAMPLES,
) -> Scores:
    """Score found claims against coded ones.

    Coded claims of a confidence below ``core`` do not count: they are no misses, and found claims that match them are
    left out. ``resamples`` sets of documents are drawn, the same each time; with 0 there are no intervals. Raises
    ``QueryError`` for an issue that the codebook lacks.
    """
    matches = _keep_core(match_claims(gold, extracted), core)
    counts = _count_claims(matches, codebook)
    documents = sorted(counts)
    totals: Counter[tuple[GroupKey, str]] = Counter()
    for document in documents:
        totals.update(counts[document])
    intervals = _intervals([counts[document] for document in documents], totals, resamples=resamples)

    def rows(by: str, names: Iterable[str]) -> tuple[ScoreRow, ...]:
        groups = ((by, name) for name in names)
        return tuple(
            _score_row(group, totals, intervals) for group in groups if totals[group, "gold"] + totals[group, "found"]
        )

    return Scores(
        len(documents),
        _score_row(WHOLE, totals, intervals),
        by_voice=rows("voice", ("self", "ascribed", OPPONENT, "framing")),
        by_issue=rows("issue", (issue.id for issue in codebook.issues)),
        by_document=rows("document", documents),
        misses=matches.misses,
        false_hits=matches.false_hits,
        pairs=matches.pairs,
    )


def _keep_core(matches: Matches, core: float) -> Matches:
    return Matches(
        tuple(pair for pair in matches.pairs if pair[0].confidence >= core),
        tuple(pair for pair in matches.apart if pair[0].confidence >= core),
        tuple(stray for stray in matches.misses if stray.claim.confidence >= core),
        matches.false_hits,
    )


def _count_claims(matches: Matches, codebook: Codebook) -> Mapping[str, Counter[tuple[GroupKey, str]]]:
    """Return the counts by document, group and name."""
    counts: dict[str, Counter[tuple[GroupKey, str]]] = defaultdict(Counter)

    def count(claim: Claim, *names: str) -> None:
        for group in _groups_of(claim, codebook):
            counts[claim.document].update((group, name) for name in names)

    for gold, extracted in matches.pairs:
        count(gold, "gold", "hit", *_right_fields(gold, extracted, codebook))
        count(extracted, "found", "kept")
    for gold, _ in matches.apart:
        count(gold, "apart")
    for stray in matches.misses:
        count(stray.claim, "gold")
    for stray in matches.false_hits:
        count(stray.claim, "found")
    return counts


def _groups_of(claim: Claim, codebook: Codebook) -> Iterator[GroupKey]:
    yield WHOLE
    yield "issue", codebook.issue(claim.issue).id
    yield "document", claim.document
    yield "voice", claim.voice
    if claim.voice == "ascribed" and claim.speaker_party not in (None, claim.holder):
        yield "voice", OPPONENT


def _right_fields(gold: Claim, extracted: Claim, codebook: Codebook) -> Iterator[str]:
    """Yield the fields that a matched claim has right, and whether it has a stance if the coded one does."""
    wrong = wrong_fields(gold, extracted, codebook)
    yield from (name for name in ("speaker_party", "voice", "directness", "said_on") if name not in wrong)
    if gold.stance is not None:
        yield "stance_open" if extracted.stance is None else "stance_set"
        if extracted.stance is not None:
            yield from (name for name in ("stance_sign", "stance_level") if name not in wrong)


def wrong_fields(gold: Claim, extracted: Claim, codebook: Codebook) -> tuple[str, ...]:
    """Return the measures of :class:`ScoreRow` in which a found claim differs from the coded one that it matches.

    A stance that is missing on either side is not wrong; one on the wrong side is on the wrong level too.
    """
    wrong = [
        name for name in ("speaker_party", "voice", "directness") if getattr(gold, name) != getattr(extracted, name)
    ]
    if not gold.said_on.overlaps(extracted.said_on):
        wrong.append("said_on")
    if gold.stance is not None and extracted.stance is not None:
        if _stance_side(gold, codebook) != _stance_side(extracted, codebook):
            wrong.append("stance_sign")
        if (gold.stance, gold.stance_to) != (extracted.stance, extracted.stance_to):
            wrong.append("stance_level")
    return tuple(wrong)


def _stance_side(claim: Claim, codebook: Codebook) -> int:
    """Return 1 above the middle of the scale, −1 below and 0 on it; a range counts as its middle."""
    values = codebook.issue(claim.issue).values
    assert claim.stance is not None
    above = values[claim.stance] + values[claim.stance if claim.stance_to is None else claim.stance_to] - 1
    return (above > 0) - (above < 0)


def _score_row(
    group: GroupKey, totals: Counter[tuple[GroupKey, str]], intervals: Mapping[tuple[GroupKey, str], Interval]
) -> ScoreRow:
    def total(names: Sequence[str]) -> int:
        return sum(totals[group, name] for name in names)

    measures = {}
    for name, (above, below) in MEASURES.items():
        right, of = total(above), total(below)
        interval = intervals.get((group, name), (None, None))
        measures[name] = Measure(right / of if of else None, right, of, *interval)
    return ScoreRow(group[1], totals[group, "gold"], totals[group, "found"], totals[group, "hit"], measures)


def _intervals(
    counts: Sequence[Counter[tuple[GroupKey, str]]], totals: Counter[tuple[GroupKey, str]], *, resamples: int
) -> Mapping[tuple[GroupKey, str], Interval]:
    """Return the middle 95 % of each measure over samples of as many documents, drawn with replacement."""
    if len(counts) < 2 or not resamples:
        return {}
    import numpy as np  # only intervals need it

    columns = {key: column for column, key in enumerate(sorted(totals))}
    table = np.zeros((len(counts), len(columns) + 1), dtype=np.int64)
    for row, document in enumerate(counts):
        for key, number in document.items():
            table[row, columns[key]] = number
    sums = draw_documents(len(counts), resamples=resamples) @ table
    intervals = {}
    for group in sorted({group for group, _ in totals}):
        for name, sides in MEASURES.items():
            above, below = ([columns.get((group, part), len(columns)) for part in parts] for parts in sides)
            if np.count_nonzero(table[:, below].sum(axis=1)) < 2:
                continue
            right, of = sums[:, above].sum(axis=1), sums[:, below].sum(axis=1)
            low, high = np.quantile(right[of > 0] / of[of > 0], MIDDLE_95)
            intervals[group, name] = float(low), float(high)
    return intervals
