"""Ranges of values on a line: what scales, conditions and clauses of plans share."""

from __future__ import annotations

from collections.abc import Mapping

from positions.kinds.lookup import PositionLookup
from positions.kinds.records import ClauseReading, ClauseVerdict, Ground
from positions.model.issues import Issue
from positions.model.position import Position


def range_distance(issue: Issue, one: tuple[int, int], two: tuple[int, int]) -> float:
    """Return (|Δlo| + |Δhi|) / 2 of two stance ranges' values, in [0, 1] (``semantics.md`` §3)."""
    return sum(abs(issue.values[left] - issue.values[right]) for left, right in zip(one, two, strict=True)) / 2


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
    """Compare a clause's range with the one that a party holds."""
    if position is None:
        return ClauseReading("silent", None, 0.0, 1.0, ())
    stances = (position.stance, position.highest)
    delta = range_distance(issue, stances, clause)
    return ClauseReading(range_verdict(issue, stances, clause), delta, delta, delta, (position,))


def range_ground(issue: Issue, slot: str | None, positions: PositionLookup, parties: tuple[str, ...]) -> Ground:
    """Return the range that all of some parties hold, or what stands in its way and the least that would open it."""
    held = {party: position for party in parties if (position := positions.position(party, issue.id, slot))}
    silent = tuple(party for party in parties if party not in held)
    shared = _meeting(held)
    if shared or not held:
        return Ground(issue.id, slot, tuple(held), silent, shared)
    blocking = tuple(
        party for party in held if len(held) > 2 and _meeting({p: x for p, x in held.items() if p != party})
    )
    ends = sorted({value for position in held.values() for value in (position.value, position.value_to)})
    costs = {end: {party: _gap(position, end) for party, position in held.items()} for end in ends}
    at = min(ends, key=lambda end: (sum(costs[end].values()), end))
    moves = {party: gap for party, gap in costs[at].items() if gap}
    least = sum(moves.values())
    return Ground(issue.id, slot, tuple(held), silent, blocking=blocking, least=least, moves=moves, at=at)


def _meeting(held: Mapping[str, Position]) -> tuple[float, float] | tuple[()]:
    low = max((position.value for position in held.values()), default=1.0)
    high = min((position.value_to for position in held.values()), default=0.0)
    return (low, high) if low <= high else ()


def _gap(position: Position, value: float) -> float:
    return max(0.0, position.value - value, value - position.value_to)
