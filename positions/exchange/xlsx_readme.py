"""The read-me of a workbook: what may be edited in it, how it comes back, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from positions.exchange.content import BookContent
from positions.exchange.made_from import MadeFrom
from positions.model.lists import count_words

MADE_FROM: Final = "Made from"
CODEBOOK_MARK: Final = "Codebook sheet"


def readme_rows(content: BookContent, *, made_from: str, codebook_mark: str) -> Iterator[tuple[str, str]]:
    """Yield the rows: a heading and a sentence each."""
    counts = [
        count_words(len(content.records), "statement"),
        count_words(len(content.documents), "document"),
    ]
    yield content.codebook.title, " on ".join(counts)
    yield "", ""
    yield "What may be edited", "Any cell of the sheets statements and documents, but the columns in italics."
    yield "Drop-downs", "They list the words that the codebook allows, on a statement's issue its elements and levels."
    yield "Add a statement", "In a new row below; leave Statement empty, it gets its id when it is taken back."
    yield "", "Offsets, whose word it is and how the words reach us follow from the rest: leave them empty."
    yield "Take one out", "Delete its row. Whoever takes the workbook back is asked whether to keep or to retract it."
    yield "Dates", "A day as a date; what is not known to the day as text: 2022-02, 2022, 2022-02-25/2022-02-27."
    yield "Columns in italics", "Words for the ids beside them. Words that are changed alone are understood as an id."
    yield "codebook", "For looking up; what is changed there is not taken back."
    yield "Hidden and filtered", "Hidden rows count as rows. Sorting is free, merged cells are not read."
    yield (
        "How it comes back",
        "positions import book.xlsx --dry-run shows what would change; without --dry-run it does.",
    )
    yield "", "What somebody else changed in the record book since is named, and nothing is overwritten."
    yield "", ""
    yield MADE_FROM, made_from
    yield CODEBOOK_MARK, codebook_mark


def read_marks(rows: Iterable[Sequence[object]]) -> tuple[MadeFrom | None, str]:
    """Return what a read-me says that its workbook was made from, and the mark of the codebook's sheet."""
    marks = {str(row[0]).strip(): str(row[1]) for row in rows if len(row) > 1}
    return MadeFrom.parse(marks.get(MADE_FROM, "")), marks.get(CODEBOOK_MARK, "")
