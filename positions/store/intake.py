"""Taking records in from files: all of them or none, every finding at once."""

from __future__ import annotations

import csv
import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from positions.errors import DataError, Finding
from positions.reading import decode, json_object, read_bytes
from positions.revision import NOT_RECORDED, Revision
from positions.statement import Statement
from positions.store.book import Book
from positions.store.log import batched
from positions.store.text import Envelope, Line, parse_fields
from positions.writing import FORMULA

MOST_FINDINGS: Final = 200
"""How many findings of one import are told one by one."""


def take_all(book: Book, lines: Iterable[Line | Finding]) -> int:
    """Take in every line, or raise ``DataError`` with all that is wrong; return how many were new.

    Call it inside the transaction that the error is to undo. Lines are taken in small batches: a long file needs no
    memory.
    """
    findings: list[Finding] = []
    more = new = 0
    with _no_collection():
        for batch in batched(lines):
            fresh, found = book.take(batch)
            room = MOST_FINDINGS - len(findings)
            findings += found[:room]
            more += len(found[room:])
            new += fresh
    if more:
        findings.append(Finding("and", f"{more} more findings"))
    if findings:
        raise DataError(findings)
    return new


def published_lines(lines: Iterable[Line]) -> list[Line]:
    """Order a data folder's lines as a book takes them in: by recorded_at, documents first, each id by number."""
    return sorted(
        lines, key=lambda line: (line.revision.recorded_at, line.revision.kind, line.revision.id, line.revision.number)
    )


def file_lines(path: Path, book: Book, *, told: Callable[[int], None] = lambda _: None) -> Iterator[Line | Finding]:
    """Yield the statements of a JSON-lines or CSV file as lines to take in; ``told`` hears how many bytes were read.

    What follows from the rest is filled in. A statement without an id gets one made from its content, so that importing
    a file twice changes nothing.
    """
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _json_rows(path)
    for where, fields, size in rows:
        told(size)
        if isinstance(fields, Finding):
            yield fields
        elif isinstance(fields, Statement):
            yield Line(where, Revision("statement", fields.id, 1, "add", fields, NOT_RECORDED, ""))
        else:
            try:
                whole = _identified(fields, book)
                yield from parse_fields(whole, kind="statement", where=where, folder=path.parent)
            except DataError as error:
                for finding in error.findings:
                    yield Finding(f"{where} {finding.where.rpartition(' ')[2]}", finding.message)


def _identified(fields: dict[str, Any], book: Book) -> dict[str, Any]:
    if fields.get("action") == "retract":
        return fields
    own = {name: fields[name] for name in fields if name in Envelope.model_fields}
    content = {name: value for name, value in fields.items() if name not in own}
    if "id" not in content:
        told = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        content["id"] = f"{content.get('document', 'x')}-{hashlib.sha256(told.encode()).hexdigest()[:10]}"
    return {**own, **book.filled(content)}


def _json_rows(path: Path) -> Iterator[tuple[str, Statement | dict[str, Any] | Finding, int]]:
    """Yield whole statements where a line is one, which is fast, and fields where something has to be filled in."""
    try:
        with path.open("rb") as source:
            for number, line in enumerate(source, 1):
                where = f"{path.name}:{number}"
                if not line.endswith(b"\n"):
                    cut = "the last line has no line end, so the file may have been cut off"
                    yield where, Finding(where, cut), len(line)
                elif line.strip():
                    yield where, _whole(line) or json_object(line, where=where), len(line)
    except OSError:
        read_bytes(path)  # raises the error that names the file


def _whole(line: bytes) -> Statement | None:
    try:
        return Statement.model_validate_json(line)
    except ValidationError:
        return None


def _csv_rows(path: Path) -> Iterator[tuple[str, dict[str, Any] | Finding, int]]:
    text = decode(read_bytes(path), where=path.name).removeprefix("\ufeff")
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header = next(reader, [])
    allowed = [*Statement.model_fields, *Envelope.model_fields]
    unknown = [name for name in header if name not in allowed] or [name for name in header if header.count(name) > 1]
    if unknown or not header:
        found = (
            f"found {unknown[0]!r}, allowed: {', '.join(allowed)}, each once" if unknown else "the header is missing"
        )
        yield f"{path.name}:1", Finding(f"{path.name}:1", found), len(text)
        return
    try:
        for cells in reader:
            where = f"{path.name}:{reader.line_num}"
            if len(cells) != len(header):
                yield where, Finding(where, f"found {len(cells)} cells, allowed: {len(header)} as in the header"), 1
            else:
                yield (
                    where,
                    {name: _cell(cell) for name, cell in zip(header, cells, strict=True) if cell},
                    sum(map(len, cells), len(cells)),
                )
    except csv.Error as error:
        where = f"{path.name}:{reader.line_num}"
        yield where, Finding(where, f"not CSV: {error}"), 1


def _cell(cell: str) -> str:
    """Undo what made a cell safe for spreadsheets."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


@contextmanager
def _no_collection() -> Iterator[None]:
    """Spare the cyclic garbage collector: millions of small acyclic objects make it cost more than the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
