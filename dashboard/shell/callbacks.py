"""The callbacks: the address is the state, and everything on the page follows from it.

Only ``navigate`` writes the address; the other callbacks read the stores that it fills.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard.components.chart_links import build_chart_links
from dashboard.components.day_bar import build_day_words, build_events, build_strip, mark_handles
from dashboard.components.heatmap import build_heatmaps
from dashboard.components.small_multiples import build_small_charts
from dashboard.markup import elements as html
from dashboard.markup.edit_links import page_links
from dashboard.markup.serialise import serialise_once, serialise_part
from dashboard.markup.wording import (
    as_of_words,
    filter_words,
    freshness_words,
    limits_words,
    order_words,
    size_words,
    unknown_words,
)
from dashboard.pages import PAGES, listed_titles
from dashboard.pages.overview import (
    late_parts,
    no_statements_part,
    overview_parts,
)
from dashboard.query.case import Case, Picture
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address, read_view
from dashboard.query.window import compared_days
from dashboard.shell.charts import CHARTS, draw_charts
from dashboard.shell.chrome import (
    build_navigation,
    build_options,
    build_search_button,
    build_twin_links,
    options_words,
    page_heading,
)
from dashboard.shell.open_statement import add_drawer, drawer_key
from positions.model.dates import day_in_words
from positions.wording.party_style import party_styles

PARTS: Final = (
    *("notice", "as-of-words", "day", "handles", "event-days", "strip", "verdict", "matrix"),
    *("axis", "dumbbell-words", "dumbbell-links", "dumbbell-list", "trend-words", "now"),
)
"""Ids of the first page's and the day's parts that ``write`` fills."""

OTHER_PARTS: Final = ("above", "below", "caption-1", "caption-2")
"""Ids of the parts of every page but the first."""
CHART_PARTS: Final = tuple(f"{chart}-place" for chart in CHARTS)
"""Ids of the places of the charts of all pages."""
FRAME_PARTS: Final = ("heading", "nav", "options", "options-words", "twins")
"""Ids of the parts around every page."""


def add_callbacks(app: Dash, source: CaseStore) -> None:
    """Register all callbacks on an app."""
    _add_clientside(app)
    _add_navigation(app, source)
    _add_small_charts(app, source)
    _add_words(app, source)
    add_drawer(app, source)


def _add_clientside(app: Dash) -> None:
    register: Any = app.clientside_callback  # dash gives it no types
    register(ClientsideFunction("positions", "takeDays"), Input("days", "data"))
    for parts in ("parts", "multiples-parts", "events-parts", "statement-parts"):
        register(ClientsideFunction("positions", "fill"), Input(parts, "data"))


def _add_navigation(app: Dash, source: CaseStore) -> None:
    @app.callback(
        output={
            "path": Output("url", "pathname"),
            "search": Output("url", "search"),
            "question": Output("question", "data"),
            "opened": Output("opened", "data"),
            "series": Output("series", "data"),
            "days": Output("days", "data"),
            "head": Output("head", "data"),
        },
        inputs={
            "path": Input("url", "pathname"),
            "search": Input("url", "search"),
            "asked": Input("asked", "data"),
            "_tick": Input("tick", "n_intervals"),
        },
        state={name: State(name, "data") for name in ("question", "opened", "series", "head")},
    )
    def navigate(**values: Any) -> dict[str, Any]:
        view = source.fit_view(apply_control(ctx.triggered_id, values))
        return update_page(view, source, values)


def apply_control(
    trigger: object,
    values: dict[str, Any],
) -> View:
    """Return the view of the address, changed by the control that was just used (``trigger``)."""
    view = read_view(values["search"], values["path"])
    asked = values["asked"]
    if trigger == "asked" and isinstance(asked, dict) and asked.get("statement"):
        return read_address(replace(view, statement=str(asked["statement"])).address())
    return view


def update_page(view: View, source: CaseStore, before: dict[str, Any]) -> dict[str, Any]:
    """Return the address, stores and controls for a fitted view; unchanged ones are not sent again."""
    case = source.case(view)
    shortest = replace(view, as_of=None) if case.days and view.as_of == case.days[-1] else view
    question, opened = replace(shortest, statement=None).address(), drawer_key(view)
    has_changed = question != before["question"] or case.head != before["head"]
    values = {
        "path": shortest.path,
        "search": shortest.query_string(),
        "question": question,
        "opened": opened,
        "series": small_charts_key(shortest, case) if view.page == PAGES["overview"].id else before["series"],
    }
    updates = {name: no_update if before[name] == value else value for name, value in values.items()}
    return updates | {
        "head": case.head if has_changed else no_update,
        "days": slider_days(case) if has_other_days(view, case, before) else no_update,
    }


def slider_days(case: Case) -> dict[str, Any]:
    """Return the slider's stops, for its script: the days as in addresses and in words, and the head they are of."""
    days = [day.isoformat() for day in case.days]
    return {"head": case.head, "days": days, "words": [day_in_words(day) for day in case.days]}


def has_other_days(view: View, case: Case, before: dict[str, Any]) -> bool:
    """Return whether the page may have other stops than ``before``: they rest on the log and on what limits it."""
    asked = read_address(before["question"])
    return before["question"] is None or case.head != before["head"] or asked.query_limits != view.query_limits


def small_charts_key(view: View, case: Case) -> str:
    """Return what the small charts depend on, as text: the log's head, then the address of the view without its day."""
    return f"{case.head} {replace(view, as_of=None, compare=None, statement=None).address()}"


def _add_small_charts(app: Dash, source: CaseStore) -> None:
    @app.callback(Output("multiples-parts", "data"), Input("series", "data"), prevent_initial_call=True)
    def draw_multiples(series: str | None) -> dict[str, Any]:
        view = source.fit_view(read_address((series or "").partition(" ")[2]))
        case = source.case(view)
        if not case.days:
            return {"multiples": [], "heat": []}
        style = party_styles(case.codebook)
        return {
            "multiples": serialise_part(build_small_charts(case, view, style)),
            "heat": serialise_part(build_heatmaps(case, view, style)),
        }


def _add_words(app: Dash, source: CaseStore) -> None:
    @app.callback(
        Output("page", "className"),
        Output("parts", "data"),
        Output("written", "data"),
        Input("question", "data"),
        Input("head", "data"),
        prevent_initial_call=True,
    )
    def write(question: str, head: str) -> tuple[str, dict[str, Any], str]:
        view = source.fit_view(read_address(question))
        is_empty = source.picture(view) is None
        return page_class(view, empty=is_empty), write_parts(view, source), f"{head} {question}"

    @app.callback(Output("events-parts", "data"), Input("written", "data"), prevent_initial_call=True)
    def write_events(written: str | None) -> Any:
        view = source.fit_view(read_address((written or "").partition(" ")[2]))
        picture = source.picture(view)
        if picture is None or view.page != PAGES["overview"].id:
            return no_update
        return {name: serialise_part(part) for name, part in late_parts(picture, view).items()}


def write_parts(view: View, source: CaseStore) -> dict[str, Any]:
    """Return the serialised parts of a page and its frame, by id, without those that come later (``late_parts``)."""
    case, picture = source.case(view), source.picture(view)
    parts = dict.fromkeys((*PARTS, *OTHER_PARTS)) | frame_parts(view, case)
    if picture is None:
        parts["notice"] = no_statements_part(
            source.folder, limited=bool(view.known_at or view.public_by), editable=case.editable
        )
    else:
        parts |= build_parts(picture, view)
        if case.is_long:
            del parts["verdict"]  # what stands there stays until the later callback has another
    drawn: dict[str, Any] = {place: [] for place in CHART_PARTS} | (draw_charts(picture, view) if picture else {})
    return {name: serialise_part(part) for name, part in parts.items()} | drawn


def write_moving_parts(view: View, source: CaseStore) -> dict[str, Any]:
    """Return the serialised parts that follow the handles of the slider, by id; of the first page the late ones too."""
    picture = source.picture(view)
    if picture is None:
        return {}
    parts = build_parts(picture, view)
    if view.page == PAGES["overview"].id and not picture.case.is_long:
        parts |= late_parts(picture, view)
    return {name: serialise_part(part) for name, part in parts.items()} | draw_charts(picture, view)


def build_parts(picture: Picture, view: View) -> dict[str, Any]:
    """Return the content of the page's parts for a day, by id."""
    frame = day_parts(picture, view)
    if view.page != PAGES["overview"].id:
        return frame | page_parts(picture, view)
    return frame | overview_parts(picture, view)


def page_class(view: View, *, empty: bool) -> str:
    """Return the CSS classes that show a page and hide the others."""
    days = "" if PAGES[view.page].days else " dayless"
    return f"page on-{view.page}{' embedded' if view.embed else ''}{' empty' if empty else ''}{days}"


def frame_parts(view: View, case: Case) -> dict[str, Any]:
    """Return the parts around every page: the navigation, the options, the links to CSV and JSON, by id."""
    return {
        "heading": page_heading(PAGES[view.page].title_in(case.codebook), view, case),
        "nav": [*build_navigation(listed_titles(case.codebook), view), *page_links(case), build_search_button()],
        "options": build_options(case, view),
        "options-words": options_words(case, view),
        "twins": build_twin_links(case, view),
        "size": [html.Span(size_words(case)), html.Span(freshness_words(case)), html.Span(f"log {case.head}")],
    }


def page_parts(picture: Picture, view: View) -> dict[str, Any]:
    """Return the parts of a page other than the first, by id."""
    page, style = PAGES[view.page], party_styles(picture.case.codebook)
    captions = page.captions(picture, view)
    title = page.heading(picture, view) or page.title_in(picture.case.codebook)
    caption_parts = {
        f"caption-{number}": [words, build_chart_links(view, number, f"{title}, chart {number}")]
        for number, words in enumerate(captions, 1)
    }
    return {
        "heading": page_heading(title, view, picture.case),
        "above": page.above(picture, view, style),
        "below": page.below(picture, view, style),
        **caption_parts,
    }


def day_parts(picture: Picture, view: View) -> dict[str, Any]:
    """Return the notice and the parts of the day and its slider, by id."""
    case, day = picture.case, picture.state.as_of
    compared = compared_days(picture, view) if PAGES[view.page].compares(view) else None
    notices = [*unknown_words(view, case), order_words(view), limits_words(view), filter_words(view, case.codebook)]
    return {
        "notice": html.P(" ".join(filter(None, notices)), className="limits") if any(notices) else None,
        "as-of-words": as_of_words(picture),
        "day": build_day_words(case, day, compared),
        "handles": mark_handles(case, replace(view, as_of=day), compared),
        "event-days": serialise_once(case, "events", lambda: build_events(case)),
        "strip": serialise_once(case, "strip", lambda: build_strip(case)),
        "twins": build_twin_links(case, view, compared=compared),
    }
