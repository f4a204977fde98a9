"""Statements in the order in which they count, as columns: what the rules ask of them before they read one.

A long log has them in its columns (:mod:`positions.analysis.column_table`), so that only the few records that decide or
are shown are read from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol, TypeAlias

from positions.model.codebook import LOWEST_RANK, Codebook
from positions.model.position import PositionKey
from positions.model.revision import Record
from positions.model.statement import Voice


def competing_day(record: Record) -> date:
    """Return the day as of which a statement competes: the first that it may mean; an open start is the earliest."""
    return record.statement.said_on.first or date.min


def counting_day(record: Record) -> date:
    """Return the day from which a statement counts: the last that its date may mean."""
    return record.statement.said_on.last


def order_of(record: Record) -> tuple[Any, ...]:
    """Return the sort key of records in the order in which they count: by last day, recording and id."""
    return counting_day(record), record.recorded_at, record.statement.id


def rank_of(record: Record, codebook: Codebook) -> int:
    """Return the best rank of the roles that a speaker held for the holder when the statement counts (§2)."""
    statement = record.statement
    if statement.speaker is None or not codebook.knows_speaker(statement.speaker):
        return LOWEST_RANK
    return codebook.speaker(statement.speaker).rank_on(statement.holder, statement.said_on.last)


Trait: TypeAlias = Literal["position", "rank", "stance", "source", "vague"]
"""What statements are told apart by: (voice, key), the rank of the speaker, (low, high), whose report it is, and
whether the day as of which it competes is another than the one from which it counts."""


class StatementTable(Protocol):
    """Statements in force in the order of :func:`order_of`, one value for each in every column.

    ``counting`` and ``competing`` are the days of :func:`counting_day` and :func:`competing_day`, ``stances`` are
    (low, high), ``sources`` whose report each is.
    """

    @property
    def ids(self) -> Sequence[str]:
        """Their ids."""

    @property
    def voices(self) -> Sequence[Voice]:
        """Whose word they are."""

    @property
    def keys(self) -> Sequence[PositionKey]:
        """Holder, issue and element that they speak of."""

    @property
    def documents(self) -> Sequence[str]:
        """The ids of their documents."""

    @property
    def sources(self) -> Sequence[str]:
        """The origin of the document, else its outlet."""

    @property
    def counting(self) -> Sequence[date]:
        """The days from which they count."""

    @property
    def competing(self) -> Sequence[date]:
        """The days as of which they compete."""

    @property
    def stances(self) -> Sequence[tuple[int, int]]:
        """The ends of what they say."""

    def row_of(self, name: str) -> int | None:
        """Return the row of the statement with an id; ``None`` if it is not here."""

    def rank(self, row: int) -> int:
        """Return the rank of a statement's speaker (:func:`rank_of`)."""

    def partition(self, rows: Sequence[int], by: Trait) -> Mapping[Any, Sequence[int]]:
        """Return ascending rows apart by what a trait of theirs is, each part ascending too."""

    def read(self, rows: Sequence[int]) -> list[Record]:
        """Return the statements of some rows."""


@dataclass(frozen=True)
class RecordTable:
    """The table of records that were read already, given in order; it is a :class:`StatementTable`."""

    records: Sequence[Record]
    codebook: Codebook

    @cached_property
    def ids(self) -> list[str]:
        """Their ids."""
        return [record.statement.id for record in self.records]

    @cached_property
    def voices(self) -> list[Voice]:
        """Whose word they are."""
        return [record.statement.voice for record in self.records]

    @cached_property
    def keys(self) -> list[PositionKey]:
        """Holder, issue and element that they speak of."""
        statements = (record.statement for record in self.records)
        return [(statement.holder, statement.issue, statement.element) for statement in statements]

    @cached_property
    def documents(self) -> list[str]:
        """The ids of their documents."""
        return [record.statement.document for record in self.records]

    @cached_property
    def sources(self) -> list[str]:
        """The origin of the document, else its outlet."""
        return [record.source for record in self.records]

    @cached_property
    def counting(self) -> list[date]:
        """The days from which they count."""
        return list(map(counting_day, self.records))

    @cached_property
    def competing(self) -> list[date]:
        """The days as of which they compete."""
        return list(map(competing_day, self.records))

    @cached_property
    def stances(self) -> list[tuple[int, int]]:
        """The ends of what they say."""
        return [(record.statement.stance, record.statement.highest) for record in self.records]

    @cached_property
    def _row_by_id(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.ids)}

    def row_of(self, name: str) -> int | None:
        """Return the row of the statement with an id."""
        return self._row_by_id.get(name)

    def rank(self, row: int) -> int:
        """Return the rank of a statement's speaker."""
        return rank_of(self.records[row], self.codebook)

    def partition(self, rows: Sequence[int], by: Trait) -> Mapping[Any, Sequence[int]]:
        """Return ascending rows apart by what a trait of theirs is."""
        parts: dict[Any, list[int]] = defaultdict(list)
        for row in rows:
            parts[self._trait(row, by)].append(row)
        return parts

    def _trait(self, row: int, by: Trait) -> Any:
        match by:
            case "position":
                return self.voices[row], self.keys[row]
            case "rank":
                return self.rank(row)
            case "stance":
                return self.stances[row]
            case "source":
                return self.sources[row]
            case "vague":
                return self.competing[row] != self.counting[row]

    def read(self, rows: Sequence[int]) -> list[Record]:
        """Return the statements of some rows."""
        return [self.records[row] for row in rows]
