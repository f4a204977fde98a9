"""Options: alternatives in a tree, each accepted, rejected or not spoken of; a stance holds for all that lies below.

Distance (``semantics.md`` §3) over the tree's leaves: δ = conflicts / (conflicts + common); leaves have weights that
share 1 down the tree. The bounds fill every leaf that is not spoken of one way and the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from positions.kinds.base import IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.records import (
    Agreement,
    BothPositions,
    ClauseReading,
    ClauseVerdict,
    ElementDistance,
    Ground,
    IssueDistance,
    Opening,
    cheapest,
)
from positions.model.issues import Issue, OptionsIssue
from positions.model.lists import join_words
from positions.model.position import Position

if TYPE_CHECKING:
    from positions.kinds.series import Holdings, Series

ACCEPTS: Final = 0.75
"""The value of the lowest level that accepts an option: +1 of −2 … +2."""
Held: TypeAlias = Mapping[str, Mapping[str, Position | None]]
"""What each party holds, by leaf."""
Signs: TypeAlias = Mapping[str, tuple[int, int]]
"""The signs of two parties by leaf, the lower first: 1 accepts, −1 rejects, 0 neither."""


class OptionsKind(IssueKind):
    """Operations of options."""

    model = OptionsIssue
    metric = "ordinal"
    view = KindView(matrix=True, sides=True)

    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        """Weigh the leaves in conflict against those that both accept."""
        places = cast("OptionsIssue", issue)  # a kind is only asked about issues of its own
        every = {element.id: positions_of(pair, positions, issue, element.id) for element in issue.elements}
        if not any(map(any, every.values())):
            return None
        signs = {name: _signs(both) for name, both in every.items()}
        parts = {
            name: _part(name, both, signs[name]) for name, both in every.items() if any(both) or name in issue.slots
        }
        leaves = places.tree.leaves
        delta = _weighed_conflict(places, {leaf: signs[leaf] for leaf in leaves})
        lo, hi = _weighed_bounds(places, {leaf: _sure_signs(every[leaf], signs[leaf]) for leaf in leaves})
        common = tuple(leaf for leaf in leaves if parts[leaf].standing == "common")
        return IssueDistance(
            issue.id,
            issue.kind,
            delta,
            lo if delta is None else min(lo, delta),
            hi if delta is None else max(hi, delta),
            issue.weight(*pair),
            tuple(parts.values()),
            common_ground=common,
            open=() if common else tuple(leaf for leaf in leaves if parts[leaf].standing == "open"),
        )

    def grounds(self, issue: Issue, positions: PositionLookup, parties: tuple[str, ...]) -> tuple[Ground, ...]:
        """Return the leaves that all accept, or all of the cheapest ways to one."""
        elements = [element.id for element in issue.elements]
        spoken = tuple(p for p in parties if any(positions.position(p, issue.id, element) for element in elements))
        silent = tuple(party for party in parties if party not in spoken)
        if len(spoken) < 2:
            return (Ground(issue.id, None, "silent", spoken, silent),)
        leaves = _named_words(issue.slots)
        stances = {leaf: {party: positions.position(party, issue.id, leaf) for party in spoken} for leaf in leaves}
        signs = {leaf: [_sign(position) for position in own.values()] for leaf, own in stances.items()}
        places = tuple(leaf for leaf in leaves if min(signs[leaf]) > 0)
        against = tuple(leaf for leaf in leaves if max(signs[leaf]) < 0)
        wanted = tuple(leaf for leaf in leaves if max(signs[leaf]) > 0)
        if places or not wanted:
            agreement: Agreement = "common" if places else "against" if against else "none"
            return (Ground(issue.id, None, agreement, spoken, silent, places=places, against=against),)
        free = tuple(leaf for leaf in wanted if min(signs[leaf]) >= 0)
        gap, openings = cheapest(Opening(leaf, _moves(stances[leaf])) for leaf in wanted)
        return (
            Ground(
                *(issue.id, None, "open" if free else "none", spoken, silent),
                open=free,
                against=against,
                blocking=_blocking(stances, spoken),
                gap=gap,
                openings=openings,
            ),
        )

    def clause_reading(
        self, issue: Issue, clause: tuple[int, int], slots: Sequence[str | None], held: Mapping[str | None, Position]
    ) -> ClauseReading:
        """Weigh the leaves on which the party is on the other side of the clause, as between two parties."""
        tree = cast("OptionsIssue", issue).tree
        leaves = _named_words(slots)
        own = {leaf: held[leaf] for leaf in leaves if leaf in held}
        opposed = [leaf for leaf, position in own.items() if position.stance * clause[0] < 0]
        if len(own) == len(leaves) and not opposed:
            verdict: ClauseVerdict = "accepts"
        elif len(opposed) == len(leaves):
            verdict = "rejects"
        else:
            root = issue.path(leaves[0])[-1]
            verdict = "could accept" if any(root in issue.path(element) for element in held) else "silent"
        weights, spoken = tree.share(leaves), tree.share(own)
        distance = sum(spoken[leaf] for leaf in opposed) if own else None
        open_leaves = [leaf for leaf in leaves if leaf not in own or _is_split(own[leaf])]
        lo = sum(weights[leaf] for leaf in opposed if leaf not in open_leaves)
        hi = min(1.0, lo + sum(weights[leaf] for leaf in open_leaves))
        positions = tuple(own.values())
        if distance is None:
            return ClauseReading(verdict, None, lo, hi, positions)
        distance = min(1.0, distance)  # shares add up to 1 but for rounding
        return ClauseReading(verdict, distance, min(lo, distance), max(hi, distance), positions)

    def clause_distance(self, issue: Issue, one: tuple[int, int], two: tuple[int, int]) -> float:
        """Return 1 for opposite signs, else 0."""
        return float(one[0] * two[0] < 0)

    def series(self, issues: Sequence[OptionsIssue], holdings: Holdings) -> Series:
        """Weigh the leaves in the same way on many days."""
        from positions.kinds.option_series import OptionSeries

        return OptionSeries.of(issues, holdings)

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Say who is for what the other rejects, in the options that it named itself, and what both accept."""
        places = cast("OptionsIssue", issue)
        labels = {element.id: element.label for element in places.elements}
        # Only parts on which somebody spoke of that very option, not merely of one that contains it.
        deciding = (part for part in distance.parts if any(p and p.said_of == part.element for p in part.positions))
        conflicts = [part for part in deciding if part.standing == "conflict"]
        told, both = [], tuple(names.values())
        silent = [name for place, name in enumerate(both) if not any(part.positions[place] for part in distance.parts)]
        if silent:
            return f"{join_words(silent)} {'has' if len(silent) == 1 else 'have'} not said"
        for place, name in enumerate(both):
            wanted = [part for part in conflicts if _sign(part.positions[place]) > 0]
            named = [labels[str(part.element)] for part in _spoken_parts(wanted, place) or wanted]
            if named:
                told.append(f"{name} is for {join_words(named, most=3)}, {both[1 - place]} against")
        common = [labels[str(leaf)] for leaf in distance.common_ground]
        told.append(f"both accept {join_words(common, most=5)}" if common else f"no {places.noun} that both accept")
        return "; ".join(told)

    def measure_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Name the options in conflict and those that both accept: the share of the first in both is the distance."""
        labels = {element.id: element.label for element in issue.elements}
        leaves = [part for part in distance.parts if part.element in issue.slots]
        stands = {
            standing: [str(part.element) for part in leaves if part.standing == standing]
            for standing in ("conflict", "common")
        }
        if not any(stands.values()):
            return ""
        conflict, common = (join_words((labels[leaf] for leaf in named), most=5) for named in stands.values())
        return (
            f"One is for and the other against: {conflict}; both accept: {common}. "
            "The distance is the share of the first in both, each by its weight."
        )


def _spoken_parts(parts: Iterable[ElementDistance], place: int) -> list[ElementDistance]:
    """Keep the parts on which one of the pair spoke of that very element, not only of one that contains it."""
    own = ((part, part.positions[place]) for part in parts)
    return [part for part, position in own if position and position.said_of == part.element]


def _named_words(slots: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(slot for slot in slots if slot is not None)


def _sign(position: Position | None) -> int:
    """Return 1 for who accepts, −1 for who rejects, 0 for who does neither."""
    stance = position.stance if position else 0
    return (stance > 0) - (stance < 0)


def _signs(both: BothPositions) -> tuple[int, int]:
    """Return the signs of two parties, the lower first."""
    one, two = _sign(both[0]), _sign(both[1])
    return (one, two) if one <= two else (two, one)


def _sure_signs(both: BothPositions, signs: tuple[int, int]) -> tuple[int, int]:
    """Return the signs as bounds count them: a position that is contested with both signs counts as unstated."""
    if not any(position and position.contested for position in both):
        return signs
    one, two = (0 if position and _is_split(position) else _sign(position) for position in both)
    return (one, two) if one <= two else (two, one)


def _is_split(position: Position) -> bool:
    return min(position.stances)[0] < 0 < max(position.stances)[0]


def _weighed_conflict(issue: OptionsIssue, signs: Signs) -> float | None:
    """Return δ, ``None`` if the two can be compared on no leaf, or nobody accepts one of those."""
    counted = [leaf for leaf, both in signs.items() if 0 not in both]
    weights = issue.tree.share(counted)
    conflict = sum(weights[leaf] for leaf in counted if signs[leaf] == (-1, 1))
    common = sum(weights[leaf] for leaf in counted if signs[leaf] == (1, 1))
    return conflict / (conflict + common) if conflict + common else None


def _weighed_bounds(issue: OptionsIssue, signs: Signs) -> tuple[float, float]:
    """Return the least and the greatest δ over all ways to fill what is unstated."""
    weights = issue.leaf_weights
    by_signs: dict[tuple[int, int], float] = {}
    for leaf, both in signs.items():
        by_signs[both] = by_signs.get(both, 0.0) + weights[leaf]
    common, conflict = by_signs.get((1, 1), 0.0), by_signs.get((-1, 1), 0.0)
    half, against, blank = (by_signs.get(both, 0.0) for both in ((0, 1), (-1, 0), (0, 0)))
    if set(by_signs) <= {(-1, -1)}:
        return 0.0, 0.0
    lo = conflict / (conflict + common + half + blank) if conflict else 0.0
    return lo, (conflict + half + against + blank) / (conflict + common + half + against + blank)


def _part(element: str | None, both: BothPositions, signs: tuple[int, int]) -> ElementDistance:
    if signs == (1, 1):
        return ElementDistance(element, both, "common", 0.0, 0.0, 0.0)
    if signs == (-1, 1):
        return ElementDistance(element, both, "conflict", 1.0, 1.0, 1.0)
    return ElementDistance(element, both, "open" if signs == (0, 1) else "unstated")


def _blocking(stances: Held, parties: Sequence[str]) -> tuple[str, ...]:
    """Name each party without which the others would share a leaf."""
    blocking = []
    for party in parties:
        others = [[_sign(one) for other, one in own.items() if other != party] for own in stances.values()]
        if len(parties) > 2 and any(min(signs) > 0 for signs in others):
            blocking.append(party)
    return tuple(blocking)


def _moves(stances: Mapping[str, Position | None]) -> tuple[tuple[str, float], ...]:
    """Return who does not accept a leaf yet, and how far that is; who has not spoken of it comes for nothing."""
    return tuple(
        (party, 0.0 if position is None else ACCEPTS - position.value)
        for party, position in stances.items()
        if _sign(position) <= 0
    )
