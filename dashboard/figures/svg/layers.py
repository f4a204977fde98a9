"""What lies under and over the traces: axes with their ticks, shapes, labels and arrows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dashboard.figures.svg.labels import TextBlock, draw_text, plain_text, text_block
from dashboard.figures.svg.plot import AxisScale, Plot
from dashboard.figures.svg.tags import number_text, refuse_unknown, svg_stroke, svg_tag
from dashboard.figures.svg.traces import dash_pattern

SHAPE: Final = frozenset(
    {
        *("type", "x0", "x1", "y0", "y1", "xref", "yref", "layer", "line", "fillcolor", "opacity"),
        *("ysizemode", "yanchor"),
    }
)
NOTE: Final = frozenset(
    {
        *("text", "x", "y", "xref", "yref", "xanchor", "yanchor", "xshift", "yshift", "font", "showarrow"),
        *("borderpad", "bgcolor", "hovertext", "align"),
        *("ax", "ay", "axref", "ayref", "arrowhead", "arrowwidth", "arrowcolor", "standoff", "startstandoff"),
    }
)
_ANCHOR: Final = {"left": "start", "center": "middle", "right": "end"}


def draw_grid(plot: Plot) -> str:
    """Draw the lines at the ticks of axes that show them."""
    lines = []
    for name, axis in plot.axes.items():
        fields = axis.fields
        if fields.get("visible", True) and fields.get("showgrid", True) and "gridcolor" in fields:
            for value in fields.get("tickvals", ()):
                at = axis.at(value)
                ends = ((at, plot.top), (at, plot.bottom)) if name[0] == "x" else ((plot.left, at), (plot.right, at))
                lines.append(_line(*ends, plot, **svg_stroke(fields["gridcolor"], 1)))
    return "".join(lines)


def _line(start: tuple[float, float], end: tuple[float, float], plot: Plot, **stroke: Any) -> str:
    across = {"x1": plot.across(start[0]), "x2": plot.across(end[0])}
    return svg_tag("line", **across, y1=start[1], y2=end[1], **stroke)


def draw_axes(plot: Plot) -> str:
    """Write the ticks of the axes, those of x under its plot, those of y left of it, and their titles."""
    parts = []
    for name, axis in plot.axes.items():
        fields = axis.fields
        if fields.get("visible", True) and fields.get("showticklabels", True):
            if "tickvals" not in fields:
                raise ValueError(f"{name}: found no tickvals; an axis that is shown says where its ticks are")
            words = fields.get("ticktext", [f"{value:g}" for value in fields["tickvals"]])
            for value, markup in zip(fields["tickvals"], words, strict=True):
                parts.append(_tick(name, axis, value, markup, plot))
        if title := fields.get("title"):
            block = text_block(title["text"], title["font"], rise="bottom")
            parts.append(plot.put(draw_text(block, 0, -2), (plot.left + plot.right) / 2, plot.height))
    return "".join(parts)


def _tick(name: str, axis: AxisScale, value: Any, markup: str, plot: Plot) -> str:
    font = {**plot.font, **axis.fields.get("tickfont", {})}
    if name[0] == "x":
        return plot.put(draw_text(text_block(markup, font, rise="top"), 0, 3), axis.at(value), plot.bottom)
    return plot.put(draw_text(text_block(markup, font, anchor="end"), -4, 0), plot.left, axis.at(value))


def draw_shape(shape: Mapping[str, Any], plot: Plot) -> str:
    """Draw a line or a rectangle; raises ``ValueError`` for another shape."""
    refuse_unknown("shape", shape, SHAPE)
    x0, x1 = (plot.x_at(shape[name], shape.get("xref", "x")) for name in ("x0", "x1"))
    ref = shape.get("yref", "y")
    if shape.get("ysizemode") == "pixel":
        anchor = plot.y_at(shape["yanchor"], ref)
        y0, y1 = anchor - shape["y0"], anchor - shape["y1"]
    else:
        y0, y1 = (plot.y_at(shape[name], ref) for name in ("y0", "y1"))
    line = shape.get("line", {})
    stroke = svg_stroke(line.get("color", ""), line.get("width", 2)) | {
        "stroke_dasharray": dash_pattern(line.get("dash")),
        "opacity": f"{shape['opacity']:g}" if "opacity" in shape else None,
    }
    if shape["type"] == "line":
        return _line((x0, y0), (x1, y1), plot, **stroke)
    if shape["type"] != "rect":
        raise ValueError(f"shape: found {shape['type']}, allowed: line, rect")
    across = {"x": plot.across(min(x0, x1)), "width": plot.across(abs(x1 - x0))}
    down = {"y": min(y0, y1), "height": abs(y1 - y0)}
    return svg_tag("rect", **across, **down, fill=shape.get("fillcolor", "none"), **stroke)


def draw_note(note: Mapping[str, Any], plot: Plot) -> str:
    """Draw a label, or an arrow without words."""
    refuse_unknown("annotation", note, NOTE)
    xref, yref = note.get("xref", "x"), note.get("yref", "y")
    x, y = plot.x_at(note["x"], xref), plot.y_at(note["y"], yref)
    if note.get("showarrow", True):
        return _arrow(plot.x_at(note["ax"], note["axref"]), (x, y), note, plot)
    anchor = _ANCHOR[note.get("xanchor") or _third(note["x"], xref, ("left", "center", "right"))]
    rise = note.get("yanchor") or _third(note["y"], yref, ("bottom", "middle", "top"))
    block = text_block(note["text"], {**plot.font, **note.get("font", {})}, anchor=anchor, rise=rise)
    shift = note.get("xshift", 0), -note.get("yshift", 0)
    drawn = _background(note, block, *shift) + draw_text(block, *shift)
    if note.get("hovertext"):
        drawn = plot.name("g", drawn, words=plain_text(note["hovertext"]))
    return plot.put(drawn, x, y)


def _third(value: Any, ref: str, names: tuple[str, str, str]) -> str:
    """Return how a label lies at its point if nothing says so: at the plot's ends it lies inside."""
    if ref != "paper":
        return names[1]
    return names[0] if value < 1 / 3 else names[2] if value > 2 / 3 else names[1]


def _background(note: Mapping[str, Any], block: TextBlock, x: float, y: float) -> str:
    if "bgcolor" not in note:
        return ""
    (left, top), pad = block.corner(x, y), note.get("borderpad", 0)
    sides = {"x": left - pad, "y": top, "width": block.width + 2 * pad, "height": block.height}
    return svg_tag("rect", **sides, fill=note["bgcolor"])


def _arrow(start: float, end: tuple[float, float], note: Mapping[str, Any], plot: Plot) -> str:
    """Draw an arrow along its row, from ``start`` to its end."""
    sign, (x, y) = (1 if end[0] > start else -1), end
    tail, neck = note.get("startstandoff", 0), note.get("standoff", 0) + 5
    points = ((neck - 5, 0), (neck, 2.5), (neck, -2.5))
    head = " ".join(f"{number_text(-sign * across)},{number_text(down)}" for across, down in points)
    stroke = svg_stroke(note["arrowcolor"], note.get("arrowwidth", 1))
    if plot.fluid:
        # A box from end to end, and a line in it that leaves some px free at each of them.
        line = svg_tag("line", x1=tail + neck, x2="100%", **stroke)
        moved = svg_tag("svg", line, x=-neck if sign > 0 else -tail)
        drawn = svg_tag("svg", moved, x=plot.across(min(start, x)), width=plot.across(abs(x - start)), y=y)
    else:
        drawn = _line((start + sign * tail, y), (x - sign * neck, y), plot, **stroke)
    return drawn + plot.put(svg_tag("polygon", points=head, fill=note["arrowcolor"]), x, y)
