"""What one voice said on one position, indexed so that any day's deciding statements are few and found at once.

A statement counts from the last day of its date and competes as of the first (``semantics.md`` §2). Of precisely dated
ones, where both are one day, only the last day can decide; vague ones, which are few, are all looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Protocol

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

    def candidate_rows(self, day: date) -> list[int]:
        """Return the candidates' rows of the table: what will be read."""

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
        self._asked: tuple[date, list[int]] = date.min, []

    @property
    def days(self) -> list[date]:
        """The days from which they count, in order."""
        return [self._table.counting[row] for row in self.rows]

    def candidates(self, day: date) -> Iterator[Record]:
        """Yield the statements that may decide by the end of a day, among them all of the winner's competing day."""
        yield from self._table.read(self.candidate_rows(day))

    def candidate_rows(self, day: date) -> list[int]:
        """Return the rows of the candidates by the end of a day."""
        if self._asked[0] != day or not self._asked[1]:
            counting = self._table.counting
            vague = (row for row in self._vague if counting[row] <= day)
            self._asked = day, [*self._last(self._precise, day), *vague]
        return self._asked[1]

    def outranking(self, day: date, *, rank: int, before: date) -> Iterator[Record]:
        """Yield the candidates by the end of a day among those of a better rank that compete before ``before``."""
        if before == date.min:
            return
        last = min(day, before - timedelta(days=1))
        rows = [row for better, some in self._by_rank.items() if better < rank for row in self._last(some, last)]
        counting, competing = self._table.counting, self._table.competing
        counted = (row for row in self._vague if counting[row] <= day and competing[row] < before)
        rows += [row for row in counted if self._table.rank(row) < rank]
        yield from self._table.read(rows)

    def last_said(self, stance: tuple[int, int], day: date) -> date | None:
        """Return the last day by the end of ``day`` on which a stance (low, high) may have been taken."""
        rows = self._by_stance.get(stance, ())
        end = self._end(rows, day)
        return self._table.counting[rows[end - 1]] if end else None

    def ids(self, day: date) -> tuple[str, ...]:
        """Return the ids of those that count by the end of a day, in order of the day they count."""
        ids = self._table.ids
        return tuple(ids[row] for row in self.rows[: self._end(self.rows, day)])

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
            self.voice, self.key, tuple(row for name, row in self.by_source.items() if name != source)
        )

    @cached_property
    def by_source(self) -> Mapping[str, PositionStatements]:
        """The same statements, by whose report they are."""
        parts = self._table.partition(self.rows, "source")
        return {source: PositionStatements(self.voice, self.key, self._table, rows) for source, rows in parts.items()}

    def _end(self, rows: Sequence[int], day: date) -> int:
        """Return how many of some rows count by the end of a day."""
        return bisect_right(rows, day, key=self._table.counting.__getitem__)

    def _last(self, rows: Sequence[int], day: date) -> Sequence[int]:
        """Return those of some rows that count from the last day up to ``day`` of which there are any."""
        end, counting = self._end(rows, day), self._table.counting
        return rows[bisect_left(rows, counting[rows[end - 1]], key=counting.__getitem__) : end] if end else ()

    @cached_property
    def _by_vagueness(self) -> Mapping[bool, Sequence[int]]:
        return self._table.partition(self.rows, "vague")

    @property
    def _precise(self) -> Sequence[int]:
        return self._by_vagueness.get(False, ())

    @property
    def _vague(self) -> Sequence[int]:
        return self._by_vagueness.get(True, ())

    @cached_property
    def _by_rank(self) -> Mapping[int, Sequence[int]]:
        return self._table.partition(self._precise, "rank")

    @cached_property
    def _by_stance(self) -> Mapping[tuple[int, int], Sequence[int]]:
        return self._table.partition(self.rows, "stance")


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

    def candidate_rows(self, day: date) -> list[int]:
        return [one for row in self.rows for one in row.candidate_rows(day)]

    def outranking(self, day: date, *, rank: int, before: date) -> Iterator[Record]:
        return chain.from_iterable(row.outranking(day, rank=rank, before=before) for row in self.rows)

    def last_said(self, stance: tuple[int, int], day: date) -> date | None:
        return max((last for row in self.rows if (last := row.last_said(stance, day))), default=None)


def group_statements(table: StatementTable) -> tuple[PositionStatements, ...]:
    """Group the statements of a table by voice and position, in a fixed order of positions."""
    parts = table.partition(range(len(table.ids)), "position")
    grouped = (PositionStatements(voice, key, table, rows) for (voice, key), rows in parts.items())
    return tuple(sorted(grouped, key=lambda row: tuple(map(str, row.key))))
