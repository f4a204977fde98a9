"""The parts of a distance on one day: a bar for each issue that can be compared, laid end to end."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.figures.base import SMALL, Figure, Palette, add_trace, empty_figure, escape_markup, hover_text, label
from dashboard.query.day_frames import rows_of
from positions.model.lists import percent_words

ROW: Final = 42
"""Height of a row, px: a name and its bar under it."""
LOW: Final = 0.16
"""How far below the middle of its row a bar lies, in rows."""


def contributions_figure(
    gap: pd.DataFrame, palette: Palette, *, distance: float | None, bounds: tuple[float, float], coverage: float
) -> Figure:
    """Draw ``gap_frame`` from the top: the parts, who is silent on the other issues, the distance and its bounds.

    ``distance`` and ``bounds`` are in [0, 1], ``coverage`` the share of the agenda that can be compared.
    """
    rows = rows_of(gap)
    count = max(2, len(rows) + (distance is not None))
    figure = empty_figure(palette, height=count * ROW + 46, margin={"l": 2, "r": 12, "t": 6, "b": 40})
    labels: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        silence = "" if row.comparable else f" · not comparable: {escape_markup(row.silent)}"
        labels.append(
            row_name(
                f"{escape_markup(row.issue_label)}{silence}", index, palette.ink if row.comparable else palette.muted
            )
        )
        if row.comparable:
            explanation = (
                f"{row.distance:.2f} apart, {percent_words(row.share)} of the agenda: "
                f"{row.contribution:.2f} of the distance"
            )
            span = (row.start, row.start + row.contribution)
            _bar(figure, index, span, palette.ink, hovertext=hover_text(row.issue_label, explanation))
            labels.append(bar_value(f"{row.contribution:.2f}", row.end, index, palette))
    shapes: list[dict[str, Any]] = []
    if distance is not None:
        _bar(figure, len(rows), (0.0, distance), palette.hairline)
        labels.append(row_name(f"Distance, on {percent_words(coverage)} of the agenda", len(rows), palette.ink))
        labels.append(bar_value(f"{distance:.2f}", max(distance, bounds[1]), len(rows), palette))
        shapes = _bracket(len(rows) + LOW, bounds, palette)
    figure["layout"].update(annotations=labels, shapes=shapes, xaxis=_axis(palette), yaxis=rows_axis(count))
    return figure


def row_name(words: str, index: int, colour: str) -> dict[str, Any]:
    """Return the name of a row, above its bar: beside it, a narrow screen would have no room."""
    font = {"size": SMALL, "color": colour}
    return label(words, 0, index - 0.3, xref="paper", xanchor="left", font=font)


def bar_value(words: str, at: float, index: int, palette: Palette) -> dict[str, Any]:
    """Return a number at the end of a bar."""
    return label(words, at, index + LOW, xanchor="left", xshift=5, font={"size": SMALL, "color": palette.ink})


def rows_axis(count: int) -> dict[str, Any]:
    """Return the axis of rows, the first on top."""
    return {"autorange": False, "range": [count - 0.4, -0.6], "visible": False, "fixedrange": True}


def _bar(figure: Figure, index: int, span: tuple[float, float], colour: str, *, hovertext: str = "") -> None:
    """Draw a bar over a span of distance, from its base to its end."""
    base, end = span
    bar: dict[str, Any] = {"x": [end - base], "base": [base], "y": [index + LOW], "orientation": "h", "width": 0.4}
    marker = {"color": colour, "line": {"width": 0}}
    add_trace(figure, "bar", **bar, marker=marker, hovertext=hovertext, hoverinfo="text" if hovertext else "skip")


def _bracket(height: float, bounds: tuple[float, float], palette: Palette) -> list[dict[str, Any]]:
    """Return the bounds as a line with two ends over the bar of the distance."""
    line = {"type": "line", "line": {"color": palette.muted, "width": 1.5}}
    ends = [{**line, "x0": at, "x1": at, "y0": height - 0.14, "y1": height + 0.14} for at in bounds]
    return [{**line, "x0": bounds[0], "x1": bounds[1], "y0": height, "y1": height}, *ends]


def _axis(palette: Palette) -> dict[str, Any]:
    return {
        # The number of the last bar stands right of it.
        "range": [0, 1.1],
        "tickvals": [0, 0.25, 0.5, 0.75, 1],
        "fixedrange": True,
        "gridcolor": palette.track,
        "zeroline": False,
        "tickfont": {"color": palette.muted, "size": SMALL},
        "title": {"text": "distance, 0 the same to 1 opposite", "font": {"size": SMALL, "color": palette.muted}},
    }
