"""The dumbbell chart: a row for each issue with two poles, a mark for each party between the poles in words.

Rows are laid out in px from the top, so that the layout does not depend on the width of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

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
from dashboard.figures.ghosts import GhostArrow, draw_ghosts, earlier_marks, ghost_arrows, moved_marks
from dashboard.query.day_frames import rows_of
from positions.model.dates import date_in_words
from positions.wording.party_style import PartyStyle

HEAD: Final = 32
"""Height of a row's heading, px."""
LANE: Final = 19
"""Vertical distance of marks that would hide each other, px."""
FOOT: Final = 44
"""From the line to the next row, px: room for the poles in words."""
SIZE: Final = 13
"""Diameter of a mark, px."""
SIDE: Final = 10
"""Room beside the poles for half a mark, px."""
NARROW: Final = 330
"""The narrowest width at which names must not collide, px."""
FADED: Final = 0.45
"""How much of the mark of a stale position is seen."""
LETTER: Final = 6.4
"""Mean width of a letter, px."""


class MarkSlot(NamedTuple):
    """Where a mark and its name are drawn: lanes above the line (from 0), and whether the name is right of the mark."""

    lane: int
    rightward: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's marks with their slots; ``top`` and ``line`` are px from the top of the chart to the row and its line."""

    issue: Any
    marks: list[Any]
    slots: list[MarkSlot]
    top: float
    line: float


def dumbbell_figure(
    rows: pd.DataFrame,
    marks: pd.DataFrame,
    drawing: Drawing,
    *,
    ghosts: pd.DataFrame | None = None,
) -> Figure:
    """Draw the rows of ``rows_frame`` with the marks of ``marks_frame``; x is in [0, 1], y in px from the top.

    Each party and kind of mark has a trace whose ``customdata`` are statement ids.
    ``ghosts`` are the marks of the earlier day: pale, in lanes of their own, with an arrow to where the party is now.
    A filled mark is the party's own word, a hollow one only the outlet's words, a cross what another party claims; a
    stale one is pale and says its age.
    """
    styles, palette = drawing.styles, drawing.palette
    earlier = earlier_marks(ghosts)
    layout, height = _lay_out(rows, marks, earlier)
    figure = empty_figure(palette, height=height, margin={"l": SIDE, "r": SIDE})
    figure["layout"]["xaxis"] = {"range": [0, 1], "visible": False, "fixedrange": True}
    figure["layout"]["yaxis"] = {"range": [height, 0], "visible": False, "fixedrange": True}
    _draw_tracks(figure, layout, palette)
    _draw_ranges(figure, layout, styles)
    for party in styles:
        for kind in ("own", "reported", "claim"):
            _draw_marks(figure, layout, drawing, party, kind)
    moves = _moves(layout, earlier)
    draw_ghosts(figure, moves, styles)
    labels = [item for row in layout for item in _row_labels(row, palette)]
    # Later annotations are drawn on top: no arrow strikes through a name.
    figure["layout"].update(annotations=[*ghost_arrows(moves, drawing), *labels])
    return figure


def _moves(rows: list[_Row], earlier: Mapping[tuple[str, str], Any]) -> list[GhostArrow]:
    """Give each party that has moved a lane above the marks of its row, from its earlier mark to where it stands."""
    moves = []
    for row in rows:
        top = max((slot.lane for slot in row.slots), default=0)
        for lane, (mark, ghost) in enumerate(moved_marks(row.marks, row.issue.issue, earlier), top + 1):
            y = row.line - LANE * lane
            moves.append(GhostArrow(mark.holder, ghost.at, mark.at, y, ghost.words, ghost.since))
    return moves


def assign_slots(marks: list[Any]) -> list[MarkSlot]:
    """Give each mark of a row a lane and a side for its name, so that nothing overlaps on a narrow page.

    Names are on the inner side or, if it is occupied, on the outer one; marks that would still collide go to a lane
    above the line. The slots are in the order of the marks.
    """
    occupied: list[tuple[int, float, float]] = []
    slots = []
    for mark in marks:
        inward = mark.at <= 0.5
        for slot in (MarkSlot(lane, side) for lane in range(len(marks) + 1) for side in (inward, not inward)):
            low, high = _extent(mark, slot)
            inside = slot.rightward == inward or (low > -SIDE / NARROW and high < 1 + SIDE / NARROW)
            if inside and all(lane != slot.lane or high <= start or end <= low for lane, start, end in occupied):
                break
        occupied.append((slot.lane, low, high))
        slots.append(slot)
    return slots


def _extent(mark: Any, slot: MarkSlot) -> tuple[float, float]:
    half = (SIZE / 2 + 2) / NARROW
    name = (SIZE / 2 + 8 + LETTER * len(_name(mark))) / NARROW
    low, high = min(mark.value, mark.at - half), max(mark.value_to, mark.at + half)
    return (low, max(high, mark.value_to + name)) if slot.rightward else (min(low, mark.value - name), high)


def _name(mark: Any) -> str:
    if mark.kind == "claim":
        return f"{mark.name}, says {mark.by}"
    return f"{mark.name} · {mark.age_days} days" if mark.stale else str(mark.name)


def _lay_out(
    rows: pd.DataFrame, marks: pd.DataFrame, earlier: Mapping[tuple[str, str], Any]
) -> tuple[list[_Row], float]:
    layout, top = [], 0.0
    by_issue: dict[str, list[Any]] = {}
    for mark in rows_of(marks):
        by_issue.setdefault(mark.issue, []).append(mark)
    for issue in rows_of(rows):
        # Own words first: they keep the line, and claims give way to them.
        row_marks = sorted(by_issue.get(issue.issue, []), key=lambda mark: mark.kind == "claim")
        slots = assign_slots(row_marks)
        ghosts = len(moved_marks(row_marks, issue.issue, earlier))
        line = top + HEAD + LANE * (max((slot.lane for slot in slots), default=0) + ghosts) + 6
        layout.append(_Row(issue, row_marks, slots, top, line))
        top = line + FOOT
    return layout, max(top, 10.0)


def _y(row: _Row, slot: MarkSlot) -> float:
    return row.line - LANE * slot.lane


def _draw_tracks(figure: Figure, rows: list[_Row], palette: Palette) -> None:
    lines = []
    for row in rows:
        lines.append((0, 1, row.line, palette.track, 2))
        ends = [end for mark in row.marks if mark.kind != "claim" for end in (mark.value, mark.value_to)]
        if ends:
            lines.append((min(ends), max(ends), row.line, palette.hairline, 2))
    figure["layout"].update(
        shapes=[
            {"type": "line", "x0": low, "x1": high, "y0": y, "y1": y, "layer": "below"}
            | {"line": {"color": colour, "width": width}}
            for low, high, y, colour, width in lines
        ]
    )
    points = [(level, row.line) for row in rows for level in row.issue.levels]
    add_trace(
        figure,
        "scatter",
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="markers",
        name="levels",
        marker={"symbol": "line-ns", "size": 7, "line": {"color": palette.hairline, "width": 1}},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _draw_ranges(figure: Figure, rows: list[_Row], styles: Mapping[str, PartyStyle]) -> None:
    """Draw a thick bar over each range of levels, and a thin one over values on which statements disagree."""
    kinds = (("range", "value", "value_to", 7, 0.45), ("contested", "spread_lo", "spread_hi", 2, 1))
    for name, low, high, width, opacity in kinds:
        for row in rows:
            for mark, slot in zip(row.marks, row.slots, strict=True):
                ends = getattr(mark, low), getattr(mark, high)
                if not ends[0] < ends[1]:
                    continue
                ticks = {"symbol": "line-ns", "size": 9, "line": {"width": 2, "color": styles[mark.holder].hue}}
                add_trace(
                    figure,
                    "scatter",
                    x=list(ends),
                    y=[_y(row, slot)] * 2,
                    mode="lines" if name == "range" else "lines+markers",
                    name=name,
                    line={"color": styles[mark.holder].hue, "width": width},
                    marker=ticks,
                    opacity=opacity,
                    hoverinfo="skip",
                    cliponaxis=False,
                )


def _draw_marks(figure: Figure, rows: list[_Row], drawing: Drawing, party: str, kind: str) -> None:
    style, palette = drawing.styles[party], drawing.palette
    marks = [
        (mark, row, slot)
        for row in rows
        for mark, slot in zip(row.marks, row.slots, strict=True)
        if mark.holder == party and mark.kind == kind
    ]
    if not marks:
        return
    hollow = {"color": palette.paper, "line": {"color": style.hue, "width": 2.5}, "size": _size(style) - 3}
    marker = {
        "own": {
            "symbol": style.shape,
            "color": style.hue,
            "line": {"color": palette.paper, "width": 1},
            "size": _size(style),
        },
        "reported": {"symbol": style.shape, **hollow},
        "claim": {"symbol": "x-thin", "line": {"color": style.hue, "width": 2}, "size": SIZE - 4},
    }[kind]
    add_trace(
        figure,
        "scatter",
        x=[mark.at for mark, _, _ in marks],
        y=[_y(row, slot) for _, row, slot in marks],
        mode="markers",
        name=f"{party} {kind}",
        marker=marker | {"opacity": [FADED if mark.stale else 1 for mark, _, _ in marks]},
        customdata=[mark.statement for mark, _, _ in marks],
        hovertext=[_hover(mark, row) for mark, row, _ in marks],
        hoverinfo="text",
        cliponaxis=False,
    )


def _size(style: PartyStyle) -> int:
    """Return a diameter, px, that makes shapes look equally large: those with corners need more."""
    return SIZE + {"square": 0, "circle": 1}.get(style.shape, 3)


def _hover(mark: Any, row: _Row) -> str:
    since = date_in_words(mark.since)
    source = {
        "own": f"{mark.by}, {since}",
        "reported": f"reported by the outlet, not stated · {since}",
        "claim": f"claimed by {mark.by}, {since}",
    }[mark.kind]
    contested = ["statements of the day disagree"] if mark.contested else []
    return hover_text(f"{mark.name} · {row.issue.issue_label}", mark.words, source, *contested, quote=mark.quote)


def _row_labels(row: _Row, palette: Palette) -> list[dict[str, Any]]:
    issue, muted = row.issue, {"color": palette.muted, "size": SMALL}
    apart = "not comparable" if pd.isna(issue.distance) else f"{issue.distance:.2f} apart"
    if len({mark.holder for mark in row.marks if mark.kind != "claim"}) > 2 and not pd.isna(issue.distance):
        apart = f"{escape_markup(issue.pair)}: {issue.distance:.2f}"
    below = {"yanchor": "top", "font": muted}
    head = {"yanchor": "top", "font": {"color": palette.ink, "size": SMALL + 1}}
    labels = [
        label(f"<b>{escape_markup(issue.issue_label)}</b>", 0, row.top + 9, xanchor="left", xshift=-SIDE, **head),
        label(escape_markup(issue.minus), 0, row.line + 11, xanchor="left", xshift=-SIDE, **below),
        label(apart, 0.5, row.line + 11, xanchor="center", **below),
        label(escape_markup(issue.plus), 1, row.line + 11, xanchor="right", xshift=SIDE, **below),
    ]
    if issue.silent:
        silent = f"silent: {escape_markup(issue.silent)}"
        labels.append(label(silent, 1, row.top + 10, xanchor="right", xshift=SIDE, yanchor="top", font=muted))
    for mark, slot in zip(row.marks, row.slots, strict=True):
        edge, direction = (mark.value_to, 1) if slot.rightward else (mark.value, -1)
        labels.append(
            label(
                escape_markup(_name(mark)),
                edge,
                _y(row, slot),
                xanchor="left" if slot.rightward else "right",
                xshift=direction * (SIZE / 2 + 5),
                yanchor="middle",
                bgcolor=palette.paper,
                borderpad=1,
                font=muted if mark.kind == "claim" else {"color": palette.ink, "size": SMALL},
            )
        )
    return labels
