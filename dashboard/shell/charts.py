"""The charts of a page: the server's drawings, and for who asks for it the same chart to zoom into."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dash import Dash, Input, Output, State, dcc

from dashboard.components.chart_place import FIRST_CHARTS, PAGE_CHARTS, chart_ids, chart_name
from dashboard.figures import CONFIG, THEMED, Figure, palette_of, zoomable
from dashboard.figures.base import Palette
from dashboard.figures.svg import draw_fluid
from dashboard.pages import PAGES
from dashboard.query.case import Picture
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from positions.wording.party_style import party_styles

CHARTS: Final = (*FIRST_CHARTS, *PAGE_CHARTS)
"""The ids of all charts."""


def draw_charts(picture: Picture, view: View) -> dict[str, list[Any]]:
    """Return the charts of a page as serialised drawings, by the ids of their places; a place without one is empty.

    Marks are links to the view with their statement opened, or of their day.
    """
    statements = picture.case.records
    here = replace(view, statement=None)
    to_day, to_statement = _open_address(replace(here, as_of=None)), _open_address(here)

    def link(ref: str) -> dict[str, str]:
        return {"href": f"{to_statement}statement={ref}" if ref in statements else f"{to_day}as_of={ref}"}

    page = PAGES[view.page]
    title = page.heading(picture, view) or page.title_in(picture.case.codebook)
    drawn: dict[str, list[Any]] = {f"{chart}-place": [] for chart in chart_ids(view.page)}
    for chart, figure in _figures(picture, view, THEMED).items():
        name = f"{chart_name(title, chart)}; arrow keys lead from mark to mark"
        drawn[f"{chart}-place"] = draw_fluid(figure, name=name, link=link, titled=False)
    return drawn


def _open_address(view: View) -> str:
    """Return the address of a view, to be ended by one more part: writing one anew for each mark takes long."""
    address = view.address()
    return f"{address}{'&' if '?' in address else '?'}"


def _figures(picture: Picture, view: View, palette: Palette) -> dict[str, Figure]:
    figures = PAGES[view.page].figures(picture, view, party_styles(picture.case.codebook), palette)
    return dict(zip(chart_ids(view.page), figures, strict=False))


def add_zoom(app: Dash, source: CaseStore) -> None:
    """Register the callback that puts charts of plotly.js, whose script is large, into the places that ask for them.

    ``zoomed`` is the colour scheme, then the ids of the charts.
    """

    @app.callback(
        [Output(f"{chart}-zoom", "children") for chart in CHARTS],
        Input("zoomed", "data"),
        State("question", "data"),
        prevent_initial_call=True,
    )
    def zoom(zoomed: str | None, question: str | None) -> list[Any]:
        scheme, *charts = (zoomed or "light").split()
        view = source.fit_view(read_address(question))
        picture = source.picture(view) if charts else None
        figures = _figures(picture, view, palette_of(scheme)) if picture else {}
        return [_graph(chart, figures[chart]) if chart in figures and chart in charts else None for chart in CHARTS]


def _graph(chart: str, figure: Figure) -> dcc.Graph:
    height = {"height": figure["layout"]["height"]}
    return dcc.Graph(id=chart, figure=zoomable(figure), config=CONFIG, responsive=True, style=height)
