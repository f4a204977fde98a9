"""Distances of many days at once, as arrays: what scales and conditions share, and what a panel gives to a kind.

Only whoever computes with panels imports numpy, and so this module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from positions.model.issues import Issue

Array: TypeAlias = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Contests:
    """What contested positions may come to: list ``n`` is of ``count[n]`` ranges of values from ``start[n]``.

    ``low`` and ``high`` are the ends of all ranges, in [0, 1]. List 0 stands for a position that is not contested.
    """

    start: Array
    count: Array
    low: Array
    high: Array

    def least(self, values: Array) -> Array:
        """Return the least of some values by range, for each list; 0 for list 0."""
        return self._of_lists(values, np.minimum)

    def greatest(self, values: Array) -> Array:
        """Return the greatest of some values by range, for each list; 0 for list 0."""
        return self._of_lists(values, np.maximum)

    def _of_lists(self, values: Array, choose: Any) -> Array:
        chosen = np.zeros(len(self.start))
        if len(values):
            count = self.count[1:]
            first = np.cumsum(count) - count
            at = np.repeat(self.start[1:] - first, count) + np.arange(count.sum())
            chosen[1:] = choose.reduceat(values[at], first)
        return chosen


@dataclass(frozen=True, slots=True)
class Holdings:
    """What parties hold on the elements of some issues on some days, each array of shape (parties, elements, days).

    Elements are those of the issues one after the other, in declared order, inner ones too; an issue that is taken as a
    whole is one. ``low`` and ``high`` are the ends of a range as values in [0, 1], NaN for silence; ``contest`` is the
    list of ``contests`` that a position is from, ``None`` if all are 0.
    """

    parties: tuple[str, ...]
    low: Array
    high: Array
    contest: Array | None
    contests: Contests

    def least(self, values: Array, by_range: Array) -> Array:
        """Return values, for contested positions the least of what each range comes to."""
        return values if self.contest is None else self._or_of_lists(values, self.contests.least(by_range))

    def greatest(self, values: Array, by_range: Array) -> Array:
        """Return values, for contested positions the greatest of what each range comes to."""
        return values if self.contest is None else self._or_of_lists(values, self.contests.greatest(by_range))

    def _or_of_lists(self, values: Array, by_list: Array) -> Array:
        assert self.contest is not None
        return np.where(self.contest > 0, by_list.take(self.contest), values)


@dataclass(frozen=True, slots=True)
class IssueBlock:
    """Issues of one kind for one pair, arrays of shape (issues, days).

    ``distance`` is 0 where unknown; ``lo`` and ``hi`` are 0 off the agenda; ``known`` and ``agenda`` are truth values,
    ``None`` if all are true.
    """

    distance: Array
    lo: Array
    hi: Array
    known: Array | None
    agenda: Array | None


Measure: TypeAlias = Callable[[int, int], IssueBlock]
"""Measures two parties, given by their places among those of the holdings."""


def element_rows(issues: Sequence[Issue]) -> list[slice]:
    """Return the rows of each issue among the elements of holdings."""
    rows, start = [], 0
    for issue in issues:
        end = start + max(1, len(issue.elements))
        rows.append(slice(start, end))
        start = end
    return rows


@dataclass(frozen=True, slots=True)
class Lines:
    """Parties on lines: ``reach`` is how far whoever is silent may come to stand from a speaker, 0 for the silent."""

    holdings: Holdings
    reach: Array

    @classmethod
    def of(cls, holdings: Holdings) -> Lines:
        """Compute how far each party can be from whoever is silent."""
        middle = (holdings.low + holdings.high) / 2
        ranges = (holdings.contests.low + holdings.contests.high) / 2
        reach = holdings.greatest(np.maximum(middle, 1 - middle), np.maximum(ranges, 1 - ranges))
        return cls(holdings, np.nan_to_num(reach, copy=False))

    def measure(self, one: int, two: int) -> IssueBlock:
        """Measure two parties on each line as on a scale (``semantics.md`` §3)."""
        held = self.holdings
        far = np.abs(held.low[one] - held.low[two])
        if held.high is not held.low:
            far += np.abs(held.high[one] - held.high[two])
            far /= 2
        silent = np.isnan(far)
        lo = hi = far
        known = agenda = None
        if silent.any():
            known = ~silent
            reach = self.reach[one] + self.reach[two]
            far = lo = np.where(silent, 0.0, far)
            hi = np.where(silent, reach, far)
            agenda = reach > 0
        if held.contest is not None:
            cells = np.flatnonzero(((held.contest[one] | held.contest[two]) > 0) & ~silent)
            if len(cells):
                lo, hi = lo.copy(), hi.copy()
                lo.ravel()[cells], hi.ravel()[cells] = self._contested_bounds(one, two, cells)
        return IssueBlock(far, lo, hi, known, agenda)

    def _contested_bounds(self, one: int, two: int, cells: Array) -> tuple[Array, Array]:
        """Return the least and the greatest distance of each range of the one from each of the other, by cell."""
        assert self.holdings.contest is not None
        lists = [self.holdings.contest[party].ravel()[cells] for party in (one, two)]
        counts = [self.holdings.contests.count[some] for some in lists]
        ways = counts[0] * counts[1]
        first = np.cumsum(ways) - ways
        cell = np.repeat(np.arange(len(cells)), ways)
        way = np.arange(len(cell)) - first[cell]
        members = (way // counts[1][cell], way % counts[1][cell])
        ends = [
            self._range_ends(party, cells[cell], some[cell], member)
            for party, some, member in zip((one, two), lists, members, strict=True)
        ]
        far = (np.abs(ends[0][0] - ends[1][0]) + np.abs(ends[0][1] - ends[1][1])) / 2
        return np.minimum.reduceat(far, first), np.maximum.reduceat(far, first)

    def _range_ends(self, party: int, cells: Array, lists: Array, member: Array) -> list[Array]:
        """Return both ends of one of the ranges that each cell's position may come to."""
        held, contests = self.holdings, self.holdings.contests
        at = contests.start[lists] + member
        return [
            np.where(lists > 0, ranges.take(at, mode="clip"), values[party].ravel()[cells])
            for ranges, values in ((contests.low, held.low), (contests.high, held.high))
        ]


def count_true(chosen: Array) -> Array:
    """Count the truth values along the last axis but one."""
    counts: Array = chosen.view(np.uint8).sum(axis=-2, dtype=np.uint8 if chosen.shape[-2] < 256 else np.uint32)
    return counts


def mean_by_issue(rows: Sequence[slice], parts: IssueBlock) -> IssueBlock:
    """Return the mean over each issue's parts: of what is known for the distance, of all for its bounds."""

    def total(values: Array) -> Array:
        # Neither a product of matrices nor one call of reduceat is as fast as these few sums.
        return np.array([values[span].sum(axis=0) for span in rows])

    size = np.array([[span.stop - span.start] for span in rows])
    known, agenda = (
        size if some is None else np.array([count_true(some[span]) for span in rows])
        for some in (parts.known, parts.agenda)
    )
    mean = total(parts.distance) / np.maximum(known, 1)
    if parts.known is None and parts.lo is parts.distance:
        return IssueBlock(mean, mean, mean, None, None)
    lo, hi = (total(values) / np.maximum(agenda, 1) for values in (parts.lo, parts.hi))
    lo = np.where(known > 0, np.minimum(lo, mean), lo)
    return IssueBlock(mean, lo, np.maximum(hi, mean), known > 0, agenda > 0)
