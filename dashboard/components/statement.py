"""The record of a statement: its quote, marked in the document, and everything recorded about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.components.related_statements import build_related, list_overlapping
from dashboard.components.revision_history import build_history
from dashboard.markup import elements as html
from dashboard.markup.edit_links import statement_links
from dashboard.markup.parts import aria, data_attributes, party_name, text_attributes
from dashboard.query.case import Picture
from dashboard.query.view import View
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.document import Document
from positions.model.revision import Record, Revision
from positions.wording.documents import page_words
from positions.wording.fields import BASIS_WORDS, DIRECTNESS_WORDS, VOICE_WORDS
from positions.wording.languages import language_name
from positions.wording.links import web_address
from positions.wording.party_style import PartyStyle
from positions.wording.positions import claim_words
from positions.wording.quotes import readable_quote, translation_words
from positions.wording.speakers import speaker_words


def statement_title(record: Record, codebook: Codebook) -> str:
    """Return what the statement is about in a line: ``Russia on Venue: Minsk``."""
    statement = record.statement
    return f"{codebook.party(statement.holder).name} on {codebook.path_label(statement.issue, statement.element)}"


def build_statement_body(
    record: Record, picture: Picture, styles: Mapping[str, PartyStyle], history: Sequence[Revision] = ()
) -> html.Node:
    """Build the drawer's content: stance, quote, facts, the document with the quote marked, related statements."""
    document = picture.case.documents[record.statement.document]
    link = html.A(document.title, dir="auto", href=view_in_document(record, picture).address())
    parts = [*_record(record, picture, styles), html.H3(link), document_text(document, record)]
    return html.Div([*parts, *_context(record, picture, styles, history)], className="statement")


def build_record(
    record: Record, picture: Picture, styles: Mapping[str, PartyStyle], history: Sequence[Revision], view: View
) -> html.Node:
    """Build the record that is shown beside a document, without the document's text, with a link that closes it."""
    is_own_document = view.document == record.statement.document
    elsewhere = html.A("Read it in its own document", href=view_in_document(record, picture).address())
    head = [
        html.H2(statement_title(record, picture.case.codebook), tabIndex=-1),
        html.A("Close", href=replace(view, statement=None).address(), **data_attributes(close="1")),
    ]
    parts = [html.Div(head, className="titled"), *_record(record, picture, styles)]
    parts += list_overlapping(record, picture) if is_own_document else [html.P(elsewhere)]
    parts += _context(record, picture, styles, history)
    return html.Section(parts, className="statement", **data_attributes(shown=record.statement.id))


def view_in_document(record: Record, picture: Picture) -> View:
    """Return the view of a statement beside its document."""
    state, statement = picture.state, record.statement
    view = View(page="documents", document=statement.document, statement=statement.id, as_of=state.as_of)
    return replace(view, known_at=state.query.known_at, public_by=state.query.public_by)


def _record(record: Record, picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    codebook, document = picture.case.codebook, picture.case.documents[record.statement.document]
    translation = translation_words(record.statement)
    return [
        html.P([party_name(record.statement.holder, styles), " · ", claim_words(record.statement, codebook)]),
        html.Blockquote(f"“{readable_quote(record.statement.quote)}”", **text_attributes(document)),
        *([html.P(translation, className="translation", dir="auto")] if translation else []),
        html.Dl(_facts(record, document, codebook), className="facts"),
        *statement_links(picture.case, record.statement.id),
    ]


def _context(
    record: Record, picture: Picture, styles: Mapping[str, PartyStyle], history: Sequence[Revision]
) -> list[Any]:
    history_nodes = build_history(history, picture.case.codebook, picture.state.query.known_at)
    return [*build_related(record, picture, styles), *history_nodes]


def document_text(document: Document, record: Record) -> html.Node:
    """Return the whole document with the statement's quote in a ``mark``; a note if its text is not stored."""
    statement = record.statement
    if document.text is None:
        return html.Div("The text of this document is not held here; the quote cannot be checked.", className="absent")
    before, quote, after = (
        document.text[: statement.start],
        document.text[statement.start : statement.end],
        document.text[statement.end :],
    )
    return html.Div(
        [before, html.Mark(quote), after],
        id="document-text",
        className="document",
        tabIndex=0,
        role="region",
        **text_attributes(document),
        **aria(label=f"Text of “{document.title}”"),
    )


def _facts(record: Record, document: Document, codebook: Codebook) -> list[Any]:
    statement = record.statement
    link = web_address(document.url)
    outlet = html.A(document.outlet, href=link, rel="noopener noreferrer", target="_blank") if link else document.outlet
    recorded = record.recorded_at
    facts = {
        "Speaker": speaker_words(statement, codebook),
        "Whose word": f"{VOICE_WORDS[statement.voice]}, {DIRECTNESS_WORDS[statement.directness]}",
        "Said": f"{statement.said_on.in_words()} · {BASIS_WORDS[statement.said_on_basis]}",
        "Published": f"{document.published_on.in_words()} · {BASIS_WORDS[document.published_on_basis]}",
        "Outlet": outlet,
        "Page": page_words(document, statement.start),
        "Recorded": f"{day_in_words(recorded.date())}, {recorded:%H:%M} UTC",
        "Coded": f"by {statement.coder}, confidence {statement.confidence:.2f}",
        "Language": language_name(document.language) if document.language else "",
        "Note": statement.note,
    }
    return [item for name, fact in facts.items() if fact for item in (html.Dt(name), html.Dd(fact))]
