"""What one voice said on one position, indexed so that any day's deciding statements are few and found at once.

A statement counts from the last day of its date and competes as of the first (``semantics.md`` §2). Of precisely dated
ones, where both are one day, only the last day can decide; vague ones, which are few, are all looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Protocol

from positions.model.codebook import LOWEST_RANK, Codebook
from positions.model.position import PositionKey
from positions.model.revision import Record


def competing_day(record: Record) -> date:
    """Return the day as of which a statement competes: the first that it may mean; an open start is the earliest."""
    return record.statement.said_on.first or date.min


def counting_day(record: Record) -> date:
    """Return the day from which a statement counts: the last that its date may mean."""
    return record.statement.said_on.last


def rank_of(record: Record, codebook: Codebook) -> int:
    """Return the best rank of the roles that a speaker held for the holder when the statement counts (§2)."""
    statement = record.statement
    if statement.speaker is None or not codebook.knows_speaker(statement.speaker):
        return LOWEST_RANK
    return codebook.speaker(statement.speaker).rank_on(statement.holder, statement.said_on.last)


class StatementRow(Protocol):
    """The statements of one voice on one position, as the rule asks them."""

    @property
    def voice(self) -> str:
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
    """The statements of one voice on one holder, issue and element; ``records`` are in order of the day they count."""

    def __init__(self, voice: str, key: PositionKey, codebook: Codebook) -> None:
        self.voice = voice
        self.key = key
        self.records: list[Record] = []
        self._codebook = codebook
        self._days: list[date] = []
        self._precise = _DatedRecords()
        self._vague: list[Record] = []

    def append(self, record: Record) -> None:
        """Add a statement that counts from the same day as the last one or later."""
        self.records.append(record)
        self._days.append(counting_day(record))
        if competing_day(record) == counting_day(record):
            self._precise.append(record)
        else:
            self._vague.append(record)

    def candidates(self, day: date) -> Iterator[Record]:
        """Yield the statements that may decide by the end of a day, among them all of the winner's competing day."""
        yield from self._precise.last(day)
        yield from (record for record in self._vague if counting_day(record) <= day)

    def outranking(self, day: date, *, rank: int, before: date) -> Iterator[Record]:
        """Yield the candidates by the end of a day among those of a better rank that compete before ``before``."""
        if before == date.min:
            return
        for better, records in self._by_rank.items():
            if better < rank:
                yield from records.last(min(day, before - timedelta(days=1)))
        for record in self._vague:
            is_earlier = counting_day(record) <= day and competing_day(record) < before
            if is_earlier and rank_of(record, self._codebook) < rank:
                yield record

    def last_said(self, stance: tuple[int, int], day: date) -> date | None:
        """Return the last day by the end of ``day`` on which a stance (low, high) may have been taken."""
        days = self._days_by_stance.get(stance, ())
        end = bisect_right(days, day)
        return days[end - 1] if end else None

    def ids(self, day: date) -> tuple[str, ...]:
        """Return the ids of those that count by the end of a day, in order of the day they count."""
        return tuple(record.statement.id for record in self.records[: bisect_right(self._days, day)])

    def counts_by(self, day: date) -> bool:
        """Return whether one of the statements counts by the end of a day."""
        return self._days[0] <= day

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
        rows: dict[str, PositionStatements] = {}
        for record in self.records:
            rows.setdefault(record.source, PositionStatements(self.voice, self.key, self._codebook)).append(record)
        return rows

    @cached_property
    def _by_rank(self) -> Mapping[int, _DatedRecords]:
        ranked: dict[int, _DatedRecords] = defaultdict(_DatedRecords)
        for record in self._precise.records:
            ranked[rank_of(record, self._codebook)].append(record)
        return ranked

    @cached_property
    def _days_by_stance(self) -> Mapping[tuple[int, int], list[date]]:
        days = defaultdict(list)
        for record in self.records:
            days[record.statement.stance, record.statement.highest].append(counting_day(record))
        return days


@dataclass(frozen=True)
class _JoinedStatements:
    """The statements of several rows on one position."""

    voice: str
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


class _DatedRecords:
    """Precisely dated records in order of day."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._days: list[date] = []

    def append(self, record: Record) -> None:
        self.records.append(record)
        self._days.append(counting_day(record))

    def last(self, day: date) -> list[Record]:
        """Return the records of the last day up to ``day``."""
        end = bisect_right(self._days, day)
        return self.records[bisect_left(self._days, self._days[end - 1]) : end] if end else []


def group_statements(records: Iterable[Record], codebook: Codebook) -> tuple[PositionStatements, ...]:
    """Group records, given in order of the day they count, by voice and position, in a fixed order of positions."""
    rows: dict[tuple[str, PositionKey], PositionStatements] = {}
    for record in records:
        statement = record.statement
        key = (statement.voice, (statement.holder, statement.issue, statement.element))
        if key not in rows:
            rows[key] = PositionStatements(*key, codebook)
        rows[key].append(record)
    return tuple(sorted(rows.values(), key=lambda row: tuple(map(str, row.key))))
