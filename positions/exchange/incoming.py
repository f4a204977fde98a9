"""What a file of another tool brings, and how it is recorded: documents first, then statements, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from positions.errors import DataError, Finding
from positions.exchange.made_from import MadeFrom
from positions.model.document import Document
from positions.store.book import Book
from positions.store.importing import complete_fields_of, take_all
from positions.store.prepared import Prepared
from positions.store.published import PublishedLine


class IncomingStatement(NamedTuple):
    """A statement's fields as a file gives them: text, numbers, or ISO dates by the names of the statement's fields.

    ``where`` is the place in the file for a reader, such as ``book.xlsx statements:12``. ``words`` are what a table
    says of some fields in words, in columns beside theirs.
    """

    where: str
    fields: Mapping[str, Any]
    words: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that a file brings.

    ``documents`` have their texts; one whose id is recorded with the same text is taken as that one. ``left_out`` says
    in a line each what the file holds that the book has no place for, ``notes`` what was read otherwise than it stands;
    ``findings`` are what is wrong with it.

    A table that people edit names itself in ``edited_in``, such as ``book.xlsx``: what differs there from what the book
    held when it was ``made_from`` it are corrections (:mod:`positions.exchange.edits`). Its fields are texts, an empty
    one for an empty cell, and so are those of ``document_fields``, the metadata of documents.
    """

    documents: tuple[Document, ...] = ()
    statements: tuple[IncomingStatement, ...] = ()
    left_out: tuple[str, ...] = field(default=())
    findings: tuple[Finding, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    edited_in: str = ""
    made_from: MadeFrom | None = None
    document_fields: tuple[IncomingStatement, ...] = field(default=())


class ImportCount(NamedTuple):
    """How many documents and statements an import recorded that the book did not hold."""

    documents: int
    statements: int


def record_incoming(book: Book, incoming: Incoming) -> ImportCount:
    """Record what a file brings and the book does not hold yet; raise ``DataError`` with all findings at once.

    What people edited in a table is recorded by :func:`positions.exchange.edits.record_edits` instead.

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
    return ImportCount(documents, take_all(book, complete_lines(book, incoming.statements)))


def complete_lines(book: Book, statements: Iterable[IncomingStatement]) -> Iterator[PublishedLine | Prepared | Finding]:
    """Yield statements ready to be taken in, or what is wrong with their fields."""
    for statement in statements:
        yield from complete_fields_of(dict(statement.fields), book, where=statement.where)
