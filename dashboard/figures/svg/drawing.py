"""A whole figure as SVG: of a certain width, or fluid within a page."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from dashboard.figures.base import FONT, SMALL, Figure
from dashboard.figures.svg.layers import draw_axes, draw_grid, draw_note, draw_shape
from dashboard.figures.svg.plot import Plot, measure_plot
from dashboard.figures.svg.tags import number_text, refuse_unknown, svg_tag, svg_text
from dashboard.figures.svg.traces import MarkLink, draw_trace


def draw_svg(figure: Figure, *, width: float, title: str, description: str = "") -> str:
    """Draw a figure of ``dashboard.figures`` as an ``svg`` element, ``width`` px wide and as high as the figure says.

    ``title`` is its accessible name, ``description`` what it shows, in words. Raises ``ValueError`` for what no chart
    of ours has: nothing is left out in silence.
    """
    words = svg_tag("title", svg_text(title)) + (svg_tag("desc", svg_text(description)) if description else "")
    size = number_text(width), number_text(float(figure["layout"]["height"]))
    return svg_tag(
        "svg",
        words,
        draw_figure(figure, width=width),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
        role="img",
        font_family=FONT,
        # Labels of another size say so.
        font_size=SMALL,
    )


def draw_fluid(figure: Figure, *, name: str, link: MarkLink, titled: bool) -> list[Any]:
    """Draw a figure for a page as serialised nodes: as wide as there is room, its letters as large as they are.

    ``name`` is its accessible name. Marks with ``customdata`` are links with the attributes that ``link`` gives them,
    in reading order. What is drawn says its words in titles (``titled``) or only in labels, for a page whose script
    shows them. The page's style sheet has rules for the class ``drawing``. With colours of
    :data:`dashboard.figures.base.THEMED` it follows the page's scheme. Raises
    ``ValueError`` as :func:`draw_svg` does.
    """
    margin, plot = figure["layout"]["margin"], measure_plot(figure, None, titled=titled)
    svg = svg_tag("svg", _draw(figure, plot, link), height=plot.height, role="group", aria_label=name)
    box = f"padding:0 {number_text(margin['r'])}px 0 {number_text(margin['l'])}px"
    return [["div", {"class": "drawing", "style": box}, _nodes(svg)]]


def draw_figure(figure: Figure, *, width: float) -> str:
    """Draw what is in a figure, for an ``svg`` element that has more than it; see :func:`draw_svg`."""
    return _draw(figure, measure_plot(figure, width), None)


def _draw(figure: Figure, plot: Plot, link: MarkLink | None) -> str:
    refuse_unknown("figure", figure, frozenset({"data", "layout"}))
    layout = figure["layout"]
    shapes = layout.get("shapes", ())
    # As plotly does: bars lie under marks.
    traces = [draw_trace(one, plot, link) for one in sorted(figure["data"], key=lambda trace: trace["type"] != "bar")]
    marks = sorted((mark for trace in traces for mark in trace.marks), key=lambda mark: mark[0])
    return "".join(
        (
            draw_grid(plot),
            *(draw_shape(shape, plot) for shape in shapes if shape.get("layer") == "below"),
            *(trace.lines for trace in traces),
            *(mark for _, mark in marks),
            *(draw_shape(shape, plot) for shape in shapes if shape.get("layer") != "below"),
            draw_axes(plot),
            *(draw_note(note, plot) for note in layout.get("annotations", ())),
        )
    )


def _nodes(text: str) -> list[Any]:
    """Return a drawing as serialised nodes; raises ``ValueError`` for what is not well-formed."""
    try:
        return [_node(ET.fromstring(text))]  # noqa: S314 - our own writer made it
    except ET.ParseError as error:
        raise ValueError(f"drawing: {error}") from None


def _node(element: ET.Element) -> list[Any]:
    inside: list[Any] = [element.text] if element.text else []
    for child in element:
        inside.append(_node(child))
        if child.tail:
            inside.append(child.tail)
    return [element.tag, dict(element.attrib), inside]
