"""The statement drawer: a quote highlighted in its document, and all that is recorded about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from dashboard import elements as html
from dashboard.editing.links import statement_links
from dashboard.parts import aria, opener, party_name
from dashboard.source import Picture
from dashboard.words import BASES, DIRECTNESS, VOICES, stance_of
from positions.appearance import Look
from positions.codebook import Codebook
from positions.dates import day_in_words
from positions.documents import Document
from positions.revision import Record


def statement_title(record: Record, codebook: Codebook) -> str:
    """Say in a line what the statement is about: ``Russia on Venue: Minsk``."""
    said = record.statement
    return f"{codebook.party(said.holder).name} on {codebook.path_label(said.issue, said.element)}"


def statement_body(record: Record, picture: Picture, looks: Mapping[str, Look]) -> html.Element:
    """Build the drawer's content: stance, quote, the document with the quote marked, then the facts."""
    case = picture.case
    document = case.documents[record.statement.document]
    return html.Div(
        [
            html.P([party_name(record.statement.holder, looks), " · ", stance_of(record.statement, case.codebook)]),
            html.Blockquote(f"“{record.statement.quote}”"),
            html.Dl(_facts(record, document, case.codebook), className="facts"),
            *statement_links(case, record.statement.id),
            *_companions(record, picture),
            html.H3(document.title),
            document_text(document, record),
        ],
        className="statement",
    )


def document_text(document: Document, record: Record) -> html.Element:
    """Return the whole document with the statement's quote in a ``mark``; a note where the text is not held."""
    said = record.statement
    if document.text is None:
        return html.Div("The text of this document is not held here; the quote cannot be checked.", className="absent")
    before, quote, after = (
        document.text[: said.start],
        document.text[said.start : said.end],
        document.text[said.end :],
    )
    return html.Div(
        [before, html.Mark(quote), after],
        id="document-text",
        className="document",
        tabIndex=0,
        role="region",
        **aria(label=f"Text of “{document.title}”"),
    )


def web_address(url: str) -> str | None:
    """Return an address that may be linked, ``http`` or ``https`` with a host, else ``None``."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _facts(record: Record, document: Document, codebook: Codebook) -> list[Any]:
    said = record.statement
    link = web_address(document.url)
    outlet = html.A(document.outlet, href=link, rel="noopener noreferrer", target="_blank") if link else document.outlet
    recorded = record.recorded_at
    facts = {
        "Speaker": _speaker(record, codebook),
        "Whose word": f"{VOICES[said.voice]}, {DIRECTNESS[said.directness]}",
        "Said": f"{said.said_on.in_words()} · {BASES[said.said_on_basis]}",
        "Published": f"{document.published_on.in_words()} · {BASES[document.published_on_basis]}",
        "Outlet": outlet,
        "Recorded": f"{day_in_words(recorded.date())}, {recorded:%H:%M} UTC",
        "Coded": f"by {said.coder}, confidence {said.confidence:.2f}",
        "Note": said.note,
    }
    return [item for name, fact in facts.items() if fact for item in (html.Dt(name), html.Dd(fact))]


def _speaker(record: Record, codebook: Codebook) -> str:
    said = record.statement
    if said.speaker is None:
        return "none: the outlet's own words"
    speaker = codebook.speaker(said.speaker)
    title = speaker.title_on(said.said_on.last)
    words = f"{speaker.name}, {title}" if title else speaker.name
    return f"{words}; relayed by {codebook.speaker(said.relayed_by).name}" if said.relayed_by else words


def _companions(record: Record, picture: Picture) -> list[html.Element]:
    """List the other statements that stand behind the same position, as buttons."""
    own, records = record.statement.id, picture.case.records
    bases = (position.basis for position in picture.state.positions.values() if own in position.basis)
    others = [ref for ref in next(bases, ()) if ref != own]
    if not others:
        return []
    items = [
        html.Li(
            opener(
                ref,
                [
                    f"“{records[ref].statement.quote}”",
                    html.Small(stance_of(records[ref].statement, picture.case.codebook)),
                ],
            )
        )
        for ref in others
    ]
    return [html.Div([html.H3("Also behind this position"), html.Ul(items)], className="companions")]
