"""A figure's coordinates: its plot within the margins, and where values lie in it, in px from the upper left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from dashboard.figures.base import Figure
from dashboard.figures.svg.tags import refuse_unknown

LAYOUT: Final = frozenset(
    {
        *("height", "margin", "paper_bgcolor", "plot_bgcolor", "font", "hoverlabel", "showlegend", "dragmode"),
        *("hovermode", "annotations", "shapes"),
    }
)
AXIS: Final = frozenset(
    {
        *("range", "domain", "visible", "fixedrange", "autorange", "tickvals", "ticktext", "tickfont", "ticks"),
        *("tickangle", "showgrid", "gridcolor", "zeroline", "showline", "showticklabels", "title", "anchor"),
        *("automargin", "type"),
    }
)


def number_of(value: Any) -> float:
    """Return a value on an axis as a number; a day or an instant as days of the calendar."""
    if isinstance(value, datetime):
        return value.toordinal() + (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if isinstance(value, date):
        return float(value.toordinal())
    return float(value)


@dataclass(frozen=True, slots=True)
class AxisScale:
    """An axis: ``low`` and ``high`` are drawn at ``start`` and ``end`` (px); ``fields`` are plotly's."""

    low: float
    high: float
    start: float
    end: float
    fields: Mapping[str, Any]

    def at(self, value: Any) -> float:
        """Return where a value lies, px."""
        return self.start + (number_of(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def inside(self, share: float) -> float:
        """Return where a share of the axis lies, px."""
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Plot:
    """The plot of a figure and its axes by name, ``x``, ``y``, ``y2``; all in px."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    axes: Mapping[str, AxisScale]
    font: Mapping[str, Any]

    def x_at(self, value: Any, ref: str, default: str = "x") -> float:
        """Return where ``value`` lies from the left, in a reference such as ``x`` or ``paper``."""
        if ref == "paper":
            return self.left + float(value) * (self.right - self.left)
        return self._at(value, ref or default)

    def y_at(self, value: Any, ref: str, default: str = "y") -> float:
        """Return where ``value`` lies from the top, in a reference such as ``y2``, ``y domain`` or ``paper``."""
        if ref == "paper":
            return self.bottom - float(value) * (self.bottom - self.top)
        return self._at(value, ref or default)

    def _at(self, value: Any, ref: str) -> float:
        name, _, kind = ref.partition(" ")
        axis = self.axes[name]
        return axis.inside(float(value)) if kind == "domain" else axis.at(value)


def measure_plot(figure: Figure, width: float) -> Plot:
    """Lay a figure out at a width, px; raises ``ValueError`` for a field of its layout that is not drawn."""
    layout = figure["layout"]
    names = [name for name in layout if name.startswith(("xaxis", "yaxis"))]
    refuse_unknown("layout", {name: None for name in layout if name not in names}, LAYOUT)
    margin, height = layout["margin"], float(layout["height"])
    left, right = float(margin["l"]), width - float(margin["r"])
    top, bottom = float(margin["t"]), height - float(margin["b"])
    axes = {}
    for name in names:
        fields = layout[name]
        refuse_unknown(name, fields, AXIS)
        low, high = (number_of(end) for end in fields["range"])
        first, last = fields.get("domain", (0, 1))
        ends = (left, right) if name[0] == "x" else (bottom, top)
        start, end = (ends[0] + share * (ends[1] - ends[0]) for share in (first, last))
        axes[name.replace("axis", "")] = AxisScale(low, high, start, end, fields)
    return Plot(width, height, left, top, right, bottom, axes, layout["font"])
