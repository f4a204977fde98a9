"""Scales: stances on one line from the − pole to the + pole; a statement may span a range of them.

Distance (``semantics.md`` §3): δ = (|lo_i − lo_j| + |hi_i − hi_j|) / 2 over the ranges; one alone has no δ, bounds from
0 to how far it could come to stand. The gap is what lies between the ranges, 0 when they meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from positions.kinds.base import IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.ranges import line_distance
from positions.kinds.records import ElementDistance, IssueDistance
from positions.model.issues import Issue, ScaleIssue
from positions.model.lists import join_words
from positions.model.position import Position

if TYPE_CHECKING:
    from positions.kinds.series import Holdings, Series


class ScaleKind(IssueKind):
    """Operations of scales."""

    model = ScaleIssue
    metric = "interval"
    view = KindView(axis=True)

    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        """Measure the distance of the two ranges."""
        one, two = both = positions_of(pair, positions, issue, None)
        if one is None and two is None:
            return None
        delta, lo, hi = line_distance(issue, one, two)
        if one is None or two is None:
            part = ElementDistance(None, both, "unstated", None, lo, hi)
            return IssueDistance(issue.id, issue.kind, None, lo, hi, issue.weight(*pair), (part,))
        low, high = max(one.value, two.value), min(one.value_to, two.value_to)
        part = ElementDistance(None, both, "common" if low <= high else "apart", delta, lo, hi)
        return IssueDistance(
            *(issue.id, issue.kind, delta, lo, hi, issue.weight(*pair), (part,)),
            gap=max(0.0, low - high),
            common_ground=(low, high) if low <= high else (),
        )

    def series(self, issues: Sequence[ScaleIssue], holdings: Holdings) -> Series:
        """Measure the distance of the two ranges on many days."""
        from positions.kinds.series import LineSeries

        return LineSeries(holdings)

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Name the levels of both: ``Russia “for it”, Ukraine “reluctant”``."""
        named_positions = zip(names.values(), distance.parts[0].positions, strict=True)
        return ", ".join(position_words(self, issue, name, position) for name, position in named_positions)

    def measure_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Name the values of both, from 0 at the − pole to 1 at the + pole."""
        ends = [(one.value, one.value_to) for one in distance.parts[0].positions if one]
        if len(ends) < len(names):
            return ""
        values = [f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}" for low, high in ends]
        stands = [f"{name} stands at {value}" for name, value in zip(names.values(), values, strict=True)]
        is_range = any(low != high for low, high in ends)
        mean = ", the mean of how far the lower and the upper ends are" if is_range else ""
        return f"From 0 to 1 {join_words(stands)}: {distance.distance or 0.0:.2f} apart{mean}."


def position_words(kind: IssueKind, issue: Issue, name: str, position: Position | None) -> str:
    """Name the level that a party holds, as its kind words it: ``Russia “for it”``, ``Ukraine has not said``."""
    if position is None:
        return f"{name} has not said"
    stances = position.stance, position.highest
    return f"{name} “{kind.held_words(issue, position.holder, position.element, stances)}”"
