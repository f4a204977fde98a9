"""What goes with every chart: a switch to zoom into it, its picture, its data, a line to embed it, how to cite it."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.chart_place import chart_ids
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, data_attributes
from dashboard.query.view import View


def build_chart_links(view: View, number: int, name: str, *, table: str = "") -> html.Node:
    """Link what can be taken from the chart of a view: the first has the number 1; ``name`` says which chart it is.

    Its data are the page's main table, or the one named ``table``.

    All are addresses of their own; with a script the picture becomes a PNG, and the line and the citation are copied.
    Before them stands the switch between the drawing and the interactive chart of what has a place for one, which the
    page's script gives a use.
    """
    shown = replace(view, embed=False, statement=None)
    query = shown.query_string()
    chart = f"{query}{'&' if query else '?'}chart={number}"
    data = f"{query}{'&' if query else '?'}table={table}" if table else query
    picture, file = f"/{view.page}.svg{chart}", f"positions-{view.page}"
    copied = data_attributes(copied="1")
    attributes = {
        **data_attributes(zoom=f"/{view.page}.figure{chart}"),
        **aria(label=f"Zoom into {name}", pressed="false"),
    }
    zoom = html.Button("Zoom", type="button", className="link", **attributes)
    links = [
        *([zoom] if number <= len(chart_ids(view.page)) else []),
        _link("SVG", picture, f"{name} as SVG", download=f"{file}-{number}.svg"),
        _link("PNG", picture, f"{name} as PNG", **data_attributes(png=f"{file}-{number}")),
        _link("Data", f"/{view.page}.csv{data}", f"{name}: data", download=f"{file}.csv"),
        _link("Embed", f"/{view.page}.embed{chart}", f"Embed {name}", **copied),
        _link("Cite", f"/{view.page}.cite{query}", f"Cite {name}", **copied),
    ]
    return html.P([part for link in links for part in (link, " ")], className="chart-links")


def _link(words: str, address: str, label: str, **attributes: str) -> html.Node:
    return html.A(words, href=address, **attributes, **aria(label=label))
