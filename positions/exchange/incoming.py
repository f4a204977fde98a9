"""What a file of another tool brings, and how it is recorded: documents first, then statements, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from positions.errors import DataError, Finding
from positions.model.document import Document
from positions.store.book import Book
from positions.store.importing import complete_fields_of, take_all
from positions.store.prepared import Prepared
from positions.store.published import PublishedLine


class IncomingStatement(NamedTuple):
    """A statement's fields as a file gives them: text, numbers, or ISO dates by the names of the statement's fields.

    ``where`` is the place in the file for a reader, such as ``book.xlsx statements:12``.
    """

    where: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that a file brings.

    ``documents`` have their texts; one whose id is recorded with the same text is taken as that one. ``left_out`` says
    in a line each what the file holds that the book has no place for; ``findings`` are what is wrong with it.
    """

    documents: tuple[Document, ...] = ()
    statements: tuple[IncomingStatement, ...] = ()
    left_out: tuple[str, ...] = field(default=())
    findings: tuple[Finding, ...] = field(default=())


class ImportCount(NamedTuple):
    """How many documents and statements an import recorded that the book did not hold."""

    documents: int
    statements: int


def record_incoming(book: Book, incoming: Incoming) -> ImportCount:
    """Record what a file brings and the book does not hold yet; raise ``DataError`` with all findings at once.

    Call it inside a transaction: the error rolls it back.
    """
    findings = list(incoming.findings)
    documents = 0
    for document in incoming.documents:
        known = book.document(document.id)
        if known is not None and known.sha256 == document.sha256:
            continue
        try:
            book.add_document(document)
            documents += 1
        except DataError as error:
            findings += error.findings
    if findings:
        raise DataError(findings)
    book.past_words.learn([])
    return ImportCount(documents, take_all(book, _lines(book, incoming)))


def _lines(book: Book, incoming: Incoming) -> Iterator[PublishedLine | Prepared | Finding]:
    for where, fields in incoming.statements:
        yield from complete_fields_of(dict(fields), book, where=where)
