"""The axis of time that all charts and the slider's strip share: where days lie on it, and which are labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import SMALL, Palette
from dashboard.query.view import Axis
from positions.model.dates import MONTHS

LABELS: Final = 12
"""The most days that are labelled; of more days, every nth."""
LABELS_WITH_YEARS: Final = 8
"""The most days that are labelled if they lie in several years: a year makes a label wider."""
CALENDAR_LABELS: Final = 7
"""The most labels of an axis to the scale of the calendar."""
DAY_STRIDES: Final = (1, 2, 7, 14)
MONTH_STRIDES: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""How far labels may lie apart on a calendar, in days or, from the first of a month, in months."""


def time_axis(calendar: pd.DataFrame, axis: Axis, palette: Palette, *, anchor: str) -> dict[str, Any]:
    """Return the axis of time over ``days_frame``; ``anchor`` is the y axis below which it is drawn."""
    days, span = list(calendar["day"]), list(axis_span(calendar, axis)[:2])
    labelled: Sequence[Any] = [] if axis == "event" else calendar_labels(days[0], days[-1])
    steps: Sequence[Any] = label_steps(days) if axis == "event" else labelled
    return {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "anchor": anchor,
        "automargin": False,
        "tickfont": {"color": palette.muted, "size": SMALL},
        "ticks": "",
        "tickangle": 0,
        "tickvals": list(steps),
        "ticktext": tick_words([days[step] for step in steps] if axis == "event" else labelled),
        "range": span,
    } | ({"type": "date"} if axis == "calendar" else {})


def axis_span(calendar: pd.DataFrame, axis: Axis) -> tuple[Any, Any, Any]:
    """Return the start and end of the time axis, with room for the marks at both ends, and that room."""
    first, last = calendar["day"].iloc[0], calendar["day"].iloc[-1]
    if axis == "event":
        return -0.35, len(calendar) - 1 + 0.35, 0.35
    room = pd.Timedelta(days=max(1, (last - first).days) * 0.03)
    return pd.Timestamp(first) - room, pd.Timestamp(last) + room, room


def day_rule(at: Any, span: tuple[Any, Any, Any], yaxis: str, palette: Palette) -> list[dict[str, Any]]:
    """Draw a line at the day looked at and veil later days, within a y axis only, so that titles stay clear.

    ``at`` is the place of the day, ``span`` that of :func:`axis_span`.
    """
    later = (pd.Timestamp(at) if isinstance(at, date) else at) + span[2] / 2
    ends = {"y0": 0, "y1": 1, "yref": f"{yaxis} domain", "x0": at}
    line = {"color": palette.muted, "width": 1, "dash": "dot"}
    rule = {**ends, "type": "line", "x1": at, "layer": "below", "line": line}
    veil = {**ends, "type": "rect", "x0": later, "x1": span[1], "layer": "above", "fillcolor": palette.paper}
    return [rule, {**veil, "opacity": 0.6, "line": {"width": 0}}]


def label_steps(days: Sequence[date], most: int = LABELS) -> list[int]:
    """Return the indexes of the days to label, from 0: all, or every nth so that there are at most ``most``."""
    if len({day.year for day in days}) > 1:
        most = min(most, LABELS_WITH_YEARS)
    stride = max(1, -(-len(days) // most))
    return list(range(0, len(days), stride))


def calendar_labels(first: date, last: date) -> list[date]:
    """Return the days to label from the first to the last: the smallest stride of the calendar with few labels."""
    for stride in DAY_STRIDES:
        if (last - first).days // stride < CALENDAR_LABELS:
            return [first + timedelta(days=step) for step in range(0, (last - first).days + 1, stride)]
    for stride in MONTH_STRIDES:
        days = list(takewhile(lambda day: day <= last, _month_starts(first, stride)))
        if len(days) <= CALENDAR_LABELS:
            return days
    return [first, last]


def _month_starts(first: date, stride: int) -> Iterator[date]:
    """Yield the first days of months from a day on; with a stride of years, those of January."""
    months = 12 * first.year + first.month - (first.day == 1)
    months = -(-months // stride) * stride if 12 % stride == 0 or stride % 12 == 0 else months
    while months // 12 <= date.max.year:
        yield date(months // 12, months % 12 + 1, 1)
        months += stride


def tick_words(days: Sequence[date]) -> list[str]:
    """Return two-line labels of days; the month and the year only when they change: ``31<br>Jan``.

    If the days lie in several years, the first one names its own too.
    """
    words = []
    before: date | None = None
    several = len({day.year for day in days}) > 1
    for day in days:
        new_month = before is None or (day.year, day.month) != (before.year, before.month)
        new_year = several if before is None else day.year != before.year
        month = MONTHS[day.month - 1][:3] + (f" {day.year}" if new_year else "")
        words.append(f"{day.day}<br>{month}" if new_month else f"{day.day}")
        before = day
    return words
