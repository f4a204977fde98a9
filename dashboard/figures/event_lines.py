"""Events as thin upright lines on an axis of time, with their names in rows above the plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any, Final, TypeAlias

import pandas as pd

from dashboard.figures.base import SMALL, Drawing, escape_markup, hover_text, label
from dashboard.query.event_days import events_within
from positions.model.event import Event
from positions.wording.events import event_days_words

Shape: TypeAlias = dict[str, Any]
ROW: Final = 15
"""Height of a row of names, px."""
LONGEST: Final = 34
"""The most characters of a name; the whole of it is in its hover box."""
CHARACTER: Final = 0.013
"""The width of a character as a share of a narrow plot: what decides whether two names stand in one row."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event on an axis: its ``x``, and its name above the plot.

    ``share`` is where the line is, ``span`` from where to where the name goes, in shares of the plot's width;
    ``ends_there``: the name stands before the line. ``row`` counts the rows of names upwards from 0.
    """

    event: Event
    x: Any
    share: float
    span: tuple[float, float]
    ends_there: bool
    row: int = 0


def place_lines(calendar: pd.DataFrame, drawing: Drawing, *, character: float = CHARACTER) -> tuple[EventLine, ...]:
    """Place the events of a drawing on the axis of ``days_frame``, the names in as few rows as they need.

    ``character`` is the width of a letter, as a share of the plot's.
    """
    days = list(calendar["day"])
    lines: list[EventLine] = []
    for event, place in events_within(drawing.events, days):
        share = _share(event, place, days, drawing)
        width = character * len(_name(event))
        ends_there = share + width > 1
        span = (share - width, share) if ends_there else (share, share + width)
        x = place if drawing.axis == "event" else event.first
        lines.append(EventLine(event, x, share, span, ends_there))
    placed: list[EventLine] = []
    # The last first, so that no name lies across the line of another; names that end at their line at the top.
    for line in sorted(lines, key=lambda line: (line.ends_there, -line.share)):
        row = next((row for row in range(len(placed)) if _fits(row, line, placed)), len(placed))
        placed.append(replace(line, row=row))
    return tuple(sorted(placed, key=lambda line: line.share))


def _fits(row: int, line: EventLine, placed: Sequence[EventLine]) -> bool:
    """Return whether a name in a row meets no other name and no line, and its own line no name below."""
    start, end = line.span
    return not any(
        (other.row == row and other.span[0] < end and start < other.span[1])
        or (other.row > row and start < other.share < end)
        or (other.row < row and other.span[0] < line.share < other.span[1])
        for other in placed
    )


def _share(event: Event, place: float, days: Sequence[Any], drawing: Drawing) -> float:
    if len(days) < 2:
        return 0.5
    if drawing.axis == "event":
        return place / (len(days) - 1)
    return float((event.first - days[0]).days / (days[-1] - days[0]).days)


def _name(event: Event) -> str:
    return shorten(event.label, LONGEST, placeholder=" …")


def rows_height(lines: Sequence[EventLine]) -> int:
    """Return how much room the names need above a plot, px."""
    return ROW * (1 + max(line.row for line in lines)) if lines else 0


def event_shapes(lines: Sequence[EventLine], drawing: Drawing, *, yrefs: Sequence[str], above: int = 2) -> list[Shape]:
    """Draw the lines over the heights of some axes and up to their names, below everything else."""
    upright = {"type": "line", "layer": "below", "line": {"color": drawing.palette.hairline, "width": 1}}
    shapes = []
    for line in lines:
        at = upright | {"x0": line.x, "x1": line.x}
        shapes += [at | {"yref": yref, "y0": 0, "y1": 1} for yref in yrefs]
        top = above + ROW * (line.row + 1)
        shapes.append(at | {"yref": "paper", "ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": top})
    return shapes


def event_labels(lines: Sequence[EventLine], drawing: Drawing, *, above: int = 2) -> list[dict[str, Any]]:
    """Write the names from ``above`` px over the plot upwards, beside their lines."""
    font = {"color": drawing.palette.muted, "size": SMALL - 1}
    return [
        label(
            escape_markup(_name(line.event)),
            line.x,
            1,
            yref="paper",
            yanchor="bottom",
            yshift=above + ROW * line.row,
            xanchor="right" if line.ends_there else "left",
            xshift=-4 if line.ends_there else 4,
            font=font,
            hovertext=hover_text(line.event.label, event_days_words(line.event)),
        )
        for line in lines
    ]
