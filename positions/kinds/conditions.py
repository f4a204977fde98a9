"""Conditions: each something that its addressees would have to do; for who wants it a stance is how firmly.

Distance (``semantics.md`` §3): if exactly one of the two is addressed, the unmet demand u = q · r with insistence
q = max(0, 2 · (value − ½)) and refusal r = 1 − value of the answer; else as on a scale. δ is the mean of the known u,
within the mean of all bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from positions.kinds.base import ATTITUDES, Attitude, IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.ranges import MIDDLE, line_distance, midpoint, range_ground, value_ranges
from positions.kinds.records import (
    ROUNDING,
    BothPositions,
    DemandStatus,
    ElementDistance,
    Ground,
    IssueDistance,
    Standing,
)
from positions.kinds.scale import position_words
from positions.model.issues import ConditionsIssue, Issue

if TYPE_CHECKING:
    from positions.kinds.series import Holdings, Series

BY_STANCE: Final[Mapping[int, Attitude]] = dict(zip((2, 1, 0, -1, -2), ATTITUDES, strict=True))


class ConditionsKind(IssueKind):
    """Operations of conditions."""

    model = ConditionsIssue
    metric = "interval"
    view = KindView(
        attitudes=("insists or commits", "asks or is open", "undecided", "reluctant", "against it", "unstated")
    )

    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        """Take the mean of the unmet demands, and of what both hold on conditions that address both or neither."""
        found = (
            _part(issue, element, positions_of(pair, positions, issue, element), pair, addressees)
            for element, addressees in issue.addressed.items()
        )
        parts = tuple(part for part in found if part)
        if not parts:
            return None
        known = [part.distance for part in parts if part.distance is not None]
        delta = sum(known) / len(known) if known else None
        lo, hi = (sum(bounds) / len(parts) for bounds in zip(*((part.lo, part.hi) for part in parts), strict=True))
        return IssueDistance(
            issue.id,
            issue.kind,
            delta,
            lo if delta is None else min(lo, delta),
            hi if delta is None else max(hi, delta),
            issue.weight(*pair),
            parts,
            common_ground=tuple(part.element for part in parts if part.element and _both_want(part.positions)),
            unmet=(_mean_unmet(parts, pair[0]), _mean_unmet(parts, pair[1])),
        )

    def grounds(self, issue: Issue, positions: PositionLookup, parties: tuple[str, ...]) -> tuple[Ground, ...]:
        """Return condition by condition if all stand above the middle, or all of the cheapest ways to that."""
        return tuple(range_ground(issue, slot, positions, parties, demandable=True) for slot in issue.slots)

    def series(self, issues: Sequence[ConditionsIssue], holdings: Holdings) -> Series:
        """Take the means of the same parts on many days."""
        from positions.kinds.condition_series import ConditionSeries

        return ConditionSeries.of(issues, holdings)

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Say condition by condition who wants it and what became of that."""
        return "; ".join(self._part_words(issue, part, names) for part in distance.parts)

    def _part_words(self, issue: Issue, part: ElementDistance, names: Mapping[str, str]) -> str:
        label = next(element.label for element in issue.elements if element.id == part.element)
        if part.demander is None:
            held = zip(names.values(), part.positions, strict=True)
            return f"{label}: {', '.join(position_words(self, issue, name, position) for name, position in held)}"
        return f"{names[part.demander]} wants {label} ({part.standing})"

    def measure_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Name what is unmet of each demand; the distance is the mean of them."""
        words = super().measure_words(issue, distance, names)
        return f"{words} A demand counts by how firmly it is made times how far it is refused." if words else ""

    def held_words(self, issue: Issue, holder: str, element: str | None, stances: tuple[int, int]) -> str:
        """Say what a stance means: for whom the condition addresses, another thing than for who demands it.

        Whoever has to meet a condition together with others demands it of them.
        """
        if element in issue.joint or holder not in issue.addressed.get(element, ()):
            return issue.level_words(*stances)
        levels = dict.fromkeys(issue.level(stance) for stance in stances)
        return " to ".join(level.addressee_label or level.label for level in levels)

    def attitude(self, issue: Issue, stance: int) -> Attitude:
        """Return what a stance comes to."""
        return BY_STANCE[stance]


def _part(
    issue: Issue, element: str | None, both: BothPositions, pair: tuple[str, str], addressees: tuple[str, ...]
) -> ElementDistance | None:
    addressed = [party in addressees for party in pair]
    if addressed[0] != addressed[1]:
        return _demand(issue, element, both, pair, demander=addressed.index(False))
    if not any(both) or not (all(addressed) or all(both)):
        return None
    delta, lo, hi = line_distance(issue, *both)
    standing: Standing = "unstated" if delta is None else "apart" if delta else "common"
    return ElementDistance(element, both, standing, delta, lo, hi)


def _demand(
    issue: Issue, element: str | None, both: BothPositions, pair: tuple[str, str], *, demander: int
) -> ElementDistance | None:
    """Unmet demand u = q · r of the demander on the addressee; ``None`` if nothing is demanded."""
    demand, answer = both[demander], both[1 - demander]
    if demand is None or not insistence_of(demand.value, demand.value_to):
        return None
    insistences = [insistence_of(*ends) for ends in value_ranges(issue, demand)]
    if answer is None:
        return ElementDistance(element, both, "unanswered", None, 0.0, max(insistences), pair[demander])
    refusals = [1 - midpoint(ends) for ends in value_ranges(issue, answer)]
    ways = [insistence * refusal for insistence in insistences for refusal in refusals]
    return ElementDistance(element, both, answer_status(refusals[0]), ways[0], min(ways), max(ways), pair[demander])


def insistence_of(low: float, high: float) -> float:
    """Return q = max(0, 2 · (midpoint − ½)) of a range of values: how firmly the + pole is wanted, in [0, 1]."""
    return max(0.0, low + high - 1)


def answer_status(refusal: float) -> DemandStatus:
    """Return what became of a demand by r, 1 − the value of the addressee's stance (``semantics.md`` §6)."""
    if abs(refusal - MIDDLE) <= ROUNDING:
        return "undecided"
    if refusal <= ROUNDING:
        return "met"
    if refusal >= 1 - ROUNDING:
        return "refused"
    return "leaning" if refusal < MIDDLE else "resisted"


def _both_want(both: BothPositions) -> bool:
    return all(position and insistence_of(position.value, position.value_to) for position in both)


def _mean_unmet(parts: Sequence[ElementDistance], demander: str) -> float | None:
    unmet = [part.distance for part in parts if part.demander == demander and part.distance is not None]
    return sum(unmet) / len(unmet) if unmet else None
