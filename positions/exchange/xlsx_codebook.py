"""The codebook's sheet of a workbook: the words that the drop-downs allow, each with its meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from positions.model.codebook import Codebook


class WordList(NamedTuple):
    """A table of the sheet: its ``name`` as lists are named, its headings and rows."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


Cells = tuple[str | int, ...]
_GAP: Final = 1


def word_lists(codebook: Codebook) -> tuple[WordList, ...]:
    """Return the tables that stand beside each other."""
    issues = codebook.issues
    elements = tuple((issue.id, one.id, one.label, one.definition) for issue in issues for one in issue.elements)
    levels = tuple(
        (issue.id, level.stance, level.label, level.definition) for issue in issues for level in issue.levels
    )
    paths = tuple(
        (f"{issue.id}/{one}" if one else issue.id, codebook.path_label(issue.id, one))
        for issue in issues
        for one in (None, *(element.id for element in issue.elements))
    )
    return (
        WordList("party", ("Party", "In words"), tuple((one.id, one.name) for one in codebook.parties)),
        WordList(
            "speaker",
            ("Speaker", "In words", "Other spellings"),
            tuple((one.id, one.name, ", ".join(one.aliases)) for one in codebook.speakers),
        ),
        WordList("issue", ("Issue", "In words"), tuple((one.id, one.label) for one in issues)),
        WordList("element", ("Issue of the element", "Element", "In words", "Meaning"), elements),
        WordList("level", ("Issue of the stance", "Stance", "In words", "Meaning"), levels),
        WordList("condition", ("What can come first", "In words"), paths),
    )


def first_columns(lists: Sequence[WordList]) -> dict[str, int]:
    """Return the column, from 0, in which each table begins."""
    columns: dict[str, int] = {}
    column = 0
    for one in lists:
        columns[one.name] = column
        column += len(one.headings) + _GAP
    return columns


def sheet_rows(lists: Sequence[WordList]) -> Iterator[Cells]:
    """Yield the rows of the sheet, the headings first; empty texts stand where a table has no more rows."""
    for row in zip_longest(*((one.headings, *one.rows) for one in lists)):
        cells: list[str | int] = []
        for one, part in zip(lists, row, strict=True):
            cells += [*(part or ("",) * len(one.headings)), *("",) * _GAP]
        yield tuple(cells)


def fingerprint(rows: Iterator[Sequence[object]]) -> str:
    """Return what tells whether somebody edited the sheet: of numbers and texts, empty cells and rows aside."""
    digest = hashlib.sha256()
    for row in rows:
        shown = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]
        line = "\x1f".join(shown).rstrip("\x1f")
        if line:
            digest.update(f"{line}\x1e".encode(errors="replace"))
    return digest.hexdigest()[:12]
