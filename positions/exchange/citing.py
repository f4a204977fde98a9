"""Citations for reference managers: of a document, of a quote in it, and of a view of the record book."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from positions.exchange.bibtex import item_bibtex
from positions.exchange.csl import Item, document_item
from positions.exchange.ris import item_ris
from positions.model.dates import day_in_words
from positions.model.document import Document
from positions.model.statement import Claim

if TYPE_CHECKING:
    from collections.abc import Callable


def quote_item(statement: Claim, document: Document) -> Item:
    """Return the entry of the document that a quote stands in, with its page if that is known and the quote as note."""
    page = document.page_at(statement.start)
    located = {"page": str(page)} if page else {}
    return {**document_item(document), **located, "note": f"“{statement.quote}” (statement {statement.id})"}


@dataclass(frozen=True, slots=True)
class CitedView:
    """A view of a record book to cite: its day, the log's head, the day on which that was recorded.

    ``words`` are its citation in a sentence, ``address`` where it can be seen, empty if nowhere.
    """

    title: str
    as_of: date
    head: str
    recorded_on: date
    words: str
    address: str = ""


def view_item(view: CitedView) -> Item:
    """Return a view as a data set whose version is the log's head, issued when that was recorded."""
    item: Item = {
        "id": f"positions-{view.head.replace(':', '-')}-{view.as_of}",
        "type": "dataset",
        "title": f"{view.title}: positions as of {day_in_words(view.as_of)}",
        "issued": {"date-parts": [[view.recorded_on.year, view.recorded_on.month, view.recorded_on.day]]},
        "version": view.head,
        "note": view.words,
    }
    return item | ({"URL": view.address} if view.address.startswith(("http://", "https://")) else {})


def _csl_text(item: Item) -> str:
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


CITATIONS: Final[Mapping[str, Callable[[Item], str]]] = {
    "csl-json": _csl_text,
    "ris": item_ris,
    "bibtex": item_bibtex,
}
"""How an entry is written, by the name of the format."""
