"""The columns of a workbook's sheets: what stands in them, how wide they are and how they look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

from positions.exchange.edited_words import id_words
from positions.exchange.headings import IN_WORDS, STATEMENT_HEADINGS, WORD_FIELDS
from positions.exchange.statement_rows import STATEMENT_KINDS
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.field_use import Holds
from positions.wording.fields import DOCUMENT_WORDS

Look: TypeAlias = Literal["text", "long", "words", "number", "date"]
FIRST_SERIAL_DAY: Final = date(1900, 3, 1)
"""The first day that all spreadsheets count alike; earlier ones are text."""
_NUMBERS: Final[frozenset[Holds]] = frozenset({"offset", "level", "range", "share"})
_WIDTHS: Final[Mapping[str, int]] = {
    "quote": 60,
    "note": 30,
    "translation": 30,
    "title": 40,
    "url": 30,
    "said_on": 12,
    "published_on": 12,
    "speaker": 14,
    "document": 12,
    "condition_for": 20,
    "id": 12,
}
_LONG: Final = frozenset({"quote", "note", "translation", "title"})


class SheetColumn(NamedTuple):
    """A column: the ``field`` that it holds, or its value in words if it ``is_words``, which nobody needs to edit."""

    field: str
    heading: str
    look: Look
    width: int
    is_words: bool = False


@cache
def statement_columns() -> tuple[SheetColumn, ...]:
    """Return the columns of statements: each field, beside ids what they mean, beside the document its outlet."""
    columns: list[SheetColumn] = []
    for field, holds in STATEMENT_KINDS.items():
        look: Look = "number" if holds in _NUMBERS else "date" if holds == "date" else "text"
        label = STATEMENT_HEADINGS.label(field)
        columns.append(SheetColumn(field, label, "long" if field in _LONG else look, _WIDTHS.get(field, 10)))
        if field in WORD_FIELDS:
            columns.append(SheetColumn(field, f"{label}{IN_WORDS}", "words", 18, True))
        if field == "document":
            columns.append(SheetColumn("outlet", "Outlet", "words", 14, True))
            columns.append(SheetColumn("published_on", "Published on", "date", 12, True))
    return tuple(columns)


DOCUMENTS: Final = (
    *(
        SheetColumn(
            field,
            label,
            "date" if field == "published_on" else "long" if field in _LONG else "text",
            _WIDTHS.get(field, 14),
        )
        for field, label in DOCUMENT_WORDS.items()
    ),
    SheetColumn("characters", "Characters", "number", 10, True),
    SheetColumn("statements", "Statements", "number", 10, True),
)
"""The columns of documents: their metadata, and how much there is of each."""


def statement_words(codebook: Codebook, texts: Mapping[str, str], document: Document | None) -> dict[str, str]:
    """Return what the columns beside ids say of a statement, and of its document."""
    words = {field: id_words(codebook, field, texts) for field in WORD_FIELDS if field != "document"}
    if document is None:
        return words
    return words | {
        "document": document.title,
        "outlet": document.outlet,
        "published_on": document.published_on.text,
    }
