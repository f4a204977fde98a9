"""A whole figure as SVG."""

from __future__ import annotations

from dashboard.figures.base import FONT, SMALL, Figure
from dashboard.figures.svg.layers import draw_axes, draw_grid, draw_note, draw_shape
from dashboard.figures.svg.plot import measure_plot
from dashboard.figures.svg.tags import number_text, refuse_unknown, svg_tag, svg_text
from dashboard.figures.svg.traces import MarkLink, draw_trace


def draw_svg(figure: Figure, *, width: float, title: str, description: str = "", link: MarkLink | None = None) -> str:
    """Draw a figure of ``dashboard.figures`` as an ``svg`` element, ``width`` px wide and as high as the figure says.

    ``title`` is its accessible name, ``description`` what it shows, in words. With ``link``, marks are links to the
    address of their ``customdata``; what they say in a chart's hover box is their title. Colours are those of the
    figure: with :data:`dashboard.figures.base.THEMED` they follow the page's scheme. Raises ``ValueError`` for what no
    chart of ours has: nothing is left out in silence.
    """
    words = svg_tag("title", svg_text(title)) + (svg_tag("desc", svg_text(description)) if description else "")
    size = number_text(width), number_text(float(figure["layout"]["height"]))
    return svg_tag(
        "svg",
        words,
        draw_figure(figure, width=width, link=link),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
        # What is in a picture cannot be reached: with links it is a group.
        role="group" if link else "img",
        font_family=FONT,
        # Labels of another size say so.
        font_size=SMALL,
    )


def draw_figure(figure: Figure, *, width: float, link: MarkLink | None = None) -> str:
    """Draw what is in a figure, for an ``svg`` element that has more than it; see :func:`draw_svg`."""
    refuse_unknown("figure", figure, frozenset({"data", "layout"}))
    plot, layout = measure_plot(figure, width), figure["layout"]
    shapes = layout.get("shapes", ())
    # As plotly does: bars lie under marks.
    traces = sorted(figure["data"], key=lambda trace: trace["type"] != "bar")
    return "".join(
        (
            draw_grid(plot),
            *(draw_shape(shape, plot) for shape in shapes if shape.get("layer") == "below"),
            *(draw_trace(trace, plot, link) for trace in traces),
            *(draw_shape(shape, plot) for shape in shapes if shape.get("layer") != "below"),
            draw_axes(plot),
            *(draw_note(note, plot) for note in layout.get("annotations", ())),
        )
    )
