"""The traces of a figure: lines, filled bands, marks, and bars that lie on their side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from dashboard.figures.svg.labels import plain_text
from dashboard.figures.svg.plot import Plot
from dashboard.figures.svg.tags import number_text, refuse_unknown, svg_stroke, svg_tag
from positions.wording.mark_paths import PATHS

MarkLink: TypeAlias = Callable[[str], Mapping[str, str]]
"""What gives the attributes of the link that a mark is, by its ``customdata``."""
_SHARED: Final = frozenset(
    {"type", "x", "y", "name", "hovertext", "hoverinfo", "customdata", "opacity", "xaxis", "yaxis"}
)
SCATTER: Final = _SHARED | {"mode", "marker", "line", "fill", "fillcolor", "connectgaps", "cliponaxis"}
BAR: Final = _SHARED | {"base", "width", "orientation", "marker"}
MARKER: Final = frozenset({"symbol", "size", "color", "line", "opacity"})
REACH: Final = 9
"""How far from the middle of a mark it can be pointed at, px."""
UNIT: Final = {"square": 11.0, "circle": 12.0}
"""The size of a mark whose path is drawn as it is, px; 13 for all other shapes."""
DASHES: Final = {"solid": None, "dot": "1.5 2.5", "dash": "6 4"}


PlacedMark: TypeAlias = tuple[tuple[float, float], str]
"""A mark with its place in the reading order."""


@dataclass(frozen=True, slots=True)
class DrawnTrace:
    """A trace as it is drawn: what lies under all marks, and its marks."""

    lines: str
    marks: Sequence[PlacedMark]


def draw_trace(trace: Mapping[str, Any], plot: Plot, link: MarkLink | None) -> DrawnTrace:
    """Draw a trace; raises ``ValueError`` for a kind or a field that no chart has."""
    kind, opacity = trace["type"], trace.get("opacity", 1)
    marks: Sequence[PlacedMark] = ()
    if kind == "scatter":
        refuse_unknown("scatter", trace, SCATTER)
        lines = plot.stretch(_draw_fill(trace, plot) + _draw_line(trace, plot))
        marks = _draw_marks(trace, plot, link)
    elif kind == "bar":
        refuse_unknown("bar", trace, BAR)
        lines = "".join(_draw_bar(trace, plot, index) for index in range(len(trace["x"])))
    else:
        raise ValueError(f"type: found {kind}, allowed: bar, scatter")
    if opacity == 1:
        return DrawnTrace(lines, marks)
    pale = [(place, svg_tag("g", mark, opacity=f"{opacity:g}")) for place, mark in marks]
    return DrawnTrace(svg_tag("g", lines, opacity=f"{opacity:g}") if lines else "", pale)


def dash_pattern(dash: str | None) -> str | None:
    """Return a dash of plotly's, ``2px,3px`` or a name, as SVG has it."""
    return DASHES[dash] if dash in DASHES else str(dash).replace("px", "").replace(",", " ") if dash else None


def path_data(points: Sequence[tuple[float, float] | None]) -> str:
    """Return the path through points; ``None`` interrupts it."""
    parts, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        parts.append(f"{pen}{number_text(point[0])},{number_text(point[1])}")
        pen = "L"
    return "".join(parts)


def _points(trace: Mapping[str, Any], plot: Plot) -> list[tuple[float, float] | None]:
    across, down = trace.get("xaxis", "x"), trace.get("yaxis", "y")
    return [
        None if _is_missing(x) or _is_missing(y) else (plot.x_at(x, across), plot.y_at(y, down))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]


def _is_missing(value: Any) -> bool:
    return value is None or value != value


def _draw_fill(trace: Mapping[str, Any], plot: Plot) -> str:
    fill = trace.get("fill", "none")
    if fill == "none":
        return ""
    if fill != "toself":
        raise ValueError(f"fill: found {fill}, allowed: toself")
    data = path_data(_points(trace, plot))
    return svg_tag("path", d=f"{data}Z", fill=trace["fillcolor"]) if data else ""


def _draw_line(trace: Mapping[str, Any], plot: Plot) -> str:
    line = trace.get("line", {})
    refuse_unknown("line", line, frozenset({"color", "width", "dash"}))
    data = path_data(_points(trace, plot)) if "lines" in trace["mode"] and line.get("width", 2) else ""
    if not data:
        return ""
    stroke = svg_stroke(line["color"], line.get("width", 2))
    if plot.fluid:
        stroke["vector_effect"] = "non-scaling-stroke"
    return svg_tag("path", d=data, fill="none", **stroke, stroke_dasharray=dash_pattern(line.get("dash")))


def _draw_marks(trace: Mapping[str, Any], plot: Plot, link: MarkLink | None) -> list[PlacedMark]:
    """Draw the marks; on an axis that runs down they are read row by row, on others by time."""
    if "markers" not in trace["mode"]:
        return []
    refuse_unknown("marker", trace["marker"], MARKER)
    marks: list[PlacedMark] = []
    axis = plot.axes[trace.get("yaxis", "y")]
    for index, point in enumerate(_points(trace, plot)):
        if point is not None:
            x, y = point
            order = (y, x) if axis.high < axis.low else (min(axis.start, axis.end), x)
            marks.append((order, plot.put(_mark(trace, index, plot, link), x, y)))
    return marks


def _mark(trace: Mapping[str, Any], index: int, plot: Plot, link: MarkLink | None) -> str:
    """Draw a mark around the origin, with what it says in words; one that says some can be pointed at near it too."""
    mark, given = _draw_mark(trace["marker"], index), trace.get("hovertext", "")
    words = plain_text(given if isinstance(given, str) else given[index])
    if not words:
        return mark
    ref = trace["customdata"][index] if "customdata" in trace else None
    reach = svg_tag("circle", r=REACH) if plot.fluid else ""
    if link and isinstance(ref, str):
        return plot.name("a", reach, mark, words=words, **link(ref))
    return plot.name("g", reach, mark, words=words)


def _draw_mark(marker: Mapping[str, Any], index: int) -> str:
    symbol, size, colour = (_one_of(marker.get(name), index) for name in ("symbol", "size", "color"))
    line = {name: _one_of(value, index) for name, value in marker.get("line", {}).items()}
    shape, hollow = str(symbol).removesuffix("-open"), str(symbol).endswith("-open")
    stroke, width = line.get("color", colour), line.get("width", 0)
    opacity = None if (opacity := _one_of(marker.get("opacity"), index)) in (1, None) else f"{opacity:g}"
    if shape in ("x-thin", "line-ns"):
        half = size / 2
        ends = ((0, half),) if shape == "line-ns" else ((half, half), (-half, half))
        data = "".join(path_data([(-dx, -dy), (dx, dy)]) for dx, dy in ends)
        return svg_tag("path", d=data, fill="none", **svg_stroke(stroke, width), opacity=opacity)
    if shape not in PATHS:
        raise ValueError(f"symbol: found {symbol}, allowed: {', '.join(sorted(PATHS))}, line-ns, x-thin")
    scale = size / UNIT.get(shape, 13.0)
    return svg_tag(
        "path",
        d=PATHS[shape],
        transform=f"scale({scale:.3g})" if scale != 1 else None,
        fill="none" if hollow else colour,
        stroke=(colour if hollow else stroke) if width else None,
        stroke_width=f"{width / scale:.2g}" if width else None,
        opacity=opacity,
    )


def _one_of(value: Any, index: int) -> Any:
    return value[index] if isinstance(value, list | tuple) else value


def _draw_bar(trace: Mapping[str, Any], plot: Plot, index: int) -> str:
    if trace["orientation"] != "h":
        raise ValueError(f"orientation: found {trace['orientation']}, allowed: h")
    marker, base, middle = trace["marker"], trace["base"][index], trace["y"][index]
    refuse_unknown("marker", marker, MARKER)
    across = sorted(plot.x_at(end, "x") for end in (base, base + trace["x"][index]))
    down = sorted(plot.y_at(middle + sign * trace["width"] / 2, "y") for sign in (-1, 1))
    sides = {"x": plot.across(across[0]), "width": plot.across(across[1] - across[0])}
    sides |= {"y": number_text(down[0]), "height": number_text(down[1] - down[0])}
    line = marker.get("line", {})
    edge = svg_stroke(line.get("color", ""), line.get("width", 0))
    words = plain_text(trace.get("hovertext", ""))
    bar = {**sides, "fill": marker["color"], **edge}
    return plot.name("rect", words=words, **bar) if words else svg_tag("rect", **bar)
