"""Index of statements by position and day: the cost of a day's state grows with its positions, not with the log.

The statements are grouped by voice and position once (:mod:`positions.analysis.position_statements`). The answers equal
those of :func:`positions.analysis.state.state_at` on all statements.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Final

from positions.analysis.distance import Comparison, aggregate_issues, compare, issue_distance
from positions.analysis.position_statements import PositionStatements, counting_day, group_statements
from positions.analysis.source_conflict import own_days
from positions.analysis.state import State, order_of, state_of
from positions.model.codebook import Codebook
from positions.model.position import Position, PositionKey
from positions.model.revision import InForce, Record

MOST: Final = 32
"""How many days are cached: those of a report and of the one before it."""


class StateIndex:
    """The statements in force, indexed for queries of any day; the answers of the last days are cached.

    ``records`` are all of them in order of (day, recorded at, id), ``by_id`` the same by id, ``days`` the days with a
    statement, in order. It is a :class:`positions.analysis.source_conflict.StateSource`. Not thread-safe: only one
    thread at a time may ask for states and comparisons.
    """

    def __init__(self, known: InForce, codebook: Codebook) -> None:
        self.known = known
        self._codebook = codebook
        self.records = sorted(known.records, key=order_of)
        self.by_id = {record.statement.id: record for record in known.records}
        self._dates = list(map(counting_day, self.records))
        self.days = tuple(dict.fromkeys(self._dates))
        self._rows = group_statements(self.records, codebook)
        self._first_told: dict[str, dict[str, date]] = defaultdict(dict)
        for record in self.records:
            self._first_told[record.statement.holder].setdefault(record.source, counting_day(record))
        self._source_of = {record.statement.id: record.source for record in self.records}
        self._kept: dict[date, _DayAnswers] = {}

    def said_by(self, day: date) -> int:
        """Return how many statements had been made by the end of a day."""
        return bisect_right(self._dates, day)

    def said_between(self, first: date, last: date) -> list[Record]:
        """Return the statements said after ``first`` and up to ``last``, in order of day."""
        return self.records[bisect_right(self._dates, first) : bisect_right(self._dates, last)]

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

    def own_without(self, day: date, source: str) -> State:
        """Return the state of a day by the holders' own word, without the documents of one source."""
        return self._answers(day).own_without(source)

    def own_days(self, parties: Collection[str], *, after: date, before: date) -> Sequence[date]:
        """Return the days between two, in order, from which something counts that one of the parties said itself."""
        return own_days(self.said_between(after, before), parties, after=after, before=before)

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
        if day not in self._kept:
            while len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[day] = _DayAnswers(day, self._rows, self.known, self._codebook, self._source_of)
        return self._kept[day]


class _DayAnswers:
    """The cached states of one day: the full one, that of the holders' own word, and those without an outlet.

    It holds no reference to its index, so that an unused index is freed at once.
    """

    def __init__(
        self,
        day: date,
        rows: Sequence[PositionStatements],
        known: InForce,
        codebook: Codebook,
        source_of: Mapping[str, str],
    ) -> None:
        self._day = day
        self._codebook = codebook
        self._source_of = source_of
        self._rows = [row for row in rows if row.counts_by(day)]
        self._deciding = [row for row in self._rows if row.decides]
        self.state = replace(state_of(self._rows, codebook, as_of=day), query=known.query)
        self._without: dict[str, tuple[State, frozenset[tuple[str, str]]]] = {}
        self._own_without: dict[str, State] = {}
        self._compared: dict[tuple[str, str, str | None], Comparison] = {}

    @cached_property
    def own(self) -> State:
        return state_of((row for row in self._deciding if row.voice == "self"), self._codebook, as_of=self._day)

    def own_without(self, source: str) -> State:
        """Return the state by the holders' own word without one source's documents."""
        if source not in self._own_without:
            own = [row for row in self._deciding if row.voice == "self"]
            self._own_without[source] = self._leave_out(self.own, own, source)[0]
        return self._own_without[source]

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
        if source not in self._without:
            self._without[source] = self._leave_out(self.state, self._deciding, source)
        state, touched = self._without[source]
        agenda = []
        for issue in self._codebook.issues:
            if touched.isdisjoint((party, issue.id) for party in whole.parties):
                agenda.append(whole.issue(issue.id))
            else:
                agenda.append(issue_distance(state, issue, whole.parties))
        return aggregate_issues(whole.parties, whole.as_of, tuple(one for one in agenda if one))

    def _leave_out(
        self, whole: State, rows: Sequence[PositionStatements], source: str
    ) -> tuple[State, frozenset[tuple[str, str]]]:
        """Return a state without a source, and the holders and issues that were resolved again for it."""
        # Nothing but what rests on the source can change, and that only on the same issue.
        touched = frozenset(
            key[:2]
            for key, position in whole.positions.items()
            if any(self._source_of[name] == source for name in position.basis)
        )
        left = (row.without(source) for row in rows if row.key[:2] in touched)
        again = state_of(left, self._codebook, as_of=self._day).positions
        remaining = {
            key: standing
            for key, position in whole.positions.items()
            if (standing := again.get(key) if key[:2] in touched else position)
        }
        return replace(whole, positions=remaining, claims={}, framings={}), touched
