"""Ranges of values on a line: what scales, conditions and clauses of plans share."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from positions.kinds.lookup import PositionLookup
from positions.kinds.records import ROUNDING, Agreement, ClauseReading, ClauseVerdict, Ground, Opening, cheapest
from positions.model.issues import Issue
from positions.model.position import Position

MIDDLE = 0.5
"""The value of neither pole; what lies above it is for the + pole."""


def value_ranges(issue: Issue, position: Position) -> tuple[tuple[float, float], ...]:
    """Return the ranges of values that a position may come to: of a contested one those of all its statements."""
    return tuple((issue.values[low], issue.values[high]) for low, high in position.stances)


def midpoint(ends: tuple[float, float]) -> float:
    """Return the middle of a range of values."""
    return (ends[0] + ends[1]) / 2


def ends_apart(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Return (|Δlo| + |Δhi|) / 2 of two ranges of values, in [0, 1] (``semantics.md`` §3)."""
    return (abs(one[0] - two[0]) + abs(one[1] - two[1])) / 2


def gap_between(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Return what lies between two ranges of values, 0 if they meet."""
    return max(0.0, max(one[0], two[0]) - min(one[1], two[1]))


def line_distance(issue: Issue, one: Position | None, two: Position | None) -> tuple[float | None, float, float]:
    """Return two positions' distance on a line, and its bounds; at least one of them has spoken.

    One alone gives no distance: whoever is silent may come to stand as far as the other's midpoint allows.
    """
    if one is None or two is None:
        speaker = one or two
        assert speaker is not None
        middles = map(midpoint, value_ranges(issue, speaker))
        return None, 0.0, max(max(middle, 1 - middle) for middle in middles)
    ways = [ends_apart(*pair) for pair in product(value_ranges(issue, one), value_ranges(issue, two))]
    return ways[0], min(ways), max(ways)


def range_distance(issue: Issue, one: tuple[int, int], two: tuple[int, int]) -> float:
    """Return (|Δlo| + |Δhi|) / 2 of two stance ranges' values, in [0, 1] (``semantics.md`` §3)."""
    left, right = ((issue.values[low], issue.values[high]) for low, high in (one, two))
    return ends_apart(left, right)


def range_verdict(issue: Issue, held: tuple[int, int], planned: tuple[int, int]) -> ClauseVerdict:
    """Judge a held stance range by a planned one; :func:`positions.analysis.plans.measure_plan` has the rule."""
    if held[0] <= planned[1] and planned[0] <= held[1]:
        return "accepts"
    near, wanted = (held[1], planned[0]) if held[1] < planned[0] else (held[0], planned[1])
    from_middle, side = issue.values[near] - 0.5, issue.values[wanted] - 0.5
    order = list(issue.values)
    neighbours = abs(order.index(near) - order.index(wanted)) == 1 and {near, wanted} != {order[0], order[-1]}
    return "could accept" if neighbours or (side and from_middle * side >= 0) else "rejects"


def range_reading(issue: Issue, clause: tuple[int, int], position: Position | None) -> ClauseReading:
    """Compare a clause's range with the one that a party holds: the distance is the gap between them."""
    if position is None:
        return ClauseReading("silent", None, 0.0, 1.0, ())
    wanted = issue.values[clause[0]], issue.values[clause[1]]
    gaps = [gap_between(held, wanted) for held in value_ranges(issue, position)]
    verdict = range_verdict(issue, (position.stance, position.highest), clause)
    return ClauseReading(verdict, gaps[0], min(gaps), max(gaps), (position,))


def range_ground(
    issue: Issue, slot: str | None, positions: PositionLookup, parties: tuple[str, ...], *, demandable: bool = False
) -> Ground:
    """Return what some parties share of a line, or all of the cheapest ways to it.

    Of what is ``demandable`` they share something only above the middle: below it they agree against it.
    """
    held = {party: position for party in parties if (position := positions.position(party, issue.id, slot))}
    silent = tuple(party for party in parties if party not in held)
    if len(held) < 2:
        return Ground(issue.id, slot, "silent", tuple(held), silent)
    shared = _meeting(held)
    agreement = _demand_agreement(held) if demandable else "common" if shared else "none"
    if agreement != "none":
        return Ground(issue.id, slot, agreement, tuple(held), silent, shared)
    ends = sorted({value for position in held.values() for value in (position.value, position.value_to)})
    gap, openings = cheapest(Opening(end, _moves(held, end)) for end in ends)
    return Ground(
        *(issue.id, slot, agreement, tuple(held), silent, shared),
        blocking=tuple(party for party in held if len(held) > 2 and _share_without(held, party, demandable)),
        gap=gap,
        openings=openings if gap > ROUNDING else (),
    )


def _demand_agreement(held: Mapping[str, Position]) -> Agreement:
    """Return where parties stand to the middle of a condition; of a range the midpoint counts."""
    middles = [midpoint((position.value, position.value_to)) for position in held.values()]
    if all(middle > MIDDLE for middle in middles):
        return "common"
    if all(middle < MIDDLE for middle in middles):
        return "against"
    return "none" if any(middle > MIDDLE for middle in middles) else "not demanded"


def _share_without(held: Mapping[str, Position], party: str, demandable: bool) -> bool:
    others = {other: position for other, position in held.items() if other != party}
    return _demand_agreement(others) == "common" if demandable else bool(_meeting(others))


def _meeting(held: Mapping[str, Position]) -> tuple[float, float] | tuple[()]:
    low = max((position.value for position in held.values()), default=1.0)
    high = min((position.value_to for position in held.values()), default=0.0)
    return (low, high) if low <= high else ()


def _moves(held: Mapping[str, Position], end: float) -> tuple[tuple[str, float], ...]:
    moves = {party: max(0.0, one.value - end, end - one.value_to) for party, one in held.items()}
    return tuple((party, by) for party, by in moves.items() if by)
