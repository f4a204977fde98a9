"""Scales: stances on one line from the − pole to the + pole; a statement may span a range of them.

Distance (``semantics.md`` §3): δ = (|lo_i − lo_j| + |hi_i − hi_j|) / 2 over the ranges; no δ and bounds [0, 1] where
one of the two is silent. The gap is what lies between the ranges, 0 when they meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from positions.kinds.base import IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.records import ElementDistance, IssueDistance
from positions.kinds.tables import Digit, IssueBlock, TableLookup, level_codes, table_of
from positions.model.issues import Issue, ScaleIssue
from positions.model.position import Position


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
        weight = issue.weight(*pair)
        if one is None or two is None:
            part = ElementDistance(None, both, "unstated")
            return IssueDistance(issue.id, issue.kind, None, 0.0, 1.0, weight, (part,))
        delta = (abs(one.value - two.value) + abs(one.value_to - two.value_to)) / 2
        low, high = max(one.value, two.value), min(one.value_to, two.value_to)
        part = ElementDistance(None, both, "common" if low <= high else "apart", delta, delta, delta)
        return IssueDistance(
            *(issue.id, issue.kind, delta, delta, delta, weight, (part,)),
            gap=max(0.0, low - high),
            common_ground=(low, high) if low <= high else (),
        )

    def digits(self, issue: Issue) -> Sequence[Digit]:
        """Tabulate half the distance of each end; whether both speak and whether any does, counted once."""
        levels = (None, *issue.values.values())
        far = table_of(levels, lambda one, two: 0.0 if one is None or two is None else abs(one - two) / 2)
        both = table_of(levels, lambda one, two: float(one is not None and two is not None))
        either = table_of(levels, lambda one, two: float(one is not None or two is not None))
        nothing, codes = table_of(levels, lambda _one, _two: 0.0), level_codes(issue)
        return (
            Digit(0, "low", codes, {"same": (far, both, either)}),
            Digit(0, "high", codes, {"same": (far, nothing, nothing)}),
        )

    def block(self, look: TableLookup, spoken: bool) -> IssueBlock:
        """Take the mean distance of the ranges' ends; whoever is silent may come to stand anywhere."""
        far = look(0)
        if spoken:
            return IssueBlock(far, far, far, None, None)
        known, agenda = look(1), look(2)
        return IssueBlock(far, far, far + (agenda - known), known, agenda)

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Name the levels of both: ``Russia “for it”, Ukraine “reluctant”``."""
        named_positions = zip(names.values(), distance.parts[0].positions, strict=True)
        return ", ".join(position_words(name, position, issue) for name, position in named_positions)


def position_words(name: str, position: Position | None, issue: Issue) -> str:
    """Name the level that a party holds: ``Russia “for it”``, ``Ukraine has not said``."""
    if position is None:
        return f"{name} has not said"
    return f"{name} “{issue.level_words(position.stance, position.highest)}”"
