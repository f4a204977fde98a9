"""The answers of one day, each computed once; after a change of the log only what rests on it is resolved again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeAlias

from positions.analysis.distance import Comparison, aggregate_issues, compare, issue_distance, own_distance
from positions.analysis.position_statements import PositionStatements, StatementRow
from positions.analysis.state import State, state_of
from positions.analysis.statement_table import StatementTable
from positions.kinds.records import IssueDistance
from positions.model.codebook import Codebook
from positions.model.issues import Issue
from positions.model.position import Position, PositionKey
from positions.model.query import Query
from positions.model.revision import Record

HolderIssue: TypeAlias = tuple[str, str]
"""A holder and an issue: what one statement says never touches another topic's positions."""
_NO_POSITIONS: Final[Mapping[PositionKey, Position]] = MappingProxyType({})


class RecordsById(Mapping[str, Record]):
    """The statements of a table by id, in its order."""

    def __init__(self, table: StatementTable) -> None:
        self._table = table

    def __getitem__(self, name: str) -> Record:
        (record,) = self._table.read([self._row(name)])
        return record

    def read(self, rows: Sequence[int]) -> list[Record]:
        """Return the statements of some rows of the table."""
        return self._table.read(rows)

    def source(self, name: str) -> str:
        """Return whose report a statement is."""
        return self._table.sources[self._row(name)]

    def _row(self, name: str) -> int:
        row = self._table.row_of(name)
        if row is None:
            raise KeyError(name)
        return row

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._table.row_of(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.ids)

    def __len__(self) -> int:
        return len(self._table.ids)


@dataclass(frozen=True, slots=True)
class IndexedRecords:
    """What the answers of all days rest on."""

    rows: Sequence[PositionStatements]
    records: RecordsById
    codebook: Codebook
    query: Query


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """The answers of the same day before the statements of the ``changed`` topics were others."""

    answers: DayAnswers
    changed: Collection[HolderIssue]

    def keep(self, positions: Mapping[PositionKey, Position] | None) -> Mapping[PositionKey, Position]:
        """Return those of some earlier positions that still hold."""
        return {key: one for key, one in (positions or {}).items() if key[:2] not in self.changed}


class DayAnswers:
    """The cached states of one day: the full one, that of the holders' own word, and those without an outlet.

    It holds no reference to its index, so that an unused index is freed at once.
    """

    def __init__(self, day: date, indexed: IndexedRecords, earlier: EarlierAnswers | None = None) -> None:
        self._day = day
        self._codebook, self._records = indexed.codebook, indexed.records
        self._rows = [row for row in indexed.rows if row.counts_by(day)]
        self._deciding = [row for row in self._rows if row.decides]
        self._earlier = earlier
        if earlier is not None:
            earlier.answers._earlier = None  # or the answers of all heads would be held
        held = earlier.keep(earlier.answers.state.positions) if earlier else _NO_POSITIONS
        self.state: State = replace(self._resolve(self._rows, held), query=indexed.query)
        self._without: dict[str, State] = {}
        self._own_without: dict[tuple[str, str], Mapping[PositionKey, Position]] = {}
        self._compared: dict[tuple[str, str, str | None], Comparison] = {}
        self._own_distances: dict[tuple[str, str], Mapping[str, float | None]] = {}

    def _resolve(self, rows: Sequence[StatementRow], held: Mapping[PositionKey, Position] = _NO_POSITIONS) -> State:
        # All at once: a long log is asked a few times for many records instead of many times for one.
        topics = {key[:2] for key in held}
        asked = [one for one in rows if one.voice != "ascribed" and one.key[:2] not in topics]
        self._records.read([row for one in asked for row in one.candidate_rows(self._day)])
        return state_of(rows, self._codebook, as_of=self._day, held=held)

    @cached_property
    def own(self) -> State:
        """The state by the holders' own word alone."""
        earlier = self._earlier
        known = earlier.answers.__dict__.get("own") if earlier else None
        return self._resolve(self._own_rows, earlier.keep(known.positions) if earlier and known else _NO_POSITIONS)

    def own_distances(self, pair: tuple[str, str]) -> Mapping[str, float]:
        """Return the distance of every issue on which own word compares two parties, in codebook order."""
        if pair not in self._own_distances:
            known = (self._earlier.answers._own_distances.get(pair) if self._earlier else None) or {}
            changed = self._earlier.changed if self._earlier else ()
            self._own_distances[pair] = {
                issue.id: known[issue.id]
                if issue.id in known and not any((party, issue.id) in changed for party in pair)
                else own_distance(self.own, issue, pair)
                for issue in self._codebook.issues
            }
        return {issue: one for issue, one in self._own_distances[pair].items() if one is not None}

    @cached_property
    def _own_rows(self) -> list[PositionStatements]:
        return [row for row in self._deciding if row.voice == "self"]

    @cached_property
    def _resting(self) -> Mapping[str, Collection[HolderIssue]]:
        return self._rest_on_sources(self.state)

    @cached_property
    def _own_resting(self) -> Mapping[str, Collection[HolderIssue]]:
        return self._rest_on_sources(self.own)

    def _rest_on_sources(self, state: State) -> Mapping[str, Collection[HolderIssue]]:
        """Return for each source the topics of which a position rests on its statements."""
        resting: dict[str, set[HolderIssue]] = defaultdict(set)
        for key, position in state.positions.items():
            for name in position.basis:
                resting[self._records.source(name)].add(key[:2])
        return resting

    def own_without(self, source: str, parties: Collection[str]) -> State:
        """Return the state by some parties' own word without one source's documents."""
        positions: dict[PositionKey, Position] = {}
        earlier = self._earlier
        for party in parties:
            if (source, party) not in self._own_without:
                whole = {key: position for key, position in self.own.positions.items() if key[0] == party}
                touched = [topic for topic in self._own_resting.get(source, ()) if topic[0] == party]
                known = earlier.answers._own_without.get((source, party)) if earlier else None
                left = _LeavingOut(source, touched, known, earlier.changed if earlier else ())
                self._own_without[source, party] = self._leave_out(whole, self._own_rows, left)
            positions |= self._own_without[source, party]
        return replace(self.own, positions=positions, claims={}, framings={})

    def compare(self, party: str, other: str, without: str | None) -> Comparison:
        """Return the comparison of two parties, with one outlet left out if it is named."""
        key = (party, other, without)
        if key not in self._compared:
            if without is not None:
                self._compared[key] = self._compare_without(without, self.compare(party, other, None))
            elif known := self._compared_earlier(key):
                distances = (
                    self._still(known, issue) or issue_distance(self.state, issue, known.parties)
                    for issue in self._codebook.issues
                )
                agenda = tuple(one for one in distances if one)
                self._compared[key] = aggregate_issues(known.parties, self._day, agenda)
            else:
                self._compared[key] = compare(self.state, self._codebook, party, other)
        return self._compared[key]

    def _compared_earlier(self, key: tuple[str, str, str | None]) -> Comparison | None:
        earlier = self._earlier
        return earlier.answers._compared.get(key) if earlier else None

    def _still(self, known: Comparison, issue: Issue) -> IssueDistance | None:
        """Return an earlier distance on an issue if no position of the two on it has changed."""
        earlier = self._earlier
        if earlier is None or any((party, issue.id) in earlier.changed for party in known.parties):
            return None
        return known.issue(issue.id)

    def _compare_without(self, source: str, whole: Comparison) -> Comparison:
        """Measure again only the issues on which a position of the pair rests on a source's statements."""
        touched, earlier = self._resting.get(source, ()), self._earlier
        if source not in self._without:
            known = earlier.answers._without.get(source) if earlier else None
            positions = known.positions if known else None
            left = _LeavingOut(source, touched, positions, earlier.changed if earlier else ())
            remaining = self._leave_out(self.state.positions, self._deciding, left)
            self._without[source] = replace(self.state, positions=remaining, claims={}, framings={})
        before = self._compared_earlier((*whole.parties, source))
        agenda = []
        for issue in self._codebook.issues:
            if not any((party, issue.id) in touched for party in whole.parties):
                agenda.append(whole.issue(issue.id))
            else:
                still = self._still(before, issue) if before else None
                agenda.append(still or issue_distance(self._without[source], issue, whole.parties))
        return aggregate_issues(whole.parties, whole.as_of, tuple(one for one in agenda if one))

    def _leave_out(
        self, whole: Mapping[PositionKey, Position], rows: Sequence[PositionStatements], left: _LeavingOut
    ) -> Mapping[PositionKey, Position]:
        """Return some positions without a source."""
        # Nothing but what rests on the source can change, and that only on the same issue.
        again = left.again
        if not left.touched:
            return whole
        resolved = (
            self._resolve([row.without(left.source) for row in rows if row.key[:2] in again]).positions
            if again
            else _NO_POSITIONS
        )
        known = left.known or _NO_POSITIONS
        remaining = {}
        for key, position in whole.items():
            topic = key[:2]
            of = resolved if topic in again else known
            standing = position if topic not in left.touched else of.get(key)
            if standing:
                remaining[key] = standing
        return remaining


@dataclass(frozen=True, slots=True)
class _LeavingOut:
    """A source that is left out, the topics that rest on it, and the positions without it before some changed."""

    source: str
    touched: Collection[HolderIssue]
    known: Mapping[PositionKey, Position] | None
    changed: Collection[HolderIssue]

    @property
    def again(self) -> set[HolderIssue]:
        """The topics that are resolved again without it."""
        return {topic for topic in self.touched if self.known is None or topic in self.changed}
