"""Statements as CSV that a spreadsheet opens, and CSV as spreadsheets of all countries save it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from positions.errors import DataError, Finding
from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.headings import HEAD, STATEMENT_HEADINGS
from positions.exchange.incoming import ImportSource, Incoming
from positions.exchange.made_from import MadeFrom
from positions.exchange.statement_rows import read_statement_rows
from positions.exchange.tables import Line
from positions.files.reading import decode, read_bytes
from positions.files.writing import restore_cell
from positions.model.statement import Statement
from positions.wording.serialise import csv_bytes

_SEPARATORS: Final = (",", ";", "\t")
_NAMED: Final = "sep="
"""How a first line begins by which Excel is told the separator."""
_LONGEST_CELL: Final = 100_000_000


def write_csv(content: BookContent) -> Exported:
    """Return a row for each statement, in order of id, with a column for each field and one for the log's head."""
    unset = dict.fromkeys(Statement.model_fields)  # a field that is seldom set is left out where it is not
    head = {HEAD: MadeFrom.of(content).text()}
    rows = [unset | record.statement.model_dump(mode="json") | head for record in content.records]
    return Exported({ONLY: csv_bytes(rows, [*Statement.model_fields, HEAD])})


def read_csv(source: ImportSource) -> Incoming:
    """Return the statements of a CSV file, whatever its encoding and separator; see :func:`read_statement_rows`."""
    name = source.path.name
    text, notes = decode_table(read_bytes(source.path), name=name)
    return read_statement_rows(_lines(text, name), source.codebook, name=name, notes=notes)


def decode_table(content: bytes, *, name: str) -> tuple[str, list[str]]:
    """Return a file's text, and a line on its encoding if that is not UTF-8; raise ``DataError`` for no text at all.

    UTF-16 is known by its mark. What is no UTF-8 is the encoding of Western Windows, unless some of it is UTF-8: then
    it is damaged.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), [f"{name} was read as UTF-16"]
        except UnicodeDecodeError:
            raise DataError([Finding(name, "", "damaged: it begins as UTF-16 and does not go on as such")]) from None
    try:
        return decode(content, where=name).removeprefix("\ufeff"), []
    except DataError:
        is_mixed = not content.decode(errors="ignore").isascii()
        try:
            windows = content.decode("cp1252")
        except UnicodeDecodeError:
            windows = ""
        if is_mixed or not windows or "\x00" in windows:
            raise
        return windows, [f"{name} is not UTF-8 and was read as Windows-1252: look whether accents are right"]


def _lines(text: str, name: str) -> Iterator[Line]:
    """Yield the lines of a CSV file with their numbers; raise ``DataError`` for what is not CSV."""
    separator, start = _separator(text)
    # Line ends as they are: a cell may hold what other programs take for one.
    reader = csv.reader(io.StringIO(text[start:], newline=""), strict=True, delimiter=separator)
    before = text.count("\n", 0, start)
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        for cells in reader:
            yield f"{name}:{before + reader.line_num}", [restore_cell(cell) for cell in cells]
    except csv.Error as error:
        raise DataError([Finding(f"{name}:{before + reader.line_num}", "", f"not CSV: {error}")]) from None
    finally:
        csv.field_size_limit(limit)


def _separator(text: str) -> tuple[str, int]:
    """Return what separates the cells, and where the table begins."""
    first, _, _ = text.partition("\n")
    if first.lower().startswith(_NAMED) and len(first.rstrip("\r")) == len(_NAMED) + 1:
        return first[len(_NAMED)], len(first) + 1
    return max(_SEPARATORS, key=lambda one: STATEMENT_HEADINGS.count(_first_cells(text, one))), 0


def _first_cells(text: str, separator: str) -> Sequence[str]:
    try:
        return next(csv.reader(io.StringIO(text[:10_000], newline=""), delimiter=separator), [])
    except csv.Error:
        return []
