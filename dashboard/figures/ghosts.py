"""Ghosts: a pale mark where a party stood on the earlier day, and a thin arrow to where it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from dashboard.figures.base import SMALL, Drawing, Figure, add_trace, escape_markup, hover_text, label
from dashboard.query.day_frames import rows_of
from positions.model.dates import PartialDate
from positions.wording.party_style import PartyStyle
from positions.wording.positions import since_phrase

NARROW: Final = 330
"""The narrowest width at which names have to fit, px."""
LETTER: Final = 5.8
"""Mean width of a letter of a name, px."""


class GhostArrow(NamedTuple):
    """A party's move on one row: ``before`` and ``now`` in [0, 1], ``y`` in px from the top, ``since`` an ISO date."""

    party: str
    before: float
    now: float
    y: float
    words: str
    since: str


def earlier_marks(ghosts: pd.DataFrame | None) -> dict[tuple[str, str], Any]:
    """Return the marks of positions on the earlier day, by issue and party; none without a day compared with."""
    rows = rows_of(ghosts) if ghosts is not None else []
    return {(ghost.issue, ghost.holder): ghost for ghost in rows if ghost.kind != "claim"}


def moved_marks(marks: Sequence[Any], issue: str, earlier: Mapping[tuple[str, str], Any]) -> list[tuple[Any, Any]]:
    """Pair the marks of an issue's positions with those of the earlier day, if they are elsewhere than these."""
    pairs = [(mark, earlier.get((issue, mark.holder))) for mark in marks if mark.kind != "claim"]
    return [
        (mark, ghost)
        for mark, ghost in pairs
        if ghost is not None and (ghost.value, ghost.value_to) != (mark.value, mark.value_to)
    ]


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


def ghost_arrows(moves: Sequence[GhostArrow], drawing: Drawing) -> list[dict[str, Any]]:
    """Return thin arrows from the ghosts to where the parties stand, and the parties' names beside them."""
    shared = {"showarrow": True, "text": "", "arrowhead": 2, "arrowwidth": 1, "standoff": 2, "startstandoff": 6}
    arrows = [
        {**shared, "x": move.now, "y": move.y, "ax": move.before, "ay": move.y, "axref": "x", "ayref": "y"}
        | {"arrowcolor": drawing.styles[move.party].hue}
        for move in moves
        if move.before != move.now
    ]
    return [*arrows, *(_name(move, drawing) for move in moves)]


def _name(move: GhostArrow, drawing: Drawing) -> dict[str, Any]:
    """Name a ghost on its outer side, beyond the arrow's tip if there is no room, else on the arrow."""
    words = f"{drawing.styles[move.party].name} before"
    width, low, high = LETTER * len(words) + 14, min(move.before, move.now), max(move.before, move.now)
    sides = (low, "right", -9), (high, "left", 9)
    font = {"color": drawing.palette.muted, "size": SMALL - 1}
    style = {"yanchor": "middle", "font": font, "bgcolor": drawing.palette.paper, "borderpad": 1}
    for at, anchor, shift in sides if move.before <= move.now else sides[::-1]:
        if width < NARROW * (at if anchor == "right" else 1 - at):
            return label(escape_markup(words), at, move.y, xanchor=anchor, xshift=shift, **style)
    return label(escape_markup(words), (low + high) / 2, move.y, xanchor="center", **style)
