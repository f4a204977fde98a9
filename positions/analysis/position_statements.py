"""What one voice said on one position, indexed so that any day's deciding statements are few and found at once.

A statement counts from the last day of its date and competes as of the first (``semantics.md`` §2). Of precisely dated
ones, where both are one day, only the last day can decide; vague ones, which are few, are all looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

from positions.analysis.statement_table import StatementTable
from positions.model.position import PositionKey
from positions.model.revision import Record
from positions.model.statement import Voice


class StatementRow(Protocol):
    """The statements of one voice on one position, as the rule asks them."""

    @property
    def voice(self) -> Voice:
        """Whose word they are."""

    @property
    def key(self) -> PositionKey:
        """Holder, issue and the element that they speak of."""

    def ids(self, day: date) -> tuple[str, ...]:
        """Return the ids of those that count by the end of a day, in order of the day they count."""

    def candidates(self, day: date) -> Iterator[Record]:
        """Yield the statements that may decide by the end of a day, among them all of the winner's competing day."""

    def outranking(self, day: date, *, rank: int, before: date) -> Iterator[Record]:
        """Yield the candidates by the end of a day among those of a better rank that compete before ``before``."""

    def last_said(self, stance: tuple[int, int], day: date) -> date | None:
        """Return the last day by the end of ``day`` on which a stance (low, high) may have been taken."""


class PositionStatements:
    """The statements of one voice on one holder, issue and element: some ``rows`` of a table, in its order."""

    def __init__(self, voice: Voice, key: PositionKey, table: StatementTable, rows: Sequence[int]) -> None:
        self.voice = voice
        self.key = key
        self.rows = rows
        self._table = table

    @cached_property
    def days(self) -> list[date]:
        """The days from which they count, in order."""
        return [self._table.counting[row] for row in self.rows]

    def candidates(self, day: date) -> Iterator[Record]:
        """Yield the statements that may decide by the end of a day, among them all of the winner's competing day."""
        counting = self._table.counting
        vague = (row for row in self._vague if counting[row] <= day)
        yield from self._table.read([*self._precise.last(day), *vague])

    def outranking(self, day: date, *, rank: int, before: date) -> Iterator[Record]:
        """Yield the candidates by the end of a day among those of a better rank that compete before ``before``."""
        if before == date.min:
            return
        last = min(day, before - timedelta(days=1))
        rows = [row for better, dated in self._by_rank.items() if better < rank for row in dated.last(last)]
        counting, competing = self._table.counting, self._table.competing
        counted = (row for row in self._vague if counting[row] <= day and competing[row] < before)
        rows += [row for row in counted if self._table.rank(row) < rank]
        yield from self._table.read(rows)

    def last_said(self, stance: tuple[int, int], day: date) -> date | None:
        """Return the last day by the end of ``day`` on which a stance (low, high) may have been taken."""
        days = self._days_by_stance.get(stance, ())
        end = bisect_right(days, day)
        return days[end - 1] if end else None

    def ids(self, day: date) -> tuple[str, ...]:
        """Return the ids of those that count by the end of a day, in order of the day they count."""
        ids = self._table.ids
        return tuple(ids[row] for row in self.rows[: bisect_right(self.days, day)])

    def counts_by(self, day: date) -> bool:
        """Return whether one of the statements counts by the end of a day."""
        return self._table.counting[self.rows[0]] <= day

    @property
    def decides(self) -> bool:
        """Whether the statements can decide a position: claims by others, most of a long log, never do."""
        return self.voice != "ascribed"

    def without(self, source: str) -> StatementRow:
        """Return the same statements but for those of one source."""
        return _JoinedStatements(
            self.voice, self.key, tuple(row for name, row in self._by_source.items() if name != source)
        )

    @cached_property
    def _by_source(self) -> Mapping[str, PositionStatements]:
        """The same statements, by whose report they are."""
        sources, rows_by_source = self._table.sources, defaultdict(list)
        for row in self.rows:
            rows_by_source[sources[row]].append(row)
        return {
            source: PositionStatements(self.voice, self.key, self._table, rows)
            for source, rows in rows_by_source.items()
        }

    @cached_property
    def _precise(self) -> _DatedRows:
        counting, competing = self._table.counting, self._table.competing
        rows = [row for row in self.rows if counting[row] == competing[row]]
        return _DatedRows(rows, [counting[row] for row in rows])

    @cached_property
    def _vague(self) -> list[int]:
        counting, competing = self._table.counting, self._table.competing
        return [row for row in self.rows if counting[row] != competing[row]]

    @cached_property
    def _by_rank(self) -> Mapping[int, _DatedRows]:
        ranked: dict[int, _DatedRows] = defaultdict(lambda: _DatedRows([], []))
        rank = self._table.rank
        for row, day in zip(self._precise.rows, self._precise.days, strict=True):
            dated = ranked[rank(row)]
            dated.rows.append(row)
            dated.days.append(day)
        return ranked

    @cached_property
    def _days_by_stance(self) -> Mapping[tuple[int, int], list[date]]:
        stances, days = self._table.stances, defaultdict(list)
        for row, day in zip(self.rows, self.days, strict=True):
            days[stances[row]].append(day)
        return days


@dataclass(frozen=True)
class _JoinedStatements:
    """The statements of several rows on one position."""

    voice: Voice
    key: PositionKey
    rows: tuple[PositionStatements, ...]

    def ids(self, day: date) -> tuple[str, ...]:
        return tuple(name for row in self.rows for name in row.ids(day))

    def candidates(self, day: date) -> Iterator[Record]:
        return chain.from_iterable(row.candidates(day) for row in self.rows)

    def outranking(self, day: date, *, rank: int, before: date) -> Iterator[Record]:
        return chain.from_iterable(row.outranking(day, rank=rank, before=before) for row in self.rows)

    def last_said(self, stance: tuple[int, int], day: date) -> date | None:
        return max((last for row in self.rows if (last := row.last_said(stance, day))), default=None)


class _DatedRows(NamedTuple):
    """Rows of precisely dated statements in order of day."""

    rows: list[int]
    days: list[date]

    def last(self, day: date) -> list[int]:
        """Return the rows of the last day up to ``day``."""
        end = bisect_right(self.days, day)
        return self.rows[bisect_left(self.days, self.days[end - 1]) : end] if end else []


def group_statements(table: StatementTable) -> tuple[PositionStatements, ...]:
    """Group the statements of a table by voice and position, in a fixed order of positions."""
    rows: dict[tuple[Voice, PositionKey], list[int]] = defaultdict(list)
    for row, key in enumerate(zip(table.voices, table.keys, strict=True)):
        rows[key].append(row)
    grouped = (PositionStatements(*key, table, rows_of_key) for key, rows_of_key in rows.items())
    return tuple(sorted(grouped, key=lambda row: tuple(map(str, row.key))))
