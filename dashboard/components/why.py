"""Why a distance is what it is: a number that opens its quotes, what it is made of, and what would change it.

A page that is served has only the title of each box and a link: what the box says takes longer than the whole page, few
open it, and the browser asks for it then (:data:`WHY_ADDRESS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from dashboard.components.evidence import build_box, build_quotes
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, data_attributes
from dashboard.query.case import Picture
from dashboard.query.view import View
from positions.analysis.explanation import DistanceExplanation
from positions.kinds.records import IssueDistance
from positions.model.codebook import Codebook
from positions.model.lists import capitalize_first
from positions.model.query import Query
from positions.wording.distance import deciding_positions, pair_words
from positions.wording.explanation import distance_phrase, distance_title, explanation_reasons
from positions.wording.party_style import PartyStyle

MOST_QUOTES: Final = 6
"""The most quotes that a box shows; the page of the two parties on the day has all."""
WHY_ADDRESS: Final = "/why.json"
"""Where a server answers what a box says, to the query string of a view of two parties on a day, and an issue."""


class PairDistance(NamedTuple):
    """A distance that can be explained: of two parties on a day, over all issues or on one."""

    parties: tuple[str, str]
    day: date
    issue: str | None = None


def build_why(
    words: Any, asked: PairDistance, picture: Picture, styles: Mapping[str, PartyStyle], *, box: str
) -> list[Any]:
    """Build a button with a number, or words, and the box that explains a distance; the words alone off the agenda.

    ``box`` is the box's id, which nothing else on the page has.
    """
    case = picture.case
    comparison = case.index.compare(asked.day, *asked.parties)
    issue = comparison.issue(asked.issue) if asked.issue else None
    if asked.issue and issue is None:
        return [words]
    title = distance_title(comparison, issue, case.codebook)
    if case.served:
        content: list[Any] = [html.P(_calculation_link(asked, picture.state.query))]
    else:
        content = build_reasons_and_quotes(asked, picture, styles)
    address = data_attributes(why=why_address(asked, picture.state.query)) if case.served else {}
    return build_box(words, [html.P(html.B(title)), html.Div(content, **address)], box=box, label=f"Why {title}")


def build_served_box(title: str, asked: PairDistance, query: Query, *, box: str, more: Any = None) -> html.Node:
    """Build the box of a served page alone, for a chart whose marks open it; ``more`` follows what is fetched."""
    content = html.Div(html.P(_calculation_link(asked, query)), **data_attributes(why=why_address(asked, query)))
    inside = [html.P(html.B(title)), content, more]
    return html.Div(inside, id=box, popover="auto", className="evidence", **aria(label=f"Why {title}"))


def build_reasons_and_quotes(asked: PairDistance, picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build what a box says under its title: the reasons, a link to the whole calculation, the deciding quotes.

    Empty off the agenda.
    """
    explanation = picture.case.explanation(asked.parties, asked.day, asked.issue)
    if explanation is None:
        return []
    statements = deciding_statements(explanation.issue)[:MOST_QUOTES] if explanation.issue else []
    reasons = build_reasons(explanation, picture.case.codebook)
    return [
        html.Div([reasons, html.P(_calculation_link(asked, picture.state.query))]),
        *build_quotes(statements, picture, styles),
    ]


def build_pair_distances(picture: Picture, issue: str, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """List how far apart each compared pair is on an issue on the day looked at; each number opens why."""
    items, boxes = [], []
    for comparison in picture.comparisons:
        distance = comparison.issue(issue)
        names = capitalize_first(pair_words(comparison, picture.case.codebook))
        if distance is None:
            items.append(html.Li(f"{names}: nothing recorded of either", className="silence"))
            continue
        asked, box = (
            PairDistance(comparison.parties, comparison.as_of, issue),
            f"distance-{'-'.join(comparison.parties)}",
        )
        words, *opened = build_why(distance_phrase(distance.distance), asked, picture, styles, box=box)
        items.append(html.Li([f"{names}: ", words]))
        boxes += opened
    return [html.Ul(items, className="pair-distances"), *boxes] if items else []


def build_reasons(explanation: DistanceExplanation, codebook: Codebook) -> html.Node:
    """Build the list of reasons, each under its head."""
    reasons = explanation_reasons(explanation, codebook)
    return html.Dl([node for one in reasons for node in (html.Dt(one.head), html.Dd(one.words))], className="reasons")


def deciding_statements(issue: IssueDistance) -> list[str]:
    """Return what decides the positions that a distance rests on, one statement for each."""
    return list(dict.fromkeys(position.basis[0] for position in deciding_positions(issue)))


def _calculation_link(asked: PairDistance, query: Query) -> html.Node:
    """Link the page of the two parties on the day."""
    address = replace(_view(asked, query), page="movement", mode="day").address()
    return html.A("The whole calculation", href=address)


def why_address(asked: PairDistance, query: Query) -> str:
    """Return where a server answers why a distance is what it is, by the records that a query knows."""
    return f"{WHY_ADDRESS}{replace(_view(asked, query), issue=asked.issue).query_string()}"


def _view(asked: PairDistance, query: Query) -> View:
    """Return a view of the two parties on the day, by the same records."""
    return View(asked.day, query.known_at, query.public_by, parties=asked.parties)
