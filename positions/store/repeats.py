"""What a book holds already: a claim of the same words, documents to compare a text with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from positions.model.candidate import repeat_key
from positions.model.document import Document
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.entry import from_row


def repeated_statements(book: Book, statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    """Yield the statements that say the same of the same words as another one, with that one's id.

    Only ids that begin with the document's are looked at, as those that are not given do: it must not take longer in a
    longer book.
    """
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_document[statement.document].append(statement)
    for document, of_document in by_document.items():
        ids = defaultdict(list)
        for row in book.log.named("statement", f"{document}-"):
            if isinstance(other := from_row(row).content, Statement):
                ids[repeat_key(other)].append(row.id)
        for statement in of_document:
            others = [name for name in ids[repeat_key(statement)] if name != statement.id]
            if others:
                yield statement.id, others[0]


def recorded_documents(book: Book) -> Iterator[Document]:
    """Yield the documents in force, those of this transaction too, in order of id, without holding them all."""
    for row in book.log.claims("document"):
        if isinstance(content := from_row(row).content, Document):
            yield content
