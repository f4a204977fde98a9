"""Words that open the quotes that they rest on, in a box over the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from dashboard.markup import elements as html
from dashboard.markup.parts import aria, party_name, statement_button, text_attributes
from dashboard.query.case import Picture
from positions.files.characters import isolate_right_to_left
from positions.wording.party_style import PartyStyle
from positions.wording.positions import claim_words
from positions.wording.quotes import readable_quote
from positions.wording.speakers import speaker_words


def build_evidence(
    words: Any, statements: Sequence[str], picture: Picture, styles: Mapping[str, PartyStyle], *, box: str
) -> list[Any]:
    """Build a button with some words and the box that it opens, which has one quote for each of the statements."""
    return build_box(words, build_quotes(statements, picture, styles), box=box, label="What this rests on")


def build_box(words: Any, content: Any, *, box: str, label: str) -> list[Any]:
    """Build a button with some words and the box over the page that it opens, which has a name of its own.

    ``box`` is the box's id, which nothing else on the page has. The browser opens and closes it without a script.
    """
    button = html.Button(words, className="opens", type="button", popovertarget=box)
    return [button, html.Div(content, id=box, popover="auto", className="evidence", **aria(label=label))]


def build_quotes(statements: Sequence[str], picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build each statement's quote with whose position it is, who said it and when, and a button that opens it."""
    # The same quotes stand behind the positions of many days.
    return [picture.case.answer_once(("quote", name), partial(_quote, name, picture, styles)) for name in statements]


def _quote(name: str, picture: Picture, styles: Mapping[str, PartyStyle]) -> list[html.Node]:
    codebook, record = picture.case.codebook, picture.case.records[name]
    statement = record.statement
    document = picture.case.documents[statement.document]
    about = codebook.path_label(statement.issue, statement.element)
    speaker = isolate_right_to_left(speaker_words(statement, codebook, outlet=record.outlet))
    source = f"{speaker}, {statement.said_on.in_words()}"
    quote = html.Div(
        [
            html.P([party_name(statement.holder, styles), f" · {about}: {claim_words(statement, codebook)}"]),
            html.Blockquote(f"“{readable_quote(statement.quote)}”", **text_attributes(document)),
            html.P([html.Small(source), " ", statement_button(name, "Open in its document", style="link")]),
        ]
    )
    return [quote]
