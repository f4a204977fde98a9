"""Documents and statements: a searchable, paged table, and a document with every quote marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing, build_view_form
from dashboard.components.marked_text import cut_at_quotes, link_quotes
from dashboard.frames.issue_history import search_frame
from dashboard.markup import elements as html
from dashboard.markup.edit_links import document_links
from dashboard.markup.parts import aria, data_attributes, party_name, text_attributes
from dashboard.pages.base import Page, Styles
from dashboard.pages.issue import ledger
from dashboard.query.case import Picture
from dashboard.query.view import View
from positions.model.document import Document
from positions.model.lists import count_words
from positions.wording.documents import outlet_words, provenance_lines
from positions.wording.languages import language_name

ROWS: Final = 50
"""The rows on a page of the table."""


def search_statements(picture: Picture, view: View) -> pd.DataFrame:
    """Return the statements that match the search and the filters, in order of day."""
    codebook, case = picture.case.codebook, picture.case
    issues = [issue for issue in codebook.issues if not view.issues or issue.id in view.issues]
    frame = search_frame(case)
    frame = frame[frame["issue"].isin([issue.id for issue in issues])]
    if view.parties:
        frame = frame[frame["holder"].isin(view.parties)]
    if view.document:
        frame = frame[frame["statement"].map(lambda ref: case.records[ref].statement.document) == view.document]
    for word in view.search.casefold().split():
        frame = frame[frame["haystack"].str.contains(word, regex=False)]
    return frame.drop(columns="haystack")


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Show a document or the list of documents, then the search and the matching statements."""
    documents = picture.case.documents
    document = documents.get(view.document or "")
    first = _document(document, picture, view, styles) if document else _document_list(picture, view)
    frame = search_statements(picture, view)
    pages = max(1, -(-len(frame) // ROWS))
    number = min(view.number, pages)
    page_rows = frame.iloc[(number - 1) * ROWS : number * ROWS]
    field = html.Label(["Search statements", html.Input(type="search", name="q", value=view.search, maxlength="200")])
    summary = f"{count_words(len(frame), 'statement')}" + (f" with “{view.search}”" if view.search else "")
    table: Any = (
        ledger(page_rows, styles, picture.case.codebook)
        if len(page_rows)
        else html.P("Nothing was found; try fewer words or filters.")
    )
    return [
        *first,
        html.Section(
            [
                html.Div(
                    [html.H2("Statements"), build_view_form(view, [field], keep={"q", "n"}, button="Search")],
                    className="titled",
                ),
                html.P(f"{summary}; page {number} of {pages}."),
                table,
                _pager(view, number, pages),
            ],
            className="part",
        ),
    ]


def _pager(view: View, number: int, pages: int) -> html.Node | None:
    if pages == 1:
        return None
    steps = [("Earlier rows", number - 1), ("Later rows", number + 1)]
    links = [html.A(words, href=replace(view, number=to).address()) for words, to in steps if 1 <= to <= pages]
    return html.P([part for link in links for part in (link, " ")], className="pager")


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
    return [
        html.Section(
            [
                html.H2("Documents"),
                build_listing(
                    ("Title", "Outlet", "Published", *(["Language"] if has_languages else []), "Statements"), rows
                ),
                *more,
            ],
            className="part",
        )
    ]


MOST_DOCUMENTS: Final = 50
"""The most documents listed."""


def _document(document: Document, picture: Picture, view: View, styles: Styles) -> list[Any]:
    statements = [record.statement for record in picture.case.index.in_document(document.id)]
    parties = list(dict.fromkeys(statement.holder for statement in statements))
    legend = [html.Li(party_name(party, styles)) for party in styles if party in parties]
    size = count_words(len(statements), "statement")
    languages = [language_name(document.language)] if document.language else []
    back = html.A("All documents", href=replace(view, document=None, search="", number=1).address())

    def to(ref: str) -> str:
        return replace(view, statement=ref).address()

    text: Any = (
        html.Div(
            link_quotes(cut_at_quotes(document.text, statements, picture.case.codebook, styles), to),
            className="document whole",
            tabIndex=0,
            role="region",
            **text_attributes(document),
            **aria(label=f"Text of “{document.title}”"),
        )
        if document.text is not None
        else html.P("The text of this document is not held here; its quotes cannot be shown in place.")
    )
    aside = html.Aside(className="beside", **data_attributes(part="beside"), **aria(label="The record of a quote"))
    return [
        html.Section(
            [
                html.P([back, *document_links(picture.case, document.id)]),
                html.P(" · ".join([outlet_words(document), document.published_on.in_words(), *languages, size])),
                *(html.P(line, className="small muted") for line in provenance_lines(document)),
                html.Ul(legend, className="keys"),
                html.Div([text, aside], className="reading"),
            ],
            className="part",
        )
    ]


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return all matching statements and the documents."""
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
    documents = pd.DataFrame(rows, columns=["document", "title", "outlet", "published_on", "url", "language", "origin"])
    return {"statements": search_statements(picture, view), "documents": documents}


def heading(picture: Picture, view: View) -> str:
    """Return the title of the document that is read; empty for the list of them."""
    return picture.case.documents[view.document].title if view.document else ""


PAGE: Final = Page("documents", "Documents", above, tables, days=False, heading=heading)
