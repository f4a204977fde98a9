"""Index of statements by position and day: the cost of a day's state grows with its positions, not with the log.

A position rests on the latest day on which its holder spoke of it, so for each position and voice only that day's
statements are resolved. The answers equal those of :func:`state_at` on all statements.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Final

from positions.analysis.distance import Comparison, aggregate_issues, compare, issue_distance
from positions.analysis.state import State, state_at
from positions.model.codebook import Codebook
from positions.model.position import Position, PositionKey
from positions.model.revision import InForce, Record

MOST: Final = 32
"""How many days are cached: those of a report and of the one before it."""
_day: Final[Callable[[Record], date]] = attrgetter("statement.said_on.last")


class StateIndex:
    """The statements in force, indexed for queries of any day; the answers of the last days are cached.

    ``records`` are all of them in order of (day, recorded at, id), ``by_id`` the same by id, ``days`` the days with a
    statement, in order. It is a :class:`positions.analysis.source_conflict.StateSource`. Not thread-safe: only one
    thread at a time may ask for states and comparisons.
    """

    def __init__(self, known: InForce, codebook: Codebook) -> None:
        self.known = known
        self._codebook = codebook
        self.records = sorted(known.records, key=_order)
        self.by_id = {record.statement.id: record for record in known.records}
        self._dates = list(map(_day, self.records))
        self.days = tuple(dict.fromkeys(self._dates))
        self._rows = _rows(self.records)
        self._first_told: dict[str, dict[str, date]] = defaultdict(dict)
        for record in self.records:
            self._first_told[record.statement.holder].setdefault(record.source, _day(record))
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

    def compare(self, day: date, party: str, other: str, *, without: str | None = None) -> Comparison:
        """Return the comparison of two parties on a day, with one outlet left out if it is named."""
        return self._answers(day).compare(party, other, without)

    def outlets_of(self, day: date, parties: Collection[str]) -> list[str]:
        """Name the outlets that told of the parties by the end of a day, in order."""
        sources = (self._first_told[party].items() for party in parties if party in self._first_told)
        return sorted({outlet for firsts in sources for outlet, first in firsts if first <= day})

    def positions_on(self, issue: str, day: date) -> Mapping[PositionKey, Position]:
        """Return the positions on one issue by the end of a day, also those inherited from a wider element."""
        rows = (row for row in self._rows if row.decides and row.key[1] == issue)
        return state_at(_latest(rows, day), self._codebook, as_of=day).positions

    def _answers(self, day: date) -> _DayAnswers:
        if day not in self._kept:
            while len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[day] = _DayAnswers(day, self._rows, self.known, self._codebook)
        return self._kept[day]


@dataclass
class _Row:
    """The statements in one voice on one position, in order of day; ``days`` and ``ids`` are those of ``records``."""

    voice: str
    key: PositionKey
    records: list[Record] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def append(self, record: Record) -> None:
        self.records.append(record)
        self.days.append(_day(record))
        self.ids.append(record.statement.id)

    @property
    def decides(self) -> bool:
        """Whether the statements can decide a position: claims by others, most of a long log, never do."""
        return self.voice != "ascribed"

    def latest(self, day: date) -> Sequence[Record]:
        """Return the statements of the last day up to ``day``: no earlier one can decide a position."""
        end = bisect_right(self.days, day)
        return self.records[bisect_left(self.days, self.days[end - 1]) : end] if end else ()

    def latest_without(self, day: date, outlet: str) -> Iterator[Record]:
        """Yield the statements that can decide without an outlet: those of the last day of each other outlet."""
        for name, row in self._outlets.items():
            if name != outlet:
                yield from row.latest(day)

    def ids_by(self, day: date) -> tuple[str, ...]:
        """Return the ids of the statements up to a day."""
        return tuple(self.ids[: bisect_right(self.days, day)])

    @cached_property
    def _outlets(self) -> Mapping[str, _Row]:
        rows: dict[str, _Row] = {}
        for record in self.records:
            rows.setdefault(record.source, _Row(self.voice, self.key)).append(record)
        return rows


def _rows(records: Iterable[Record]) -> tuple[_Row, ...]:
    """Group records by voice and position, in the order in which a state lists claims and framings."""
    rows: dict[tuple[str, PositionKey], _Row] = {}
    for record in records:
        statement = record.statement
        key = (statement.voice, (statement.holder, statement.issue, statement.element))
        rows.setdefault(key, _Row(*key)).append(record)
    return tuple(sorted(rows.values(), key=lambda row: tuple(map(str, row.key))))


def _latest(rows: Iterable[_Row], day: date) -> Iterator[Record]:
    return chain.from_iterable(row.latest(day) for row in rows)


def _order(record: Record) -> tuple[object, ...]:
    return _day(record), record.recorded_at, record.statement.id


class _DayAnswers:
    """The cached states of one day: the full one, that of the holders' own word, and those without an outlet.

    It holds no reference to its index, so that an unused index is freed at once.
    """

    def __init__(self, day: date, rows: Sequence[_Row], known: InForce, codebook: Codebook) -> None:
        self._day = day
        self._codebook = codebook
        self._deciding = [row for row in rows if row.decides]
        self._outlet_of = {record.statement.id: record.source for record in _latest(self._deciding, day)}
        claims, framings = (
            {row.key: ids for row in rows if row.voice == voice and (ids := row.ids_by(day))}
            for voice in ("ascribed", "framing")
        )
        resolved = self._resolve(_latest(self._deciding, day))
        self.state = replace(resolved, claims=claims, framings=framings, query=known.query)
        self._without: dict[str, tuple[State, frozenset[tuple[str, str]]]] = {}
        self._compared: dict[tuple[str, str, str | None], Comparison] = {}

    def _resolve(self, records: Iterable[Record]) -> State:
        return state_at(records, self._codebook, as_of=self._day)

    @cached_property
    def own(self) -> State:
        return self._resolve(_latest((row for row in self._deciding if row.voice == "self"), self._day))

    def compare(self, party: str, other: str, without: str | None) -> Comparison:
        key = (party, other, without)
        if key not in self._compared:
            self._compared[key] = (
                compare(self.state, self._codebook, party, other)
                if without is None
                else self._compare_without(without, self.compare(party, other, None))
            )
        return self._compared[key]

    def _compare_without(self, outlet: str, whole: Comparison) -> Comparison:
        """Measure again only the issues on which a position of the pair rests on an outlet's statements."""
        state, changed = self._leave_out(outlet)
        agenda = []
        for item in whole.issues:
            if changed.isdisjoint((party, item.issue) for party in whole.parties):
                agenda.append(item)
            elif again := issue_distance(state, self._codebook.issue(item.issue), whole.parties):
                agenda.append(again)
        return aggregate_issues(whole.parties, whole.as_of, tuple(agenda))

    def _leave_out(self, outlet: str) -> tuple[State, frozenset[tuple[str, str]]]:
        """Return the state without an outlet, and the holders and issues that were resolved again for it."""
        if outlet not in self._without:
            positions = self.state.positions
            changed = frozenset(
                key[:2]
                for key, position in positions.items()
                if any(self._outlet_of[name] == outlet for name in position.basis)
            )
            rows = (row for row in self._deciding if row.key[:2] in changed)
            left = chain.from_iterable(row.latest_without(self._day, outlet) for row in rows)
            again = self._resolve(left).positions
            positions_without = {
                key: new_position
                for key, position in positions.items()
                if (new_position := again.get(key) if key[:2] in changed else position)
            }
            self._without[outlet] = replace(self.state, positions=positions_without, claims={}, framings={}), changed
        return self._without[outlet]
