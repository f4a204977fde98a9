"""Source conflicts: where outlets disagree, and how much a distance depends on a single one of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal, Protocol, TypeAlias

from positions.analysis.distance import Comparison, compare, own_distances
from positions.analysis.position_statements import group_statements
from positions.analysis.resolution import resolve_position
from positions.analysis.state import State, state_at
from positions.analysis.statement_table import RecordTable, StatementTable, order_of
from positions.kinds.records import ROUNDING
from positions.model.codebook import Codebook
from positions.model.position import Position, PositionKey
from positions.model.revision import Record

ClaimAgreement: TypeAlias = Literal["agrees", "differs", "holder is silent"]


class StateSource(Protocol):
    """Gives the states and comparisons of some records; an implementation may cache them."""

    def own(self, day: date) -> State:
        """Return the state of a day by the holders' own word alone."""

    def own_distances(self, day: date, pair: tuple[str, str]) -> Mapping[str, float]:
        """Return the distance of every issue on which own word compares two parties on a day, in codebook order."""

    def own_without(self, day: date, source: str, parties: Collection[str]) -> State:
        """Return what some parties' own word makes of a day, without the documents of one source."""

    def own_days(self, parties: Collection[str], *, after: date, before: date) -> Sequence[date]:
        """Return the days between two, in order, from which something counts that one of the parties said itself."""

    def compare(self, day: date, party: str, other: str, *, without: str | None = None) -> Comparison:
        """Return the comparison of two parties on a day, with one outlet left out if it is named."""

    def outlets_of(self, day: date, parties: Collection[str]) -> list[str]:
        """Return the sources of what was said about the parties by the end of a day, sorted."""


@dataclass(frozen=True, slots=True)
class UncachedStates:
    """A state source that resolves the records again at each call."""

    records: Sequence[Record]
    codebook: Codebook

    def own(self, day: date) -> State:
        """Return the state of a day by the holders' own word alone."""
        return state_at(self._own, self.codebook, as_of=day)

    def own_distances(self, day: date, pair: tuple[str, str]) -> Mapping[str, float]:
        """Return the distance of every issue on which own word compares two parties on a day, in codebook order."""
        return own_distances(self.own(day), self.codebook, pair)

    def own_without(self, day: date, source: str, parties: Collection[str]) -> State:
        """Return what some parties' own word makes of a day, without the documents of one source."""
        own = (record for record in self._own if record.statement.holder in parties)
        return state_at([record for record in own if record.source != source], self.codebook, as_of=day)

    def own_days(self, parties: Collection[str], *, after: date, before: date) -> Sequence[date]:
        """Return the days between two, in order, from which something counts that one of the parties said itself."""
        table = RecordTable(sorted(self.records, key=order_of), self.codebook)
        return own_days(table, parties, after=after, before=before)

    @property
    def _own(self) -> list[Record]:
        return [record for record in self.records if record.statement.voice == "self"]

    def compare(self, day: date, party: str, other: str, *, without: str | None = None) -> Comparison:
        """Return the comparison of two parties on a day, with one outlet left out if it is named."""
        records = [record for record in self.records if record.source != without]
        return compare(state_at(records, self.codebook, as_of=day), self.codebook, party, other)

    def outlets_of(self, day: date, parties: Collection[str]) -> list[str]:
        """Return the sources of what was said about the parties by the end of a day, sorted."""
        records = (record for record in self.records if record.statement.said_on.counts_by(day))
        return sorted({record.source for record in records if record.statement.holder in parties})


def own_days(table: StatementTable, parties: Collection[str], *, after: date, before: date) -> Sequence[date]:
    """Return the days between two, in order, from which own word of one of the parties counts."""
    days, voices, keys = table.counting, table.voices, table.keys
    between = range(bisect_right(days, after), bisect_left(days, before))
    return sorted({days[row] for row in between if voices[row] == "self" and keys[row][0] in parties})


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
        return min([self.distance, *(distance for distance in self.without.values() if distance is not None)])

    @property
    def highest(self) -> float:
        """The largest D, with all outlets or one left out."""
        return max([self.distance, *(distance for distance in self.without.values() if distance is not None)])

    @property
    def width(self) -> float:
        """The range of D when single outlets are left out, in [0, 1]."""
        return self.highest - self.lowest

    @property
    def widest(self) -> str:
        """The outlet whose absence moves D most, of equals the first; empty if none moves it."""
        shifts = {
            name: abs(distance - self.distance) for name, distance in self.without.items() if distance is not None
        }
        most = max(shifts.values(), default=0.0)
        return next((name for name, shift in shifts.items() if ROUNDING < most <= shift + ROUNDING), "")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A position on which outlets, each taken alone, give different stances of the same day."""

    key: PositionKey
    positions: Mapping[str, Position]


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What another party, or an unnamed source, says of a holder, compared with the holder's own word of that day."""

    key: PositionKey
    statement: str
    claimed: tuple[int, int]
    position: Position | None
    agreement: ClaimAgreement


@dataclass(frozen=True, slots=True)
class SourceConflicts:
    """The source conflicts of a day; ``ranges`` covers the pairs of principal parties that can be compared."""

    as_of: date
    disagreements: tuple[Disagreement, ...]
    claims: tuple[ClaimCheck, ...]
    ranges: tuple[OutletRange, ...]


def find_source_conflicts(records: Sequence[Record], codebook: Codebook, *, as_of: date) -> SourceConflicts:
    """Find where outlets disagree, what others claim of a holder, and what depends on a single outlet, on a day."""
    pairs = combinations([party.id for party in codebook.principals], 2)
    ranges = (outlet_range(records, codebook, *pair, as_of=as_of) for pair in pairs)
    return SourceConflicts(
        as_of,
        find_disagreements(records, codebook, as_of=as_of),
        check_claims(records, codebook, as_of=as_of),
        tuple(outlet_range for outlet_range in ranges if outlet_range),
    )


def outlet_range(
    records: Sequence[Record], codebook: Codebook, party: str, other: str, *, as_of: date
) -> OutletRange | None:
    """Measure two parties' distance with each outlet left out; ``None`` if they cannot be compared at all."""
    return measure_outlet_range(UncachedStates(records, codebook), party, other, as_of=as_of)


def measure_outlet_range(states: StateSource, party: str, other: str, *, as_of: date) -> OutletRange | None:
    """Measure the same as :func:`outlet_range` from a state source."""
    whole = states.compare(as_of, party, other).distance
    if whole is None:
        return None
    outlets = states.outlets_of(as_of, (party, other))
    without = {name: states.compare(as_of, party, other, without=name).distance for name in outlets}
    return OutletRange((party, other), whole, without)


def find_disagreements(records: Sequence[Record], codebook: Codebook, *, as_of: date) -> tuple[Disagreement, ...]:
    """List the positions of holders' own word on which single outlets differ for the same day, in codebook order."""
    own = [record for record in records if record.statement.voice == "self"]
    outlets = sorted({record.source for record in own})
    states = {
        name: state_at([record for record in own if record.source == name], codebook, as_of=as_of) for name in outlets
    }
    keys = dict.fromkeys(key for state in states.values() for key in state.positions)
    disagreements = []
    for key in keys:
        positions = {name: state.positions[key] for name, state in states.items() if key in state.positions}
        latest = max(position.since.last for position in positions.values())
        positions = {
            name: position
            for name, position in positions.items()
            if position.since.last == latest and position.said_of == key[2]
        }
        if len({(position.stance, position.highest) for position in positions.values()}) > 1:
            disagreements.append(Disagreement(key, positions))
    return tuple(disagreements)


def check_claims(records: Sequence[Record], codebook: Codebook, *, as_of: date) -> tuple[ClaimCheck, ...]:
    """Compare every claim by others with the holder's own word of the claim's day, in the order of positions.

    What the holder says later is no answer to whether the claim was right when it was made.
    """
    counting = sorted((record for record in records if record.statement.said_on.counts_by(as_of)), key=order_of)
    rows = group_statements(RecordTable(counting, codebook))
    own_rows = {row.key: row for row in rows if row.voice == "self"}
    checks = []
    for row in (row for row in rows if row.voice == "ascribed"):
        path = codebook.issue(row.key[1]).path(row.key[2])
        bearing = [own_rows[key] for step in path if (key := (*row.key[:2], step)) in own_rows]
        for statement in (counting[place].statement for place in row.rows):
            own = resolve_position(bearing, codebook, row.key, statement.said_on.last)
            claimed = (statement.stance, statement.highest)
            agreement: ClaimAgreement = "holder is silent"
            if own:
                agreement = "agrees" if claimed == (own.stance, own.highest) else "differs"
            checks.append(ClaimCheck(row.key, statement.id, claimed, own, agreement))
    return tuple(checks)
