"""The waterfall chart: from the earlier to the later distance, a bar for each issue that moved, one for coverage."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.figures.base import SMALL, Figure, Palette, add_trace, empty_figure, escape_markup
from dashboard.figures.contributions import LOW, ROW, bar_value, row_name, rows_axis
from dashboard.query.day_frames import rows_of
from positions.model.dates import day_in_words
from positions.wording.movement import signed_number


def waterfall_figure(steps: pd.DataFrame, palette: Palette, *, band: float) -> Figure:
    """Draw ``steps_frame`` from the top; ``band``, in [0, 1], is shaded on both sides of the first distance."""
    rows = rows_of(steps)
    figure = empty_figure(palette, height=max(2, len(rows)) * ROW + 46, margin={"l": 2, "r": 44, "t": 6, "b": 40})
    ends = [end for row in rows for end in (row.start, row.end) if row.kind != "total"] + [
        row.value for row in rows if row.kind == "total"
    ]
    low = max(0.0, min(ends, default=0.0) - 0.06)
    high = min(1.0, max(ends, default=1.0) + 0.06)
    labels = []
    for index, row in enumerate(rows):
        start = low if row.kind == "total" else row.start
        marker = {
            "color": {"total": palette.hairline, "moved": palette.ink, "coverage": palette.paper}[row.kind],
            "line": {"color": palette.ink if row.kind != "total" else palette.hairline, "width": 1},
            "pattern": {"shape": "/" if row.kind == "coverage" else "", "fgcolor": palette.muted, "size": 5},
        }
        number = f"{row.value:.2f}" if row.kind == "total" else signed_number(row.value)
        name = _step_name(row)
        bar = {"x": [row.end - start], "base": [start], "y": [index + LOW], "orientation": "h", "width": 0.4}
        add_trace(
            figure,
            "bar",
            **bar,
            marker=marker,
            name=row.kind,
            hovertext=f"{escape_markup(name)}: {number}",
            hoverinfo="text",
        )
        labels.append(row_name(escape_markup(name), index, palette.ink))
        labels.append(bar_value(number, max(start, row.end), index, palette))
    shade = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "line": {"width": 0}}
    first = rows[0].value if rows else 0.0
    figure["layout"].update(
        annotations=labels,
        shapes=[{**shade, "x0": first - band, "x1": first + band, "fillcolor": palette.band, "opacity": 0.6}]
        if rows
        else [],
        xaxis={
            "range": [low, high],
            "fixedrange": True,
            "gridcolor": palette.track,
            "zeroline": False,
            "tickfont": {"color": palette.muted, "size": SMALL},
            "title": {"text": "distance, 0 the same to 1 opposite", "font": {"size": SMALL, "color": palette.muted}},
        },
        yaxis=rows_axis(max(2, len(rows))),
    )
    return figure


def _step_name(row: Any) -> str:
    """Return the name of a step: the day of a total, the effect of coverage, or the issue that moved."""
    if row.kind == "total":
        return day_in_words(row.day)
    return "Entered or left" if row.kind == "coverage" else str(row.issue_label)
