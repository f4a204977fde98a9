"""The shell around the pages: header, the day and its slider, the drawer, and the stores that connect callbacks."""

from __future__ import annotations

from dash import dcc, html

from dashboard.components.chart_place import PAGE_CHARTS, build_chart_place
from dashboard.markup.parts import aria, data_attributes
from dashboard.pages import overview
from dashboard.settings import Settings


def build_shell(title: str, settings: Settings) -> html.Div:
    """Return the whole page without content: the callbacks fill it from the address."""
    return html.Div(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="question"),
            dcc.Store(id="days"),
            dcc.Store(id="asked"),
            dcc.Store(id="opened"),
            dcc.Store(id="parts"),
            dcc.Store(id="series"),
            dcc.Store(id="multiples-parts"),
            dcc.Store(id="written"),
            dcc.Store(id="events-parts"),
            dcc.Store(id="statement-parts"),
            dcc.Store(id="head"),
            dcc.Interval(
                id="tick", interval=max(1, int(settings.refresh_seconds * 1000)), disabled=settings.refresh_seconds <= 0
            ),
            html.P(
                "The record book cannot be read at the moment; this page goes on by itself.",
                id="trouble",
                hidden=True,
                role="alert",
            ),
            html.Div(
                [
                    html.A("Skip to the content", href="#main", className="skip"),
                    html.Nav(id="nav", **aria(label="Pages")),
                    _header(title),
                    html.Section(
                        html.Details([html.Summary(id="options-words"), html.Div(id="options")]),
                        id="options-box",
                        **aria(label="Dates and filters"),
                    ),
                    _day_bar(),
                    html.Main(
                        [html.Div(id="notice"), overview.build_skeleton(), _other_pages()], id="main", tabIndex=-1
                    ),
                    html.Section(id="twins", **aria(label="Data and links of this view")),
                    html.P(id="said", role="status"),
                    _footer(),
                ],
                id="page",
                className="page waiting",
            ),
            _drawer(),
        ]
    )


def _header(title: str) -> html.Section:
    toggle = html.Button("◐", id="toggle", type="button", **aria(label="Light or dark"))
    return html.Section(
        [
            html.Div([html.H1(title, id="heading"), html.P(id="as-of-words", className="lead")]),
            html.Div([html.P(id="size"), toggle], className="meta"),
        ],
        className="top",
        **aria(label="What this is about"),
    )


def _day_bar() -> html.Section:
    slider = html.Div(
        [
            html.Div(className="rail"),
            html.Div(className="between"),
            _handle("compare", "Compared with"),
            _handle("as_of", "As of"),
        ],
        id="slider",
    )
    return html.Section(
        [
            html.Div(
                [
                    html.Div(id="day", **aria(live="polite")),
                    html.Button("Play", type="button", className="apply", **data_attributes(play="1")),
                ],
                className="day",
            ),
            html.Div([html.Div(id="event-days"), slider, html.Div(id="strip")], className="stops"),
            html.Div(id="handles", hidden=True),
        ],
        id="day-bar",
        **aria(label="The days looked at"),
    )


def _handle(name: str, label: str) -> html.Div:
    """Return a handle of the slider; the page's script places it and says its day."""
    numbers = {"valuemin": "0", "valuemax": "0", "valuenow": "0", "valuetext": ""}
    return html.Div(
        html.Span(),
        role="slider",
        tabIndex=0,
        className="handle",
        **aria(label=label, **numbers),
        **data_attributes(handle=name),
    )


def _other_pages() -> html.Div:
    """Return the containers for every page but the first: nodes, up to two charts, nodes."""
    charts = [
        html.Figure(
            [
                html.Figcaption(id=f"caption-{number}", className="chart-words"),
                *build_chart_place(chart),
            ],
            className="chart",
        )
        for number, chart in enumerate(PAGE_CHARTS, 1)
    ]
    return html.Div([html.Div(id="above"), *charts, html.Div(id="below")], id="other")


def _footer() -> html.Footer:
    return html.Footer(
        "Distances run from 0, the same position, to 1, the opposite poles. They come with the bounds they could take "
        "once the silent have spoken. Silence is not a position."
    )


def _drawer() -> html.Dialog:
    """Return what lies over the page while a statement is open; the page's script opens it once it has content."""
    close = html.Button("✕", type="button", className="close", **aria(label="Close the statement"))
    content = [html.Div([html.H2(id="statement-title"), close], className="titled"), html.Div(id="statement")]
    return html.Dialog(html.Div(content), id="drawer", **aria(labelledby="statement-title"))
