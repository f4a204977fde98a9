"""Who moved: a card for each change of a position, by day, the latest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from dashboard.components.why import PairDistance, build_why
from dashboard.markup import elements as html
from dashboard.markup.parts import party_name, statement_button, text_attributes
from dashboard.query.case import Picture
from dashboard.query.view import View
from positions.analysis.storyline import StoryMove
from positions.files.characters import isolate_right_to_left
from positions.wording.fields import DIRECTNESS_WORDS, VOICE_WORDS
from positions.wording.party_style import PartyStyle
from positions.wording.quotes import readable_quote
from positions.wording.speakers import speaker_words
from positions.wording.storyline import effect_words, move_subject, move_words, report_words


def build_storyline(
    moves: Sequence[StoryMove], picture: Picture, view: View, styles: Mapping[str, PartyStyle]
) -> list[Any]:
    """Build the cards of some moves, which are in the order of the ledger, under a heading for each day."""
    days = groupby(reversed(moves), key=lambda move: move.said_on)
    parts = []
    for day, group in days:
        cards = [_card(move, picture, view, styles) for move in group]
        parts.append(html.Section([html.H2(day.in_words()), html.Div(cards, className="cards")], className="story-day"))
    return parts


def _card(move: StoryMove, picture: Picture, view: View, styles: Mapping[str, PartyStyle]) -> html.Node:
    codebook = picture.case.codebook
    before, after = move_words(move, codebook)
    to = replace(view, page="issue", issue=move.issue, statement=None, outlet="").address()
    is_first = move.kind == "first stated"
    label = "new issue" if move.opens_issue else "first said"
    change = [html.Span(label, className="change new"), " ", html.B(after)]
    if not is_first:
        change = [html.Span(before, className="held-before"), " → ", html.B(after)]
    head = [party_name(move.holder, styles), " · ", html.A(move_subject(move, codebook), href=to)]
    return html.Div(
        [html.H3(head), html.P(change), *_quote(move, picture), *_effects(move, picture, styles)],
        className=f"card {'opening' if move.opens_issue else 'first' if is_first else 'moved'}",
    )


def _quote(move: StoryMove, picture: Picture) -> list[Any]:
    codebook, name = picture.case.codebook, move.entries[0].statement
    record = picture.case.records[name]
    statement, document = record.statement, picture.case.documents[record.statement.document]
    speaker = isolate_right_to_left(speaker_words(statement, codebook, outlet=record.outlet))
    said = [
        speaker,
        VOICE_WORDS[statement.voice],
        DIRECTNESS_WORDS[statement.directness],
        report_words(move, record.outlet),
    ]
    marks = ["recoded: the coding may have changed, not the party"] if move.is_recoded else []
    return [
        html.Div(statement_button(name, f"“{readable_quote(statement.quote)}”"), **text_attributes(document)),
        html.P(html.Small(" · ".join((*said, *marks)))),
    ]


def _effects(move: StoryMove, picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Tell what a move did to each distance; each number opens why the distance was what it was on that day."""
    if not move.effects:
        return [html.P(html.Small("On this it cannot be compared with anybody yet, so no distance changes."))]
    case, day = picture.case, move.said_on.last
    items, boxes = [], []
    for effect in move.effects:
        box, pair = f"effect-{move.entries[0].statement}-{effect.other}", (move.holder, effect.other)
        issue, overall = effect_words(effect, move, case.codebook)
        words, *opened = build_why(issue, PairDistance(pair, day, move.issue), picture, styles, box=box)
        item = [words]
        if overall:
            whole, *more = build_why(overall, PairDistance(pair, day), picture, styles, box=f"{box}-all")
            item, opened = [*item, " · ", whole], [*opened, *more]
        items.append(html.Li(item))
        boxes += opened
    return [html.Ul(items, className="effects"), *boxes]
