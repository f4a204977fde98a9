"""Common ground: what all of some parties would accept, what stands in its way, and the least that would open it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from positions.analysis.state import State
from positions.model.codebook import Codebook
from positions.model.issues import OptionsIssue
from positions.model.position import Position

ACCEPTS: Final = 0.75
"""The value of the lowest level that accepts a place: +1 of −2 … +2."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What some parties share on one issue, or on one of its conditions.

    ``spoken`` and ``silent`` split the parties. ``shared``: on scales and conditions the range of values that all who
    have spoken hold (low, high), empty where their ranges do not meet. ``places``: on options the leaves that all of
    them accept, and there ``open`` the leaves that none rejects and at least one accepts. Where nothing is shared,
    ``blocking`` names each party without which the others would share something, ``least`` is the smallest sum of
    moves (in value, [0, 1] a party) that would open it, ``moves`` who would have to move how far, and ``at`` where
    they would meet: a value, or the places that cost as little.
    """

    issue: str
    element: str | None
    spoken: tuple[str, ...]
    silent: tuple[str, ...]
    shared: tuple[float, float] | tuple[()] = ()
    places: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    least: float | None = None
    moves: Mapping[str, float] | None = None
    at: float | tuple[str, ...] | None = None

    @property
    def found(self) -> bool:
        """Tell whether at least two parties have spoken and share something."""
        return len(self.spoken) > 1 and bool(self.shared or self.places)


def find_common_ground(state: State, codebook: Codebook, parties: Sequence[str]) -> tuple[Ground, ...]:
    """Tell the common ground of parties on every issue on which one of them has spoken, in codebook order.

    Raises ``QueryError`` for unknown parties.
    """
    names = tuple(codebook.party(party).id for party in parties)
    found = []
    for issue in codebook.issues:
        if isinstance(issue, OptionsIssue):
            found.append(_places_ground(state, issue, names))
        else:
            elements: list[str | None] = [element.id for element in issue.elements] or [None]
            found += [_range_ground(state, issue.id, element, names) for element in elements]
    return tuple(ground for ground in found if ground.spoken)


def _range_ground(state: State, issue: str, element: str | None, parties: tuple[str, ...]) -> Ground:
    held = {party: position for party in parties if (position := state.position(party, issue, element))}
    silent = tuple(party for party in parties if party not in held)
    shared = _meeting(held)
    if shared or not held:
        return Ground(issue, element, tuple(held), silent, shared)
    blocking = tuple(
        party for party in held if len(held) > 2 and _meeting({p: x for p, x in held.items() if p != party})
    )
    ends = sorted({value for position in held.values() for value in (position.value, position.value_to)})
    costs = {end: {party: _gap(position, end) for party, position in held.items()} for end in ends}
    at = min(ends, key=lambda end: (sum(costs[end].values()), end))
    moves = {party: gap for party, gap in costs[at].items() if gap}
    return Ground(issue, element, tuple(held), silent, blocking=blocking, least=sum(moves.values()), moves=moves, at=at)


def _meeting(held: Mapping[str, Position]) -> tuple[float, float] | tuple[()]:
    low = max((position.value for position in held.values()), default=1.0)
    high = min((position.value_to for position in held.values()), default=0.0)
    return (low, high) if low <= high else ()


def _gap(position: Position, value: float) -> float:
    return max(0.0, position.value - value, value - position.value_to)


def _places_ground(state: State, issue: OptionsIssue, parties: tuple[str, ...]) -> Ground:
    leaves = issue.tree.leaves
    held = {
        party: {leaf: found for leaf in leaves if (found := state.position(party, issue.id, leaf))} for party in parties
    }
    held = {party: found for party, found in held.items() if found}
    silent = tuple(party for party in parties if party not in held)
    common = tuple(leaf for leaf in leaves if held and _all_accept(held, leaf))
    free = tuple(leaf for leaf in leaves if held and _none_rejects(held, leaf))
    ground = Ground(issue.id, None, tuple(held), silent, places=common, open=() if common else free)
    if common or not held:
        return ground
    blocking = []
    for party in held:
        rest = {other: found for other, found in held.items() if other != party}
        if len(rest) > 1 and any(_all_accept(rest, leaf) for leaf in leaves):
            blocking.append(party)
    costs = {leaf: {party: _reluctance(found.get(leaf)) for party, found in held.items()} for leaf in leaves}
    wanted = [leaf for leaf in leaves if any(_accepts(found.get(leaf)) for found in held.values())] or list(leaves)
    least = min(sum(costs[leaf].values()) for leaf in wanted)
    at = tuple(leaf for leaf in wanted if sum(costs[leaf].values()) == least)
    moves = {party: gap for party, gap in costs[at[0]].items() if gap}
    return Ground(
        *(issue.id, None, tuple(held), silent),
        open=ground.open,
        blocking=tuple(blocking),
        least=least,
        moves=moves,
        at=at,
    )


def _accepts(position: Position | None) -> bool:
    return position is not None and position.stance > 0


def _all_accept(held: Mapping[str, Mapping[str, Position]], leaf: str) -> bool:
    return all(_accepts(found.get(leaf)) for found in held.values())


def _none_rejects(held: Mapping[str, Mapping[str, Position]], leaf: str) -> bool:
    told = [found[leaf] for found in held.values() if leaf in found]
    return any(_accepts(position) for position in told) and all(_accepts(position) for position in told)


def _reluctance(position: Position | None) -> float:
    """Return how far a party is from accepting a place; nothing known stands against it where it has not spoken."""
    return 0.0 if position is None else max(0.0, ACCEPTS - position.value)
