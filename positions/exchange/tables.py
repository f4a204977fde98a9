"""Tables as spreadsheets have them: where the headings stand, and the rows below that hold something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeAlias

from positions.errors import DataError, Finding
from positions.exchange.headings import Column, Headings

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell's value; what is empty is ``None`` or an empty text."""
Line: TypeAlias = tuple[str, Sequence[Cell]]
"""Where a line of a file stands, such as ``book.csv:12``, and its cells."""
_SEARCHED: Final = 20
"""In how many of the first lines the headings are looked for: people write titles above a table."""
_SURE: Final = 2
"""How many headings a line has that is one of headings."""


class SheetRow(NamedTuple):
    """A row of a table: its cells by field, and what columns beside ids say in words; an empty cell is a text too."""

    where: str
    cells: Mapping[str, Cell]
    words: Mapping[str, str]


def read_table(lines: Iterable[Line], headings: Headings, *, name: str) -> Iterator[SheetRow | Finding]:
    """Yield the rows of a table that hold something; raise ``DataError`` if it has no headings or wrong ones.

    A row with more cells than there are headings is a finding, unless those are empty.
    """
    rest = iter(lines)
    columns = _find_headings(rest, headings, name=name)
    for where, cells in rest:
        if all(is_blank(cell) for cell in cells):
            continue
        if len(cells) != len(columns) and not _is_padded(cells, len(columns)):
            yield Finding(where, "", f"found {len(cells)} cells, allowed: {len(columns)} as in the header")
        else:
            yield _make_row(where, cells, columns)


def _find_headings(rest: Iterator[Line], headings: Headings, *, name: str) -> Sequence[Column]:
    """Return what the columns hold; what is left of ``rest`` are the lines below the headings."""
    first: Line | None = None
    for number, (where, cells) in enumerate(rest, 1):
        if first is None and not all(is_blank(cell) for cell in cells):
            first = where, cells
        if headings.count(cells) >= _SURE or (number == 1 and headings.count(cells)):
            return _read_headings(headings, where, cells)
        if number == _SEARCHED:
            break
    if first is None:
        raise DataError([Finding(f"{name}:1", "", "the header is missing")])
    raise DataError([_no_headings(headings, first)])


def _read_headings(headings: Headings, where: str, cells: Sequence[Cell]) -> list[Column]:
    columns: list[Column] = []
    findings: list[Finding] = []
    for item in headings.read(cells, where=where):
        if isinstance(item, Finding):
            findings.append(item)
        else:
            columns.append(item)
    if findings:
        raise DataError(findings)
    while columns and not columns[-1].field and is_blank(cells[len(columns) - 1]):
        columns.pop()
    return columns


def _no_headings(headings: Headings, first: Line) -> Finding:
    """Say that no line has headings, by what is wrong with the first as one."""
    where, cells = first
    shown = " | ".join(str(cell)[:20] for cell in cells[:6])
    problems = [item for item in headings.read(cells, where=where) if isinstance(item, Finding)]
    nearest = problems[0].message if problems else "allowed: more than one heading"
    return Finding(where, "", f"no headings: found {shown!r}; {nearest}")


def _is_padded(cells: Sequence[Cell], count: int) -> bool:
    return len(cells) > count and all(is_blank(cell) for cell in cells[count:])


def _make_row(where: str, cells: Sequence[Cell], columns: Sequence[Column]) -> SheetRow:
    values: dict[str, Cell] = {}
    words: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column.is_words:
            words[column.field] = "" if cell is None else str(cell).strip()
        elif column.field:
            values[column.field] = "" if cell is None else cell
    return SheetRow(where, values, words)


def is_blank(cell: Cell) -> bool:
    """Return whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
