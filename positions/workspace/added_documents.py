"""Record files as documents: one, or all of a folder, of which none is lost for another's fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from positions.errors import PositionsError, QueryError
from positions.extract.sources.discover import find_files
from positions.extract.sources.reader import (
    LARGEST,
    PASTED,
    UNREAD,
    SourceFile,
    read_content,
    read_source,
    unsupported_words,
)
from positions.extract.sources.source_text import source_error
from positions.files.reading import model_findings
from positions.model.dates import PartialDate, publication_problem
from positions.model.document import Document
from positions.store.book import Book
from positions.store.log import documents_in_force

_DAYS: Final = ("published_on", "fetched_on")
_PROBE: Final = {"id": "x", "title": "x", "outlet": "x", "published_on": "2000", "published_on_basis": "explicit"}
"""A document that is right, but for what a user gives."""
_MOST_TRIED = 100
"""Names of files that are tried for a text."""


class AddedDocuments(NamedTuple):
    """What was recorded of several files, and for each file that was not, why in a line."""

    documents: list[Document]
    problems: list[str]


def require_options(fields: Mapping[str, Any]) -> None:
    """Raise ``QueryError`` for values that no document may have, whatever the files hold that get them.

    A day that is empty, as of an unset variable, is a mistake; any other empty text is as the file says.
    """
    given = {name: value for name, value in fields.items() if value is not None and (value or name in _DAYS)}
    made_from = {"name": "x", "sha256": "0" * 64, "fetched_on": given.get("fetched_on")}
    values = {**_PROBE, **given, "made_from": made_from}
    values.pop("fetched_on", None)
    try:
        Document.model_validate(values)
        problems = {}
    except ValidationError as error:
        problems = {one.field.rpartition(".")[2]: one.message for one in model_findings(error, Document, where="")}
    for name in _DAYS:
        if name in given and name not in problems and (wrong := publication_problem(PartialDate.parse(given[name]))):
            problems[name] = wrong
    if problems:
        raise QueryError("\n".join(f"--{name.replace('_', '-')}: {words}" for name, words in problems.items()))


def add_pasted(book: Book, content: bytes, fields: Mapping[str, Any]) -> Document:
    """Record a pasted text or page, whose id follows from its title if none is given.

    Raises ``DataError`` if it is no text, or its day or outlet is neither found nor given.
    """
    is_page = content.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html"))
    source = read_content(content, Path(PASTED[is_page]))
    named = {**fields, "id": fields.get("id") or plain_title(source)}
    return book.add_document(_find_place(book, source, named, is_named=bool(fields.get("id"))))


def add_received(book: Book, name: str, content: bytes, fields: Mapping[str, Any]) -> Document:
    """Record what a reader sent: the bytes of a file of that name, or without a name a pasted text.

    Raises ``DataError`` as :func:`add_file` and :func:`add_pasted` do.
    """
    if not name:
        return add_pasted(book, content, fields)
    if len(content) > LARGEST:
        raise source_error(name, f"found {len(content):,} bytes, allowed: up to {LARGEST:,}; is it a single article?")
    source = read_content(content, Path(name))
    return book.add_document(_find_place(book, source, fields, is_named=bool(fields.get("id"))))


def documents_of(book: Book) -> Iterator[Document]:
    """Yield the documents that are in force while a book is written, in order of id."""
    return documents_in_force(book.log)


def plain_title(source: SourceFile) -> str:
    """Return a source's title as an id; that of its hash if the title has no letter that an id may have."""
    from positions.extract.sources.document_id import plain_id

    return plain_id(source.title) or f"document-{source.sha256[:8]}"


def add_file(book: Book, path: Path, fields: Mapping[str, Any]) -> Document:
    """Record a file; raise ``DataError`` or ``WorkspaceError`` if it cannot be read or be a document."""
    return book.add_document(_find_place(book, read_source(path), fields, is_named=bool(fields.get("id"))))


def add_folder(book: Book, folder: Path, fields: Mapping[str, Any]) -> AddedDocuments:
    """Record all documents of a folder and below, in order of name; each that cannot be is a problem and no more."""
    added = _add_each(book, map(Path, find_files(str(folder))), fields)
    unread = sorted(path for path in folder.rglob("*") if path.suffix.lower() in UNREAD and path.is_file())
    added.problems.extend(f"{path}: {unsupported_words(path)}" for path in unread)
    return added


def _add_each(book: Book, paths: Iterable[Path], fields: Mapping[str, Any]) -> AddedDocuments:
    added = AddedDocuments([], [])
    for path in paths:
        try:
            added.documents.append(add_file(book, path, fields))
        except PositionsError as error:
            words = " ".join(str(error).split())
            added.problems.append(words if str(path) in words else f"{path}: {words}")
    return added


def _find_place(book: Book, source: SourceFile, fields: Mapping[str, Any], *, is_named: bool) -> Document:
    """Return a source as a document in a file of its own, whose id, unless it was given, is free.

    Where another text has the id it is numbered, where one has the file that is named after the id.
    """
    document = source.document(**fields)
    if not is_named:
        name = next(name for name in _numbered(document.id) if _is_free(book, name, document))
        document = source.document(**{**fields, "id": name})
    files = (str(document.file), *(f"seeds/{name}.txt" for name in islice(_numbered(document.id), _MOST_TRIED)))
    file = next((file for file in files if not book.document_rules.other_text_in(file, document)), document.file)
    return document if file == document.file else source.document(**{**fields, "id": document.id, "file": file})


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _is_free(book: Book, name: str, document: Document) -> bool:
    """Return whether no other text has an id; the book tells of the same text under it."""
    other = book.document(name)
    return (other is None and not book.log.revisions_of(name)) or (
        other is not None and other.sha256 == document.sha256
    )
