"""Conditions as arrays: unmet demands and what both hold, for many days at once (``semantics.md`` §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from positions.kinds.series import (
    Array,
    Holdings,
    IssueBlock,
    PairCells,
    Values,
    element_rows,
    mean_by_issue,
    measure_lines,
)
from positions.model.issues import Issue


@dataclass(frozen=True, slots=True)
class ConditionSeries:
    """What one party holds on conditions; ``addressed`` says by condition whether it would have to act."""

    held: Holdings
    rows: Sequence[slice]
    addressed: Array

    @classmethod
    def of(cls, issues: Sequence[Issue], held: Holdings) -> ConditionSeries:
        """Note which conditions address the party."""
        addressees = [some for issue in issues for some in issue.addressed.values()]
        return cls(held, element_rows(issues), np.array([held.party in some for some in addressees], dtype=bool))

    def against(self, other: ConditionSeries) -> IssueBlock:
        """Take the mean of the unmet demands, and of what both hold where both or neither are addressed."""
        cells = PairCells.of(self.held, other.held)
        parts = measure_lines(cells.one, cells.two)
        first, second = (one.addressed[cells.row] for one in (self, other))
        if not (first & second).all():
            parts = _with_truths(parts)
            _drop_lone(parts, np.flatnonzero(~(first | second)))
            _replace(parts, np.flatnonzero(second & ~first), cells.one, cells.two)
            _replace(parts, np.flatnonzero(first & ~second), cells.two, cells.one)
        return mean_by_issue(self.rows, cells.spread(parts))


def _with_truths(parts: IssueBlock) -> IssueBlock:
    """Return the same with arrays of their own, that can be changed one by one."""
    every = np.ones(len(parts.distance), dtype=bool)
    known, agenda = (every.copy() if some is None else some for some in (parts.known, parts.agenda))
    return IssueBlock(parts.distance.copy(), parts.lo.copy(), parts.hi.copy(), known, agenda)


def _drop_lone(parts: IssueBlock, cells: Array) -> None:
    """Take off the agenda what one alone speaks of, in cells that address neither."""
    assert parts.known is not None
    assert parts.agenda is not None
    parts.agenda[cells] = parts.known[cells]
    parts.hi[cells] *= parts.known[cells]


def _replace(parts: IssueBlock, cells: Array, demander: Values, answerer: Values) -> None:
    """Put the unmet demands of one party on another into some cells."""
    assert parts.known is not None
    assert parts.agenda is not None
    demand, answer = demander.take(cells), answerer.take(cells)
    insistence = _insistence(demand.middle)
    # Whether there is a demand the deciding statement says, whatever contests it.
    asked, answered = insistence > 0, ~np.isnan(answer.low)
    known = asked & answered
    parts.known[cells], parts.agenda[cells] = known, asked
    parts.distance[cells] = np.where(known, insistence * (1 - answer.middle), 0)
    parts.lo[cells] = np.where(known, _insistence(demand.least) * (1 - answer.most), 0)
    parts.hi[cells] = np.where(asked, _insistence(demand.most) * np.where(answered, 1 - answer.least, 1), 0)


def _insistence(middle: Array) -> Array:
    """Return how firmly something is wanted, 0 by the silent."""
    insistence: Array = np.nan_to_num(np.maximum(2 * middle - 1, 0))
    return insistence
