"""Single records as they were at a head of the log and as they are now, for whoever compares a table with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from positions.errors import Finding
from positions.model.revision import RecordKind, Revision
from positions.store.book import Book
from positions.store.document_rules import unknown_document
from positions.store.entry import LogRow, read_row
from positions.store.log import entries_up_to
from positions.store.renumbered import current_row


class DatedRevision(NamedTuple):
    """A revision, and whether it had been recorded by a head."""

    revision: Revision
    by_head: bool


class RecordHistory:
    """The revisions of a book's records, seen from a ``head`` that it had.

    Without one, or with a head of another book, none was recorded by then.
    """

    def __init__(self, book: Book, head: str | None) -> None:
        self._log = book.log
        self._entries = entries_up_to(self._log, head) if head else None

    @property
    def knows_head(self) -> bool:
        """Whether the head is one that this book had."""
        return self._entries is not None

    def is_recorded(self, kind: RecordKind, record_id: str) -> bool:
        """Return whether an id was ever given to a record of this kind."""
        return self._log.last_of(kind, record_id) is not None

    def last(self, kind: RecordKind, record_id: str) -> DatedRevision | None:
        """Return the last revision of the record that an id stands for, ``None`` if it was never recorded."""
        row = self._log.last_of(kind, record_id)
        return self._dated(current_row(self._log, row)) if row else None

    def revisions(self, kind: RecordKind, record_id: str) -> list[DatedRevision]:
        """Return all revisions of an id, the first one first."""
        return [self._dated(row) for row in self._log.revisions_of(record_id) if row.kind == kind]

    def at_head(self, last: DatedRevision) -> Revision | None:
        """Return the revision of a record that stood last at the head, ``None`` if none was recorded by then."""
        if last.by_head:
            return last.revision
        revisions = self.revisions(last.revision.kind, last.revision.id)
        return next((revision for revision, by_head in reversed(revisions) if by_head), None)

    def statements(self) -> Iterator[tuple[str, bool]]:
        """Yield the id of every statement, in order, and whether it is in force."""
        for row in self._log.claims("statement"):
            yield row.id, row.content is not None

    def unknown_document(self, name: str) -> Finding:
        """Return the finding for a document that is not recorded; it asks whether the nearest one was meant."""
        return unknown_document(self._log, name)

    def _dated(self, row: LogRow) -> DatedRevision:
        return DatedRevision(read_row(row), self._entries is not None and row.seq <= self._entries)
