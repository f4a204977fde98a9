"""What a distance on one day is made of: a bar for each issue that can be compared, laid end to end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import FONT, SMALL, Palette, hover_text, safe
from dashboard.frames import rows_of

ROW: Final = 30
"""Height of a bar's row, px."""
LEFT: Final = 190
"""Room for the names of the issues, px."""


def contributions_figure(
    gap: pd.DataFrame, palette: Palette, *, distance: float | None, bounds: tuple[float, float], coverage: float
) -> dict[str, Any]:
    """Draw ``gap_frame`` downwards as plain values: the parts, the distance, its bounds, and who is silent on what.

    ``distance`` and ``bounds`` are in [0, 1], ``coverage`` the share of the agenda that can be compared.
    """
    rows = rows_of(gap)
    parts = [(place, row) for place, row in enumerate(rows) if row.comparable]
    bars = [_bar(place, row, palette) for place, row in parts]
    notes = [
        _name(row.label, place, palette.ink if row.comparable else palette.muted) for place, row in enumerate(rows)
    ]
    notes += [_note(f"{row.contribution:.2f}", row.end, place, palette.ink) for place, row in parts]
    notes += [
        _note(f"not comparable: {safe(row.silent)}", 0, place, palette.muted)
        for place, row in enumerate(rows)
        if not row.comparable
    ]
    shapes: list[dict[str, Any]] = []
    last = len(rows)
    if distance is not None:
        bars.append(_total(last, distance, palette))
        notes += [
            _name("Distance", last, palette.ink),
            _note(f"{distance:.2f} on {coverage:.0%} of the agenda", max(distance, bounds[1]), last, palette.ink),
        ]
        shapes = _bracket(last, bounds, palette)
    return {
        "data": bars,
        "layout": _layout(palette, last + (distance is not None), notes, shapes),
    }


def _bar(place: int, row: Any, palette: Palette) -> dict[str, Any]:
    told = f"{row.distance:.2f} apart, {row.share:.0%} of the agenda: {row.contribution:.2f} of the distance"
    return {
        "type": "bar",
        "orientation": "h",
        "x": [row.contribution],
        "base": [row.start],
        "y": [place],
        "width": 0.56,
        "name": row.issue,
        "marker": {"color": palette.ink, "line": {"width": 0}},
        "hovertext": hover_text(row.label, told),
        "hoverinfo": "text",
    }


def _total(place: int, distance: float, palette: Palette) -> dict[str, Any]:
    bar = {"type": "bar", "orientation": "h", "x": [distance], "base": [0], "y": [place], "width": 0.56}
    return {**bar, "name": "total", "marker": {"color": palette.hairline, "line": {"width": 0}}, "hoverinfo": "skip"}


def _bracket(place: int, bounds: tuple[float, float], palette: Palette) -> list[dict[str, Any]]:
    """Draw the bounds as a line with two ends over the bar of the distance."""
    line = {"type": "line", "line": {"color": palette.muted, "width": 1.5}}
    ends = [{**line, "x0": at, "x1": at, "y0": place - 0.18, "y1": place + 0.18} for at in bounds]
    return [{**line, "x0": bounds[0], "x1": bounds[1], "y0": place, "y1": place}, *ends]


def _name(words: str, place: int, colour: str) -> dict[str, Any]:
    return _note(safe(words), 0, place, colour) | {"xref": "paper", "xanchor": "right", "xshift": -10}


def _note(words: str, at: float, place: int, colour: str) -> dict[str, Any]:
    note = {"text": words, "x": at, "y": place, "showarrow": False, "borderpad": 0, "xanchor": "left", "xshift": 6}
    return {**note, "font": {"size": SMALL, "color": colour}}


def _layout(
    palette: Palette, rows: int, notes: Sequence[dict[str, Any]], shapes: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    title = {"text": "distance, 0 the same to 1 opposite", "font": {"size": SMALL, "color": palette.muted}}
    box = {"bgcolor": palette.paper, "bordercolor": palette.hairline, "align": "left"}
    return {
        "height": max(2, rows) * ROW + 46,
        "margin": {"l": LEFT, "r": 24, "t": 6, "b": 40, "pad": 0, "autoexpand": False},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SMALL, "color": palette.ink},
        "hoverlabel": {**box, "font": {"family": FONT, "size": SMALL, "color": palette.ink}},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "annotations": list(notes),
        "shapes": list(shapes),
        "xaxis": {
            # The words of the last bar stand right of it.
            "range": [0, 1.3],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "fixedrange": True,
            "gridcolor": palette.track,
            "zeroline": False,
            "tickfont": {"color": palette.muted, "size": SMALL},
            "title": title,
        },
        "yaxis": {"autorange": False, "range": [max(2, rows) - 0.4, -0.6], "visible": False, "fixedrange": True},
    }
