"""Ghosts: a pale mark where a party stood on the earlier day, and a thin arrow to where it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dashboard.figures.base import Figure, add_trace, hover_text
from positions.model.dates import PartialDate
from positions.wording.party_style import PartyStyle
from positions.wording.positions import since_phrase


class GhostArrow(NamedTuple):
    """A party's move on one row: ``before`` and ``now`` in [0, 1], ``y`` in px from the top, ``since`` an ISO date."""

    party: str
    before: float
    now: float
    y: float
    words: str
    since: str


def draw_ghosts(figure: Figure, moves: Sequence[GhostArrow], styles: Mapping[str, PartyStyle]) -> None:
    """Draw the marks of the earlier day, hollow and pale, in a trace for each party."""
    for party in dict.fromkeys(move.party for move in moves):
        style, party_moves = styles[party], [move for move in moves if move.party == party]
        add_trace(
            figure,
            "scatter",
            x=[move.before for move in party_moves],
            y=[move.y for move in party_moves],
            mode="markers",
            name=f"{party} before",
            marker={"symbol": f"{style.shape}-open", "color": style.hue, "size": 10, "line": {"width": 1}},
            opacity=0.6,
            hovertext=[
                hover_text(style.name, f"before: {move.words}", since_phrase(PartialDate.parse(move.since)))
                for move in party_moves
            ],
            hoverinfo="text",
            cliponaxis=False,
        )


def ghost_arrows(moves: Sequence[GhostArrow], styles: Mapping[str, PartyStyle]) -> list[dict[str, Any]]:
    """Return thin arrows from the ghosts to the marks, as annotations."""
    shared = {"showarrow": True, "text": "", "arrowhead": 2, "arrowwidth": 1, "standoff": 7, "startstandoff": 5}
    return [
        {**shared, "x": move.now, "y": move.y, "ax": move.before, "ay": move.y, "axref": "x", "ayref": "y"}
        | {"arrowcolor": styles[move.party].hue}
        for move in moves
        if move.before != move.now
    ]
