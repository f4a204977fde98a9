"""An issue over time: lanes for the parties inside each level, positions as bars, statements as marks on them.

Rows are laid out in px from the top, so that the layout does not depend on the width of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from textwrap import shorten, wrap
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
from dashboard.figures.days_axis import axis_span, day_rule, time_axis
from dashboard.figures.document_lane import draw_document_lane, lane_height
from dashboard.figures.event_lines import event_labels, event_shapes, place_lines, rows_height
from dashboard.query.day_frames import rows_of
from dashboard.query.event_days import place_of
from positions.model.dates import day_in_words

LEFT: Final = 118
"""Room for the levels in words, px."""
NAMES: Final = (76, 150)
"""The least and the most room for the names of the parties, px."""
LETTER: Final = 6.6
"""Mean width of a letter of a name, px."""
NARROW: Final = 0.022
"""The width of a letter of an event as a share of the plot, which names beside it make narrow."""
LANE: Final = 18
"""Height of a lane, px."""
VOICE: Final = 12
"""How much lower a mark of another voice on the same day lies, px."""
GAP: Final = 10
"""Room between levels, px."""
LINE: Final = 15
"""Height of a line of a level's words, px."""
LETTERS: Final = 18
"""The most letters in a line of a level's words."""
BAR: Final = 6
"""Height of a bar, px."""
FADED: Final = 0.3
"""How much of a stale bar is seen."""
VOICES: Final = {"self": "own word", "framing": "the outlet's words", "ascribed": "another's claim"}
"""The voices of marks, the topmost first."""


@dataclass(frozen=True, slots=True)
class LaneLevel:
    """A level in its words, with its definition; ``key`` is what rows name it by."""

    key: Any
    words: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class IssueLanes:
    """What the chart shows: ``levels`` from the top, and rows of ``LANE_RUNS`` and ``LANE_MARKS``."""

    levels: tuple[LaneLevel, ...]
    runs: pd.DataFrame
    marks: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Lane:
    """A party's lane inside a level: ``middle`` is the line of its bar, px from the top."""

    level: Any
    party: str
    middle: float


@dataclass(frozen=True, slots=True)
class _Band:
    level: LaneLevel
    top: float
    bottom: float
    lanes: tuple[_Lane, ...]


def lanes_figure(lanes: IssueLanes, calendar: pd.DataFrame, drawing: Drawing, *, as_of: date) -> Figure:
    """Draw the lanes over ``days_frame``, later days than ``as_of`` veiled.

    A bar lasts as long as a position: solid by the party's own word, outlined if only an outlet reports it, faded once
    nobody has repeated it for long. Marks are filled for the holder's own word, hollow for the outlet's, crosses for
    claims by others, each voice in its own row; several of a day are one mark with their number. ``customdata`` is what
    a mark opens.
    """
    palette = drawing.palette
    bands = _lay_out(lanes, drawing)
    plot = (bands[-1].bottom if bands else 40.0) + lane_height(drawing.documents)
    events = place_lines(calendar, drawing, character=NARROW)
    head = 8 + rows_height(events)
    figure = empty_figure(
        palette, height=head + plot + 42, margin={"l": LEFT, "r": _names_width(drawing), "t": head, "b": 42}
    )
    span = axis_span(calendar, drawing.axis)
    by_key = {(lane.level, lane.party): lane for band in bands for lane in band.lanes}
    shapes = _bars(lanes.runs, by_key, drawing, span[1])
    documents, document_shapes, document_labels = draw_document_lane(calendar, drawing, bottom=plot)
    for trace in documents:
        add_trace(figure, "scatter", **trace)
    counts = _draw_marks(figure, lanes.marks, by_key, drawing)
    at = place_of(as_of, list(calendar["day"])) if drawing.axis == "event" else as_of
    figure["layout"].update(
        xaxis=time_axis(calendar, drawing.axis, palette, anchor="y"),
        yaxis={"range": [plot, 0], "visible": False, "fixedrange": True},
        shapes=[
            *_hairlines(bands, palette),
            *event_shapes(events, drawing, yrefs=("y domain",)),
            *shapes,
            *document_shapes,
            *day_rule(at, span, "y", palette),
        ],
        annotations=[
            *_level_words(bands, palette),
            *_names(lanes.runs, by_key, drawing, as_of),
            *counts,
            *document_labels,
            *event_labels(events, drawing),
        ],
    )
    return figure


def _names_width(drawing: Drawing) -> int:
    longest = max(len(style.name) for style in drawing.styles.values())
    return min(NAMES[1], max(NAMES[0], round(30 + LETTER * longest)))


def _lay_out(lanes: IssueLanes, drawing: Drawing) -> list[_Band]:
    rows: dict[tuple[Any, str], int] = dict.fromkeys(zip(lanes.runs["level"], lanes.runs["holder"], strict=True), 0)
    for mark in rows_of(lanes.marks):
        rows[mark.level, mark.holder] = max(rows.get((mark.level, mark.holder), 0), mark.row)
    bands: list[_Band] = []
    top = 0.0
    for level in lanes.levels:
        y = top + GAP / 2
        placed: list[_Lane] = []
        for party in (party for party in drawing.styles if (level.key, party) in rows):
            placed.append(_Lane(level.key, party, y + LANE / 2))
            y += LANE + VOICE * rows[level.key, party]
        bottom = max(y + GAP / 2, top + GAP + LINE * len(_wrapped(level.words)))
        bands.append(_Band(level, top, bottom, tuple(placed)))
        top = bottom
    return bands


def _wrapped(words: str) -> list[str]:
    return wrap(shorten(words, 3 * LETTERS - 4, placeholder=" …"), LETTERS)[:3]


def _hairlines(bands: Sequence[_Band], palette: Palette) -> list[dict[str, Any]]:
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    style = {"color": palette.track, "width": 1}
    return [line | {"y0": band.top, "y1": band.top, "line": style} for band in bands[1:]]


def _level_words(bands: Sequence[_Band], palette: Palette) -> list[dict[str, Any]]:
    return [
        label(
            "<br>".join(map(escape_markup, _wrapped(band.level.words))),
            0,
            band.top + GAP / 2,
            xref="paper",
            xanchor="left",
            xshift=-LEFT,
            yanchor="top",
            align="left",
            font={"size": SMALL, "color": palette.ink if band.lanes else palette.muted},
            hovertext=hover_text(band.level.words, *wrap(band.level.definition, 58)),
        )
        for band in bands
    ]


def _bars(runs: pd.DataFrame, lanes: dict[tuple[Any, str], _Lane], drawing: Drawing, end: Any) -> list[dict[str, Any]]:
    """Draw each run as a bar, and a thin line where a party goes from one level to another."""
    shapes: list[dict[str, Any]] = []
    ordered = rows_of(runs)
    start, until = ("step", "until_step") if drawing.axis == "event" else ("day", "until")
    for run in ordered:
        middle, hue = lanes[run.level, run.holder].middle, drawing.styles[run.holder].hue
        last = getattr(run, until)
        ends = {"x0": getattr(run, start), "x1": end if pd.isna(last) else last}
        box = {"type": "rect", "layer": "below", "y0": middle - BAR / 2, "y1": middle + BAR / 2, **ends}
        fill = {"fillcolor": drawing.palette.paper if run.reported else hue, "line": {"color": hue, "width": 1.5}}
        shapes.append(box | fill | ({"opacity": FADED} if run.stale else {}))
    for before, after in pairwise(ordered):
        same = (before.holder, before.thread) == (after.holder, after.thread)
        if same and before.level != after.level and before.day != after.day:
            x, heights = getattr(after, start), [lanes[one.level, one.holder].middle for one in (before, after)]
            line = {"color": drawing.styles[after.holder].hue, "width": 1.2}
            upright = {"type": "line", "layer": "below", "x0": x, "x1": x, "y0": heights[0], "y1": heights[1]}
            shapes.append(upright | {"line": line, "opacity": 0.7})
    return shapes


def _names(
    runs: pd.DataFrame, lanes: dict[tuple[Any, str], _Lane], drawing: Drawing, as_of: date
) -> list[dict[str, Any]]:
    """Name the parties at the right, beside where they stand on the day."""
    held = {
        (run.level, run.holder)
        for run in rows_of(runs)
        if run.day <= as_of and (pd.isna(run.until) or as_of < run.until)
    }
    font = {"size": SMALL, "color": drawing.palette.ink}
    shared = {"xref": "paper", "xanchor": "left", "xshift": 8, "font": font}
    return [label(party_label(drawing.styles[key[1]]), 1, lanes[key].middle, **shared) for key in lanes if key in held]


def _draw_marks(
    figure: Figure, marks: pd.DataFrame, lanes: dict[tuple[Any, str], _Lane], drawing: Drawing
) -> list[dict[str, Any]]:
    """Draw a trace for each party and voice; return the numbers beside marks of several statements."""
    counts: list[dict[str, Any]] = []
    column = "step" if drawing.axis == "event" else "day"
    # On the bar, or lower by a row for each voice above it on its day.
    rows = [(mark, lanes[mark.level, mark.holder].middle + VOICE * mark.row) for mark in rows_of(marks)]
    # The own word is drawn last, so that nothing lies over it.
    for voice in reversed(VOICES):
        for party, style in drawing.styles.items():
            shown = [(mark, y) for mark, y in rows if mark.holder == party and mark.voice == voice]
            if not shown:
                continue
            marker = {
                "symbol": "x-thin" if voice == "ascribed" else style.shape,
                "size": 9 if voice == "ascribed" else 11,
                "color": drawing.palette.paper if voice == "framing" else style.hue,
                "line": {"color": drawing.palette.paper if voice == "self" else style.hue, "width": _edge(voice)},
            }
            add_trace(
                figure,
                "scatter",
                x=[getattr(mark, column) for mark, _ in shown],
                y=[y for _, y in shown],
                mode="markers",
                marker=marker,
                name=f"{style.name} {voice}",
                customdata=[mark.opens for mark, _ in shown],
                hovertext=[_hover(style.name, mark) for mark, _ in shown],
                hoverinfo="text",
                cliponaxis=False,
            )
            font = {"size": SMALL - 2, "color": drawing.palette.ink}
            shared = {"xanchor": "left", "xshift": 7, "yshift": 1, "font": font, "bgcolor": drawing.palette.paper}
            counts += [
                label(f"×{mark.count}", getattr(mark, column), y, **shared) for mark, y in shown if mark.count > 1
            ]
    return counts


def _edge(voice: str) -> float:
    return 1.0 if voice == "self" else 2.0


def _hover(name: str, mark: Any) -> str:
    many = "" if mark.count == 1 else f" · {mark.count} statements, the last of them"
    title = f"{day_in_words(mark.day)} · {mark.words} · {VOICES[mark.voice]}{many}"
    return hover_text(name, title, mark.by, quote=mark.quote)
