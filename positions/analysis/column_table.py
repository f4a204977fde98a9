"""The statements in force of a log as a table made of its columns; a record is read only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any, TypeVar

import numpy as np

from positions.analysis.panel.in_force import EntriesInForce, stable_order
from positions.analysis.panel.ranks import build_ranks
from positions.analysis.panel.slots import Ints
from positions.analysis.statement_table import StatementTable, Trait
from positions.model.codebook import LOWEST_RANK, Codebook
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
    def _rows_by_hash(self) -> tuple[Ints, Ints]:
        """The hashes of the ids in ascending order, and the row of each."""
        # A dictionary of a million ids takes three times as long, mostly in waiting for memory.
        ids = self.columns.ids
        hashes = np.fromiter(map(hash, ids), dtype=np.int64, count=len(ids)).take(self._column("subject"))
        order = np.argsort(hashes, kind="stable")
        return hashes.take(order), order

    def row_of(self, name: str) -> int | None:
        """Return the row of the statement with an id."""
        hashes, rows = self._rows_by_hash
        start, end = (int(hashes.searchsorted(hash(name), side)) for side in ("left", "right"))
        return next((row for row in rows[start:end].tolist() if self.ids[row] == name), None)

    @cached_property
    def voices(self) -> list[Voice]:
        """Whose word they are."""
        return _spread(VOICES, self._column("voice"))

    @cached_property
    def keys(self) -> list[PositionKey]:
        """Holder, issue and element that they speak of."""
        positions, code = self._positions
        return _spread([key for _, key in positions], code)

    @cached_property
    def _positions(self) -> tuple[list[tuple[Voice, PositionKey]], Ints]:
        """The voices and keys that there are, and which of them each statement has."""
        names = self.columns.names
        spans = [len(VOICES), *(len(names[name]) + 1 for name in ("holder", "issue", "element"))]
        code = np.zeros(len(self._rows), dtype=np.int64)
        for name, span in zip(("voice", "holder", "issue", "element"), spans, strict=True):
            code = code * span + self._column(name) + (name == "element")
        distinct, code = np.unique(code, return_inverse=True)
        voice, holder, issue, element = np.unravel_index(distinct, spans)
        elements = (None, *names["element"])
        return [
            (VOICES[one], (names["holder"][two], names["issue"][three], elements[four]))
            for one, two, three, four in zip(*(part.tolist() for part in (voice, holder, issue, element)), strict=True)
        ], code

    @cached_property
    def documents(self) -> list[str]:
        """The ids of their documents."""
        return _spread(self.columns.names["document"], self._column("document"))

    @cached_property
    def sources(self) -> list[str]:
        """The origin of the document, else its outlet."""
        return _spread(*self._sources)

    @cached_property
    def _sources(self) -> tuple[list[str], Ints]:
        """The sources that there are, and which of them each statement has."""
        names, rows = self.columns.names, self.entries.documents
        sources: dict[str, int] = {}
        by_document = np.zeros(len(names["document"]), dtype=np.int64)
        codes = (self._column(name, rows).tolist() for name in ("document", "outlet", "origin"))
        for document, outlet, origin in zip(*codes, strict=True):
            source = names["outlet"][outlet] if origin == NOTHING else names["origin"][origin]
            by_document[document] = sources.setdefault(source, len(sources))
        return list(sources), by_document.take(self._column("document"))

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
        return _spread(*self._stances)

    @cached_property
    def _stances(self) -> tuple[list[tuple[int, int]], Ints]:
        """The stances that there are, and which of them each statement has."""
        low, high = (self._column(name).astype(np.int64) for name in ("stance", "highest"))
        distinct, code = np.unique((low + 128 << 8) + high + 128, return_inverse=True)
        return [((pair >> 8) - 128, (pair & 255) - 128) for pair in distinct.tolist()], code

    @cached_property
    def _ranks(self) -> Ints:
        ranks = build_ranks(self.codebook, self.columns.names)
        return ranks.on(self._column("speaker"), self._column("holder"), self._column("said"))

    @cached_property
    def _statement_seals(self) -> tuple[Ints, Ints, Ints]:
        """The beginnings of the statements' hashes, their holders and their issues."""
        return self._column("seal"), self._column("holder"), self._column("issue")

    @cached_property
    def _document_seals(self) -> bytes:
        return self.columns["seal"].take(np.sort(self.entries.documents)).tobytes()

    def digest(self, end: int, parties: Collection[str] | None, issue: str | None) -> bytes:
        """Return a hash of the first ``end`` statements, of those about some parties and on an issue if named.

        The documents in force are in it: what statements come to rests on whose reports they are.
        """
        seals, holders, issues = self._statement_seals
        chosen = np.ones(end, dtype=np.bool_)
        names = self.columns.names
        if parties is not None:
            chosen &= np.isin(holders[:end], [code for code, name in enumerate(names["holder"]) if name in parties])
        if issue is not None:
            chosen &= np.isin(issues[:end], [code for code, name in enumerate(names["issue"]) if name == issue])
        return blake2b(seals[:end][chosen].tobytes() + self._document_seals, digest_size=16).digest()

    def rank(self, row: int) -> int:
        """Return the rank of a statement's speaker."""
        return int(self._ranks[row])

    def partition(self, rows: Sequence[int], by: Trait) -> Mapping[Any, Sequence[int]]:
        """Return ascending rows apart by what a trait of theirs is."""
        values, codes = self._traits(by)
        listed = np.asarray(rows, dtype=np.int64)
        code = codes.take(listed)
        order = stable_order(code)
        code, listed = code.take(order), listed.take(order)
        parts = np.split(listed, np.flatnonzero(np.diff(code)) + 1)
        return {values[int(codes[part[0]])]: part.tolist() for part in parts if len(part)}

    def _traits(self, by: Trait) -> tuple[Sequence[Any], Ints]:
        """Return the values that a trait has, and which of them each statement has."""
        match by:
            case "position":
                return self._positions
            case "rank":
                return range(LOWEST_RANK + 1), self._ranks
            case "stance":
                return self._stances
            case "source":
                return self._sources
            case "vague":
                return (False, True), self._is_vague

    @cached_property
    def _is_vague(self) -> Ints:
        is_vague: Ints = (self._column("begun") != self._column("said")).astype(np.int8)
        return is_vague


def _spread(values: Sequence[T], codes: Ints) -> list[T]:
    """Return the value of each code."""
    spread: list[T] = np.fromiter(values, dtype=object, count=len(values)).take(codes).tolist()
    return spread


def _days(numbers: Ints) -> list[date]:
    distinct, code = np.unique(numbers, return_inverse=True)
    return _spread(list(map(day_of, distinct.tolist())), code)


def changed_holder_issues(before: StatementTable, after: StatementTable) -> Mapping[tuple[str, str], date] | None:
    """Return the holders and issues of the statements that only one of two tables of the same log has.

    Each with the first day from which one of them counts: on earlier days nothing is different. ``None`` if it cannot
    be told: the tables are of records that were read, or documents in force have changed.
    """
    if not isinstance(before, ColumnTable) or not isinstance(after, ColumnTable):
        return None
    if not np.array_equal(np.sort(before.entries.documents), np.sort(after.entries.documents)):
        return None
    changed: dict[tuple[str, str], date] = {}
    for table, other in ((before, after), (after, before)):
        alone = np.flatnonzero(~np.isin(table._rows, other._rows))
        for row in alone.tolist():
            topic, day = table.keys[row][:2], table.counting[row]
            changed[topic] = min(day, changed.get(topic, day))
    return changed
