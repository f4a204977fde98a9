"""The frame around the pages of a site: navigation, the day and the way to the others, what the site shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from dashboard.markup import elements as html
from dashboard.markup.parts import aria
from dashboard.markup.serialise import serialise_part
from dashboard.markup.wording import freshness_words, size_words
from dashboard.pages import PAGES, listed_titles
from dashboard.query.case import Case
from dashboard.query.view import View
from dashboard.shell.callbacks import day_parts
from dashboard.shell.chrome import build_navigation, page_heading
from dashboard.site.content import DayView
from positions.model.dates import day_in_words
from positions.model.event import Event
from positions.model.lists import count_words
from positions.wording.events import event_days_words

MAIN: Final = "main"
"""The id of what a page is for, to which readers can skip."""
FEW: Final = 40
"""The most days that are listed at once; more are behind a word that opens them."""


def frame_page(shown: DayView, content: list[Any], days: Sequence[date] = ()) -> list[Any]:
    """Return the serialised page around its content: what the shell of the dashboard shows without a script.

    ``days`` are those of which the page has an address; without them it is about its own day alone.
    """
    case, view = shown.picture.case, shown.view
    parts = day_parts(shown.picture, view)
    page = PAGES[view.page]
    title = page.heading(shown.picture, view) or page.title_in(case.codebook)
    meta = [html.P([html.Span(size_words(case)), html.Span(freshness_words(case))])]
    top = [
        ["div", {}, [["h1", {"id": "heading"}, serialise_part(page_heading(title, view, case))], *_lead(parts)]],
        *serialise_part(html.Div(meta, className="meta")),
    ]
    anchors = [["span", {"class": "day-anchor", "id": f"{day}.{MAIN}"}, []] for day in days]
    to = f"{view.as_of}.{MAIN}" if days else MAIN
    return [
        ["a", {"class": "skip", "href": f"#{to}"}, ["Skip to the content"]],
        [
            "nav",
            {"id": "nav", "aria-label": "Pages"},
            serialise_part(build_navigation(listed_titles(case.codebook), view)),
        ],
        ["header", {"class": "top"}, top],
        *(serialise_part(_day_bar(shown, parts, days)) if page.days else []),
        ["main", {"id": MAIN}, [*anchors, *serialise_part([parts["notice"], _subjects(case, view)]), *content]],
    ]


def _lead(parts: dict[str, Any]) -> list[Any]:
    return serialise_part(html.P(parts["as-of-words"], className="lead"))


def _subjects(case: Case, view: View) -> html.Node | None:
    """Link the other issues, to which a form leads on the dashboard."""
    if view.page != "issue":
        return None
    links = [
        html.A(
            issue.label,
            href=replace(view, issue=issue.id).address(),
            **(aria(current="page") if issue.id == view.issue else {}),
        )
        for issue in case.codebook.issues
    ]
    return html.P([part for link in links for part in (link, " ")], className="modes")


def _day_bar(shown: DayView, parts: dict[str, Any], anchored: Sequence[date]) -> html.Node:
    """Name the day, link the ones beside it, and list all with the events between them."""
    case, view = shown.picture.case, shown.view
    step = case.stop_at(view.as_of) or 0
    beside = [
        html.A(
            [html.Span(f"{sign} ", **aria(hidden="true")), day_in_words(day)],
            href=replace(view, as_of=day).address(),
            rel=rel,
            title=words,
        )
        for sign, words, rel, other in (
            ("←", "The day before", "prev", step - 1),
            ("→", "The day after", "next", step + 1),
        )
        for day in case.days[max(0, other) : other + 1]
    ]
    days = html.Ol(list(_day_items(case, view)), className="days")
    if len(case.days) > FEW:
        days = html.Node("details", [html.Node("summary", f"All {count_words(len(case.days), 'day')}"), days])
    # Who followed a link to a day goes on from here with the keyboard.
    anchors = [html.Span(className="day-anchor", id=day.isoformat()) for day in anchored]
    return html.Section(
        [
            html.Div([*anchors, html.Div(parts["day"])], className="day"),
            html.Div([html.P([part for link in beside for part in (link, " ")], className="beside-days"), days]),
        ],
        id="day-bar",
        **aria(label="Day looked at"),
    )


def _day_items(case: Case, view: View) -> Iterator[html.Node]:
    """List the days with statements and, where they began, the events of the codebook."""
    events = sorted(case.codebook.events, key=lambda event: event.first)
    tally = dict(zip(case.calendar["day"], case.calendar["statements"], strict=True))
    for day in case.days:
        while events and events[0].first <= day:
            yield _event_item(events.pop(0))
        yield _day_item(day, int(tally[day]), view)
    yield from map(_event_item, events)


def _event_item(event: Event) -> html.Node:
    return html.Li(event.label, className="event", title=event_days_words(event))


def _day_item(day: date, statements: int, view: View) -> html.Node:
    current = aria(current="date") if day == view.as_of else {}
    link = html.A(day_in_words(day), href=replace(view, as_of=day).address(), **current)
    return html.Li([link, " ", html.Small(str(statements))])
