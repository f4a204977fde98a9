"""Documents that have the words of a search, with excerpts that open the document there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dashboard.components.statement_list import mark_terms
from dashboard.markup import elements as html
from dashboard.markup.parts import text_attributes
from dashboard.query.case import Case
from dashboard.query.view import View
from positions.analysis.search import SearchResult
from positions.model.document import Document
from positions.model.lists import count_words
from positions.quotes.text_view import Span
from positions.quotes.word_search import SearchTerm, find_terms
from positions.wording.documents import outlet_words
from positions.wording.quotes import readable_quote

MOST_HITS: Final = 20
"""The most documents shown; the page's CSV and JSON have all."""
MOST_EXCERPTS: Final = 3
"""The most excerpts of a document."""
AROUND: Final = 70
"""Characters of an excerpt on each side of a word."""


def build_document_hits(case: Case, result: SearchResult, view: View) -> list[Any]:
    """Build the section of the documents with a search's words; nothing if no words are searched for."""
    if not result.terms:
        return []
    names = result.documents
    shown = [html.Li(_hit(case.documents[name], result.terms, view)) for name in names[:MOST_HITS]]
    more = [html.P(f"The last {MOST_HITS} of {len(names):,} are shown.")] if len(names) > MOST_HITS else []
    none = [] if names else [html.P("No document that was published by then has all of the words.")]
    head = html.H2(f"{count_words(len(names), 'document')} with these words")
    return [html.Section([head, *none, html.Ul(shown, className="hits"), *more], className="part")]


def view_at_hit(view: View, document: str, number: int) -> View:
    """Return the view of a document at one of the places of a search's words, counted from 1."""
    return View(
        page="documents",
        document=document,
        search=view.search,
        number=number,
        as_of=view.as_of,
        known_at=view.known_at,
        public_by=view.public_by,
    )


def _hit(document: Document, terms: Sequence[SearchTerm], view: View) -> list[Any]:
    text = document.text or ""
    places = find_terms(text, terms)
    title = html.A(mark_terms(document.title, terms), href=view_at_hit(view, document.id, 1).address(), dir="auto")
    source = f"{outlet_words(document)} · {document.published_on.in_words()} · {count_words(len(places), 'place')}"
    excerpts = [
        html.Li(html.A(_excerpt(text, place, terms), href=view_at_hit(view, document.id, number).address()))
        for number, place in _apart(places)[:MOST_EXCERPTS]
    ]
    return [title, html.Small(source), html.Ul(excerpts, className="excerpts", **text_attributes(document))]


def _apart(places: Sequence[Span]) -> list[tuple[int, Span]]:
    """Return the places, numbered from 1, that no excerpt of an earlier one shows."""
    apart: list[tuple[int, Span]] = []
    for number, place in enumerate(places, 1):
        if not apart or place.start > apart[-1][1].end + AROUND:
            apart.append((number, place))
    return apart


def _excerpt(text: str, place: Span, terms: Sequence[SearchTerm]) -> list[Any]:
    first, last = max(0, place.start - AROUND), min(len(text), place.end + AROUND)
    # Cut at blanks, if there are any: half a word reads badly.
    if first and " " in text[first : place.start]:
        first = text.index(" ", first) + 1
    if last < len(text) and " " in text[place.end : last]:
        last = text.rindex(" ", place.end, last)
    words = " ".join(readable_quote(text[first:last]).split())
    return ["…" * (first > 0), *mark_terms(words, terms), "…" * (last < len(text))]
