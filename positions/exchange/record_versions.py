"""A record as a table was made from it, and as it is now."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from positions.exchange.cells import record_texts
from positions.exchange.made_from import MadeFrom
from positions.exchange.same_values import FieldTexts, nearest_texts
from positions.model.document import Document
from positions.model.revision import RecordKind, Revision
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.record_history import DatedRevision, RecordHistory


class VersionPair(NamedTuple):
    """What a record held when a table was made from it, and holds now (``None``: it is retracted), as texts.

    ``last`` is its last revision; ``is_changed`` if that is another one than the table was made from.
    """

    base: FieldTexts
    current: FieldTexts | None
    last: Revision
    is_changed: bool


class RecordVersions:
    """The versions of records that a table is compared with.

    Of a table that does not say what it was made from, or that says so of another book, the version of a record that is
    nearest to its row is taken.
    """

    def __init__(self, book: Book, made_from: MadeFrom | None) -> None:
        self._book = book
        self._public_by = made_from.public_by if made_from else None
        self.history = RecordHistory(book, made_from.head if made_from else None)

    def of(self, kind: RecordKind, record_id: str, given: FieldTexts) -> VersionPair | None:
        """Return the versions of a record to compare a row with, ``None`` if there is no record of that id."""
        last = self.history.last(kind, record_id)
        if last is None:
            return None
        current = _texts(last.revision)
        if current is not None and last.by_head:
            return VersionPair(current, current, last.revision, False)
        base = self.history.at_head(last)
        texts = _texts(base) if base else None
        if texts is None:
            revisions = self.history.revisions(kind, last.revision.id)
            versions = [version for one in revisions if (version := _texts(one.revision)) is not None]
            texts = nearest_texts(given, versions) if versions else {}
        return VersionPair(texts, current, last.revision, texts != current)

    def removed(self, in_table: Container[str]) -> Iterator[DatedRevision]:
        """Yield the last revisions of the statements that were exported and are not in the table, in order of id."""
        for record_id, in_force in list(self.history.statements()) if self.history.knows_head else ():
            last = self.history.last("statement", record_id) if in_force and record_id not in in_table else None
            base = self.history.at_head(last) if last else None
            if last and base and isinstance(base.content, Statement) and self._is_public(base.content):
                yield last

    def _is_public(self, statement: Statement) -> bool:
        document = self._book.document(statement.document)
        return self._public_by is None or (document is not None and document.published_on.counts_by(self._public_by))


def _texts(revision: Revision) -> FieldTexts | None:
    content = revision.content
    return record_texts(content) if isinstance(content, Statement | Document) else None
