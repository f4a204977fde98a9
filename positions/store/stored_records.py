"""Documents and statements of a log by the number of their entry, each read when it is first asked for, and checked.

An entry that is read must be the one that its columns were made from, whose chain was checked then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Final

from positions.model.document import Document
from positions.model.revision import Record, Revision, make_record
from positions.model.statement import Statement
from positions.store.chain import broken_chain
from positions.store.columns import Columns, seal_of
from positions.store.entry import LogRow, read_row
from positions.store.log import Log, batched

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class StoredDocuments(Mapping[str, Document]):
    """Some documents by id, with their texts, in order of id.

    ``rows`` are the indices of their entries in ``columns``. ``lock`` is held while the log is read, which one thread
    at a time may do. ``characters_read`` is how much of the entries' content was read so far.
    """

    def __init__(
        self, log: Log, columns: Columns, rows: Mapping[str, int], lock: AbstractContextManager[object]
    ) -> None:
        self._log, self._columns, self._lock = log, columns, lock
        self._rows = dict(sorted(rows.items()))
        self._known: dict[str, Document] = {}
        self.characters_read = 0

    def __getitem__(self, name: str) -> Document:
        if name not in self._known:
            (revision,) = self.read([self._rows[name]]).values()
            assert isinstance(revision.content, Document)
            self._known[name] = revision.content
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def read(self, rows: Sequence[int]) -> dict[int, Revision]:
        """Return the revisions of some entries by their index; raise ``WorkspaceError`` for one that was changed."""
        entries: list[LogRow] = []
        for some in batched(rows):
            with self._lock:  # others use the log between two batches
                entries += self._log.entries([index + 1 for index in some])
        for row in entries:
            self.characters_read += len(row.content or "")
            if seal_of(row) != self._columns["seal"][row.seq - 1]:
                raise broken_chain(self._log.name, f"entry {row.seq} is not as it was recorded")
        return {row.seq - 1: read_row(row) for row in entries}


class StoredStatements:
    """Statements in force on ``documents``."""

    def __init__(self, documents: StoredDocuments, columns: Columns) -> None:
        self.documents = documents
        self._first = columns["first"]
        self._known: dict[int, Record] = {}

    def read(self, rows: Sequence[int]) -> list[Record]:
        """Return the statements of some entries, by their indices in the columns; those read before are kept."""
        if unknown := [row for row in rows if row not in self._known]:
            revisions = self.documents.read(unknown)
            self._known |= {row: self._record(row, revision) for row, revision in revisions.items()}
        return [self._known[row] for row in rows]

    def _record(self, row: int, revision: Revision) -> Record:
        assert isinstance(revision.content, Statement)
        first = EPOCH + timedelta(microseconds=int(self._first[row]))
        return make_record(revision, revision.content, self.documents[revision.content.document], first=first)
