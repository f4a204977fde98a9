"""The charts of a page as drawings, which need no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from xml.etree import ElementTree as ET

from dashboard.figures import THEMED
from dashboard.figures.svg import draw_svg
from dashboard.pages import PAGES
from dashboard.query.case import Picture
from dashboard.query.view import View, read_address
from positions.wording.party_style import PartyStyle

BESIDE: Final = 660
ALONE: Final = 860
"""How wide a chart is drawn, px, beside another and alone; a narrow screen scrolls it: its letters stay readable."""


def draw_figures(picture: Picture, view: View, styles: Mapping[str, PartyStyle]) -> list[list[Any]]:
    """Return the charts of a page as serialised nodes, each a list; empty for a page without charts.

    Marks are links to addresses of the dashboard, of their statement or of their day.
    """

    def link(mark: str) -> str:
        day = read_address(f"/?as_of={mark}").as_of
        return (replace(view, as_of=day) if day else View(statement=mark)).address()

    figures = PAGES[view.page].figures(picture, view, styles, THEMED)
    width = BESIDE if len(figures) > 1 else ALONE
    return [
        [["div", _region(title), svg_nodes(draw_svg(figure, width=width, title=title, link=link))]]
        for number, figure in enumerate(figures)
        for title in (f"{PAGES[view.page].title_in(picture.case.codebook)}, chart {number + 1}",)
    ]


def _region(title: str) -> dict[str, str]:
    """Return the attributes of what a narrow screen scrolls, so that the keyboard scrolls it too."""
    return {"class": "drawing", "tabindex": "0", "role": "region", "aria-label": title}


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
