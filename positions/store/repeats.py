"""Find records that a new one would repeat: a claim on the same words, documents to compare a text with."""

from __future__ import annotations

from collections.abc import Iterator

from positions.model.candidate import repeat_key
from positions.model.document import Document
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.entry import read_row


def repeated_statement(book: Book, statement: Statement) -> str | None:
    """Return the id of another statement that says the same of the same words, ``None`` if there is none.

    Only ids that begin with the document's are searched, as generated ids do, so that the cost does not grow with the
    book.
    """
    for row in book.log.named("statement", f"{statement.document}-"):
        other = read_row(row).content
        if isinstance(other, Statement) and row.id != statement.id and repeat_key(other) == repeat_key(statement):
            return row.id
    return None


def recorded_documents(book: Book) -> Iterator[Document]:
    """Yield the documents in force, including those of this transaction, in order of id, one at a time."""
    for row in book.log.claims("document"):
        if isinstance(content := read_row(row).content, Document):
            yield content
