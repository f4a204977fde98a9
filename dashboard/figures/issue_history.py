"""An issue over time: each party's positions as steps, every statement as a mark."""

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
    party_label,
)
from dashboard.figures.days_axis import time_axis
from dashboard.figures.event_lines import event_labels, event_shapes, place_lines, rows_height
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
    positions: pd.DataFrame,
    statements: pd.DataFrame,
    calendar: pd.DataFrame,
    ticks: Sequence[tuple[float, str]],
    drawing: Drawing,
) -> Figure:
    """Draw ``daily_positions_frame`` as steps, dashed if stale, ranges as bands, and ``statements_frame`` as marks.

    ``ticks`` are heights in [0, 1] with their labels. A mark has its party's shape, filled for the holder's own word
    and hollow for the outlet's, or is a cross for a claim by others; ``customdata`` is the statement's id. Thin
    upright lines are events.
    """
    styles, palette, axis = drawing.styles, drawing.palette, drawing.axis
    # Lines of parties with the same position are shifted apart, or one would hide the others.
    names = [name for name in styles if name in set(positions["holder"]) | set(statements["holder"])]
    gap = 0.028
    shift = {name: gap * (index - (len(names) - 1) / 2) for index, name in enumerate(names)}
    lines = place_lines(calendar, drawing)
    head = 16 + rows_height(lines)
    figure = empty_figure(palette, height=ROW * len(ticks) + 62 + head, margin={"l": 4, "r": 108, "t": head, "b": 42})
    for name in names:
        lane = _Lane(styles[name], shift[name], "step" if axis == "event" else "day")
        _draw_path(figure, rows_of(positions[positions["holder"] == name]), lane)
        _draw_marks(figure, rows_of(statements[statements["holder"] == name]), lane, palette)
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
        shapes=event_shapes(lines, drawing, yrefs=("y domain",)),
        annotations=[
            *_levels(ticks, palette),
            *_names(positions, names, styles, shift),
            *event_labels(lines, drawing),
        ],
    )
    return figure


def _levels(ticks: Sequence[tuple[float, str]], palette: Palette) -> list[dict[str, Any]]:
    font = {"color": palette.muted, "size": SMALL}
    return [
        label(escape_markup(words), 0, height, xref="paper", xanchor="left", yanchor="bottom", yshift=12, font=font)
        for height, words in ticks
    ]


def _names(
    positions: pd.DataFrame, names: Sequence[str], styles: Mapping[str, PartyStyle], shift: Mapping[str, float]
) -> list[dict[str, Any]]:
    labels = []
    last_rows = [(name, rows_of(positions[positions["holder"] == name])[-1:]) for name in names]
    heights = sorted(((last[0].value + last[0].value_to) / 2 + shift[name], name) for name, last in last_rows if last)
    before = -1.0
    for height, name in heights:
        # Names at the same height are stacked.
        before = max(height, before + 0.075)
        font = {"size": SMALL + 1}
        labels.append(label(party_label(styles[name]), 1, before, xref="paper", xanchor="left", xshift=8, font=font))
    return labels


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
