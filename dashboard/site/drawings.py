"""The charts of a page as drawings, which need no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.components.chart_place import chart_ids, chart_name
from dashboard.figures import THEMED
from dashboard.figures.svg import draw_fluid
from dashboard.pages import PAGES
from dashboard.query.case import Picture
from dashboard.query.view import View, read_address
from positions.wording.party_style import PartyStyle


def draw_figures(picture: Picture, view: View, styles: Mapping[str, PartyStyle]) -> list[list[Any]]:
    """Return the charts of a page as serialised nodes, each a list; empty for a page without charts.

    Marks are links to addresses of the dashboard, of their statement or of their day.
    """

    def link(mark: str) -> dict[str, str]:
        if mark.startswith("/"):
            # A site has no list of its own for it: the last statement is in its document.
            return {"href": mark}
        day = read_address(f"/?as_of={mark}").as_of
        return {"href": (replace(view, as_of=day) if day else View(statement=mark)).address()}

    page = PAGES[view.page]
    return [
        draw_fluid(figure, name=chart_name(page.title_in(picture.case.codebook), chart), link=link, titled=True)
        for chart, figure in zip(chart_ids(view.page), page.figures(picture, view, styles, THEMED), strict=False)
    ]
