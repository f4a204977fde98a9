"""When positions with two poles began and changed, for the small charts, and the charts' shared axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.query.case import Case
from dashboard.query.event_days import events_within, place_of
from dashboard.query.view import Axis, View
from positions.analysis.panel import SILENT
from positions.kinds.registry import kind_of
from positions.model.event import Event
from positions.model.issues import Issue
from positions.wording.positions import range_words

COLUMNS: Final = (
    *("holder", "issue", "issue_label", "day", "step", "stance", "stance_to", "value", "value_to", "stale", "words"),
)
STEPS: Final = 120
"""The most days that a small chart is drawn with."""
WIDTH: Final = 96.0
"""Offset of the last day in hundredths of a chart's width; the rest shows that the last position still stands."""


def multiples_frame(case: Case, view: View) -> pd.DataFrame:
    """List when a position with two poles began, changed or became stale: one row for each, in order of day.

    ``value`` and ``value_to`` are the ends of the range in [0, 1], ``words`` its levels; a row holds until the party's
    next row on the issue. Of a long log only :data:`STEPS` evenly spaced days are read.
    """
    codebook, steps = case.codebook, drawn_steps(len(case.days))
    issues = {issue.id: issue for issue in codebook.issues if kind_of(issue).view.axis and _is_chosen(issue, view)}
    parties = view.parties or tuple(party.id for party in codebook.principals)
    panel, rows = case.panel, []
    for index, (party, issue_id, _) in enumerate(panel.places):
        if issue_id not in issues or party not in parties:
            continue
        last_standing = None
        for step in steps:
            low, high = int(panel.low[index, step]), int(panel.high[index, step])
            if low == SILENT:
                continue
            standing = low, high, bool(panel.stale[index, step])
            if standing != last_standing:
                rows.append(_row(issues[issue_id], party, (case.days[step], step), standing, case))
            last_standing = standing
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    rank = {name: index for index, name in enumerate(issues)}
    return frame.iloc[frame["issue"].map(rank).argsort(kind="stable")].reset_index(drop=True)


def drawn_steps(days: int) -> list[int]:
    """Return the indexes of the days to draw: all, or :data:`STEPS` of them, the first and the last included."""
    return sorted(set(np.linspace(0, max(0, days - 1), min(days, STEPS)).round().astype(int).tolist()))


def _is_chosen(issue: Issue, view: View) -> bool:
    return not view.issues or issue.id in view.issues


def _row(
    issue: Issue, party: str, at: tuple[date, int], standing: tuple[int, int, bool], case: Case
) -> tuple[Any, ...]:
    low, high, stale = standing
    words = range_words(case.codebook, (party, issue.id, None), (low, high))
    return (party, issue.id, issue.label, *at, low, high, issue.values[low], issue.values[high], stale, words)


def event_offsets(case: Case, axis: Axis) -> list[tuple[Event, float]]:
    """Return the events between the first and the last day with their offsets, in hundredths of a chart's width."""
    days = case.days
    return [(event, axis_offset(days, event.first, axis)) for event, _ in events_within(case.codebook.events, days)]


def axis_offset(days: Sequence[date], day: date, axis: Axis) -> float:
    """Return a day's offset on the shared axis, in hundredths of a chart's width; at an end if it lies outside."""
    if len(days) < 2:
        return 0.0
    if axis == "calendar":
        share = (day - days[0]).days / (days[-1] - days[0]).days
    else:
        share = place_of(day, days) / (len(days) - 1)
    return WIDTH * min(1.0, max(0.0, share))
