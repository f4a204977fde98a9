"""Distances of many pairs over many days at once; each day equals :func:`positions.analysis.distance.compare`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np

from positions.analysis.aggregate import THIN
from positions.analysis.panel.dense import Panel
from positions.analysis.panel.holdings import PanelValues
from positions.analysis.panel.in_force import MANY, map_in_threads
from positions.analysis.panel.slots import Ints, slots_of
from positions.errors import QueryError
from positions.kinds.base import IssueKind
from positions.kinds.records import ROUNDING
from positions.kinds.registry import KINDS, kind_of
from positions.kinds.series import IssueBlock, Series
from positions.model.codebook import Codebook

Parts: TypeAlias = Sequence[tuple[list[int], IssueBlock]]
"""A pair's issues by kind: their rows in the codebook and their values."""
Kinds: TypeAlias = Sequence[tuple[list[int], Mapping[str, Series]]]
"""Issues by kind: their rows in the codebook and what each party holds."""
BLOCK: Final = 8192
"""Days computed at a time, few enough for memory."""


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances of pairs on days: ``distance``, ``lo``, ``hi`` and ``coverage`` in [0, 1], shape (pairs, days).

    The distance is NaN if nothing is comparable, bounds and coverage are NaN if the agenda is empty. ``days`` are days
    since 1970.
    """

    pairs: tuple[tuple[str, str], ...]
    days: Ints
    distance: Ints
    lo: Ints
    hi: Ints
    coverage: Ints

    @property
    def thin(self) -> Ints:
        """Whether the coverage is below :data:`~positions.analysis.aggregate.THIN` or missing, shape (pairs, days)."""
        # As in is_thin, a coverage of exactly one half may come out a rounding error below it; a missing one is thin.
        return ~(self.coverage >= THIN - ROUNDING)


def pair_distances(panel: Panel, codebook: Codebook, pairs: Sequence[tuple[str, str]] | None = None) -> Distances:
    """Measure pairs of parties (default: all of the panel, in its order) on every day of a panel.

    A party of whom the panel says nothing is silent. Raises ``QueryError`` for an unknown party and for a party
    compared with itself.
    """
    chosen = check_pairs(panel, codebook, pairs)
    totals = np.full((4, len(chosen), len(panel.days)), np.nan)
    weights = weights_of(codebook, chosen)

    def take(span: slice, index: int, parts: Parts) -> None:
        for total, values in zip(totals, _total(parts, weights[index]), strict=True):
            total[index, span] = values

    measure_pairs(panel, codebook, chosen, take)
    return Distances(chosen, panel.days, *totals)


def check_pairs(
    panel: Panel, codebook: Codebook, pairs: Sequence[tuple[str, str]] | None
) -> tuple[tuple[str, str], ...]:
    """Return the given pairs, or all of the panel; raise ``QueryError`` for an unknown party or two equal ones."""
    if pairs is None:
        return tuple(combinations(panel.parties, 2))
    for one, two in pairs:
        codebook.party(one)
        codebook.party(two)
        if one == two:
            raise QueryError(f"parties: found {one!r} twice, allowed: two different parties")
    return tuple(pairs)


def weights_of(codebook: Codebook, pairs: Sequence[tuple[str, str]]) -> Ints:
    """Return each pair's weight on each issue, shape (pairs, issues)."""
    weights = [issue.weight(*pair) for pair in pairs for issue in codebook.issues]
    return np.array(weights, dtype=float).reshape(len(pairs), len(codebook.issues))


def measure_pairs(
    panel: Panel,
    codebook: Codebook,
    pairs: Sequence[tuple[str, str]],
    take: Callable[[slice, int, Parts], None],
) -> None:
    """Give ``take`` for each block of days and each pair the days, the pair's index and its issues by kind."""
    values = PanelValues.of(panel, codebook)
    people = tuple(dict.fromkeys(name for pair in pairs for name in pair))
    many = len(pairs) * panel.low.size >= MANY * len(people)
    for start in range(0, len(panel.days) if pairs else 0, BLOCK):
        span = slice(start, min(start + BLOCK, len(panel.days)))
        kinds = []
        for kind, rows, slots in _issues_by_kind(codebook):
            issues = [codebook.issues[row] for row in rows]
            series = [kind.series(issues, values.select(party, slots, span)) for party in people]
            kinds.append((rows, dict(zip(people, series, strict=True))))

        def measure(index: int, span: slice = span, kinds: Kinds = tuple(kinds)) -> None:
            one, two = pairs[index]
            take(span, index, [(rows, series[one].against(series[two])) for rows, series in kinds])

        map_in_threads(measure, len(pairs), many=many)


def _issues_by_kind(codebook: Codebook) -> list[tuple[IssueKind, list[int], list[int]]]:
    """Return the kinds in use, with the rows of their issues in the codebook and the slots of those."""
    slots = [slots_of(issue) for issue in codebook.issues]
    starts = np.cumsum([0, *map(len, slots)]).tolist()
    kinds = []
    for kind in KINDS.values():
        rows = [row for row, issue in enumerate(codebook.issues) if kind_of(issue) is kind]
        if rows:
            kinds.append((kind, rows, [slot for row in rows for slot in range(starts[row], starts[row + 1])]))
    return kinds


def _total(parts: Parts, weight: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Aggregate a pair's issues (``semantics.md`` §4) to distance, lo, hi and coverage, each by day or one for all."""
    sums = zip(*(_sums(part, weight[rows]) for rows, part in parts), strict=True)
    far, lo, hi, known, agenda = (np.asarray(sum(values)) for values in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        far, lo, hi = far / known, lo / agenda, hi / agenda
        # If the distance is NaN, fmin and fmax keep the bound.
        return far, np.fmin(lo, far), np.where(np.isnan(hi), hi, np.fmax(hi, far)), known / agenda


def _sums(part: IssueBlock, weight: Ints) -> list[Ints]:
    """Return the weighted sums of a part's values over its issues."""
    sums: dict[int, Ints] = {}
    for values in (part.distance, part.lo, part.hi, part.known, part.agenda):
        if id(values) not in sums:
            sums[id(values)] = weight.sum(keepdims=True) if values is None else weight @ values
    return [sums[id(values)] for values in (part.distance, part.lo, part.hi, part.known, part.agenda)]
