"""Index of statements by position and day: the cost of a day's state grows with its positions, not with the log.

The statements are grouped by voice and position once (:mod:`positions.analysis.position_statements`); of a long log
only those that may decide are read. The answers equal those of :func:`positions.analysis.state.state_at`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from positions.analysis.column_table import ColumnTable, changed_holder_issues
from positions.analysis.day_answers import DayAnswers, EarlierAnswers, IndexedRecords, RecordsById
from positions.analysis.distance import Comparison
from positions.analysis.position_statements import group_statements
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
        self._indexed = IndexedRecords(self._rows, RecordsById(table), codebook, query)
        self._kept: dict[date, DayAnswers] = {}
        self._before: dict[date, EarlierAnswers] = {}

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

    @property
    def by_id(self) -> RecordsById:
        """All statements by id."""
        return self._indexed.records

    def take_over(self, before: StateIndex) -> None:
        """Take over from an index of the same query, before more was recorded, what that leaves as it was.

        Nothing is taken over if the codebook or the documents are others.
        """
        changed = changed_holder_issues(before.table, self.table)
        if changed is not None and before.query == self.query and before._codebook == self._codebook:
            self._before = {
                day: EarlierAnswers(answers, {topic for topic, first in changed.items() if first <= day})
                for day, answers in list(before._kept.items())
            }

    def digest(self, day: date, parties: Collection[str] | None = None, issue: str | None = None) -> bytes | None:
        """Return what counts by the end of a day, in a few bytes: about some parties and on an issue, else all of it.

        Indexes of one log and codebook with equal digests answer alike what rests on these statements. ``None`` if
        that cannot be told: the index is of records that were read.
        """
        table = self.table
        return table.digest(self.said_by(day), parties, issue) if isinstance(table, ColumnTable) else None

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

    def own_distances(self, day: date, pair: tuple[str, str]) -> Mapping[str, float]:
        """Return the distance of every issue on which own word compares two parties on a day, in codebook order."""
        return self._answers(day).own_distances(pair)

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

    def _answers(self, day: date) -> DayAnswers:
        answers = self._kept.get(day)
        if answers is None:
            answers = DayAnswers(day, replace(self._indexed, query=self.query), self._before.pop(day, None))
            # Each step is one that no other thread interrupts.
            for oldest in list(self._kept)[: max(0, len(self._kept) - MOST + 1)]:
                self._kept.pop(oldest, None)
            self._kept[day] = answers
        return answers
