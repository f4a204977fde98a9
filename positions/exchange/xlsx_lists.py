"""The drop-downs of a workbook: for each column of statements the words that its cells may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from positions.exchange.statement_rows import STATEMENT_KINDS
from positions.exchange.xlsx_codebook import WordList, first_columns
from positions.exchange.xlsx_columns import SheetColumn
from positions.model.field_use import declared_fields
from positions.model.statement import Statement


class Validation(NamedTuple):
    """The drop-down of a column, counted from 0: a list of words, or the formula of the cells that hold them."""

    column: int
    source: str | list[str]


def validations(columns: Sequence[SheetColumn], lists: Sequence[WordList], documents: int) -> Iterator[Validation]:
    """Yield the drop-downs; those of elements and stances list what the issue of the row has."""
    words = {field.name: list(field.words) for field in declared_fields(Statement)}
    places = {column.field: number for number, column in enumerate(columns) if not column.is_words}
    sizes = {one.name: len(one.rows) for one in lists}
    for field, number in places.items():
        holds = STATEMENT_KINDS[field]
        if words[field]:
            yield Validation(number, words[field])
        elif holds == "document" and documents:
            yield Validation(number, f"=documents!$A$2:$A${documents + 1}")
        elif holds in ("element", "level", "range"):
            name = "element" if holds == "element" else "level"
            if sizes[name]:
                yield Validation(number, _of_issue(lists, name, column_letters(places["issue"])))
        elif sizes.get(holds):
            letters = column_letters(first_columns(lists)[holds])
            yield Validation(number, f"=codebook!${letters}$2:${letters}${sizes[holds] + 1}")


def _of_issue(lists: Sequence[WordList], name: str, issue: str) -> str:
    """Return the formula of an issue's part of a table: its rows stand together, the issue in the first column."""
    start = first_columns(lists)[name]
    key, value = column_letters(start), column_letters(start + 1)
    first = f"MATCH(${issue}2,codebook!${key}:${key},0)-1"
    return f"=OFFSET(codebook!${value}$1,{first},0,COUNTIF(codebook!${key}:${key},${issue}2),1)"


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
