"""A fourth kind of issue in one file: rankings, in which each party puts the elements in an order of preference.

A stance is a place in the order, the highest for what comes first. δ is Spearman's footrule over the elements that
both rank, the mean difference of their values; an element that one has not ranked yet may end up anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from positions.kinds.base import IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.ranges import line_distance
from positions.kinds.records import BothPositions, ElementDistance, IssueDistance
from positions.kinds.series import Holdings, IssueBlock, PairCells, element_rows, mean_by_issue, measure_lines
from positions.model.issues import Issue, IssueWithElements
from positions.model.lists import join_words


class RankingIssue(IssueWithElements):
    """An issue of which the parties say in which order they prefer its elements."""

    default_noun = "choice"

    kind: Literal["ranking"]


@dataclass(frozen=True)
class RankingSeries:
    """What one party ranks on many days."""

    held: Holdings
    rows: Sequence[slice]

    def against(self, other: RankingSeries) -> IssueBlock:
        cells = PairCells.of(self.held, other.held)
        return mean_by_issue(self.rows, cells.spread(measure_lines(cells.one, cells.two)))


class RankingKind(IssueKind):
    """Operations of rankings."""

    model = RankingIssue
    metric = "ordinal"
    view = KindView(matrix=True, attitudes=("first", "high", "in the middle", "low", "last", "not ranked"))

    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        held = {slot: positions_of(pair, positions, issue, slot) for slot in issue.slots}
        ranked = tuple(_part(issue, slot, both) for slot, both in held.items() if any(both))
        if not ranked:
            return None
        known = [part.distance for part in ranked if part.distance is not None]
        delta = sum(known) / len(known) if known else None
        lo, hi = (sum(ends) / len(ranked) for ends in zip(*((part.lo, part.hi) for part in ranked), strict=True))
        return IssueDistance(
            *(issue.id, issue.kind, delta),
            *((lo, hi) if delta is None else (min(lo, delta), max(hi, delta))),
            weight=issue.weight(*pair),
            parts=ranked,
            common_ground=tuple(str(part.element) for part in ranked if part.standing == "common"),
        )

    def series(self, issues: Sequence[Issue], holdings: Holdings) -> RankingSeries:
        return RankingSeries(holdings, element_rows(issues))

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        labels = {element.id: element.label for element in issue.elements}
        told = []
        for place, name in enumerate(names.values()):
            held = [(part.positions[place], labels[str(part.element)]) for part in distance.parts]
            order = sorted((-position.value, label) for position, label in held if position)
            words = f"prefers {join_words((label for _, label in order), last='to')}" if order else "has ranked nothing"
            told.append(f"{name} {words}")
        return "; ".join(told)


def _part(issue: Issue, element: str | None, both: BothPositions) -> ElementDistance:
    delta, lo, hi = line_distance(issue, *both)
    return ElementDistance(
        element, both, "apart" if delta else "unstated" if delta is None else "common", delta, lo, hi
    )
