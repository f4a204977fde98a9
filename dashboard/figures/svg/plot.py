"""A figure's coordinates: where values lie in its plot, and how a drawing names these places.

A drawing of a certain width has them in px. A fluid one fits any width: it is the plot alone, places from the left are
shares of its width, and only the margins around it, letters and marks are in px.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from dashboard.figures.base import Figure
from dashboard.figures.svg.tags import number_text, refuse_unknown, svg_tag, svg_text

FLUID: Final = 1000.0
"""How many units from the left the plot of a fluid drawing is wide, whatever that is in px."""
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
    """The plot of a figure and its axes by name, ``x``, ``y``, ``y2``; all in px, but across a fluid one in units.

    ``titled``: what is drawn says its words in a ``title``, which browsers show; else in an ``aria-label``, which a
    script of ours does.
    """

    height: float
    left: float
    top: float
    right: float
    bottom: float
    axes: Mapping[str, AxisScale]
    font: Mapping[str, Any]
    fluid: bool = False
    titled: bool = True

    def across(self, x: float) -> str:
        """Write a place or a distance from left to right as the value of an attribute."""
        if not self.fluid:
            return number_text(x)
        return f"{x * 100 / FLUID:.2f}".rstrip("0").rstrip(".") + "%"

    def put(self, drawn: str, x: float, y: float) -> str:
        """Move what is drawn in px around the origin to a place."""
        if not drawn:
            return ""
        if not self.fluid:
            return svg_tag("g", drawn, transform=f"translate({number_text(x)},{number_text(y)})")
        return svg_tag("svg", drawn, x=self.across(x), y=y)

    def name(self, tag: str, *drawn: str, words: str, **attributes: Any) -> str:
        """Write a tag around what is drawn that says words."""
        if self.titled:
            return svg_tag(tag, svg_tag("title", svg_text(words)), *drawn, **attributes)
        role = None if tag == "a" else "img"
        return svg_tag(tag, *drawn, role=role, aria_label=words, **attributes)

    def stretch(self, paths: str) -> str:
        """Draw paths in the plot's own units."""
        if not paths or not self.fluid:
            return paths
        box = f"0 0 {number_text(FLUID)} {number_text(self.height)}"
        return svg_tag("svg", paths, viewBox=box, preserveAspectRatio="none")

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


def measure_plot(figure: Figure, width: float | None, *, titled: bool = True) -> Plot:
    """Lay a figure out at a width, px, or as a fluid drawing at none.

    Raises ``ValueError`` for a field of its layout that is not drawn.
    """
    layout = figure["layout"]
    names = [name for name in layout if name.startswith(("xaxis", "yaxis"))]
    refuse_unknown("layout", {name: None for name in layout if name not in names}, LAYOUT)
    margin, height = layout["margin"], float(layout["height"])
    left, right = (float(margin["l"]), width - float(margin["r"])) if width is not None else (0.0, FLUID)
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
    return Plot(height, left, top, right, bottom, axes, layout["font"], fluid=width is None, titled=titled)
