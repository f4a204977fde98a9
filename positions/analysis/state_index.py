"""Index of statements by position and day: the cost of a day's state grows with its positions, not with the log.

The statements are grouped by voice and position once (:mod:`positions.analysis.position_statements`); of a long log
only those that may decide are read. The answers equal those of :func:`positions.analysis.state.state_at`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from positions.analysis.distance import Comparison, aggregate_issues, compare, issue_distance
from positions.analysis.position_statements import PositionStatements, StatementRow, group_statements
from positions.analysis.source_conflict import own_days
from positions.analysis.state import State, state_of
from positions.analysis.statement_table import RecordTable, StatementTable, order_of
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.position import Position, PositionKey
from positions.model.query import EVERYTHING, Query
from positions.model.revision import InForce, Record


def index_statements(known: InForce, codebook: Codebook) -> StateIndex:
    """Return the index of records that were read already."""
    return StateIndex(
        RecordTable(sorted(known.records, key=order_of), codebook), codebook, known.query, documents=known.documents
    )


MOST: Final = 32
"""How many days are cached: those of a report and of the one before it."""


class StateIndex:
    """The statements of a table, indexed for queries of any day; the answers of the last days are cached.

    ``days`` are the days with a statement, in order; ``documents`` are those in force, by id. ``query`` is the one that
    chose them: states remember it. It is a
    :class:`positions.analysis.source_conflict.StateSource`. What several threads ask for at once may be computed twice.
    """

    def __init__(
        self,
        table: StatementTable,
        codebook: Codebook,
        query: Query = EVERYTHING,
        *,
        documents: Mapping[str, Document] = MappingProxyType({}),
    ) -> None:
        self.table = table
        self.query = query
        self.documents = documents
        self._codebook = codebook
        self.days = tuple(dict.fromkeys(table.counting))
        self._rows = group_statements(table)
        self._kept: dict[date, _DayAnswers] = {}

    @property
    def records(self) -> list[Record]:
        """All statements in order of (day, recorded at, id)."""
        return self.table.read(range(len(self.table.ids)))

    @cached_property
    def _first_told(self) -> Mapping[str, Mapping[str, date]]:
        """By party the first day of each source that told of it."""
        first: dict[str, dict[str, date]] = defaultdict(dict)
        for row in self._rows:
            days = first[row.key[0]]
            for source, told in row.by_source.items():
                day = self.table.counting[told.rows[0]]
                days[source] = min(day, days.get(source, day))
        return first

    @cached_property
    def by_id(self) -> RecordsById:
        """All statements by id."""
        return RecordsById(self.table)

    def on_issues(self, issues: Collection[str]) -> list[Record]:
        """Return the statements on some issues, in order of day."""
        return self._select(key[1] in issues for key in self.table.keys)

    def in_document(self, document: str) -> list[Record]:
        """Return the statements of a document, in order of day."""
        return self._select(name == document for name in self.table.documents)

    def own_word(self, parties: Collection[str]) -> list[Record]:
        """Return what some parties said themselves, in order of day."""
        rows = zip(self.table.voices, self.table.keys, strict=True)
        return self._select(voice == "self" and key[0] in parties for voice, key in rows)

    def deciding(self, state: State) -> list[Record]:
        """Return the statements that decide the positions of a state."""
        return [self.by_id[name] for position in state.positions.values() for name in position.basis]

    def _select(self, chosen: Iterable[bool]) -> list[Record]:
        return self.table.read([row for row, is_chosen in enumerate(chosen) if is_chosen])

    def count_by_document(self) -> Counter[str]:
        """Return how many statements each document has."""
        return Counter(self.table.documents)

    def count_by_day(self) -> Counter[date]:
        """Return how many statements count from each day, in order of day."""
        return Counter(self.table.counting)

    def said_by(self, day: date) -> int:
        """Return how many statements had been made by the end of a day."""
        return bisect_right(self.table.counting, day)

    def said_between(self, first: date, last: date) -> list[Record]:
        """Return the statements said after ``first`` and up to ``last``, in order of day."""
        return self.table.read(range(self.said_by(first), self.said_by(last)))

    def days_to(self, last: date, most: int) -> tuple[date, ...]:
        """Return the last ``most`` days with a statement up to ``last``, in order."""
        end = bisect_right(self.days, last)
        return self.days[max(0, end - most) : end]

    def state(self, day: date) -> State:
        """Return the state of a day; it remembers the query that chose the statements."""
        return self._answers(day).state

    def own(self, day: date) -> State:
        """Return the state of a day by the holders' own word alone."""
        return self._answers(day).own

    def own_without(self, day: date, source: str, parties: Collection[str]) -> State:
        """Return what some parties' own word makes of a day, without the documents of one source."""
        return self._answers(day).own_without(source, parties)

    def own_days(self, parties: Collection[str], *, after: date, before: date) -> Sequence[date]:
        """Return the days between two, in order, from which something counts that one of the parties said itself."""
        return own_days(self.table, parties, after=after, before=before)

    def compare(self, day: date, party: str, other: str, *, without: str | None = None) -> Comparison:
        """Return the comparison of two parties on a day, with one outlet left out if it is named."""
        return self._answers(day).compare(party, other, without)

    def outlets_of(self, day: date, parties: Collection[str]) -> list[str]:
        """Name the outlets that told of the parties by the end of a day, in order."""
        told = (self._first_told[party].items() for party in parties if party in self._first_told)
        return sorted({outlet for firsts in told for outlet, first in firsts if first <= day})

    def positions_on(self, issue: str, day: date) -> Mapping[PositionKey, Position]:
        """Return the positions on one issue by the end of a day, also those inherited from a wider element."""
        rows = (row for row in self._rows if row.decides and row.key[1] == issue)
        return state_of(rows, self._codebook, as_of=day).positions

    def _answers(self, day: date) -> _DayAnswers:
        answers = self._kept.get(day)
        if answers is None:
            answers = _DayAnswers(day, self._rows, self.query, self._codebook, self.by_id)
            # Each step is one that no other thread interrupts.
            for oldest in list(self._kept)[: max(0, len(self._kept) - MOST + 1)]:
                self._kept.pop(oldest, None)
            self._kept[day] = answers
        return answers


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


class _DayAnswers:
    """The cached states of one day: the full one, that of the holders' own word, and those without an outlet.

    It holds no reference to its index, so that an unused index is freed at once.
    """

    def __init__(
        self,
        day: date,
        rows: Sequence[PositionStatements],
        query: Query,
        codebook: Codebook,
        records: RecordsById,
    ) -> None:
        self._day = day
        self._codebook = codebook
        self._records = records
        self._rows = [row for row in rows if row.counts_by(day)]
        self._deciding = [row for row in self._rows if row.decides]
        self.state = replace(self._resolve(self._rows), query=query)
        self._without: dict[str, State] = {}
        self._own_without: dict[tuple[str, str], Mapping[PositionKey, Position]] = {}
        self._compared: dict[tuple[str, str, str | None], Comparison] = {}

    def _resolve(self, rows: Sequence[StatementRow]) -> State:
        # All at once: a long log is asked a few times for many records instead of many times for one.
        self._records.read([row for one in rows if one.voice != "ascribed" for row in one.candidate_rows(self._day)])
        return state_of(rows, self._codebook, as_of=self._day)

    @cached_property
    def own(self) -> State:
        return self._resolve(self._own_rows)

    @cached_property
    def _own_rows(self) -> list[PositionStatements]:
        return [row for row in self._deciding if row.voice == "self"]

    @cached_property
    def _resting(self) -> Mapping[str, Collection[tuple[str, str]]]:
        return self._rest_on_sources(self.state)

    @cached_property
    def _own_resting(self) -> Mapping[str, Collection[tuple[str, str]]]:
        return self._rest_on_sources(self.own)

    def _rest_on_sources(self, state: State) -> Mapping[str, Collection[tuple[str, str]]]:
        """Return for each source the holders and issues of which a position rests on its statements."""
        resting: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for key, position in state.positions.items():
            for name in position.basis:
                resting[self._records.source(name)].add(key[:2])
        return resting

    def own_without(self, source: str, parties: Collection[str]) -> State:
        """Return the state by some parties' own word without one source's documents."""
        positions: dict[PositionKey, Position] = {}
        for party in parties:
            if (source, party) not in self._own_without:
                held = {key: position for key, position in self.own.positions.items() if key[0] == party}
                touched = [key for key in self._own_resting.get(source, ()) if key[0] == party]
                self._own_without[source, party] = self._leave_out(held, self._own_rows, source, touched)
            positions |= self._own_without[source, party]
        return replace(self.own, positions=positions, claims={}, framings={})

    def compare(self, party: str, other: str, without: str | None) -> Comparison:
        key = (party, other, without)
        if key not in self._compared:
            self._compared[key] = (
                compare(self.state, self._codebook, party, other)
                if without is None
                else self._compare_without(without, self.compare(party, other, None))
            )
        return self._compared[key]

    def _compare_without(self, source: str, whole: Comparison) -> Comparison:
        """Measure again only the issues on which a position of the pair rests on a source's statements."""
        touched = self._resting.get(source, ())
        if source not in self._without:
            remaining = self._leave_out(self.state.positions, self._deciding, source, touched)
            self._without[source] = replace(self.state, positions=remaining, claims={}, framings={})
        agenda = []
        for issue in self._codebook.issues:
            if any((party, issue.id) in touched for party in whole.parties):
                agenda.append(issue_distance(self._without[source], issue, whole.parties))
            else:
                agenda.append(whole.issue(issue.id))
        return aggregate_issues(whole.parties, whole.as_of, tuple(one for one in agenda if one))

    def _leave_out(
        self,
        whole: Mapping[PositionKey, Position],
        rows: Sequence[PositionStatements],
        source: str,
        touched: Collection[tuple[str, str]],
    ) -> Mapping[PositionKey, Position]:
        """Return some positions without a source; ``touched`` are the holders and issues that rest on it."""
        # Nothing but what rests on the source can change, and that only on the same issue.
        if not touched:
            return whole
        again = self._resolve([row.without(source) for row in rows if row.key[:2] in touched]).positions
        return {
            key: standing
            for key, position in whole.items()
            if (standing := again.get(key) if key[:2] in touched else position)
        }
