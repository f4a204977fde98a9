"""Statements: search and facets over all statements, and the documents that have the words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.components.document_hits import build_document_hits
from dashboard.components.listing import build_view_form
from dashboard.components.search_facets import build_chosen, build_facets
from dashboard.components.statement_list import build_statement_list
from dashboard.frames.statement_search import find_by_view, found_frame, page_frame
from dashboard.markup import elements as html
from dashboard.markup.forms import day_field
from dashboard.pages.base import Page, Styles
from dashboard.query.case import Picture
from dashboard.query.view import LONGEST_SEARCH, View
from positions.wording.search import COUNT_COLUMNS, advice_words, count_rows, found_words

ROWS: Final = 50
"""The rows on a page of the list."""
DOCUMENT_COLUMNS: Final = ("document", "title", "outlet", "published_on")


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Show the search, what it found by page, the counts that narrow it, and the documents with the words."""
    codebook, result = picture.case.codebook, find_by_view(picture, view)
    pages = max(1, -(-len(result.statements) // ROWS))
    number = min(view.number, pages)
    frame = page_frame(picture.case, result, number, ROWS)
    found: list[Any] = [html.P(advice_words(result))]
    if len(frame):
        rows = build_statement_list(frame, styles, codebook, terms=result.terms)
        found = [rows, _pager(view, number, pages)]
    listed = [html.P(found_words(result, codebook), className="found", role="status"), *found]
    return [
        _form(view),
        build_chosen(view, codebook),
        html.Div([html.Div(listed), build_facets(result, view, codebook)], className="faceted"),
        *build_document_hits(picture.case, result, view),
    ]


def _form(view: View) -> html.Node:
    words = html.Input(type="search", name="q", value=view.search, maxlength=str(LONGEST_SEARCH))
    fields = [
        html.Label(["Words, or a “phrase”", words], className="wide-field"),
        day_field("Said from", "since", view.since),
        day_field("to", "as_of", view.as_of),
    ]
    return build_view_form(view, fields, keep={"q", "since", "as_of", "n"}, button="Search")


def _pager(view: View, number: int, pages: int) -> html.Node | None:
    if pages == 1:
        return None
    steps = [("Later statements", number - 1), ("Earlier statements", number + 1)]
    links = [html.A(words, href=replace(view, number=to).address()) for words, to in steps if 1 <= to <= pages]
    return html.P([f"Page {number} of {pages}", *links], className="pager")


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the statements found, the counts by facet, and the documents with the words."""
    case, result = picture.case, find_by_view(picture, view)
    documents = [case.documents[name] for name in result.documents]
    rows = [(one.id, one.title, one.outlet, str(one.published_on)) for one in documents]
    return {
        "statements": found_frame(case, result),
        "counts": pd.DataFrame(count_rows(result, case.codebook), columns=list(COUNT_COLUMNS)),
        "documents": pd.DataFrame(rows, columns=list(DOCUMENT_COLUMNS)),
    }


PAGE: Final = Page("statements", "Statements", above, tables)
