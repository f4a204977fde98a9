"""How far independent coders agree: Krippendorff's α with each issue's own metric, or why there is none.

α = 1 − D_o / D_e, the disagreement observed over the disagreement expected by chance (Krippendorff, *Content
Analysis*, ch. 11): 1 is full agreement, 0 what chance gives, below 0 worse than chance. It speaks only of what two
coders coded on the same words; what one of them passed over shows in ``coded`` against ``units`` and in the row on
*what was coded*. A coder who read a document and coded nothing in it leaves no trace and is not counted.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal, TypeAlias

from positions.analysis.alpha import AlphaInterval, Score, alpha_interval, krippendorff_alpha
from positions.kinds.base import Metric
from positions.kinds.registry import kind_of
from positions.model.candidate import closeness
from positions.model.codebook import Codebook
from positions.model.resampling import RESAMPLES
from positions.model.statement import VOICES, Statement

Subject: TypeAlias = Literal["stance", "voice", "coded"]
"""What is agreed on: the stance taken, whose word it is, or which holder, issue and element was coded at all."""

ONE_CODER: Final = "no document has statements by two coders"


@dataclass(frozen=True, slots=True)
class Unit:
    """What coders coded on the same words: one statement by each of one or more coders, in order of coder."""

    document: str
    holder: str
    issue: str
    element: str | None
    codings: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class CodingDifference:
    """A unit that the coders of a document did not code alike, in the order of the coders.

    ``subjects`` says in what: ``coded`` if somebody passed it over, whose coding is ``None`` then.
    """

    unit: Unit
    coders: tuple[str, ...]
    codings: tuple[Statement | None, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One row: how far the coders agree on a subject, on one issue or (``issue`` is ``None``) on all together.

    ``coded`` counts the units that anybody coded in documents of two coders or more; ``score.units`` those of them
    that two coders coded. ``interval`` is that of ``score.alpha``.
    """

    subject: Subject
    issue: str | None
    metric: Metric
    coded: int
    score: Score
    interval: AlphaInterval


@dataclass(frozen=True, slots=True)
class Reliability:
    """All rows, the issues in codebook order, with the coders and the documents that two of them coded.

    ``differences`` lists, in the order of the texts, all units that the coders of a document did not code alike.
    """

    coders: tuple[str, ...]
    documents: tuple[str, ...]
    rows: tuple[AgreementRow, ...]
    differences: tuple[CodingDifference, ...] = ()


def coded_units(statements: Iterable[Statement]) -> tuple[Unit, ...]:
    """Put together what different coders coded on the same words of a document.

    Two statements are about the same words when holder, issue and element are the same and their quotes share
    half of the shorter one. A unit has at most one statement by each coder; the closest quotes are joined first, then
    those of the same voice. Documents of one coder are left out. The order of the statements never matters.
    """
    shared = _keep_doubly_coded(statements)
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in shared:
        groups[statement.document, statement.holder, statement.issue, statement.element or ""].append(statement)
    units = [unit for key in sorted(groups) for unit in _join_overlapping(groups[key], _are_different_coders)]
    codings = (tuple(sorted(unit, key=lambda statement: statement.coder)) for unit in units)
    return tuple(Unit(unit[0].document, unit[0].holder, unit[0].issue, unit[0].element, unit) for unit in codings)


def _keep_doubly_coded(statements: Iterable[Statement]) -> list[Statement]:
    """Keep the documents of two coders or more, each statement once, in an order of its own."""
    every = sorted(set(statements), key=_rank)
    coders: dict[str, set[str]] = defaultdict(set)
    for statement in every:
        coders[statement.document].add(statement.coder)
    return [statement for statement in every if len(coders[statement.document]) > 1]


def _rank(statement: Statement) -> tuple[object, ...]:
    """Order statements by all that is counted: one coder may use an id twice, in two files."""
    return (
        statement.document,
        statement.start,
        statement.end,
        statement.coder,
        statement.id,
        *_position_key(statement),
        statement.voice,
        statement.stance,
        statement.highest,
    )


def _join_overlapping(
    statements: Sequence[Statement], may_join: Callable[[Sequence[Statement], Sequence[Statement]], bool]
) -> Iterator[list[Statement]]:
    """Join overlapping statements, the closest first, where ``may_join`` allows the two groups."""
    group = {index: [statement] for index, statement in enumerate(statements)}
    pairs = [
        (-near, one.voice != two.voice, left, right)
        for (left, one), (right, two) in combinations(enumerate(statements), 2)
        if (near := closeness(one, two)) > 0
    ]
    for *_, left, right in sorted(pairs):
        one, two = group[left], group[right]
        if one is not two and may_join(one, two):
            one.extend(two)
            group.update((index, one) for index, members in group.items() if members is two)
    yield from {id(members): members for members in group.values()}.values()


def _are_different_coders(one: Sequence[Statement], two: Sequence[Statement]) -> bool:
    return {statement.coder for statement in one}.isdisjoint(statement.coder for statement in two)


def measure_reliability(
    statements: Iterable[Statement], codebook: Codebook, *, resamples: int = RESAMPLES
) -> Reliability:
    """Measure how far the coders agree: the stance by issue and overall, whose word it is, and what was coded.

    A range counts as its middle. The stance overall is ordinal on the values in [0, 1]: between issues only the order
    of levels is comparable. *What was coded* asks of every passage that anybody quoted and every holder, issue and
    element that anybody coded in that document, whether each coder coded the one on the other (nominal, yes or no).
    Intervals come from ``resamples`` samples of the documents, 0 for none.
    """
    every = list(statements)
    units = coded_units(every)
    shared = _keep_doubly_coded(every)
    coders = tuple(sorted({statement.coder for statement in every}))
    issues = {statement.issue for statement in every}
    rows = [_stance_row(units, issue.id, codebook, resamples) for issue in codebook.issues if issue.id in issues]
    if every:
        rows.append(_stance_row(units, None, codebook, resamples))
        rows.append(_row(("voice", None, "nominal"), units, _voice_number, resamples))
        rows.append(_coded_row(shared, coders, resamples))
    documents = tuple(sorted({statement.document for statement in shared}))
    return Reliability(coders, documents, tuple(rows), _differences(units, shared))


def _voice_number(statement: Statement) -> float:
    return float(VOICES.index(statement.voice))


def _differences(units: Sequence[Unit], shared: Sequence[Statement]) -> tuple[CodingDifference, ...]:
    present: dict[str, set[str]] = defaultdict(set)
    for statement in shared:
        present[statement.document].add(statement.coder)
    differences = []
    for unit in sorted(units, key=lambda unit: (unit.document, min(coding.start for coding in unit.codings))):
        by_coder = {coding.coder: coding for coding in unit.codings}
        coders = tuple(sorted(present[unit.document]))
        subjects: dict[Subject, bool] = {
            "coded": len(by_coder) < len(coders),
            "stance": len({(coding.stance, coding.highest) for coding in unit.codings}) > 1,
            "voice": len({coding.voice for coding in unit.codings}) > 1,
        }
        if any(subjects.values()):
            differing = tuple(subject for subject, differs in subjects.items() if differs)
            differences.append(CodingDifference(unit, coders, tuple(map(by_coder.get, coders)), differing))
    return tuple(differences)


def _stance_row(units: Sequence[Unit], issue: str | None, codebook: Codebook, resamples: int) -> AgreementRow:
    def value(statement: Statement) -> float:
        values = codebook.issue(statement.issue).values
        return (values[statement.stance] + values[statement.highest]) / 2

    metric = kind_of(codebook.issue(issue)).metric if issue else "ordinal"
    return _row(("stance", issue, metric), units, value, resamples)


def _row(
    about: tuple[Subject, str | None, Metric],
    units: Sequence[Unit],
    value: Callable[[Statement], float],
    resamples: int,
) -> AgreementRow:
    subject, issue, metric = about
    own = [unit for unit in units if issue in (None, unit.issue)]
    coders = sorted({statement.coder for unit in units for statement in unit.codings})
    row_by_coder = {coder: row for row, coder in enumerate(coders)}
    matrix = [[math.nan] * len(own) for _ in coders]
    for column, unit in enumerate(own):
        for statement in unit.codings:
            matrix[row_by_coder[statement.coder]][column] = value(statement)
    if not units:
        score = Score(None, 0, None, ONE_CODER)
    elif not own:
        score = Score(None, 0, None, "coded only in documents of one coder")
    else:
        score = krippendorff_alpha(matrix, metric=metric)
    columns = ((unit.document, [value(statement) for statement in unit.codings]) for unit in own)
    return AgreementRow(subject, issue, metric, len(own), score, _interval(score, columns, metric, resamples))


def _interval(
    score: Score, units: Iterable[tuple[str, Sequence[float]]], metric: Metric, resamples: int
) -> AlphaInterval:
    if score.alpha is None:
        return AlphaInterval(None, None, 0, "no α")
    return alpha_interval(units, metric=metric, resamples=resamples)


def _coded_row(shared: Sequence[Statement], coders: Sequence[str], resamples: int) -> AgreementRow:
    columns = list(_coding_matrix(shared, coders))
    if not columns:
        none = Score(None, 0, None, ONE_CODER)
        return AgreementRow("coded", None, "nominal", 0, none, _interval(none, (), "nominal", resamples))
    matrix = [list(row) for row in zip(*(values for _, values in columns), strict=True)]
    score = krippendorff_alpha(matrix, metric="nominal")
    interval = _interval(score, columns, "nominal", resamples)
    return AgreementRow("coded", None, "nominal", len(columns), score, interval)


def _coding_matrix(shared: Sequence[Statement], coders: Sequence[str]) -> Iterator[tuple[str, list[float]]]:
    """Yield the document with, for each passage and place of it, 1 or 0 by coder, NaN for who coded nothing in it."""
    documents: dict[str, list[Statement]] = defaultdict(list)
    for statement in shared:
        documents[statement.document].append(statement)
    for document, in_document in sorted(documents.items()):
        present = {statement.coder for statement in in_document}
        subjects = sorted({_position_key(statement) for statement in in_document})
        for passage in _join_overlapping(in_document, lambda one, two: True):  # noqa: ARG005 any two groups may join
            coded = {(statement.coder, *_position_key(statement)) for statement in passage}
            for subject in subjects:
                yield (
                    document,
                    [float((coder, *subject) in coded) if coder in present else math.nan for coder in coders],
                )


def _position_key(statement: Statement) -> tuple[str, str, str]:
    return statement.holder, statement.issue, statement.element or ""
