"""What stands on a page of the site on a day: the parts of the dashboard's page, put together without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.components.heatmap import build_heatmaps
from dashboard.components.related_statements import SIDES_CLASS
from dashboard.components.small_multiples import build_small_charts
from dashboard.components.statement import build_record
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, statement_button
from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES
from dashboard.pages.overview import LEGEND, late_parts, overview_parts
from dashboard.query.case import Case, Picture
from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from dashboard.shell.open_statement import HINT
from dashboard.site.drawings import draw_figures
from positions.wording.party_style import PartyStyle


@dataclass(frozen=True, slots=True)
class DayView:
    """A view with its day, its picture, and the styles of the parties."""

    view: View
    picture: Picture
    styles: Mapping[str, PartyStyle]


def page_content(shown: DayView, source: CaseStore) -> list[Any]:
    """Return the serialised content of a page on a day."""
    if shown.view.page == PAGE_IDS[0]:
        return _overview(shown)
    page = PAGES[shown.view.page]
    above = serialise_part(page.above(shown.picture, shown.view, shown.styles))
    if shown.view.document:
        above = join_records(above, shown, source)
    return [*above, *_charts(shown), *serialise_part(page.below(shown.picture, shown.view, shown.styles))]


def _charts(shown: DayView) -> list[Any]:
    captions = PAGES[shown.view.page].captions(shown.picture, shown.view)
    drawings = draw_figures(shown.picture, shown.view, shown.styles)
    return [_figure("chart", words, drawing) for words, drawing in zip(captions, drawings, strict=False)]


def _figure(name: str, words: Any, drawing: list[Any], after: Any = None) -> list[Any]:
    caption: list[Any] = ["figcaption", {"class": "chart-words"}, serialise_part(words)]
    return ["figure", {"class": name}, [caption, *drawing, *serialise_part(after)]]


def _overview(shown: DayView) -> list[Any]:
    case, view = shown.picture.case, shown.view
    parts = {**overview_parts(shown.picture, view), **late_parts(shown.picture, view)}
    keys = [html.Li([html.Span(className=f"key {name}", **aria(hidden="true")), words]) for name, words in LEGEND]
    stands: list[Any] = [html.H2("Where they stand"), html.P(parts["dumbbell-words"]), html.Ul(keys, className="keys")]
    trend: list[Any] = [html.H2("Distance over time")]
    drawings = draw_figures(shown.picture, view, shown.styles)
    charts = [
        _figure(name, words, drawing, after)
        for name, words, drawing, after in zip(
            ("stands", "trend"), (stands, trend), drawings, (None, parts["trend-words"]), strict=False
        )
    ]
    verdicts = [
        html.Div(parts.get("verdict"), id="verdict"),
        html.Div(parts["other-verdicts"], id="other-verdicts"),
    ]
    side = [
        html.Section(parts["matrix"], id="matrix", **aria(label="Who holds what")),
        html.Section(
            build_heatmaps(case, view, shown.styles), id="heat", **aria(label="How far apart, issue by issue")
        ),
    ]
    small = build_small_charts(case, view, shown.styles)
    return [
        *serialise_part(html.Section(verdicts, className="verdicts", **aria(label="What changed"))),
        *serialise_part(html.Div(side, className="beside-heat")),
        ["div", {"class": "charts"}, charts],
        *serialise_part(html.Section(small, id="multiples", **aria(label="Issue by issue"))),
    ]


def group_quotes(case: Case, document: str) -> dict[str, int]:
    """Return a number for each statement of a document by id; those on the same position have the same."""
    groups: dict[Any, int] = {}
    return {
        one.id: groups.setdefault((one.holder, one.issue, one.element), len(groups))
        for one in (record.statement for record in case.index.in_document(document))
    }


def join_records(nodes: Sequence[Any], shown: DayView, source: CaseStore) -> list[Any]:
    """Put the record of every quote beside the document's text, and an anchor before the words that each begins with.

    What others say of the same position follows once for all its quotes. All is hidden by the page's style sheet but
    for what belongs to the quote in the address.
    """
    case, document = shown.picture.case, shown.view.document or ""
    beside = serialise_part(html.P(HINT, className="silence hint"))
    sides: dict[int, list[Any]] = {}
    for statement, group in group_quotes(case, document).items():
        record, history = case.records[statement], source.revisions(statement)
        parts = serialise_part(build_record(record, shown.picture, shown.styles, history, shown.view))
        beside.append(["div", {"id": f"r-{statement}"}, _without_sides(parts, statement, sides.setdefault(group, []))])
    beside += [["div", {"id": f"g-{group}"}, one[:1]] for group, one in sides.items()]
    return _place_records(nodes, beside, set())


def _without_sides(nodes: Sequence[Any], statement: str, sides: list[Any]) -> list[Any]:
    """Return a record without the columns of related statements, which are added to ``sides``."""
    kept: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
        elif node[1].get("class") == SIDES_CLASS:
            sides.append(_open_all(node, statement))
        else:
            kept.append([node[0], node[1], _without_sides(node[2], statement, sides)])
    return kept


def _open_all(node: Any, statement: str) -> Any:
    """Return an element in which the open statement can be opened as the others can: it is shown beside those too."""
    if isinstance(node, str):
        return node
    if node[1].get("class") == "here":
        return serialise_part(statement_button(statement, node[2]))[0]
    return [node[0], node[1], [_open_all(child, statement) for child in node[2]]]


def _place_records(nodes: Sequence[Any], records: Sequence[Any], begun: set[str]) -> list[Any]:
    result: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(node)
            continue
        tag, attributes, inside = node
        if tag == "mark" and (ids := attributes.get("data-in")):
            anchors = [one for one in ids.split() if one not in begun]
            begun.update(anchors)
            result += [["span", {"id": f"s-{one}", "class": "quote-anchor"}, []] for one in anchors]
        content = list(records) if attributes.get("data-part") == "beside" else _place_records(inside, records, begun)
        result.append([tag, attributes, content])
    return result
