"""The heatmap of the first page as a figure, for its picture: issues by days for each pair, the darker, the further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import SMALL, Drawing, Figure, add_trace, empty_figure, escape_markup, label, party_label
from dashboard.figures.days_axis import time_axis
from dashboard.figures.document_lane import draw_document_lane, lane_height
from dashboard.figures.event_lines import event_labels, event_shapes, place_lines, rows_height
from dashboard.query.day_frames import rows_of

LEFT: Final = 150
"""Room for the names of the issues, px."""
TITLE: Final = 24
WHOLE: Final = 34
LANE: Final = 22
GAP: Final = 10
"""Heights, px: of a pair's names, of the line over all issues, of an issue, between two pairs."""
PALE: Final = 0.5
"""Up to this distance a cell is light enough for dark figures."""
FADED: Final = 0.45
"""How much of a cell is seen that rests on words which were not repeated lately."""


@dataclass(frozen=True, slots=True)
class HeatPanel:
    """A pair's runs (:func:`dashboard.frames.heatmap.heat_frame`) and its distance on each drawn day that has one."""

    pair: tuple[str, str]
    runs: pd.DataFrame
    whole: tuple[float | None, ...]


def heat_figure(panels: Sequence[HeatPanel], calendar: pd.DataFrame, drawing: Drawing) -> Figure:
    """Draw the panels over the drawn days of a calendar, a step for each; pale: words not repeated lately."""
    events = place_lines(calendar, drawing)
    head = 8 + rows_height(events)
    tops = _tops(panels)
    plot = tops[-1] + lane_height(drawing.documents)
    margin = {"l": LEFT, "r": 12, "t": head, "b": 42}
    figure = empty_figure(drawing.palette, height=head + plot + 42, margin=margin)
    documents, shapes, labels = draw_document_lane(calendar, drawing, bottom=plot, left=LEFT)
    for trace in documents:
        add_trace(figure, "scatter", **trace)
    for panel, top in zip(panels, tops, strict=False):
        shapes += _cells(panel, top, drawing)
        labels += _words(panel, top, drawing)
        _draw_lines(figure, panel, top, drawing)
    axis = time_axis(calendar, "event", drawing.palette, anchor="y")
    figure["layout"].update(
        xaxis=axis | {"range": [-0.5, len(calendar) - 0.5]},
        yaxis={"range": [plot, 0], "visible": False, "fixedrange": True},
        shapes=[*event_shapes(events, drawing, yrefs=("y domain",)), *shapes],
        annotations=[*labels, *event_labels(events, drawing)],
    )
    return figure


def _issues(panel: HeatPanel) -> dict[str, str]:
    return {run.issue: run.issue_label for run in rows_of(panel.runs)}


def _tops(panels: Sequence[HeatPanel]) -> list[float]:
    """Return where each panel begins, px from the top, and where the last one ends."""
    tops = [0.0]
    for panel in panels:
        tops.append(tops[-1] + TITLE + WHOLE + LANE * len(_issues(panel)) + GAP)
    return tops


def _lane_tops(panel: HeatPanel, top: float) -> dict[str, float]:
    return {issue: top + TITLE + WHOLE + LANE * number for number, issue in enumerate(_issues(panel))}


def _cells(panel: HeatPanel, top: float, drawing: Drawing) -> list[dict[str, Any]]:
    tops = _lane_tops(panel, top)
    rule = {"type": "line", "layer": "below", "xref": "paper", "x0": 0, "x1": 1}
    line = {"color": drawing.palette.track, "width": 1}
    shapes: list[dict[str, Any]] = [rule | {"y0": y, "y1": y, "line": line} for y in tops.values()]
    for run in _known(panel):
        ends = {"x0": run.place - 0.5, "x1": run.place + run.span - 0.5}
        box = {"type": "rect", "layer": "below", "y0": tops[run.issue] + 1, "y1": tops[run.issue] + LANE - 1, **ends}
        edge = {"color": drawing.palette.paper, "width": 1}
        fill = {"fillcolor": _shade(run.distance, drawing), "line": edge}
        shapes.append(box | fill | ({"opacity": FADED} if run.stale else {}))
    return shapes


def _known(panel: HeatPanel) -> list[Any]:
    return [run for run in rows_of(panel.runs) if run.distance is not None and run.distance == run.distance]


def _is_dark(run: Any) -> bool:
    return bool(run.distance > PALE and not run.stale)


def _shade(distance: float, drawing: Drawing) -> str:
    """Mix paper and ink: the further apart, the darker, with a leap in the middle as on the page."""
    share = 0.06 + 0.6 * distance if distance <= PALE else 0.28 + 0.7 * distance
    paper, ink = (bytes.fromhex(colour[1:]) for colour in (drawing.palette.paper, drawing.palette.ink))
    mixed = (round(one + (two - one) * share) for one, two in zip(paper, ink, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _words(panel: HeatPanel, top: float, drawing: Drawing) -> list[dict[str, Any]]:
    """Name the pair and the issues, and write each distance into its cell."""
    place = {"xref": "paper", "xanchor": "left", "xshift": -LEFT}
    muted = {"size": SMALL, "color": drawing.palette.muted}
    names = " – ".join(party_label(drawing.styles[party]) for party in panel.pair)
    notes = [
        label(names, 0, top + TITLE / 2, **place, font={"size": SMALL + 1, "color": drawing.palette.ink}),
        label("All issues", 0, top + TITLE + WHOLE / 2, **place, font=muted),
    ]
    issues, tops = _issues(panel), _lane_tops(panel, top)
    notes += [label(escape_markup(issues[name]), 0, y + LANE / 2, **place, font=muted) for name, y in tops.items()]
    for run in _known(panel):
        font = {"size": SMALL - 1, "color": drawing.palette.paper if _is_dark(run) else drawing.palette.ink}
        at = {"xanchor": "left", "xshift": 4, "font": font}
        notes.append(label(f"{run.distance:.2f}", run.place - 0.5, tops[run.issue] + LANE / 2, **at))
    return notes


def _draw_lines(figure: Figure, panel: HeatPanel, top: float, drawing: Drawing) -> None:
    """Draw the distance over all issues as a line of steps, and a dot where a statement decides a position."""
    bottom = top + TITLE + WHOLE - 3
    steps: list[tuple[float | None, float | None]] = []
    for index, distance in enumerate(panel.whole):
        y = None if distance is None else bottom - (WHOLE - 6) * distance
        steps += [(None, None)] if y is None else [(index - 0.5, y), (index + 0.5, y)]
    line = {"color": drawing.palette.ink, "width": 2}
    x, y_values = ([step[side] for step in steps] for side in (0, 1))
    add_trace(figure, "scatter", x=x, y=y_values, mode="lines", line=line, name="all issues", hoverinfo="skip")
    tops = _lane_tops(panel, top)
    for colour, dark in ((drawing.palette.ink, False), (drawing.palette.paper, True)):
        dots = [(index, tops[run.issue]) for run in _known(panel) if _is_dark(run) == dark for index in run.statements]
        marker = {"symbol": "circle", "size": 4, "color": colour, "line": {"width": 0}}
        at = {"x": [index for index, _ in dots], "y": [y + LANE - 4 for _, y in dots]}
        add_trace(figure, "scatter", **at, mode="markers", marker=marker, name="statements", hoverinfo="skip")
