"""§5: common ground, and all of the cheapest openings where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from positions.model.codebook import Codebook
from tests.oracle.distance import ZERO, sign
from tests.oracle.state import Position, State
from tests.oracle.values import ACCEPTS, HALF, leaves, stood_on

Spoken: TypeAlias = dict[str, Position]


@dataclass(frozen=True)
class Opening:
    """One of the cheapest ways: each mover and by how much, and where to: a value, or a place."""

    to: Fraction | str
    moves: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Ground:
    """What some parties share on an issue, or on one of its conditions.

    ``told``: *common*, *silent* (fewer than two have spoken), *against* (both refuse it), *not demanded* (a condition
    above whose middle nobody stands), *open* (a place that one accepts and nobody rejects) or *none*.
    ``shared`` is the range where the ranges meet (scales, conditions), ``places`` the leaves that all accept,
    ``against`` those that all reject. ``gap`` is the least total movement that opens something.
    """

    issue: str
    element: str | None
    told: str
    silent: tuple[str, ...]
    shared: tuple[Fraction, Fraction] | None = None
    places: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    gap: Fraction | None = None
    openings: tuple[Opening, ...] = ()


def common_ground(state: State, codebook: Codebook, parties: Sequence[str]) -> list[Ground]:
    """On every issue (conditions: on each) on which one of the parties has spoken."""
    found = []
    for issue in codebook.issues:
        if issue.kind == "options":
            found += places_ground(state, issue, parties)
        else:
            for element in stood_on(issue):
                found += range_ground(state, issue, element, parties)
    return found


def range_ground(state: State, issue: Any, element: str | None, parties: Sequence[str]) -> list[Ground]:
    spoken = {party: state[party, issue.id, element] for party in parties if (party, issue.id, element) in state}
    silent = tuple(party for party in parties if party not in spoken)
    if not spoken:
        return []
    if len(spoken) < 2:
        return [Ground(issue.id, element, "silent", silent)]
    meeting = (max(one.low for one in spoken.values()), min(one.high for one in spoken.values()))
    shared = meeting if meeting[0] <= meeting[1] else None
    told = stand_on_condition(spoken) if issue.kind == "conditions" else "common" if shared else "none"
    if told != "none":
        return [Ground(issue.id, element, told, silent, shared)]
    # reading: a condition that one stands above the middle of and one does not is a gap like a scale's, which the
    # demander may close too, by giving it up; ranges that meet across the middle (none are coded) leave no gap.
    gap, openings = cheapest_ends(spoken)
    return [Ground(issue.id, element, told, silent, shared, gap=gap, openings=openings if gap else ())]


def stand_on_condition(spoken: Spoken) -> str:
    """Where parties stand to the middle; of a range the midpoint counts."""
    middles = [one.middle for one in spoken.values()]
    if all(middle > HALF for middle in middles):
        return "common"
    if all(middle < HALF for middle in middles):
        return "against"
    return "none" if any(middle > HALF for middle in middles) else "not demanded"


def cheapest_ends(spoken: Spoken) -> tuple[Fraction, tuple[Opening, ...]]:
    """The ends of ranges where all could meet with the least total movement."""
    ends = sorted({end for one in spoken.values() for end in (one.low, one.high)})
    ways = []
    for end in ends:
        moves = {party: max(one.low - end, end - one.high, ZERO) for party, one in spoken.items()}
        ways.append(Opening(end, tuple((party, by) for party, by in moves.items() if by)))
    return cheapest(ways)


def cheapest(ways: Sequence[Opening]) -> tuple[Fraction, tuple[Opening, ...]]:
    def cost(way: Opening) -> Fraction:
        return sum((by for _, by in way.moves), ZERO)

    least = min(map(cost, ways))
    return least, tuple(way for way in ways if cost(way) == least)


def places_ground(state: State, issue: Any, parties: Sequence[str]) -> list[Ground]:
    names = leaves(issue)
    has_spoken = {party: any((party, issue.id, element.id) in state for element in issue.elements) for party in parties}
    silent = tuple(party for party in parties if not has_spoken[party])
    spoken = [party for party in parties if has_spoken[party]]
    if not spoken:
        return []
    # reading: who has said nothing of any place "has not said"; no openings are told for it.
    if len(spoken) < 2:
        return [Ground(issue.id, None, "silent", silent)]
    stands = {leaf: {party: state.get((party, issue.id, leaf)) for party in spoken} for leaf in names}
    places = tuple(leaf for leaf in names if all(sign(one) > 0 for one in stands[leaf].values()))
    against = tuple(leaf for leaf in names if all(sign(one) < 0 for one in stands[leaf].values()))
    wanted = [leaf for leaf in names if any(sign(one) > 0 for one in stands[leaf].values())]
    free = tuple(leaf for leaf in wanted if all(sign(one) >= 0 for one in stands[leaf].values()))
    if places:
        return [Ground(issue.id, None, "common", silent, places=places, against=against)]
    if not wanted:
        # reading: with no place that anybody accepts there is no opening; refusing the same place is agreement.
        return [Ground(issue.id, None, "against" if against else "none", silent, against=against)]
    gap, openings = cheapest([opening_of(leaf, stands[leaf]) for leaf in wanted])
    told = "open" if free else "none"
    return [Ground(issue.id, None, told, silent, open=free, against=against, gap=gap, openings=openings)]


def opening_of(leaf: str, stands: dict[str, Position | None]) -> Opening:
    """Who would have to come to +1 on a place, and by how much; who has not spoken of it comes for nothing."""
    moves = []
    for party, one in stands.items():
        if sign(one) <= 0:
            moves.append((party, ZERO if one is None else ACCEPTS - one.low))
    return Opening(leaf, tuple(moves))
