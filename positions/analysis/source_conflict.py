"""Source conflict: where outlets disagree, and how much of a distance hangs on one of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal, Protocol, TypeAlias

from positions.analysis.distance import Comparison, compare
from positions.analysis.state import State, state_at
from positions.model.codebook import Codebook
from positions.model.position import Position, PositionKey
from positions.model.revision import Record

ClaimAgreement: TypeAlias = Literal["agrees", "differs", "holder is silent"]


class Resolving(Protocol):
    """Hands out states and comparisons of some records; what holds on to them spares asking for the same ones again."""

    def own(self, day: date) -> State:
        """Return the state of a day by the holders' own word alone."""

    def compare(self, day: date, party: str, other: str, *, without: str | None = None) -> Comparison:
        """Return the comparison of two parties on a day, with one outlet left out where it is named."""

    def outlets_of(self, day: date, parties: Collection[str]) -> list[str]:
        """Name the outlets that told of the parties by the end of a day, in order."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Resolves records each time anew."""

    records: Sequence[Record]
    codebook: Codebook

    def own(self, day: date) -> State:
        """Return the state of a day by the holders' own word alone."""
        kept = [record for record in self.records if record.statement.voice == "self"]
        return state_at(kept, self.codebook, as_of=day)

    def compare(self, day: date, party: str, other: str, *, without: str | None = None) -> Comparison:
        """Return the comparison of two parties on a day, with one outlet left out where it is named."""
        kept = [record for record in self.records if record.source != without]
        return compare(state_at(kept, self.codebook, as_of=day), self.codebook, party, other)

    def outlets_of(self, day: date, parties: Collection[str]) -> list[str]:
        """Name the outlets that told of the parties by the end of a day, in order."""
        told = (record for record in self.records if record.statement.said_on.counts_by(day))
        return sorted({record.source for record in told if record.statement.holder in parties})


@dataclass(frozen=True, slots=True)
class OutletRange:
    """The distance of two parties with each outlet left out in turn.

    ``distance`` is D with all outlets; ``without`` maps each outlet to D without it (``None``: not comparable then).
    """

    parties: tuple[str, str]
    distance: float
    without: Mapping[str, float | None]

    @property
    def lowest(self) -> float:
        """The smallest D, with all outlets or one left out."""
        return min([self.distance, *(found for found in self.without.values() if found is not None)])

    @property
    def highest(self) -> float:
        """The largest D, with all outlets or one left out."""
        return max([self.distance, *(found for found in self.without.values() if found is not None)])

    @property
    def width(self) -> float:
        """How far D can move by leaving one outlet out, in [0, 1]."""
        return self.highest - self.lowest

    @property
    def widest(self) -> str:
        """The outlet whose absence moves D most; empty where none moves it."""
        moved = {name: abs(found - self.distance) for name, found in self.without.items() if found is not None}
        moved = {name: by for name, by in moved.items() if by}
        return max(moved, key=lambda name: moved[name], default="")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place on which outlets, each read alone, put a holder at different stances on the same day."""

    place: PositionKey
    positions: Mapping[str, Position]


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What another party, or an unnamed source, says of a holder, against what the holder says."""

    place: PositionKey
    statement: str
    claimed: tuple[int, int]
    position: Position | None
    agreement: ClaimAgreement


@dataclass(frozen=True, slots=True)
class SourceConflicts:
    """Where sources are in conflict on a day; ``ranges`` are those of the principals' pairs that can be compared."""

    as_of: date
    disagreements: tuple[Disagreement, ...]
    claims: tuple[ClaimCheck, ...]
    ranges: tuple[OutletRange, ...]


def find_source_conflicts(records: Sequence[Record], codebook: Codebook, *, as_of: date) -> SourceConflicts:
    """Find where outlets disagree, what others claim of a holder, and what hangs on a single outlet, on a day."""
    pairs = combinations([party.id for party in codebook.principals], 2)
    ranges = (outlet_range(records, codebook, *pair, as_of=as_of) for pair in pairs)
    return SourceConflicts(
        as_of,
        disagreements(records, codebook, as_of=as_of),
        claims_against(records, state_at(records, codebook, as_of=as_of)),
        tuple(found for found in ranges if found),
    )


def outlet_range(
    records: Sequence[Record], codebook: Codebook, party: str, other: str, *, as_of: date
) -> OutletRange | None:
    """Measure two parties' distance with each outlet left out; ``None`` where they cannot be compared at all."""
    return resolved_range(Resolved(records, codebook), party, other, as_of=as_of)


def resolved_range(resolving: Resolving, party: str, other: str, *, as_of: date) -> OutletRange | None:
    """Measure what :func:`outlet_range` does from what is resolved already."""
    whole = resolving.compare(as_of, party, other).distance
    if whole is None:
        return None
    outlets = resolving.outlets_of(as_of, (party, other))
    without = {name: resolving.compare(as_of, party, other, without=name).distance for name in outlets}
    return OutletRange((party, other), whole, without)


def disagreements(records: Sequence[Record], codebook: Codebook, *, as_of: date) -> tuple[Disagreement, ...]:
    """List where outlets read alone differ on a holder's own word of the same day, in codebook order."""
    own = [record for record in records if record.statement.voice == "self"]
    outlets = sorted({record.source for record in own})
    states = {
        name: state_at([record for record in own if record.source == name], codebook, as_of=as_of) for name in outlets
    }
    places = dict.fromkeys(place for state in states.values() for place in state.positions)
    found = []
    for place in places:
        told = {name: state.positions[place] for name, state in states.items() if place in state.positions}
        latest = max(position.since.last for position in told.values())
        told = {
            name: position
            for name, position in told.items()
            if position.since.last == latest and position.said_of == place[2]
        }
        if len({(position.stance, position.highest) for position in told.values()}) > 1:
            found.append(Disagreement(place, told))
    return tuple(found)


def claims_against(records: Sequence[Record], state: State) -> tuple[ClaimCheck, ...]:
    """Hold every claim by others that counts in a state against the holder's own position, in order of place."""
    said = {record.statement.id: record.statement for record in records}
    found = []
    for place, statements in state.claims.items():
        position = state.positions.get(place)
        own = None if position is None or position.reported else position
        for name in statements:
            claimed = (said[name].stance, said[name].highest)
            agreement: ClaimAgreement = "holder is silent"
            if own:
                agreement = "agrees" if claimed == (own.stance, own.highest) else "differs"
            found.append(ClaimCheck(place, name, claimed, own, agreement))
    return tuple(found)
