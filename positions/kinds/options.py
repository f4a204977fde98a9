"""Options: alternatives in a tree, each accepted, rejected or not spoken of; a stance holds for all that lies below.

Distance (``semantics.md`` §3) over the tree's leaves: δ = conflicts / (conflicts + common); the bounds fill every leaf
that is not spoken of one way and the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from positions.kinds.base import IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.records import BothPositions, ClauseReading, ClauseVerdict, ElementDistance, Ground, IssueDistance
from positions.kinds.tables import (
    DemandRole,
    Digit,
    IssueBlock,
    Table,
    TableLookup,
    any_of,
    count_at,
    pack_counts,
    share,
    table_of,
)
from positions.model.issues import Issue, OptionsIssue
from positions.model.lists import join_words
from positions.model.position import Position

ACCEPTS: Final = 0.75
"""The value of the lowest level that accepts an option: +1 of −2 … +2."""
Held: TypeAlias = Mapping[str, Mapping[str | None, Position]]


class OptionsKind(IssueKind):
    """Operations of options."""

    model = OptionsIssue
    metric = "ordinal"
    view = KindView(matrix=True, sides=True)

    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        """Count the leaves in conflict among those on which both have a stance."""
        spoken = [element.id for element in issue.elements if any(positions_of(pair, positions, issue, element.id))]
        if not spoken:
            return None
        leaves = issue.slots
        parts = {
            name: _part(name, positions_of(pair, positions, issue, name)) for name in dict.fromkeys([*leaves, *spoken])
        }
        tally = [_signs(parts[leaf].positions) for leaf in leaves]
        common, conflict = tally.count((1, 1)), tally.count((-1, 1))
        half, against, blank = tally.count((0, 1)), tally.count((-1, 0)), tally.count((0, 0))
        known = conflict + common
        low_base, high_base = known + half + blank, known + half + against + blank
        return IssueDistance(
            issue.id,
            issue.kind,
            conflict / known if known else None,
            conflict / low_base if conflict else 0.0,
            (conflict + half + against + blank) / high_base if high_base else 1.0,
            issue.weight(*pair),
            tuple(parts[element.id] for element in issue.elements if element.id in parts),
            common_ground=_named_words(leaf for leaf in leaves if parts[leaf].standing == "common"),
            open=() if common else _named_words(leaf for leaf in leaves if parts[leaf].standing == "open"),
        )

    def grounds(self, issue: Issue, positions: PositionLookup, parties: tuple[str, ...]) -> tuple[Ground, ...]:
        """Return the leaves that all accept, or those that are open and the least that would open one."""
        every = {party: _positions_on(issue.slots, issue, positions, party) for party in parties}
        positions_by_party = {party: own for party, own in every.items() if own}
        silent = tuple(party for party in parties if party not in positions_by_party)
        common = _named_words(
            leaf for leaf in issue.slots if positions_by_party and _all_accept(positions_by_party, leaf)
        )
        free = _named_words(
            leaf for leaf in issue.slots if positions_by_party and _none_rejects(positions_by_party, leaf)
        )
        if common or not positions_by_party:
            return (
                Ground(issue.id, None, tuple(positions_by_party), silent, places=common, open=() if common else free),
            )
        costs = {
            leaf: {party: _reluctance(own.get(leaf)) for party, own in positions_by_party.items()}
            for leaf in issue.slots
        }
        wanted = [
            leaf for leaf in costs if any(_sign(own.get(leaf)) > 0 for own in positions_by_party.values())
        ] or list(costs)
        least = min(sum(costs[leaf].values()) for leaf in wanted)
        at = [leaf for leaf in wanted if sum(costs[leaf].values()) == least]
        return (
            Ground(
                *(issue.id, None, tuple(positions_by_party), silent),
                open=free,
                blocking=_blocking(positions_by_party, issue.slots),
                least=least,
                moves={party: gap for party, gap in costs[at[0]].items() if gap},
                at=_named_words(at),
            ),
        )

    def clause_reading(
        self, issue: Issue, clause: tuple[int, int], slots: Sequence[str | None], held: Mapping[str | None, Position]
    ) -> ClauseReading:
        """Count the leaves on which the party is on the other side of the clause."""
        own = tuple(held[leaf] for leaf in slots if leaf in held)
        opposed = sum(position.stance * clause[0] < 0 for position in own)
        agreed, blank = len(own) - opposed, len(slots) - len(own)
        if agreed == len(slots):
            verdict: ClauseVerdict = "accepts"
        elif opposed == len(slots):
            verdict = "rejects"
        else:
            root = issue.path(slots[0])[-1]
            verdict = "could accept" if any(root in issue.path(element) for element in held) else "silent"
        distance = opposed / len(own) if own else None
        return ClauseReading(verdict, distance, opposed / len(slots), (opposed + blank) / len(slots), own)

    def clause_distance(self, issue: Issue, one: tuple[int, int], two: tuple[int, int]) -> float:
        """Return 1 for opposite signs, else 0."""
        return float(one[0] * two[0] < 0)

    def digits(self, issue: Issue) -> Sequence[Digit]:
        """Tabulate counts of leaves in conflict, known, not rejected by one alone or both, not by both, the rest."""
        codes = {stance: 1 if stance > 0 else 2 for stance in issue.values}
        return [Digit(slot, "low", codes, TABLES) for slot in range(len(issue.slots))]

    def block(self, look: TableLookup, spoken: bool) -> IssueBlock:
        """Count conflicts among the known leaves; the bounds fill the unstated one way and the other."""
        counts = look(0)
        conflict, known = count_at(counts, 0), count_at(counts, 1)
        far, compared = share(conflict, known), any_of(known)
        if spoken:
            # Where both reject every leaf nothing is left to be filled, and nothing is known either.
            return IssueBlock(far, far, far + (1 - compared), compared, None)
        accepted, whole, rest, stated = (count_at(counts, index) for index in (2, 3, 4, 5))
        agenda = any_of(stated)
        hi = share(rest + (whole == 0), whole) * agenda
        return IssueBlock(far, share(conflict, accepted), hi, compared, agenda)

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Say who is for what the other rejects, in the options that it named itself, and what both accept."""
        labels = {element.id: element.label for element in issue.elements}
        # Only parts on which somebody spoke of that very option, not merely of one that contains it.
        deciding = (part for part in distance.parts if any(p and p.said_of == part.element for p in part.positions))
        conflicts = [part for part in deciding if part.standing == "conflict"]
        sentences, both = [], tuple(names.values())
        for index, name in enumerate(both):
            wanted = [part for part in conflicts if _sign(part.positions[index]) > 0]
            labels_wanted = [labels[str(part.element)] for part in _spoken_parts(wanted, index) or wanted]
            if labels_wanted:
                sentences.append(f"{name} is for {join_words(labels_wanted, most=3)}, {both[1 - index]} against")
        common = [labels[str(leaf)] for leaf in distance.common_ground]
        sentences.append(f"both accept {join_words(common, most=5)}" if common else "common ground: none")
        return "; ".join(sentences)


def _spoken_parts(parts: Iterable[ElementDistance], index: int) -> list[ElementDistance]:
    """Keep the parts on which one of the pair spoke of that very element, not only of one that contains it."""
    own = ((part, part.positions[index]) for part in parts)
    return [part for part, position in own if position and position.said_of == part.element]


def _named_words(slots: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(slot for slot in slots if slot is not None)


def _positions_on(
    slots: Sequence[str | None], issue: Issue, positions: PositionLookup, party: str
) -> dict[str | None, Position]:
    return {slot: position for slot in slots if (position := positions.position(party, issue.id, slot))}


def _sign(position: Position | None) -> int:
    """Return 1 for who accepts, −1 for who rejects, 0 for who does neither."""
    stance = position.stance if position else 0
    return (stance > 0) - (stance < 0)


def _signs(both: BothPositions) -> tuple[int, int]:
    """Return the signs of two parties, the lower first."""
    one, two = _sign(both[0]), _sign(both[1])
    return (one, two) if one <= two else (two, one)


def _part(element: str | None, both: BothPositions) -> ElementDistance:
    signs = _signs(both)
    if signs == (1, 1):
        return ElementDistance(element, both, "common", 0.0, 0.0, 0.0)
    if signs == (-1, 1):
        return ElementDistance(element, both, "conflict", 1.0, 1.0, 1.0)
    return ElementDistance(element, both, "open" if signs == (0, 1) else "unstated")


def _counts(one: int, two: int) -> int:
    """Pack what two signs on a leaf add to the counts that the distance and its bounds need."""
    common, conflict = one + two == 2, one * two == -1
    free, whole = one + two >= 0, one + two > -2
    return pack_counts(conflict, conflict or common, free, whole, whole and not common, bool(one or two))


TABLES: Final[Mapping[DemandRole, tuple[Table, ...]]] = {"same": (table_of((0, 1, -1), _counts),)}
"""By what two parties say of a leaf: nothing, yes, no."""


def _all_accept(held: Held, leaf: str | None) -> bool:
    return all(_sign(own.get(leaf)) > 0 for own in held.values())


def _none_rejects(held: Held, leaf: str | None) -> bool:
    signs = [_sign(own[leaf]) for own in held.values() if leaf in own]
    return bool(signs) and all(sign > 0 for sign in signs)


def _blocking(held: Held, leaves: Sequence[str | None]) -> tuple[str, ...]:
    """Name each party without which the others would share a leaf."""
    blocking = []
    for party in held:
        rest = {other: own for other, own in held.items() if other != party}
        if len(rest) > 1 and any(_all_accept(rest, leaf) for leaf in leaves):
            blocking.append(party)
    return tuple(blocking)


def _reluctance(position: Position | None) -> float:
    """Return how far a party is from accepting a leaf; nothing known stands against it where it has not spoken."""
    return 0.0 if position is None else max(0.0, ACCEPTS - position.value)
