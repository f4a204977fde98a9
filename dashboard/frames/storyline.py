"""The moves that a view shows, and as a frame."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.query.case import Picture
from dashboard.query.day_frames import MOST_COMPARED, choose_pairs
from dashboard.query.view import View
from dashboard.query.window import compared_days
from positions.analysis.storyline import StoryMove
from positions.model.codebook import Codebook
from positions.wording.rows import STORY_COLUMNS, story_rows


def story_pairs(codebook: Codebook, view: View) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a view's storyline: the compared ones, or those of its party if it is in none of them."""
    pairs = choose_pairs(codebook, view.parties)
    return party_pairs(codebook, view.party) if view.party and not any(view.party in pair for pair in pairs) else pairs


def party_pairs(codebook: Codebook, party: str) -> tuple[tuple[str, str], ...]:
    """Pair a party with the first principal ones beside it."""
    others = [other.id for other in codebook.principals if other.id != party]
    return tuple((party, other) for other in others[:MOST_COMPARED])


def list_moves(picture: Picture, view: View) -> tuple[StoryMove, ...]:
    """Return the moves between the two compared days of the parties of :func:`story_pairs`, or of the view's party.

    None on a long log: replaying it statement by statement takes minutes.
    """
    days, pairs = compared_days(picture, view), story_pairs(picture.case.codebook, view)
    moves = picture.case.moves(pairs, *days) if days and not picture.case.is_long else ()
    return tuple(move for move in moves if view.party in (None, move.holder))


def select_moves(moves: Iterable[StoryMove], view: View) -> tuple[StoryMove, ...]:
    """Keep the moves on a view's issues by the reports of its outlet; of those that it does not name all."""
    return tuple(
        move for move in moves if (not view.issues or move.issue in view.issues) and view.outlet in ("", move.rests_on)
    )


def moves_frame(moves: Iterable[StoryMove]) -> pd.DataFrame:
    """List moves: a row for each element that each speaks of and each party whose distance from the holder it has."""
    return pd.DataFrame([row for move in moves for row in story_rows(move)], columns=list(STORY_COLUMNS))
