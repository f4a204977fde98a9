"""Why a distance is what it is: a number that opens its quotes, what it is made of, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from dashboard.components.evidence import build_box, build_quotes
from dashboard.markup import elements as html
from dashboard.query.case import Picture
from dashboard.query.view import View
from positions.analysis.explanation import DistanceExplanation
from positions.kinds.records import IssueDistance
from positions.model.codebook import Codebook
from positions.model.lists import capitalize_first
from positions.wording.distance import deciding_positions, pair_words
from positions.wording.explanation import distance_phrase, explanation_reasons, explanation_title
from positions.wording.party_style import PartyStyle

MOST_QUOTES: Final = 6
"""The most quotes that a box shows; the page of the two parties on the day has all."""


def build_why(
    words: Any, explanation: DistanceExplanation | None, picture: Picture, styles: Mapping[str, PartyStyle], *, box: str
) -> list[Any]:
    """Build a button with a number, or words, and the box that explains the distance; the words alone without one.

    ``box`` is the box's id, which nothing else on the page has.
    """
    if explanation is None:
        return [words]
    title = explanation_title(explanation, picture.case.codebook)
    whole = html.A("The whole calculation", href=_address(explanation, picture))
    quotes = (
        build_quotes(deciding_statements(explanation.issue)[:MOST_QUOTES], picture, styles) if explanation.issue else []
    )
    reasons = build_reasons(explanation, picture.case.codebook)
    content = [html.Div([html.P(html.B(title)), reasons, html.P(whole)]), *quotes]
    return build_box(words, content, box=box, label=f"Why {title}")


def build_pair_distances(picture: Picture, issue: str, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """List how far apart each compared pair is on an issue on the day looked at; each number opens why."""
    items, boxes = [], []
    for comparison in picture.comparisons:
        explanation = picture.case.explanation(comparison.parties, comparison.as_of, issue)
        names = capitalize_first(pair_words(comparison, picture.case.codebook))
        if explanation is None or explanation.issue is None:
            items.append(html.Li(f"{names}: nothing recorded of either", className="silence"))
            continue
        box = f"distance-{'-'.join(comparison.parties)}"
        words, *opened = build_why(distance_phrase(explanation.issue.distance), explanation, picture, styles, box=box)
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


def _address(explanation: DistanceExplanation, picture: Picture) -> str:
    """Return the address of the two parties on the day, by the same records."""
    query, comparison = picture.state.query, explanation.comparison
    view = View(comparison.as_of, query.known_at, query.public_by, page="movement", mode="day")
    return replace(view, parties=comparison.parties).address()
