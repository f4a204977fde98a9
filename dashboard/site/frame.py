"""The frame around the pages of a site: navigation, the day and the way to the others, what the site shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
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
from dashboard.site.variant_classes import day_classes
from positions.model.dates import day_in_words
from positions.model.event import Event
from positions.model.lists import count_words
from positions.wording.events import event_days_words

MAIN: Final = "main"
"""The id of what a page is for, to which readers can skip."""
FEW: Final = 40
"""The most days that are listed at once; more are behind a word that opens them."""
Adapt = Callable[[Sequence[Any]], list[Any]]
"""Makes serialised nodes of the dashboard those of a file of the site."""


@dataclass(frozen=True, slots=True)
class DayLinks:
    """What leads from a page to the others and to its other days, as serialised nodes that are the same on each.

    ``anchored`` are the days that the page has an address for: none if it is about its own day alone.
    """

    anchored: tuple[date, ...]
    skip: list[Any]
    nav: list[Any]
    subjects: list[Any]
    beside: list[Any]
    days: list[Any]


def build_day_links(case: Case, views: Sequence[View], adapt: Adapt, *, dated: bool) -> DayLinks:
    """Return the links of a page with the ``views`` of its days, in order; ``dated``: it has an address for each.

    They are built once for all days: each day names all the others.
    """
    titles = listed_titles(case.codebook)
    anchored = tuple(view.as_of for view in views if view.as_of) if dated else ()
    skip = [[["a", {"class": "skip", "href": f"#{day}.{MAIN}"}, [_SKIP]]] for day in anchored]
    nav = [adapt(serialise_part(build_navigation(titles, view))) for view in views]
    subjects = [adapt(serialise_part(_subjects(case, view))) for view in views]
    beside = [adapt(serialise_part(list(_beside(case, view)))) for view in views]
    return DayLinks(
        anchored,
        _join_days(skip) if dated else [["a", {"class": "skip", "href": f"#{MAIN}"}, [_SKIP]]],
        _join_days(nav),
        _join_days(subjects),
        _join_days(beside),
        adapt(serialise_part(_day_list(case, views))),
    )


_SKIP: Final = "Skip to the content"


def _join_days(by_day: Sequence[Sequence[Any]]) -> list[Any]:
    """Join the links of several days: those that are the same on all are written once, the others by day."""
    if len({len(nodes) for nodes in by_day}) > 1:
        return [_on_day(nodes, index, len(by_day)) for index, nodes in enumerate(by_day) if nodes]
    joined: list[Any] = []
    for is_same, columns in groupby(zip(*by_day, strict=True), lambda column: all(one == column[0] for one in column)):
        rows = list(zip(*columns, strict=True))
        joined += rows[0] if is_same else [_on_day(row, index, len(rows)) for index, row in enumerate(rows)]
    return joined


def _on_day(nodes: Sequence[Any], index: int, count: int) -> Any:
    return ["span", {"class": day_classes({index}, set(range(count)), count)}, list(nodes)]


def frame_page(shown: DayView, content: list[Any], links: DayLinks, adapt: Adapt) -> list[Any]:
    """Return the serialised page around its content: what the shell of the dashboard shows without a script."""
    case, view = shown.picture.case, shown.view
    parts = day_parts(shown.picture, view)
    page = PAGES[view.page]
    title = page.heading(shown.picture, view) or page.title_in(case.codebook)
    meta = html.P([html.Span(size_words(case)), html.Span(freshness_words(case))])
    heading = ["h1", {"id": "heading"}, adapt(serialise_part(page_heading(title, view, case)))]
    lead = adapt(serialise_part(html.P(parts["as-of-words"], className="lead")))
    top = [["div", {}, [heading, *lead]], *serialise_part(html.Div(meta, className="meta"))]
    anchors = [["i", {"id": f"{day}.{MAIN}"}, []] for day in links.anchored]
    subjects = [["p", {"class": "modes"}, links.subjects]] if links.subjects else []
    return [
        *links.skip,
        ["nav", {"id": "nav", "aria-label": "Pages"}, links.nav],
        ["header", {"class": "top"}, top],
        *([_day_bar(adapt(serialise_part(parts["day"])), links)] if page.days else []),
        ["main", {"id": MAIN}, [*anchors, *adapt(serialise_part(parts["notice"])), *subjects, *adapt(content)]],
    ]


def _subjects(case: Case, view: View) -> list[Any]:
    """Link the other issues, to which a form leads on the dashboard."""
    if view.page != "issue":
        return []
    return [
        html.A(
            issue.label,
            href=replace(view, issue=issue.id).address(),
            **(aria(current="page") if issue.id == view.issue else {}),
        )
        for issue in case.codebook.issues
    ]


def _day_bar(day: list[Any], links: DayLinks) -> list[Any]:
    """Name the day, link the ones beside it, and list all with the events between them."""
    # Who followed a link to a day goes on from here with the keyboard.
    anchors = [["i", {"id": str(one)}, []] for one in links.anchored]
    beside = [["p", {"class": "beside-days"}, links.beside], *links.days]
    content = [["div", {"class": "day"}, [*anchors, ["div", {}, day]]], ["div", {}, beside]]
    return ["section", {"id": "day-bar", "aria-label": "Day looked at"}, content]


def _beside(case: Case, view: View) -> Iterator[html.Node]:
    """Link the day before and the day after; the style sheet puts an arrow at each."""
    step = case.stop_at(view.as_of) or 0
    for rel, other in (("prev", step - 1), ("next", step + 1)):
        for day in case.days[max(0, other) : other + 1]:
            yield html.A(day_in_words(day), href=replace(view, as_of=day).address(), rel=rel)


def _day_list(case: Case, views: Sequence[View]) -> html.Node:
    """List the days with statements and, where they began, the events of the codebook."""
    indices = {view.as_of: index for index, view in enumerate(views)}
    events = sorted(case.codebook.events, key=lambda event: event.first)
    items: list[html.Node] = []
    for day, statements in zip(case.calendar["day"], case.calendar["statements"], strict=True):
        while events and events[0].first <= day:
            items.append(_event_item(events.pop(0)))
        links = _day_item(day, views[0], indices.get(day), len(views))
        items.append(html.Li([*links, " ", html.Small(str(statements))]))
    days = html.Ol([*items, *map(_event_item, events)], className="days")
    if len(case.days) <= FEW:
        return days
    return html.Node("details", [html.Node("summary", f"All {count_words(len(case.days), 'day')}"), days])


def _event_item(event: Event) -> html.Node:
    return html.Li(event.label, className="event", title=event_days_words(event))


def _day_item(day: date, view: View, index: int | None, count: int) -> list[html.Node]:
    """Link a day; on the day itself, one of ``count`` that the page shows, it is the current one."""
    words, address, days = day_in_words(day), replace(view, as_of=day).address(), set(range(count))
    if index is None:
        return [html.A(words, href=address)]
    here, others = day_classes({index}, days, count), day_classes(days - {index}, days, count) if count > 1 else ""
    current = html.A(words, href=address, **aria(current="date"), **({"className": here} if here else {}))
    return [*([html.A(words, href=address, className=others)] if others else []), current]
