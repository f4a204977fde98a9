"""What stands beside a statement: the holder's own word, what others claim about it, what outlets write of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.markup import elements as html
from dashboard.markup.parts import statement_button
from dashboard.query.source import Picture
from positions.model.dates import days_in_words
from positions.model.revision import Record
from positions.wording.party_style import PartyStyle
from positions.wording.positions import claim_words, stance_words
from positions.wording.speakers import speaker_words

MOST_LISTED: Final = 5
"""Most statements listed in a column, the latest first."""


def build_related(record: Record, picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build two columns: what the holder says itself on the day looked at, and what others say of it."""
    said, state = record.statement, picture.state
    place = (said.holder, said.issue, said.element)
    claims, framings = state.claims.get(place, ()), state.framings.get(place, ())
    name = styles[said.holder].name
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
    return [html.Div(columns, className="companions sides")]


def _own_word(record: Record, picture: Picture) -> list[Any]:
    said, codebook = record.statement, picture.case.codebook
    held = picture.state.position(said.holder, said.issue, said.element)
    if held is None or held.reported:
        return [html.P("It has not said.", className="silence")]
    words = [
        html.B(stance_words(held, codebook)),
        html.Small(f"{held.since.in_words()}, {days_in_words(held.age_days)}"),
    ]
    return [html.P(words), html.Ul([_item(ref, record, picture) for ref in held.basis[:MOST_LISTED]])]


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
    said, codebook = picture.case.records[ref].statement, picture.case.codebook
    told = [claim_words(said, codebook)] if stance else []
    small = html.Small(" · ".join([*told, speaker_words(said, codebook), said.said_on.in_words()]))
    quote = f"“{said.quote}”"
    # The statement that is open needs no button to itself.
    shown: Any = html.Span(quote, className="here") if ref == record.statement.id else statement_button(ref, quote)
    return html.Li([shown, small])


def list_overlapping(record: Record, picture: Picture) -> list[Any]:
    """List the other statements whose quotes share words with this one's: in a text only one of them can be on top."""
    own = record.statement
    others = [
        found.statement
        for found in picture.case.records.values()
        if found.statement.document == own.document
        and found.statement.id != own.id
        and found.statement.start < own.end
        and own.start < found.statement.end
    ]
    if not others:
        return []
    codebook = picture.case.codebook
    items = [
        html.Li(
            statement_button(
                said.id,
                f"{codebook.party(said.holder).name} on {codebook.path_label(said.issue, said.element)}: "
                f"{claim_words(said, codebook)}",
                style="link",
            )
        )
        for said in sorted(others, key=lambda said: (said.start, said.id))
    ]
    return [html.Div([html.H3("Also in these words"), html.Ul(items)], className="companions")]
