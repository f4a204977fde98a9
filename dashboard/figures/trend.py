"""Distance over time: a panel for each pair of parties; the line is never drawn without the band of its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
    hover_text,
    label,
    party_label,
)
from dashboard.figures.days_axis import LABELS, axis_span, day_rule, time_axis
from dashboard.figures.document_lane import draw_document_lane, lane_height
from dashboard.figures.event_lines import event_labels, event_shapes, place_lines, rows_height
from dashboard.query.day_frames import rows_of
from dashboard.query.event_days import place_of
from positions.model.dates import day_in_words
from positions.model.lists import percent_words
from positions.wording.party_style import PartyStyle

TITLE: Final = 30
"""Height of a panel's title, px."""
PANEL: Final = 96
"""Height of a panel's plot, px."""
TOP: Final = 36
"""Room above the panels for the names of the gaps, px."""
BOTTOM: Final = 40
"""Room below the panels for the days, px."""
MARGIN: Final = {"l": 22, "r": 14}


@dataclass(frozen=True, slots=True)
class _Panel:
    """A pair's panel: the styles of its two parties, its rows with their x, its axis, its top in [0, 1] of the plot."""

    styles: tuple[PartyStyle, PartyStyle]
    points: Sequence[tuple[Any, Any]]
    yaxis: str
    top: float


def trend_figure(
    trend: pd.DataFrame,
    calendar: pd.DataFrame,
    drawing: Drawing,
    *,
    as_of: date,
) -> Figure:
    """Draw ``trend_frame`` over ``days_frame``: distances in [0, 1], x the step of a day or the day itself.

    Each pair has four traces in this order: ``band`` (lo to hi), ``line`` (solid), ``thin`` (dashed, for thin coverage)
    and ``marks``, whose ``customdata`` are the days as ISO text; thin marks are hollow. A line marks ``as_of``, any
    day, thinner ones the events, with their names above the panels.
    """
    styles, palette, axis = drawing.styles, drawing.palette, drawing.axis
    rows_by_pair: dict[tuple[str, str], list[Any]] = {}
    for row in rows_of(trend):
        rows_by_pair.setdefault((row.party, row.other), []).append(row)
    pairs = list(rows_by_pair)
    lines = place_lines(calendar, drawing)
    gaps = TOP if axis == "event" else 0
    head = gaps + rows_height(lines)
    lane = lane_height(drawing.documents)
    height = head + BOTTOM + len(pairs) * (TITLE + PANEL) + lane
    figure = empty_figure(palette, height=height, margin={**MARGIN, "t": head, "b": BOTTOM})
    column = "step" if axis == "event" else "day"
    rule = place_of(as_of, list(calendar["day"])) if axis == "event" else as_of
    labels: list[dict[str, Any]] = []
    plot = max(1, len(pairs)) * (TITLE + PANEL) + lane
    for index, pair in enumerate(pairs):
        name = "" if index == 0 else str(index + 1)
        top = 1 - index * (TITLE + PANEL) / plot
        bottom = max(0.0, top - (TITLE + PANEL) / plot)
        figure["layout"][f"yaxis{name}"] = _scale(palette, bottom, top - TITLE / plot)
        points = [(getattr(row, column), row) for row in rows_by_pair[pair]]
        panel = _Panel((styles[pair[0]], styles[pair[1]]), points, f"y{name}", top)
        _draw_pair(figure, panel, palette, as_of=as_of)
        labels.extend(_title(panel, palette, as_of=as_of))
    if axis == "event":
        labels.extend(_gap_labels(calendar, palette))
    yaxes = [f"y{index + 1 if index else ''}" for index in range(len(pairs))]
    anchor, shapes = _draw_documents(figure, labels, calendar, drawing, lane / plot)
    span = axis_span(calendar, axis)
    rules = [shape for yaxis in yaxes for shape in day_rule(rule, span, yaxis, palette)]
    marks = event_shapes(lines, drawing, yrefs=[f"{yaxis} domain" for yaxis in yaxes], above=gaps + 2)
    figure["layout"].update(
        xaxis=time_axis(calendar, axis, palette, anchor=anchor),
        shapes=[*marks, *shapes, *rules],
        annotations=[*labels, *event_labels(lines, drawing, above=gaps + 2)],
    )
    return figure


def _draw_documents(
    figure: Figure, labels: list[dict[str, Any]], calendar: pd.DataFrame, drawing: Drawing, share: float
) -> tuple[str, list[dict[str, Any]]]:
    """Draw the lane of documents on an axis of its own; return the lowest axis, and the lane's shapes.

    ``share`` is the lane's height as a share of the plot's.
    """
    panels = sum(name.startswith("yaxis") for name in figure["layout"])
    if not share:
        return f"y{panels if panels > 1 else ''}", []
    lane, name = lane_height(drawing.documents), str(panels + 1) if panels else ""
    figure["layout"][f"yaxis{name}"] = {"domain": [0, share], "range": [lane, 0], "visible": False, "fixedrange": True}
    traces, shapes, words = draw_document_lane(calendar, drawing, bottom=lane, yaxis=f"y{name}", left=MARGIN["l"])
    for trace in traces:
        add_trace(figure, "scatter", **trace)
    labels.extend(words)
    return f"y{name}", shapes


def _scale(palette: Palette, low: float, high: float) -> dict[str, Any]:
    ticks = {"tickvals": [0, 0.5, 1], "ticktext": ["0", "", "1"], "tickfont": {"color": palette.muted, "size": SMALL}}
    lines = {"gridcolor": palette.track, "zeroline": False, "showline": False, "ticks": ""}
    return {"domain": [low, high], "range": [-0.06, 1.06], "fixedrange": True, "anchor": "x", **ticks, **lines}


def _gap_labels(calendar: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    """Label the longest gaps between neighbouring days, above the panels: every step is equally wide."""
    gaps = [row for row in rows_of(calendar) if row.gap_days > 1]
    longest: list[Any] = []
    for gap in sorted(gaps, key=lambda row: row.gap_days, reverse=True):
        # On a long axis neighbours would be written over each other.
        if all(abs(gap.step - other.step) * LABELS >= len(calendar) for other in longest):
            longest.append(gap)
    font = {"color": palette.muted, "size": SMALL - 1}
    return [
        label(
            f"{row.gap_days}<br>days",
            row.step - 0.5,
            1,
            yref="paper",
            yanchor="bottom",
            font=font,
        )
        for row in longest
    ]


def _title(panel: _Panel, palette: Palette, *, as_of: date) -> list[dict[str, Any]]:
    """Label a panel: the pair at the left, its distance on the day ``as_of`` at the right."""
    shared: dict[str, Any] = {"yref": "paper", "xref": "paper", "yanchor": "top", "yshift": -8}
    one, two = map(party_label, panel.styles)
    now = next((row for _, row in reversed(panel.points) if row.day <= as_of), None)
    title = label(f"{one} – {two}", 0, panel.top, xanchor="left", xshift=-MARGIN["l"], **shared)
    title["font"] = {"size": SMALL + 1, "color": palette.ink}
    distance = label(_now_words(now), 1, panel.top, xanchor="right", xshift=MARGIN["r"], **shared | {"yshift": -11})
    distance["font"] = {"size": SMALL, "color": palette.muted}
    return [title, distance]


def _now_words(row: Any) -> str:
    if row is None or pd.isna(row.lo):
        return "nothing to compare"
    bounds = f"[{row.lo:.2f}–{row.hi:.2f}]"
    if pd.isna(row.distance):
        return f"no distance yet {bounds}"
    return f"{row.distance:.2f} {bounds}{' · thin' if row.thin else ''}"


def _draw_pair(figure: Figure, panel: _Panel, palette: Palette, *, as_of: date) -> None:
    shared: dict[str, Any] = {"yaxis": panel.yaxis, "hoverinfo": "skip", "mode": "lines", "connectgaps": False}
    x, y = _band([(at, row.lo, row.hi) for at, row in panel.points])
    edge = {"color": palette.band, "width": 1.5}
    add_trace(figure, "scatter", x=x, y=y, name="band", fill="toself", fillcolor=palette.band, line=edge, **shared)
    for name, thin, dash in (("line", False, "solid"), ("thin", True, "2px,3px")):
        x, y = _steps([(at, row.distance, bool(row.thin)) for at, row in panel.points], thin=thin)
        add_trace(
            figure, "scatter", x=x, y=y, name=name, line={"color": palette.ink, "width": 1.8, "dash": dash}, **shared
        )
    marks = [(at, row) for at, row in panel.points if pd.notna(row.distance)]
    names = " – ".join(style.name for style in panel.styles)
    add_trace(
        figure,
        "scatter",
        x=[at for at, _ in marks],
        y=[row.distance for _, row in marks],
        mode="markers",
        name="marks",
        marker={
            "symbol": "circle",
            "size": [11 if row.day == as_of else 7 for _, row in marks],
            "color": [palette.paper if row.thin else palette.ink for _, row in marks],
            "line": {"color": palette.ink, "width": 1.6},
            "opacity": 1,  # marks of several sizes are drawn pale otherwise
        },
        customdata=[row.day.isoformat() for _, row in marks],
        hovertext=[hover_text(names, *_hover_lines(row)) for _, row in marks],
        hoverinfo="text",
        yaxis=panel.yaxis,
        cliponaxis=False,
    )


def _hover_lines(row: Any) -> tuple[str, ...]:
    thin = ", thin" if row.thin else ""
    return (
        day_in_words(row.day),
        f"{row.distance:.2f} apart, between {row.lo:.2f} and {row.hi:.2f}",
        f"{percent_words(row.coverage)} of the agenda is comparable{thin}",
    )


def _band(points: Sequence[tuple[Any, float, float]]) -> tuple[list[Any], list[Any]]:
    """Outline the band as steps, along the upper bounds and back along the lower; days without bounds are left out."""
    bounded = [point for point in points if pd.notna(point[1])]
    upper: list[tuple[Any, float]] = []
    lower: list[tuple[Any, float]] = []
    for index, (at, lo, hi) in enumerate(bounded):
        until = bounded[index + 1][0] if index + 1 < len(bounded) else at
        upper += [(at, hi), (until, hi)]
        lower += [(at, lo), (until, lo)]
    outline = [*upper, *reversed(lower), *upper[:1]]
    return [x for x, _ in outline], [y for _, y in outline]


def _steps(points: Sequence[tuple[Any, float, bool]], *, thin: bool) -> tuple[list[Any], list[Any]]:
    """Return the steps of the days that are thin, or of those that are not; ``None`` interrupts the line."""
    x: list[Any] = []
    y: list[Any] = []
    for (at, distance, is_thin), (until, then, _) in pairwise(points):
        if is_thin == thin and pd.notna(distance):
            x += [at, until, until, None]
            y += [distance, distance, then if pd.notna(then) else distance, None]
    return x, y
