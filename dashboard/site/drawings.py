"""The charts of a page as drawings, which need no script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

from dashboard.figures import THEMED
from dashboard.figures.svg import draw_svg
from dashboard.pages import PAGES
from dashboard.query.case import Picture
from dashboard.query.view import View
from positions.wording.party_style import PartyStyle

WIDTHS: Final = {"wide-drawing": 760, "narrow-drawing": 340}
"""How wide each chart is drawn, px, by its class: letters would be too small on a narrow screen otherwise."""


def draw_figures(
    picture: Picture, view: View, styles: Mapping[str, PartyStyle], link: Callable[[str], str]
) -> list[list[Any]]:
    """Return the charts of a page as serialised nodes, each in its widths; empty for a page without charts.

    ``link`` maps a mark's statement, or its day as ISO text, to an address.
    """
    figures = PAGES[view.page].figures(picture, view, styles, THEMED)
    return [
        [
            ["div", {"class": name}, svg_nodes(draw_svg(figure, width=width, title=title, link=link))]
            for name, width in WIDTHS.items()
        ]
        for number, figure in enumerate(figures)
        for title in (f"{PAGES[view.page].title_in(picture.case.codebook)}, chart {number + 1}",)
    ]


def svg_nodes(text: str) -> list[Any]:
    """Return the elements of a drawing as serialised nodes; raises ``ValueError`` for what is not well-formed."""
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
    return [element.tag.rpartition("}")[2], dict(element.attrib), inside]
