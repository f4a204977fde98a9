"""What the first page shows of all days at once, as figures for its pictures and as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.figures import Drawing, Palette
from dashboard.figures.heat_picture import HeatPanel, heat_figure
from dashboard.figures.multiples_picture import multiples_figure
from dashboard.frames.heatmap import COLUMNS, heat_frame
from dashboard.frames.issue_lanes import document_spans
from dashboard.frames.small_multiples import drawn_steps, multiples_frame
from dashboard.pages.base import Figures, Styles
from dashboard.query.case import Case, Picture
from dashboard.query.day_frames import choose_pairs, rows_of
from dashboard.query.view import View

APART: Final = ("one", "other", *(name for name in COLUMNS if name not in ("place", "span", "statements")))
"""A stretch of days on which two parties' distance on an issue stays the same: what the heatmap draws."""


def apart_frame(case: Case, view: View) -> pd.DataFrame:
    """List the stretches of all compared pairs with the columns :data:`APART`, by pair, issue and day."""
    frames = [
        heat_frame(case, pair, view.issues).assign(one=pair[0], other=pair[1])
        for pair in choose_pairs(case.codebook, view.parties)
    ]
    frames = [frame for frame in frames if len(frame)]
    known = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(APART))
    return known[known["distance"].notna()][list(APART)].reset_index(drop=True)


def over_time_figures(picture: Picture, view: View, styles: Styles, palette: Palette) -> Figures:
    """Draw the heatmap and the small charts of the first page."""
    case = picture.case
    drawing = Drawing(styles, palette, view.axis, case.codebook.events, document_spans(case))
    steps = drawn_steps(len(case.days))
    panels = [
        HeatPanel(pair, heat_frame(case, pair, view.issues), _whole(case, pair, steps))
        for pair in choose_pairs(case.codebook, view.parties)
    ]
    calendar = case.calendar.iloc[steps].reset_index(drop=True)
    rows = multiples_frame(case, view)
    issues = [case.codebook.issue(str(name)) for name in rows["issue"].unique()]
    small = multiples_figure(rows, issues, case.calendar, drawing, as_of=picture.state.as_of)
    # The heatmap has a step for each day whatever the axis.
    return heat_figure(panels, calendar, replace(drawing, axis="event")), small


def _whole(case: Case, pair: tuple[str, str], steps: list[int]) -> tuple[float | None, ...]:
    distances = (row.distance for row in rows_of(case.trend_of((pair,)).iloc[steps]))
    return tuple(None if distance is None or distance != distance else float(distance) for distance in distances)
