"""An issue over time: each party's path as steps, every statement a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import (
    SMALL,
    Drawing,
    Figure,
    Palette,
    add_trace,
    empty_figure,
    escape_markup,
    hover_text,
    label,
)
from dashboard.figures.trend import time_axis
from dashboard.query.day_frames import rows_of
from positions.model.dates import day_in_words
from positions.wording.party_style import PartyStyle

ROW: Final = 62
"""Height of a level, px."""
VOICES: Final = {"self": "own word", "framing": "the outlet's words", "ascribed": "another's claim"}


@dataclass(frozen=True, slots=True)
class _Lane:
    """How one party is drawn: its style, how far up its line is shifted (in [0, 1]), and the column that x is."""

    style: PartyStyle
    shift: float
    column: str

    def x(self, row: Any) -> Any:
        """Return where a row lies in time: the step of its day, or the day itself."""
        return getattr(row, self.column)

    def y(self, row: Any) -> float:
        """Return the middle of a row's range, shifted."""
        return float((row.value + row.value_to) / 2 + self.shift)


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
    styles, palette, axis = drawing.styles, drawing.palette, drawing.axis
    # Parties that hold the same are drawn side by side, or one would hide the others.
    names = [name for name in styles if name in set(held["holder"]) | set(said["holder"])]
    gap = 0.028
    shift = {name: gap * (place - (len(names) - 1) / 2) for place, name in enumerate(names)}
    figure = empty_figure(palette, height=ROW * len(ticks) + 78, margin={"l": 4, "r": 92, "t": 16, "b": 42})
    for name in names:
        lane = _Lane(styles[name], shift[name], "step" if axis == "event" else "day")
        _draw_path(figure, rows_of(held[held["holder"] == name]), lane)
        _draw_marks(figure, rows_of(said[said["holder"] == name]), lane, palette)
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
        annotations=[*_levels(ticks, palette), *_names(held, names, styles, shift)],
    )
    return figure


def _levels(ticks: Sequence[tuple[float, str]], palette: Palette) -> list[dict[str, Any]]:
    font = {"color": palette.muted, "size": SMALL}
    return [
        label(escape_markup(words), 0, height, xref="paper", xanchor="left", yanchor="bottom", yshift=12, font=font)
        for height, words in ticks
    ]


def _names(
    held: pd.DataFrame, names: Sequence[str], styles: Mapping[str, PartyStyle], shift: Mapping[str, float]
) -> list[dict[str, Any]]:
    found = []
    ends = [(name, rows_of(held[held["holder"] == name])[-1:]) for name in names]
    heights = sorted(((last[0].value + last[0].value_to) / 2 + shift[name], name) for name, last in ends if last)
    before = -1.0
    for height, name in heights:
        # Names of parties at the same height stand under each other.
        before = max(height, before + 0.075)
        font = {"color": styles[name].hue, "size": SMALL + 1}
        found.append(
            label(escape_markup(styles[name].name), 1, before, xref="paper", xanchor="left", xshift=8, font=font)
        )
    return found


def _draw_path(figure: Figure, rows: Sequence[Any], lane: _Lane) -> None:
    style = lane.style
    shared: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "connectgaps": False}
    for name, stale, dash in (("path", False, "solid"), ("stale", True, "2px,4px")):
        x: list[Any] = []
        y: list[Any] = []
        for row, after in pairwise(rows):
            if after.stale == stale:
                x += [lane.x(row), lane.x(after), lane.x(after), None]
                y += [lane.y(row), lane.y(row), lane.y(after), None]
        line = {"color": style.hue, "width": 2, "dash": dash}
        add_trace(
            figure, "scatter", x=x, y=y, name=f"{style.name} {name}", line=line, opacity=0.55 if stale else 1, **shared
        )
    for row, after in pairwise(rows):
        if row.value_to > row.value:
            start, end = lane.x(row), lane.x(after)
            box = {"x": [start, end, end, start], "y": [row.value, row.value, row.value_to, row.value_to]}
            fill = {"fill": "toself", "fillcolor": style.hue, "line": {"width": 0}, "opacity": 0.14}
            add_trace(figure, "scatter", **box, **fill, name=f"{style.name} range", **shared)


def _draw_marks(figure: Figure, rows: Sequence[Any], lane: _Lane, palette: Palette) -> None:
    style = lane.style
    for voice, words in VOICES.items():
        marks = [row for row in rows if row.voice == voice]
        shape = "x-thin" if voice == "ascribed" else style.shape
        marker = {
            "symbol": shape,
            "size": 9,
            "color": palette.paper if voice == "framing" else style.hue,
            "line": {"color": style.hue, "width": 2 if voice != "self" else 1},
        }
        add_trace(
            figure,
            "scatter",
            x=[lane.x(mark) for mark in marks],
            y=[lane.y(mark) for mark in marks],
            mode="markers",
            marker=marker,
            name=f"{style.name} {voice}",
            customdata=[mark.statement for mark in marks],
            hovertext=[
                hover_text(style.name, f"{day_in_words(mark.day)} · {mark.words} · {words}", mark.by, quote=mark.quote)
                for mark in marks
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
