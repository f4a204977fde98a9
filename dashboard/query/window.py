"""Which two days a view compares: what has changed is told between them on every page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.query.case import Case, Picture
from dashboard.query.day_frames import choose_pairs
from dashboard.query.view import View


def compared_days(picture: Picture, view: View) -> tuple[date, date] | None:
    """Return the earlier and the later day: those of the view, else the first comparable one and the day looked at.

    ``None`` if they are not two.
    """
    end = picture.state.as_of
    start = view.compare or _first_comparable_day(picture, view)
    return (start, end) if start < end else None


def last_earlier_stop(days: Sequence[date], view: View) -> int:
    """Return the index of the last of the days before the one that a view looks at; −1 if there is none."""
    return (bisect_left(days, view.as_of) if view.as_of else len(days)) - 1


def _first_comparable_day(picture: Picture, view: View) -> date:
    """Return the first day on which the pair can be compared; the first of all days if it never can."""
    case, chosen = picture.case, choose_pairs(picture.case.codebook, view.parties)[:1]
    trend = case.trend_of(chosen) if chosen else picture.trend
    return case.answer_once(("first comparable day", chosen or picture.pairs), lambda: _first_day(trend, case))


def _first_day(trend: pd.DataFrame, case: Case) -> date:
    days = trend.loc[trend["distance"].notna(), "day"]
    return days.iloc[0] if len(days) else case.days[0]
