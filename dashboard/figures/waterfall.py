"""The waterfall chart: from the earlier to the later distance, a bar for each issue that moved, entered or left."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.figures.base import SMALL, Figure, Palette, add_trace, empty_figure, escape_markup
from dashboard.figures.contributions import LOW, ROW, bar_value, row_name, rows_axis
from dashboard.query.day_frames import rows_of
from positions.model.dates import day_in_words
from positions.wording.movement import signed_number

STEP_NAMES: Final = {
    "moved": "",
    "entered": " became comparable",
    "left": " ceased to be comparable",
    "framing": "Outlets' own words",
}
"""What a step did, after the name of its issue."""


def waterfall_figure(steps: pd.DataFrame, palette: Palette, *, band: float | None) -> Figure:
    """Draw ``steps_frame`` from the top; ``band``, in [0, 1], is shaded on both sides of the first distance.

    Nothing is shaded without a band: no movement can be told.
    """
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
            "color": {"total": palette.hairline, "moved": palette.ink}.get(row.kind, palette.paper),
            "line": {"color": palette.ink if row.kind != "total" else palette.hairline, "width": 1},
            "pattern": {"shape": "" if row.kind in ("total", "moved") else "/", "fgcolor": palette.muted, "size": 5},
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
        shapes=[]
        if not rows or band is None
        else [{**shade, "x0": first - band, "x1": first + band, "fillcolor": palette.band, "opacity": 0.6}],
        xaxis={
            "range": [low, high],
            "tickvals": [step / 20 for step in range(21) if low <= step / 20 <= high],
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
    """Return the name of a step: the day of a total, or the issue and what it did."""
    if row.kind == "total":
        return day_in_words(row.day)
    return f"{row.issue_label}{STEP_NAMES[row.kind]}"
