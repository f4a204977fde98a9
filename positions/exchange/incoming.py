"""What a file of another tool brings, and how it is recorded: documents first, then statements, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from positions.errors import DataError, Finding
from positions.exchange.made_from import MadeFrom
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.store.book import Book
from positions.store.importing import complete_fields_of, take_all
from positions.store.prepared import Prepared
from positions.store.published import PublishedLine
from positions.workspace.added_documents import documents_of


@dataclass(frozen=True, slots=True)
class ImportSource:
    """A file to read, and what a reader may need to understand it: today's codebook and the documents in force."""

    path: Path
    codebook: Codebook
    documents: Callable[[], Iterable[Document]] = tuple


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
    one for an empty cell, and so are those of ``document_fields``, the metadata of documents. ``corrections`` are
    fields of statements in force that another tool's codes have changed, by id.
    """

    documents: tuple[Document, ...] = ()
    statements: tuple[IncomingStatement, ...] = ()
    left_out: tuple[str, ...] = field(default=())
    findings: tuple[Finding, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    edited_in: str = ""
    made_from: MadeFrom | None = None
    document_fields: tuple[IncomingStatement, ...] = field(default=())
    corrections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class ImportCount(NamedTuple):
    """What an import recorded: documents and statements that the book did not hold, and those that it corrected."""

    documents: int
    corrected: int
    statements: int
    recoded: int = 0


def record_incoming(book: Book, incoming: Incoming, *, name: str) -> ImportCount:
    """Record what a file of that name brings and the book does not hold yet.

    What people edited in a table is recorded by :func:`positions.exchange.edits.record_edits` instead.
    Call it inside a transaction. Raises ``DataError`` with all findings at once, which rolls it back.
    """
    findings = list(incoming.findings)
    known = list(documents_of(book)) if incoming.documents else []
    new = corrected = 0
    for document in incoming.documents:
        same = find_same(document, known)
        try:
            if same is None:
                book.add_document(document)
                new += 1
            elif document.text is None and (changes := _metadata_changes(document, same)):
                book.correct(same.id, reason=f"as {name} has it", **changes)
                corrected += 1
        except DataError as error:
            findings += error.findings
    for statement_id, recoding in incoming.corrections.items():
        try:
            book.correct(statement_id, reason=f"as {name} has it", **recoding)
        except DataError as error:
            findings += error.findings
    if findings:
        raise DataError(findings)
    book.past_words.learn([])
    statements = take_all(book, complete_lines(book, incoming.statements))
    return ImportCount(new, corrected, statements, len(incoming.corrections))


def find_same(document: Document, known: Iterable[Document]) -> Document | None:
    """Return the recorded document that another tool's is: of the same text, else id, address, or title and outlet.

    One without a text may be the entry of any; one with a text is never that of another text.
    """
    tests: tuple[Callable[[Document], bool], ...] = (
        lambda one: document.sha256 is not None and one.sha256 == document.sha256,
        lambda one: one.id == document.id,
        lambda one: bool(document.url) and one.url == document.url,
        lambda one: (one.title, one.outlet) == (document.title, document.outlet) and bool(one.title),
    )
    within = [one for one in known if None in (document.sha256, one.sha256) or one.sha256 == document.sha256]
    return next((one for test in tests for one in within if test(one)), None)


def _metadata_changes(document: Document, recorded: Document) -> dict[str, Any]:
    """Return the fields in which an entry says something else than the record; what it leaves out stays."""
    given = document.model_fields_set - {"id", "file", "text", "sha256", "made_from"}
    new = {name: getattr(document, name) for name in type(document).model_fields if name in given}
    return {name: value for name, value in new.items() if value and value != getattr(recorded, name)}


def complete_lines(book: Book, statements: Iterable[IncomingStatement]) -> Iterator[PublishedLine | Prepared | Finding]:
    """Yield statements ready to be taken in, or what is wrong with their fields."""
    for statement in statements:
        yield from complete_fields_of(dict(statement.fields), book, where=statement.where)
