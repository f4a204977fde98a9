"""The small charts of the first page as a figure, for their picture: issues below each other, positions over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import SMALL, Drawing, Figure, add_trace, empty_figure, escape_markup, label, party_label
from dashboard.figures.days_axis import axis_span, day_rule, time_axis
from dashboard.figures.document_lane import draw_document_lane, lane_height
from dashboard.figures.event_lines import event_labels, event_shapes, place_lines, rows_height
from dashboard.query.day_frames import rows_of
from dashboard.query.event_days import place_of
from positions.model.issues import Issue

LEFT: Final = 150
RIGHT: Final = 130
"""Room for the names of the issues and of the parties, px."""
PANE: Final = 84
"""Height of an issue's chart, px, with room above and below its lines."""
EDGE: Final = 18
APART: Final = 15
"""The least distance of two names, px."""
SHIFT: Final = 4
"""How far the lines of parties with the same position lie apart, px."""


def multiples_figure(
    rows: pd.DataFrame, issues: Sequence[Issue], calendar: pd.DataFrame, drawing: Drawing, *, as_of: Any
) -> Figure:
    """Draw the rows of :func:`dashboard.frames.small_multiples.multiples_frame`; dotted: not repeated for long."""
    events = place_lines(calendar, drawing)
    head = 8 + rows_height(events)
    plot = PANE * len(issues) + lane_height(drawing.documents)
    margin = {"l": LEFT, "r": RIGHT, "t": head, "b": 42}
    figure = empty_figure(drawing.palette, height=head + plot + 42, margin=margin)
    traces, shapes, labels = draw_document_lane(calendar, drawing, bottom=plot, left=LEFT)
    for trace in traces:
        add_trace(figure, "scatter", **trace)
    span = axis_span(calendar, drawing.axis)
    for number, issue in enumerate(issues):
        labels += _issue_words(issue, PANE * number, drawing)
        on_issue = [row for row in rows_of(rows) if row.issue == issue.id]
        labels += _draw_issue(figure, on_issue, PANE * number, drawing, span[1])
    rule = {"type": "line", "layer": "below", "xref": "paper", "x0": 0, "x1": 1}
    line = {"color": drawing.palette.track, "width": 1}
    edges = [rule | {"y0": y, "y1": y, "line": line} for y in (PANE * number for number in range(1, len(issues)))]
    at = place_of(as_of, list(calendar["day"])) if drawing.axis == "event" else as_of
    figure["layout"].update(
        xaxis=time_axis(calendar, drawing.axis, drawing.palette, anchor="y"),
        yaxis={"range": [plot, 0], "visible": False, "fixedrange": True},
        shapes=[
            *event_shapes(events, drawing, yrefs=("y domain",)),
            *edges,
            *shapes,
            *day_rule(at, span, "y", drawing.palette),
        ],
        annotations=[*labels, *event_labels(events, drawing)],
    )
    return figure


def _height(value: float, top: float) -> float:
    return top + EDGE + (PANE - 2 * EDGE) * (1 - value)


def _issue_words(issue: Issue, top: float, drawing: Drawing) -> list[dict[str, Any]]:
    place = {"xref": "paper", "xanchor": "left", "xshift": -LEFT}
    small = {"size": SMALL - 1, "color": drawing.palette.muted}
    middle = {"size": SMALL, "color": drawing.palette.ink}
    return [
        label(escape_markup(issue.plus or "for"), 0, top + EDGE, **place, font=small),
        label(f"<b>{escape_markup(issue.label)}</b>", 0, top + PANE / 2, **place, font=middle),
        label(escape_markup(issue.minus or "against"), 0, top + PANE - EDGE, **place, font=small),
    ]


def _draw_issue(figure: Figure, rows: Sequence[Any], top: float, drawing: Drawing, end: Any) -> list[dict[str, Any]]:
    """Draw each party's steps, ranges at their middle; return the parties' names beside where they end."""
    parties = [party for party in drawing.styles if any(row.holder == party for row in rows)]
    ends: dict[str, float] = {}
    column = "step" if drawing.axis == "event" else "day"
    for number, party in enumerate(parties):
        shift = SHIFT * (number - (len(parties) - 1) / 2)
        held = [row for row in rows if row.holder == party]
        heights = [_height((row.value + row.value_to) / 2, top) + shift for row in held]
        ends[party] = heights[-1]
        for index, row in enumerate(held):
            until = getattr(held[index + 1], column) if index + 1 < len(held) else end
            after = heights[index + 1] if index + 1 < len(held) else heights[index]
            style = {"color": drawing.styles[party].hue, "width": 2} | ({"dash": "dot"} if row.stale else {})
            x, y = [getattr(row, column), until, until], [heights[index], heights[index], after]
            add_trace(figure, "scatter", x=x, y=y, mode="lines", line=style, name=party, hoverinfo="skip")
    font = {"size": SMALL, "color": drawing.palette.ink}
    shared = {"xref": "paper", "xanchor": "left", "xshift": 6, "font": font}
    return [label(party_label(drawing.styles[party]), 1, y, **shared) for party, y in _spread(ends, top).items()]


def _spread(ends: dict[str, float], top: float) -> dict[str, float]:
    """Move names apart so that each can be read, within their chart as far as they fit."""
    ordered = sorted(ends, key=lambda party: ends[party])
    heights: dict[str, float] = {}
    last = top - APART
    for party in ordered:
        last = heights[party] = max(ends[party], last + APART)
    over = max(0.0, last - (top + PANE - 6))
    return {party: height - over for party, height in heights.items()}
