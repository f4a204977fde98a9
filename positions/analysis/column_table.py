"""The statements in force of a log as a table made of its columns; a record is read only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

import numpy as np

from positions.analysis.panel.in_force import EntriesInForce
from positions.analysis.panel.ranks import build_ranks
from positions.analysis.panel.slots import Ints
from positions.model.codebook import Codebook
from positions.model.dates import day_of
from positions.model.position import PositionKey
from positions.model.revision import Record
from positions.model.statement import VOICES, Voice
from positions.store.columns import NOTHING, Columns

T = TypeVar("T")


@dataclass(frozen=True)
class ColumnTable:
    """The statements at some rows of a log's columns, as a :class:`positions.analysis.statement_table.StatementTable`.

    ``read_rows`` returns the records at rows of the columns.
    """

    columns: Columns
    entries: EntriesInForce
    codebook: Codebook
    read_rows: Callable[[Sequence[int]], list[Record]]

    @cached_property
    def _rows(self) -> Ints:
        """The statements' rows of the columns, in order of last day, recording and id."""
        rows = np.sort(self.entries.entry)
        said, made = self._column("said", rows), self._column("made", rows)
        order = np.lexsort((made, said))
        tied = (np.diff(said.take(order)) == 0) & (np.diff(made.take(order)) == 0)
        if tied.any():
            subjects = self._column("subject", rows)
            by_id = np.argsort([self.columns.ids[subject] for subject in subjects.tolist()], kind="stable")
            order = by_id.take(np.lexsort((made.take(by_id), said.take(by_id))))
        return rows.take(order)

    def _column(self, name: str, rows: Ints | None = None) -> Ints:
        column: Ints = self.columns[name].take(self._rows if rows is None else rows)
        return column

    def read(self, rows: Sequence[int]) -> list[Record]:
        """Return the statements of some rows."""
        return self.read_rows([self._row_list[row] for row in rows])

    @cached_property
    def _row_list(self) -> list[int]:
        # Most reads are of one or two statements, for which an array takes ten times as long.
        listed: list[int] = self._rows.tolist()
        return listed

    @cached_property
    def ids(self) -> list[str]:
        """Their ids."""
        return [self.columns.ids[subject] for subject in self._column("subject").tolist()]

    @cached_property
    def voices(self) -> list[Voice]:
        """Whose word they are."""
        return _spread(VOICES, self._column("voice"))

    @cached_property
    def keys(self) -> list[PositionKey]:
        """Holder, issue and element that they speak of."""
        names = self.columns.names
        codes = [self._column(name).astype(np.int64) for name in ("holder", "issue", "element")]
        distinct, code = np.unique((codes[0] << 42) + (codes[1] << 21) + codes[2] + 1, return_inverse=True)
        least = (1 << 21) - 1
        keys: list[PositionKey] = [
            (
                names["holder"][key >> 42],
                names["issue"][key >> 21 & least],
                names["element"][(key & least) - 1] if key & least else None,
            )
            for key in distinct.tolist()
        ]
        return _spread(keys, code)

    @cached_property
    def documents(self) -> list[str]:
        """The ids of their documents."""
        return _spread(self.columns.names["document"], self._column("document"))

    @cached_property
    def sources(self) -> list[str]:
        """The origin of the document, else its outlet."""
        names, rows = self.columns.names, self.entries.documents
        sources = [""] * len(names["document"])
        codes = (self._column(name, rows).tolist() for name in ("document", "outlet", "origin"))
        for document, outlet, origin in zip(*codes, strict=True):
            sources[document] = names["outlet"][outlet] if origin == NOTHING else names["origin"][origin]
        return _spread(sources, self._column("document"))

    @cached_property
    def counting(self) -> list[date]:
        """The days from which they count."""
        return _days(self._column("said"))

    @cached_property
    def competing(self) -> list[date]:
        """The days as of which they compete."""
        return _days(self._column("begun"))

    @cached_property
    def stances(self) -> list[tuple[int, int]]:
        """The ends of what they say."""
        low, high = (self._column(name).astype(np.int64) for name in ("stance", "highest"))
        distinct, code = np.unique((low + 128 << 8) + high + 128, return_inverse=True)
        return _spread([((pair >> 8) - 128, (pair & 255) - 128) for pair in distinct.tolist()], code)

    @cached_property
    def _ranks(self) -> list[int]:
        ranks = build_ranks(self.codebook, self.columns.names)
        held: list[int] = ranks.on(self._column("speaker"), self._column("holder"), self._column("said")).tolist()
        return held

    def rank(self, row: int) -> int:
        """Return the rank of a statement's speaker."""
        return self._ranks[row]


def _spread(values: Sequence[T], codes: Ints) -> list[T]:
    """Return the value of each code."""
    spread: list[T] = np.fromiter(values, dtype=object, count=len(values)).take(codes).tolist()
    return spread


def _days(numbers: Ints) -> list[date]:
    distinct, code = np.unique(numbers, return_inverse=True)
    return _spread(list(map(day_of, distinct.tolist())), code)
