"""Distances of many days at once, as arrays: what a panel gives to a kind, and what kinds on lines share.

Only whoever computes with panels imports numpy, and so this module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from positions.model.issues import Issue

Array: TypeAlias = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Contests:
    """What contested positions may come to: list ``n`` is of ``count[n]`` ranges of values from ``start[n]``.

    ``low`` and ``high`` are the ends of all ranges, in [0, 1]; ``least`` and ``most`` are by list those of the ranges'
    midpoints. List 0 stands for a position that is not contested.
    """

    start: Array
    count: Array
    low: Array
    high: Array
    least: Array
    most: Array


@dataclass(frozen=True, slots=True)
class Values:
    """What a party holds, some cells of its holdings: the ends of each range as values in [0, 1], NaN for silence.

    ``lists`` are the lists of contested positions, 0 for the others; ``least`` and ``most`` are those midpoints that a
    position may come to, ``middle`` is its own.
    """

    low: Array
    high: Array
    lists: Array
    middle: Array
    least: Array
    most: Array
    contests: Contests

    @property
    def reach(self) -> Array:
        """How far whoever is silent may come to stand; 0 from somebody silent."""
        reach: Array = np.nan_to_num(np.maximum(self.most, 1 - self.least))
        return reach

    def take(self, cells: Array) -> Values:
        """Return some of the cells."""
        low, high, lists = self.low[cells], self.high[cells], self.lists[cells]
        middle, least, most = self.middle[cells], self.least[cells], self.most[cells]
        return Values(low, high, lists, middle, least, most, self.contests)

    def range_ends(self, cells: Array, member: Array) -> tuple[Array, Array]:
        """Return both ends of one of the ranges that each cell's position may come to."""
        lists = self.lists[cells]
        at = self.contests.start[lists] + member
        low, high = (ends.take(at, mode="clip") for ends in (self.contests.low, self.contests.high))
        return np.where(lists > 0, low, self.low[cells]), np.where(lists > 0, high, self.high[cells])


@dataclass(frozen=True, slots=True)
class Holdings:
    """What one party holds on the elements of some issues on some days; arrays have the shape (elements, days).

    Elements are those of the issues one after the other, in declared order, inner ones too; an issue that is taken as a
    whole is one. ``low`` is the lower end of the stance (int8), ``spoken`` whether there is any. ``changes`` are the
    cells that differ from those of the day before, and those of the first day. ``values`` returns what is held in some
    cells, given by their places in the flat arrays.
    """

    party: str
    low: Array
    spoken: Array
    contested: Array
    changes: Array
    values: Callable[[Array], Values]


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


class Series(Protocol):
    """What one party holds on the issues of one kind on some days, ready to be measured."""

    def against(self, other: Any) -> IssueBlock:
        """Measure it against another party's on the same issues and days."""


def element_rows(issues: Sequence[Issue]) -> list[slice]:
    """Return the rows of each issue among the elements of holdings."""
    rows, start = [], 0
    for issue in issues:
        end = start + max(1, len(issue.elements))
        rows.append(slice(start, end))
        start = end
    return rows


@dataclass(frozen=True, slots=True)
class PairCells:
    """The cells at which what one of two parties holds changes; until the next one nothing does.

    ``row`` is by cell that of its element, ``lengths`` for how many cells each stands.
    """

    one: Values
    two: Values
    row: Array
    lengths: Array
    shape: tuple[int, int]

    @classmethod
    def of(cls, one: Holdings, two: Holdings) -> PairCells:
        """Find the cells of two parties."""
        elements, days = one.low.shape
        cells = np.flatnonzero(one.changes | two.changes)
        lengths = np.diff(cells, append=elements * days)
        return cls(one.values(cells), two.values(cells), cells // days, lengths, (elements, days))

    def spread(self, parts: IssueBlock) -> IssueBlock:
        """Return the values of all elements and days from those of the cells."""
        wide: dict[int, Array | None] = {}
        every = (parts.distance, parts.lo, parts.hi, parts.known, parts.agenda)
        for part in every:
            if id(part) not in wide:
                wide[id(part)] = None if part is None else np.repeat(part, self.lengths).reshape(self.shape)
        return IssueBlock(*(wide[id(part)] for part in every))  # type: ignore[arg-type]


def measure_lines(one: Values, two: Values) -> IssueBlock:
    """Measure what two parties hold as on a scale (``semantics.md`` §3), cell by cell."""
    far = (np.abs(one.low - two.low) + np.abs(one.high - two.high)) / 2
    lo = hi = far
    known = agenda = None
    silent = np.isnan(far)
    if silent.any():
        known, reach = ~silent, one.reach + two.reach
        far = lo = np.where(silent, 0.0, far)
        hi, agenda = np.where(silent, reach, far), reach > 0
    cells = np.flatnonzero(((one.lists | two.lists) > 0) & ~silent)
    if len(cells):
        lo, hi = lo.copy(), hi.copy()
        lo[cells], hi[cells] = _contested_bounds(one.take(cells), two.take(cells))
    return IssueBlock(far, lo, hi, known, agenda)


def _contested_bounds(one: Values, two: Values) -> tuple[Array, Array]:
    """Return the least and the greatest distance of each range of the one from each of the other, by cell."""
    counts = one.contests.count[one.lists], two.contests.count[two.lists]
    ways = counts[0] * counts[1]
    first = np.cumsum(ways) - ways
    cell = np.repeat(np.arange(len(ways)), ways)
    way = np.arange(len(cell)) - first[cell]
    left = one.range_ends(cell, way // counts[1][cell])
    right = two.range_ends(cell, way % counts[1][cell])
    far = (np.abs(left[0] - right[0]) + np.abs(left[1] - right[1])) / 2
    return np.minimum.reduceat(far, first), np.maximum.reduceat(far, first)


@dataclass(frozen=True, slots=True)
class LineSeries:
    """What one party holds on lines, such as scales; each element is an issue by itself."""

    held: Holdings

    def against(self, other: LineSeries) -> IssueBlock:
        """Measure the distance of the two ranges on each line."""
        cells = PairCells.of(self.held, other.held)
        return cells.spread(measure_lines(cells.one, cells.two))


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
