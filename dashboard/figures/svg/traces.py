"""The traces of a figure: lines, filled bands, marks, and bars that lie on their side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from dashboard.figures.svg.labels import plain_text
from dashboard.figures.svg.plot import Plot
from dashboard.figures.svg.tags import number_text, refuse_unknown, svg_tag, svg_text
from positions.wording.mark_paths import PATHS

MarkLink: TypeAlias = Callable[[str], str]
"""What gives a mark's ``customdata`` an address; marks are links to it."""
_SHARED: Final = frozenset(
    {"type", "x", "y", "name", "hovertext", "hoverinfo", "customdata", "opacity", "xaxis", "yaxis"}
)
SCATTER: Final = _SHARED | {"mode", "marker", "line", "fill", "fillcolor", "connectgaps", "cliponaxis"}
BAR: Final = _SHARED | {"base", "width", "orientation", "marker"}
MARKER: Final = frozenset({"symbol", "size", "color", "line", "opacity", "pattern"})
UNIT: Final = {"square": 11.0, "circle": 12.0}
"""The size of a mark whose path is drawn as it is, px; 13 for all other shapes."""
DASHES: Final = {"solid": None, "dot": "1.5 2.5", "dash": "6 4"}


def draw_trace(trace: Mapping[str, Any], plot: Plot, link: MarkLink | None) -> str:
    """Draw a trace; raises ``ValueError`` for a kind or a field that no chart has."""
    kind = trace["type"]
    if kind == "scatter":
        refuse_unknown("scatter", trace, SCATTER)
        drawn = _draw_fill(trace, plot) + _draw_line(trace, plot) + _draw_marks(trace, plot, link)
    elif kind == "bar":
        refuse_unknown("bar", trace, BAR)
        drawn = "".join(_draw_bar(trace, plot, index) for index in range(len(trace["x"])))
    else:
        raise ValueError(f"type: found {kind}, allowed: bar, scatter")
    opacity = trace.get("opacity", 1)
    return svg_tag("g", drawn, opacity=f"{opacity:g}") if drawn and opacity != 1 else drawn


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
    stroke = {"stroke": line["color"], "stroke_width": line.get("width", 2)}
    return svg_tag("path", d=data, fill="none", **stroke, stroke_dasharray=dash_pattern(line.get("dash")))


def _draw_marks(trace: Mapping[str, Any], plot: Plot, link: MarkLink | None) -> str:
    if "markers" not in trace["mode"]:
        return ""
    refuse_unknown("marker", trace["marker"], MARKER)
    marks = []
    for index, point in enumerate(_points(trace, plot)):
        if point is not None:
            mark = _draw_mark(trace["marker"], index, point, title=_title(trace, index))
            ref = trace["customdata"][index] if "customdata" in trace else None
            marks.append(svg_tag("a", mark, href=link(ref)) if link and isinstance(ref, str) else mark)
    return "".join(marks)


def _title(trace: Mapping[str, Any], index: int) -> str:
    given = trace.get("hovertext", "")
    text = given if isinstance(given, str) else given[index]
    return svg_tag("title", svg_text(plain_text(text))) if text else ""


def _draw_mark(marker: Mapping[str, Any], index: int, point: tuple[float, float], *, title: str) -> str:
    symbol, size, colour = (_one_of(marker.get(name), index) for name in ("symbol", "size", "color"))
    line = {name: _one_of(value, index) for name, value in marker.get("line", {}).items()}
    shape, hollow = str(symbol).removesuffix("-open"), str(symbol).endswith("-open")
    stroke, width = line.get("color", colour), line.get("width", 0)
    x, y = point
    if shape in ("x-thin", "line-ns"):
        half = size / 2
        ends = ((0, half),) if shape == "line-ns" else ((half, half), (-half, half))
        data = "".join(path_data([(x - dx, y - dy), (x + dx, y + dy)]) for dx, dy in ends)
        return svg_tag("path", title, d=data, fill="none", stroke=stroke, stroke_width=width)
    if shape not in PATHS:
        raise ValueError(f"symbol: found {symbol}, allowed: {', '.join(sorted(PATHS))}, line-ns, x-thin")
    scale = size / UNIT.get(shape, 13.0)
    return svg_tag(
        "path",
        title,
        d=PATHS[shape],
        transform=f"translate({number_text(x)},{number_text(y)}) scale({scale:.3g})",
        fill="none" if hollow else colour,
        stroke=(colour if hollow else stroke) if width else None,
        stroke_width=f"{width / scale:.2g}" if width else None,
        opacity=None if (opacity := _one_of(marker.get("opacity"), index)) in (1, None) else f"{opacity:g}",
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
    box = (across[0], down[0], across[1] - across[0], down[1] - down[0])
    sides = dict(zip(("x", "y", "width", "height"), box, strict=True))
    width = marker.get("line", {}).get("width", 0)
    edge = {"stroke": marker["line"]["color"], "stroke_width": width} if width else {}
    return svg_tag("rect", _title(trace, index), **sides, fill=marker["color"], **edge) + _hatch(marker, box)


def _hatch(marker: Mapping[str, Any], box: tuple[float, float, float, float]) -> str:
    """Draw the lines of a hatched bar one by one: a pattern would need an id that is unique on its page."""
    pattern = marker.get("pattern", {})
    if not pattern.get("shape"):
        return ""
    x, y, width, height = box
    lines: list[tuple[float, float] | None] = []
    offset = -height + pattern["size"]
    while offset < width:
        first, last = max(0.0, offset), min(width, offset + height)
        lines += [(x + first, y + height - (first - offset)), (x + last, y + height - (last - offset)), None]
        offset += pattern["size"]
    return svg_tag("path", d=path_data(lines), fill="none", stroke=pattern["fgcolor"], stroke_width=1)
