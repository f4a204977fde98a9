"""Statements related to an open one: the holder's own, claims by others, the outlets' words, overlapping quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.markup import elements as html
from dashboard.markup.parts import statement_button
from dashboard.query.case import Picture
from positions.files.characters import isolate_right_to_left
from positions.model.dates import days_in_words
from positions.model.revision import Record
from positions.wording.party_style import PartyStyle
from positions.wording.positions import claim_words, stance_words
from positions.wording.quotes import readable_quote
from positions.wording.speakers import speaker_words

MOST_LISTED: Final = 5
"""The most statements listed in a column, the latest first."""
SIDES_CLASS: Final = "companions sides"
"""The classes of the columns: the same for every statement on a position but for which of them is open."""


def build_related(record: Record, picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build columns with the holder's own position on the day looked at, others' claims and the outlets' words."""
    statement, state = record.statement, picture.state
    key = (statement.holder, statement.issue, statement.element)
    claims, framings = state.claims.get(key, ()), state.framings.get(key, ())
    name = styles[statement.holder].name
    columns = [
        html.Div([html.H3(f"{name}: its own word"), *_own_word(record, picture)]),
        html.Div(
            [
                html.H3("What others say of it"),
                *_claim_list(claims, record, picture, f"Nobody else tells where {name} stands."),
            ]
        ),
    ]
    if framings:
        columns.append(html.Div([html.H3("The outlets' own words"), *_claim_list(framings, record, picture, "")]))
    return [html.Div(columns, className=SIDES_CLASS)]


def _own_word(record: Record, picture: Picture) -> list[Any]:
    statement, codebook = record.statement, picture.case.codebook
    position = picture.state.position(statement.holder, statement.issue, statement.element)
    if position is None or position.reported:
        return [html.P("It has not said.", className="silence")]
    words = [
        html.B(stance_words(position, codebook)),
        html.Small(f"{position.since.in_words()}, {days_in_words(position.age_days)}"),
    ]
    return [html.P(words), html.Ul([_item(ref, record, picture) for ref in position.basis[:MOST_LISTED]])]


def _claim_list(refs: Sequence[str], record: Record, picture: Picture, nothing: str) -> list[Any]:
    if not refs:
        return [html.P(nothing, className="silence")]
    more = (
        [html.Small(f"{len(refs) - MOST_LISTED} earlier ones are on the page of documents.")]
        if len(refs) > MOST_LISTED
        else []
    )
    return [html.Ul([_item(ref, record, picture, stance=True) for ref in reversed(refs[-MOST_LISTED:])]), *more]


def _item(ref: str, record: Record, picture: Picture, *, stance: bool = False) -> html.Node:
    statement, codebook = picture.case.records[ref].statement, picture.case.codebook
    remarks = [claim_words(statement, codebook)] if stance else []
    speaker = isolate_right_to_left(speaker_words(statement, codebook))
    small = html.Small(" · ".join([*remarks, speaker, statement.said_on.in_words()]))
    quote = f"“{readable_quote(statement.quote)}”"
    # The open statement needs no button that opens it.
    words: Any = html.Span(quote, className="here") if ref == record.statement.id else statement_button(ref, quote)
    return html.Li([words, small])


def list_overlapping(record: Record, picture: Picture) -> list[Any]:
    """List the other statements whose quotes overlap this one: the marked text can open only one of them."""
    statement = record.statement
    others = [
        peer.statement
        for peer in picture.case.index.in_document(statement.document)
        if peer.statement.id != statement.id
        and peer.statement.start < statement.end
        and statement.start < peer.statement.end
    ]
    if not others:
        return []
    codebook = picture.case.codebook
    items = [
        html.Li(
            statement_button(
                other.id,
                f"{codebook.party(other.holder).name} on {codebook.path_label(other.issue, other.element)}: "
                f"{claim_words(other, codebook)}",
                style="link",
            )
        )
        for other in sorted(others, key=lambda other: (other.start, other.id))
    ]
    return [html.Div([html.H3("Also in these words"), html.Ul(items)], className="companions")]
