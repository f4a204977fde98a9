"""The overview page: what changed, who holds what, how far apart two parties are on each issue and over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
from dash import html as shell

from dashboard.components.chart_links import build_chart_links
from dashboard.components.chart_place import FIRST_CHARTS, build_chart_place
from dashboard.components.heatmap import day_offset
from dashboard.components.matrix import build_matrix
from dashboard.components.verdict import build_verdict
from dashboard.components.why import PairDistance, build_why
from dashboard.figures import Drawing, Palette, dumbbell_figure, trend_figure
from dashboard.frames.issue_lanes import document_spans
from dashboard.frames.small_multiples import axis_offset, multiples_frame
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, data_attributes, party_name, statement_button
from dashboard.markup.serialise import serialise_once
from dashboard.markup.wording import compare_words, dumbbell_words, trend_words
from dashboard.pages.base import Figures, Page, Styles
from dashboard.pages.over_time import apart_frame, over_time_figures
from dashboard.query.case import Picture, RestsOn
from dashboard.query.day_frames import marks_frame, rows_of, thin_days
from dashboard.query.view import Axis, View
from dashboard.query.window import compared_days
from positions.analysis.distance import Comparison
from positions.model.dates import day_in_words
from positions.wording.party_style import PartyStyle, party_styles

MOST_DAYS: Final = 90
"""The most days that a chart over time is drawn with."""
MOST_LISTED: Final = 60
"""The most marks of the first chart that are listed beside it."""
AXES: Final[Mapping[Axis, str]] = {"event": "By event", "calendar": "Calendar"}
"""How time is drawn, in words."""
LEGEND: Final = (
    ("key-own", "its own word"),
    ("key-reported", "only the outlet's words"),
    ("key-claim", "what another claims"),
    ("key-range", "any level of a range"),
    ("key-contested", "statements of a day disagree"),
)


def build_skeleton() -> Any:
    """Return the page without data; callbacks fill its parts by their ids."""
    return shell.Div(_content(), id="content")


def _content() -> list[Any]:
    dumbbell = shell.Figure(
        [
            shell.Figcaption(
                [
                    shell.H2(FIRST_CHARTS["dumbbell"]),
                    shell.P(id="dumbbell-words"),
                    shell.Div(id="dumbbell-links"),
                    _legend(),
                ]
            ),
            *build_chart_place("dumbbell"),
            shell.Div(id="dumbbell-list", className="mark-list"),
        ],
        className="stands",
    )
    trend = shell.Figure(
        [
            shell.Figcaption(
                [
                    shell.Div([shell.H2(FIRST_CHARTS["trend"]), shell.Div(id="axis")], className="titled"),
                    shell.P(
                        "Line: the distance; band: its bounds; hollow and dashed: less than half of the agenda can be "
                        "compared. A mark takes you to its day."
                    ),
                ]
            ),
            *build_chart_place("trend"),
            shell.Div(id="trend-words"),
        ],
        className="trend",
    )
    return [
        shell.Section(
            [shell.Div(id="verdict"), shell.Div(id="other-verdicts")],
            className="verdicts",
            **aria(label="What changed"),
        ),
        shell.Div(
            [
                shell.Section(id="matrix", **aria(label="Who holds what")),
                shell.Section(id="heat", **aria(label="How far apart, issue by issue")),
            ],
            className="beside-heat",
        ),
        shell.Div([_fold("Chart: where they stand", dumbbell), trend], className="charts"),
        shell.Div(id="now", hidden=True),
        _fold("Charts: issue by issue", shell.Section(id="multiples", **aria(label="Issue by issue"))),
    ]


def _fold(name: str, part: Any) -> Any:
    """Return what the page's script folds on a phone: it would be screens long; on a wide screen it has no lid."""
    return shell.Details([shell.Summary(name), part], open=True, className="fold")


def _legend() -> Any:
    items = [shell.Li([shell.Span(className=f"key {name}", **aria(hidden="true")), words]) for name, words in LEGEND]
    return shell.Ul(items, className="keys")


def verdict_part(picture: Picture, view: View, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Return what changed between the days compared, of the first pair."""
    days = compared_days(picture, view)
    if days is None:
        return [html.P("On no earlier day can the parties be compared by what is recorded.", className="verdict")]
    alone = [] if len(picture.comparisons) > 1 else [html.Span(className="alone")]
    words = "Distances: 0 is the same position, 1 the opposite pole. Thin: less than half of the agenda compares."
    scale = html.P(words, className="scale")
    return [*_verdicts(picture, days, picture.comparisons[:1], styles), scale, *alone]


def late_parts(picture: Picture, view: View) -> dict[str, Any]:
    """Return the parts that come after all else, by id: the other pairs' verdicts.

    On a long log they, and the first pair's verdict, take as long as all else together.
    """
    styles, days = party_styles(picture.case.codebook), compared_days(picture, view)
    others = None
    if days:
        others = serialise_once(
            picture.case,
            ("other verdicts", view),
            lambda: _verdicts(picture, days, picture.comparisons[1:], styles),
            RestsOn(picture.state.as_of),
        )
    first = {"verdict": verdict_part(picture, view, styles)} if picture.case.is_long else {}
    return {**first, "other-verdicts": others}


def _verdicts(
    picture: Picture, days: tuple[date, date], pairs: Sequence[Comparison], styles: Mapping[str, PartyStyle]
) -> list[Any]:
    movements = [picture.case.movement(*pair.parties, *days) for pair in pairs]
    return [part for movement in movements for part in build_verdict(movement, picture, styles)]


def matrix_part(picture: Picture, view: View, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Return the matrix under a heading that names the days compared."""
    days = compared_days(picture, view)
    before = picture.case.state_on(days[0]) if days else None
    since = f", and what changed since {day_in_words(days[0])}" if days else ""
    heading = html.H2(f"Who holds what{since}")
    return [heading, *build_matrix(picture, view, styles, before=before)]


def trend_notes(picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """List the pairs' distances in sentences, each with what opens why it is so; on a long log without."""
    items: list[Any] = []
    boxes: list[Any] = []
    for comparison, sentence in zip(picture.comparisons, trend_words(picture), strict=True):
        pair, item = comparison.parties, [sentence]
        if comparison.distance is not None and not picture.case.is_long:
            asked, box = PairDistance(pair, comparison.as_of), f"trend-{'-'.join(pair)}"
            question, *opened = build_why(f"Why {comparison.distance:.2f}?", asked, picture, styles, box=box)
            item, boxes = [sentence, " ", question], [*boxes, *opened]
        items.append(html.Li(item))
    return [html.Ul(items, className="sentences"), *boxes]


def no_statements_part(folder: str, *, limited: bool, editable: bool = False) -> html.Node:
    """Return the notice for a view without statements, with what to do next.

    ``limited``: because of its ``known_at`` or ``public_by``; ``editable``: the pages that change the book are served.
    """
    if limited:
        return html.Section(
            [
                html.H2("Nothing was known then"),
                html.P("No statement had been recorded and published by the date in the address."),
                html.P(html.A("Show everything that is known now", href="?")),
            ],
            className="missing",
        )
    return html.Section(
        [
            html.H2("No statements yet"),
            html.P(["The workspace in ", html.Code(folder), " has a codebook but no statement."]),
            *(_next_steps_here() if editable else _next_steps_by_command()),
        ],
        className="missing",
    )


def _next_steps_here() -> list[html.Node]:
    steps = [
        html.Li([html.A("Add a document", href="/edit/add"), ", by file or as a pasted text."]),
        html.Li([html.A("Choose a document", href="/edit/"), " and let it be looked through for statements."]),
        html.Li([html.A("Review", href="/edit/review"), " what is proposed: nothing counts before you decide."]),
        html.Li("Or select a quote in a document and code it by hand."),
        html.Li(["The ", html.A("codebook", href="/edit/codebook"), " has the parties, speakers and issues."]),
    ]
    return [html.Ol(steps, className="rules")]


def _next_steps_by_command() -> list[html.Node]:
    steps = [
        html.Li(["Take in a document: ", html.Code("positions add-document FILE --outlet NAME")]),
        html.Li(["Let the rules propose what it says: ", html.Code("positions extract ID --record")]),
        html.Li(["Decide on what they propose: ", html.Code("positions review")]),
        html.Li(["Or code a quote by hand: ", html.Code("positions add --help")]),
    ]
    here = html.P(["With ", html.Code("positions dashboard --edit"), " all of it is done here."])
    return [html.Ol(steps, className="rules"), here]


def overview_parts(picture: Picture, view: View) -> dict[str, Any]:
    """Return the parts of the first page, by id."""
    style = party_styles(picture.case.codebook)
    case, day = picture.case, picture.state.as_of
    resting = RestsOn(day)
    verdict = serialise_once(case, ("verdict", view), lambda: verdict_part(picture, view, style), resting)
    return {
        **({} if case.is_long else {"verdict": verdict}),
        "matrix": serialise_once(case, ("matrix", view), lambda: matrix_part(picture, view, style), resting),
        "dumbbell-words": [dumbbell_words(picture), compare_words(view)],
        "axis": axis_links(view),
        "dumbbell-links": build_chart_links(view, 1, FIRST_CHARTS["dumbbell"]),
        "dumbbell-list": serialise_once(case, ("marks", view), lambda: list_marks(picture, style), resting),
        "trend-words": [
            build_chart_links(view, 2, FIRST_CHARTS["trend"]),
            serialise_once(case, ("trend", view), lambda: trend_notes(picture, style), resting),
        ],
        "now": html.Span(
            **data_attributes(
                now=f"{axis_offset(case.days, day, view.axis):.2f}%", heat=f"{day_offset(case, day):.2f}%"
            )
        ),
    }


def axis_links(view: View) -> list[html.Node]:
    """Link both ways to draw time; the one that the view has is marked."""
    return [
        html.A(words, href=replace(view, axis=axis).address(), **(aria(current="true") if view.axis == axis else {}))
        for axis, words in AXES.items()
    ]


def list_marks(picture: Picture, styles: Mapping[str, PartyStyle]) -> html.Node | None:
    """List the first chart's marks as buttons, for who cannot point at them, in the order of its rows."""
    marks: dict[str, list[Any]] = {}
    for mark in rows_of(picture.marks):
        marks.setdefault(mark.issue, []).append(mark)
    entries = [
        [row.issue_label, ": ", party_name(mark.holder, styles), " ", statement_button(mark.statement, mark.words)]
        + ([f", as {mark.by} says"] if mark.kind == "claim" else [])
        for row in rows_of(picture.rows)
        for mark in marks.get(row.issue, ())
    ]
    if not entries:
        return None
    more = [html.Li(f"{len(entries) - MOST_LISTED} more are in the data.")] if len(entries) > MOST_LISTED else []
    items = [html.Li(entry) for entry in entries[:MOST_LISTED]]
    listed = html.Ul([*items, *more], className="sentences")
    details = html.Details([html.Summary("The marks as a list"), listed], className="marks-list")
    return html.Div([*_row_reasons(picture, styles), details])


def _row_reasons(picture: Picture, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """List the distances of the first chart's rows, each of which opens why; none on a long log."""
    if picture.case.is_long:
        return []
    words: list[Any] = []
    boxes: list[Any] = []
    for comparison in picture.comparisons[:1]:
        for row in rows_of(picture.rows):
            if row.distance is None or row.distance != row.distance:
                continue
            asked, box = PairDistance(comparison.parties, comparison.as_of, row.issue), f"row-{row.issue}"
            button, *opened = build_why(f"{row.issue_label} {row.distance:.2f}", asked, picture, styles, box=box)
            words, boxes = [*words, button, " "], [*boxes, *opened]
    return [html.P(["Why so far apart: ", *words], className="why-row"), *boxes] if words else []


def figures(picture: Picture, view: View, styles: Styles, palette: Palette) -> Figures:
    """Draw where the parties stand, with what they held on the day compared with, and the distances over time."""
    case, codebook = picture.case, picture.case.codebook
    drawing = Drawing(styles, palette, view.axis, codebook.events, document_spans(case))
    before = case.state_on(view.compare) if view.compare else None
    ghosts = picture.filter_rows(marks_frame(before, codebook, case.records)) if before else None
    first = dumbbell_figure(picture.rows, picture.marks, drawing, ghosts=ghosts)
    day = picture.state.as_of
    trend = thin_days(picture.trend, case.calendar, keep=case.stop_at(day), most=MOST_DAYS)
    return first, trend_figure(trend, case.calendar, drawing, as_of=day)


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the positions, the marks of the first chart, its rows, and what the other charts show of all days."""
    return {
        "positions": picture.table,
        "marks": picture.marks,
        "rows": picture.rows,
        "distances": picture.trend,
        "over_time": multiples_frame(picture.case, view),
        "apart": apart_frame(picture.case, view),
    }


PAGE: Final = Page(
    "overview",
    "Overview",
    lambda _picture, _view, _styles: None,
    tables,
    figures=figures,
    pictures=over_time_figures,
    compares=lambda _view: True,
)
"""The first page; callbacks fill its parts one by one, since they follow the slider."""
