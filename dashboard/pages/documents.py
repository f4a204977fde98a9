"""Documents: the list of them, and a document with every quote marked and the words of a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing, build_view_form
from dashboard.components.marked_text import cut_at_quotes, link_quotes
from dashboard.frames.statement_search import find_by_view, found_frame
from dashboard.markup import elements as html
from dashboard.markup.edit_links import document_links
from dashboard.markup.parts import aria, data_attributes, party_name, text_attributes
from dashboard.pages.base import Page, Styles
from dashboard.query.case import Picture
from dashboard.query.view import LONGEST_SEARCH, View
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.statement import Statement
from positions.quotes.text_view import Span
from positions.quotes.word_search import find_terms, read_terms
from positions.wording.documents import outlet_words, provenance_lines
from positions.wording.languages import language_name


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Show a document, or the list of documents under a search that leads to the page of statements."""
    document = picture.case.documents.get(view.document or "")
    return _document(document, picture, view, styles) if document else _document_list(picture, view)


def _document_list(picture: Picture, view: View) -> list[Any]:
    case = picture.case
    tally = case.index.count_by_document()
    ordered = sorted(
        case.documents.values(),
        key=lambda document: (document.published_on.last, document.id),
        reverse=True,
    )
    has_languages = any(document.language for document in ordered)
    rows = [
        (
            html.A(
                document.title,
                dir="auto",
                href=View(page="documents", document=document.id, parties=view.parties).address(),
            ),
            outlet_words(document),
            document.published_on.in_words(),
            *([language_name(document.language) if document.language else "not known"] if has_languages else []),
            str(tally[document.id]),
        )
        for document in ordered[:MOST_DOCUMENTS]
    ]
    more = (
        [html.P(f"{len(ordered) - MOST_DOCUMENTS} more are in the JSON twin.")] if len(ordered) > MOST_DOCUMENTS else []
    )
    search = build_view_form(
        replace(view, page="statements"), [_words_field(view, "Search all")], keep={"q", "n"}, button="Search"
    )
    return [
        html.Section(
            [
                search,
                build_listing(
                    ("Title", "Outlet", "Published", *(["Language"] if has_languages else []), "Statements"), rows
                ),
                *more,
            ],
            className="part",
        )
    ]


def _words_field(view: View, label: str) -> html.Node:
    return html.Label([label, html.Input(type="search", name="q", value=view.search, maxlength=str(LONGEST_SEARCH))])


MOST_DOCUMENTS: Final = 50
"""The most documents listed."""


def _document(document: Document, picture: Picture, view: View, styles: Styles) -> list[Any]:
    statements = [record.statement for record in picture.case.index.in_document(document.id)]
    parties = list(dict.fromkeys(statement.holder for statement in statements))
    legend = [html.Li(party_name(party, styles)) for party in styles if party in parties]
    size = html.A(
        count_words(len(statements), "statement"), href=View(page="statements", document=document.id).address()
    )
    languages = [f"{language_name(document.language)} · "] if document.language else []
    back = html.A("All documents", href=replace(view, document=None, search="", number=1, statement=None).address())
    source = f"{outlet_words(document)} · {document.published_on.in_words()} · "
    places = find_terms(document.text or "", read_terms(view.search))
    aside = html.Aside(className="beside", **data_attributes(part="beside"), **aria(label="The record of a quote"))
    text = _text(document, statements, picture, (view, places, styles))
    return [
        html.Section(
            [
                html.P([back, *document_links(picture.case, document.id)]),
                html.P([source, *languages, size]),
                *(html.P(line, className="small muted") for line in provenance_lines(document)),
                _find_in_text(view, places),
                html.Ul(legend, className="keys"),
                html.Div([text, aside], className="reading"),
            ],
            className="part",
        )
    ]


def _find_in_text(view: View, places: Sequence[Span]) -> html.Node:
    """Build the search in one document and the links to the places of its words."""
    form = build_view_form(view, [_words_field(view, "Find words in it")], keep={"q", "n"}, button="Find")
    if not view.search:
        return form
    links = [
        html.A(
            str(number), href=replace(view, number=number, statement=None).address(), **aria(label=f"Place {number}")
        )
        for number in range(1, min(len(places), MOST_PLACES) + 1)
    ]
    words = f"{count_words(len(places), 'place')} with {view.search}" if places else f"Nowhere: {view.search}"
    return html.Div([form, html.P([f"{words}{': ' if links else '.'}", *links], className="pager")])


MOST_PLACES: Final = 30
"""The most places in a document that have a link of their own; all are marked."""


def _text(
    document: Document, statements: Sequence[Statement], picture: Picture, shown: tuple[View, Sequence[Span], Styles]
) -> html.Node:
    view, places, styles = shown
    if document.text is None:
        return html.P("The text of this document is not held here; its quotes cannot be shown in place.")

    def to(ref: str) -> str:
        return replace(view, statement=ref).address()

    return html.Div(
        link_quotes(cut_at_quotes(document.text, statements, picture.case.codebook, styles), to, places=places),
        className="document whole",
        tabIndex=0,
        role="region",
        **text_attributes(document),
        **aria(label=f"Text of “{document.title}”"),
        **(data_attributes(hit=str(min(view.number, len(places)))) if places and not view.statement else {}),
    )


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the documents, and the statements found by the search and the filters, of the one that is read or all."""
    rows = [
        (
            document.id,
            document.title,
            document.outlet,
            str(document.published_on),
            document.url,
            document.language or "",
            document.origin or "",
        )
        for document in picture.case.documents.values()
    ]
    columns = ["document", "title", "outlet", "published_on", "url", "language", "origin"]
    found = find_by_view(picture, replace(view, since=None))
    return {"documents": pd.DataFrame(rows, columns=columns), "statements": found_frame(picture.case, found)}


def heading(picture: Picture, view: View) -> str:
    """Return the title of the document that is read; empty for the list of them."""
    return picture.case.documents[view.document].title if view.document else ""


PAGE: Final = Page("documents", "Documents", above, tables, days=False, heading=heading)
