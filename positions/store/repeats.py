"""Find records that a new one would repeat: a claim on the same words, documents to compare a text with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from positions.model.candidate import repeat_key
from positions.model.document import Document
from positions.model.statement import Statement
from positions.store.book import Book
from positions.store.entry import read_row


def repeated_statements(book: Book, statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    """Yield the statements that say the same of the same words as another one, with that one's id.

    Only ids that begin with the document's are searched, as generated ids do, so that the cost does not grow with the
    book.
    """
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_document[statement.document].append(statement)
    for document, of_document in by_document.items():
        ids = defaultdict(list)
        for row in book.log.named("statement", f"{document}-"):
            if isinstance(other := read_row(row).content, Statement):
                ids[repeat_key(other)].append(row.id)
        for statement in of_document:
            others = [name for name in ids[repeat_key(statement)] if name != statement.id]
            if others:
                yield statement.id, others[0]


def recorded_documents(book: Book) -> Iterator[Document]:
    """Yield the documents in force, including those of this transaction, in order of id, one at a time."""
    for row in book.log.claims("document"):
        if isinstance(content := read_row(row).content, Document):
            yield content


def recorded_statements(book: Book, document: str) -> Iterator[Statement]:
    """Yield the statements in force on a document, including those of this transaction, in order of id."""
    for row in book.log.claims("statement", documents=[document]):
        if isinstance(claim := read_row(row).content, Statement) and claim.document == document:
            yield claim


def free_record_id(book: Book, wanted: str) -> str:
    """Return an id that no record has or had: the wanted one, or it with a number behind."""
    name, number = wanted, 2
    while book.log.revisions_of(name):
        name, number = f"{wanted}-{number}", number + 1
    return name
