"""The charts of a page as the server draws them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dashboard.components.chart_place import FIRST_CHARTS, PAGE_CHARTS, chart_ids, chart_name
from dashboard.figures import THEMED
from dashboard.figures.svg import draw_fluid
from dashboard.pages import PAGES
from dashboard.query.case import PagePart, Picture
from dashboard.query.view import View, read_address
from positions.wording.party_style import party_styles

CHARTS: Final = (*FIRST_CHARTS, *PAGE_CHARTS)
"""The ids of all charts."""


def draw_charts(picture: Picture, view: View) -> dict[str, list[Any]]:
    """Return the charts of a page as serialised drawings, by the ids of their places; a place without one is empty.

    Marks are links to the view with their statement opened, or of their day; one of several statements to their list.
    They are drawn once for the page itself, its callback and the days of the slider.
    """
    return picture.case.answer_once(("charts", view), lambda: _draw(picture, view))


def _draw(picture: Picture, view: View) -> dict[str, list[Any]]:
    statements = picture.case.records
    here = replace(view, statement=None)
    to_day, to_statement = _open_address(replace(here, as_of=None)), _open_address(here)

    def link(ref: str) -> dict[str, str]:
        if ref.startswith("/"):
            return {"href": replace(read_address(ref), statement=None).address()}
        return {"href": f"{to_statement}statement={ref}" if ref in statements else f"{to_day}as_of={ref}"}

    page = PAGES[view.page]
    title = page.heading(picture, view) or page.title_in(picture.case.codebook)
    drawn: dict[str, list[Any]] = {f"{chart}-place": PagePart([]) for chart in chart_ids(view.page)}
    figures = page.figures(picture, view, party_styles(picture.case.codebook), THEMED)
    for chart, figure in zip(chart_ids(view.page), figures, strict=False):
        name = f"{chart_name(title, chart)}; arrow keys lead from mark to mark"
        drawn[f"{chart}-place"] = PagePart(draw_fluid(figure, name=name, link=link, titled=False))
    return drawn


def _open_address(view: View) -> str:
    """Return the address of a view, to be ended by one more part: writing one anew for each mark takes long."""
    address = view.address()
    return f"{address}{'&' if '?' in address else '?'}"
