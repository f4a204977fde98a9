"""An issue over time: each party's path as steps, every statement a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import SMALL, Drawing, Figure, Palette, add_trace, canvas, hover_text, label, safe
from dashboard.figures.trend import time_axis
from dashboard.query.day_frames import rows_of
from positions.model.dates import day_in_words
from positions.wording.party_style import PartyStyle

ROW: Final = 62
"""Height of a level, px."""
VOICES: Final = {"self": "own word", "framing": "the outlet's words", "ascribed": "another's claim"}


def paths_figure(
    held: pd.DataFrame,
    said: pd.DataFrame,
    calendar: pd.DataFrame,
    ticks: Sequence[tuple[float, str]],
    drawing: Drawing,
) -> Figure:
    """Draw ``held_frame`` as steps (dashed where stale), ranges as bands, ``said_frame`` as marks over ``ticks``.

    ``ticks`` are heights in [0, 1] and their words. A mark's shape is its party's; it is filled for the holder's own
    word, hollow for the outlet's and a cross for another's claim; ``customdata`` is the statement's id.
    """
    looks, palette, axis = drawing.looks, drawing.palette, drawing.axis
    # Parties that hold the same are drawn side by side, or one would hide the others.
    names = [name for name in looks if name in set(held["holder"]) | set(said["holder"])]
    gap = 0.028
    shift = {name: gap * (place - (len(names) - 1) / 2) for place, name in enumerate(names)}
    figure = canvas(palette, height=ROW * len(ticks) + 78, margin={"l": 4, "r": 92, "t": 16, "b": 42})
    column = "step" if axis == "event" else "day"
    for name in names:
        rows = rows_of(held[held["holder"] == name])
        _draw_path(figure, [(getattr(row, column), row) for row in rows], looks[name], shift[name])
        _draw_marks(figure, said[said["holder"] == name], column, looks[name], shift[name], palette)
    figure["layout"].update(
        xaxis=time_axis(calendar, axis, palette, anchor="y"),
        yaxis={
            "range": [-0.16, 1.16],
            "tickvals": [height for height, _ in ticks],
            "showticklabels": False,
            "gridcolor": palette.track,
            "zeroline": False,
            "fixedrange": True,
        },
        annotations=[*_levels(ticks, palette), *_names(held, names, looks, shift)],
    )
    return figure


def _levels(ticks: Sequence[tuple[float, str]], palette: Palette) -> list[dict[str, Any]]:
    font = {"color": palette.muted, "size": SMALL}
    return [
        label(safe(words), 0, height, xref="paper", xanchor="left", yanchor="bottom", yshift=12, font=font)
        for height, words in ticks
    ]


def _names(
    held: pd.DataFrame, names: Sequence[str], looks: Mapping[str, PartyStyle], shift: Mapping[str, float]
) -> list[dict[str, Any]]:
    found = []
    ends = [(name, rows_of(held[held["holder"] == name])[-1:]) for name in names]
    heights = sorted(((last[0].value + last[0].value_to) / 2 + shift[name], name) for name, last in ends if last)
    before = -1.0
    for height, name in heights:
        # Names of parties at the same height stand under each other.
        before = max(height, before + 0.075)
        font = {"color": looks[name].hue, "size": SMALL + 1}
        found.append(label(safe(looks[name].name), 1, before, xref="paper", xanchor="left", xshift=8, font=font))
    return found


def _draw_path(figure: Figure, points: Sequence[tuple[Any, Any]], look: PartyStyle, shift: float) -> None:
    shared: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "connectgaps": False}
    for name, stale, dash in (("path", False, "solid"), ("stale", True, "2px,4px")):
        x: list[Any] = []
        y: list[Any] = []
        for (at, row), (until, then) in pairwise(points):
            if then.stale == stale:
                middle, after = (row.value + row.value_to) / 2 + shift, (then.value + then.value_to) / 2 + shift
                x += [at, until, until, None]
                y += [middle, middle, after, None]
        line = {"color": look.hue, "width": 2, "dash": dash}
        add_trace(
            figure, "scatter", x=x, y=y, name=f"{look.name} {name}", line=line, opacity=0.55 if stale else 1, **shared
        )
    for (at, row), (until, _) in pairwise(points):
        if row.value_to > row.value:
            box = {"x": [at, until, until, at], "y": [row.value, row.value, row.value_to, row.value_to]}
            fill = {"fill": "toself", "fillcolor": look.hue, "line": {"width": 0}, "opacity": 0.14}
            add_trace(figure, "scatter", **box, **fill, name=f"{look.name} range", **shared)


def _draw_marks(
    figure: Figure, said: pd.DataFrame, column: str, look: PartyStyle, shift: float, palette: Palette
) -> None:
    for voice, words in VOICES.items():
        rows = rows_of(said[said["voice"] == voice])
        shape = "x-thin" if voice == "ascribed" else look.shape
        marker = {
            "symbol": shape,
            "size": 9,
            "color": palette.paper if voice == "framing" else look.hue,
            "line": {"color": look.hue, "width": 2 if voice != "self" else 1},
        }
        add_trace(
            figure,
            "scatter",
            x=[getattr(row, column) for row in rows],
            y=[(row.value + row.value_to) / 2 + shift for row in rows],
            mode="markers",
            marker=marker,
            name=f"{look.name} {voice}",
            customdata=[row.statement for row in rows],
            hovertext=[
                hover_text(look.name, f"{day_in_words(row.day)} · {row.words} · {words}", row.by, quote=row.quote)
                for row in rows
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
