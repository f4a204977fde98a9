"""Import records from files: all of them or none, with all findings at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from positions.errors import DataError, Finding
from positions.files.reading import CUT_OFF, json_object
from positions.model.codebook_version import CodebookVersion
from positions.model.revision import ENDING, KINDS
from positions.model.words import is_unicode
from positions.store.book import Book
from positions.store.codebook_versions import past_ids
from positions.store.log import batched
from positions.store.prepared import Prepared, prepare_statement
from positions.store.published import Envelope, PublishedLine, parse_fields

MOST_FINDINGS: Final = 200
"""The most findings of an import to list one by one."""


def take_all(
    book: Book,
    lines: Iterable[PublishedLine | Prepared | Finding],
    *,
    complete_codebook: Callable[[Book], object] = lambda _: None,
) -> int:
    """Take in every line and return how many were new; raise ``DataError`` with all findings if any line is wrong.

    ``complete_codebook`` may add to the codebook what the lines brought, before their claims are checked by it.
    Call it inside the transaction that the error should roll back. Lines are taken in small batches, so that memory
    does not grow with the file.
    """
    findings: list[Finding] = []
    more = new = 0
    if isinstance(lines, list):
        book.past_words.learn(content for line in lines if isinstance(content := _content(line), CodebookVersion))
    for batch in batched(lines):
        fresh, batch_findings = book.take(batch)
        room = MOST_FINDINGS - len(findings)
        findings += batch_findings[:room]
        more += len(batch_findings[room:])
        new += fresh
    complete_codebook(book)
    findings += _follow_codebook(book)
    if more:
        findings.append(Finding("and", "", f"{more} more findings"))
    if findings:
        raise DataError(findings)
    return new


def _follow_codebook(book: Book) -> list[Finding]:
    """Bring claims that were taken in with words of the past to today's; return what stays wrong."""
    findings: list[Finding] = []
    recode = past_ids(book.log).recode
    for kind, claim in book.past_words.take_outdated():
        wrong = book.findings(claim, claim.id, was_recorded=True)
        recoded = recode(claim)
        if wrong and recoded != claim and not book.findings(recoded, claim.id, was_recorded=True):
            book.record(kind, claim.id, recoded, action="recode", reason="taken in by the codebook of now")
        elif kind == "statement":
            findings += wrong
    return findings


def _content(line: PublishedLine | Prepared | Finding) -> object:
    return line.revision.content if isinstance(line, PublishedLine) else None


def published_lines(lines: Iterable[PublishedLine]) -> list[PublishedLine]:
    """Sort a data folder's lines for taking in: by recorded_at, documents first, each id by number."""

    def recording_order(line: PublishedLine) -> tuple[datetime, int, str, int]:
        revision = line.revision
        return (revision.recorded_at, KINDS.index(revision.kind), revision.id, revision.number)

    return sorted(lines, key=recording_order)


def import_file(book: Book, path: Path, *, on_bytes: Callable[[int], None] = lambda _: None) -> int:
    """Take in the statements of a JSON-lines file; see :func:`file_lines` and :func:`take_all`."""
    book.past_words.learn([])
    with closing(file_lines(path, book, on_bytes=on_bytes)) as lines:
        return take_all(book, lines)


def file_lines(
    path: Path, book: Book, *, on_bytes: Callable[[int], None] = lambda _: None
) -> Generator[PublishedLine | Prepared | Finding]:
    """Yield the statements of a JSON-lines file to take in; ``on_bytes`` hears how many bytes were read.

    What follows from the rest is filled in. A statement without an id gets one made from its content, so that importing
    a file twice changes nothing. A long file is read by other processes; closing the generator ends them.
    """
    from positions.store.parallel_reader import read_pieces  # brings what starts processes, which an add never needs

    name, before = path.name, 0
    for piece in read_pieces(path, book.codebook):
        for number, line in piece.found:
            where = f"{name}:{before + number}"
            if isinstance(line, bytes):
                yield from _read_incomplete_line(line, book, where=where)
            else:
                yield prepare_statement(line, where=where)
        before += piece.lines
        on_bytes(piece.size)


def _read_incomplete_line(line: bytes, book: Book, *, where: str) -> Iterator[PublishedLine | Finding]:
    """Read a line that is not a complete statement: fields have to be filled in, or are wrong."""
    if not line.endswith(b"\n"):
        yield Finding(where, "", CUT_OFF)
        return
    fields = json_object(line, where=where)
    yield from [fields] if isinstance(fields, Finding) else complete_fields_of(fields, book, where=where)


def complete_fields_of(fields: dict[str, Any], book: Book, *, where: str) -> Iterator[PublishedLine | Finding]:
    """Yield the statement that some of its fields make, what follows from the rest filled in, or all that is wrong."""
    if wrong := list(_value_findings(fields, where=where)):
        yield from wrong
        return
    try:
        yield from parse_fields(_assign_id(fields, book), kind="statement", where=where, folder=Path())
    except DataError as error:
        yield from (finding.at(where) for finding in error.findings)


def _assign_id(fields: dict[str, Any], book: Book) -> dict[str, Any]:
    if fields.get("action") in ENDING:
        return fields
    own = {name: fields[name] for name in fields if name in Envelope.model_fields}
    content = {name: value for name, value in fields.items() if name not in own}
    if "id" not in content:
        content_json = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        content["id"] = f"{content.get('document', 'x')}-{hashlib.sha256(content_json.encode()).hexdigest()[:10]}"
    return {**own, **book.complete(content)}


def _value_findings(fields: Mapping[str, object], *, where: str) -> Iterator[Finding]:
    """Find values that no field of a statement holds, before anything is looked up or completed by them."""
    for name, value in fields.items():
        if not isinstance(value, str | int | float | None) or isinstance(value, bool):
            yield Finding(where, name, f"found {type(value).__name__}, allowed: text or a number")
        elif isinstance(value, str) and not is_unicode(value):
            yield Finding(where, name, "found half a surrogate pair, allowed: text")
