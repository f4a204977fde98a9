"""A lane of documents under a chart over time: when each was published, and from when on what it quotes was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import SMALL, DocumentSpan, Drawing, hover_text, label
from dashboard.figures.days_axis import axis_span
from dashboard.query.event_days import place_of
from positions.model.dates import day_in_words

ROWS: Final = 4
"""The most rows in which documents lie below each other."""
ROW: Final = 8
"""Height of a row, px."""
PADDING: Final = 8


def lane_height(documents: Sequence[DocumentSpan]) -> float:
    """Return the height of the lane, px; 0 without documents."""
    return float(2 * PADDING + ROW * min(ROWS, len(documents))) if documents else 0.0


def draw_document_lane(
    calendar: pd.DataFrame, drawing: Drawing, *, bottom: float, yaxis: str = "y", left: int = 118
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the traces, shapes and labels of the lane, whose lower edge is ``bottom`` px from the top of the plot.

    ``yaxis`` is in px from the top; ``left`` is how far left of the plot the lane's name begins, px. A diamond is the
    day of publication, the line before it begins on the first day that the document quotes words of.
    """
    documents = drawing.documents
    if not documents:
        return [], [], []
    palette, days = drawing.palette, list(calendar["day"])
    low, high, _ = axis_span(calendar, drawing.axis)
    top = bottom - lane_height(documents)

    def at(day: Any) -> Any:
        if drawing.axis == "event":
            return place_of(day, days)
        return min(max(pd.Timestamp(day), low), high)

    heights = [top + PADDING + ROW * (index % ROWS + 0.5) for index in range(len(documents))]
    line: dict[str, Any] = {"type": "line", "layer": "below", "yref": yaxis}
    line |= {"line": {"color": palette.muted, "width": 1}}
    spans = [
        line | {"x0": at(one.said_from), "x1": at(one.published), "y0": y, "y1": y}
        for one, y in zip(documents, heights, strict=True)
        if one.said_from
    ]
    rule = {**line, "xref": "paper", "x0": 0, "x1": 1, "y0": top, "y1": top}
    trace = {
        "x": [at(one.published) for one in documents],
        "y": heights,
        "yaxis": yaxis,
        "mode": "markers",
        "name": "documents",
        "marker": {"symbol": "diamond", "size": 7, "color": palette.muted, "line": {"width": 0}},
        "hovertext": [_hover(one) for one in documents],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    font = {"size": SMALL, "color": palette.muted}
    place = {"xref": "paper", "xanchor": "left", "xshift": -left, "yref": yaxis, "yanchor": "top", "font": font}
    name = label("documents", 0, top + 1, **place)
    return [trace], [rule | {"line": {"color": palette.hairline, "width": 1}}, *spans], [name]


def _hover(document: DocumentSpan) -> str:
    words = f"published {day_in_words(document.published)}"
    if document.said_from and document.said_from != document.published:
        words += f", quotes words from {day_in_words(document.said_from)} on"
    return hover_text(document.title, document.outlet, words)
