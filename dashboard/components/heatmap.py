"""Issues by days for a pair of parties: the darker, the further apart; blank where they cannot be compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, Final

import numpy as np

from dashboard.components.chart_links import build_chart_links
from dashboard.components.day_bar import draw_document_days, draw_events
from dashboard.components.why import PairDistance, build_served_box
from dashboard.figures.days_axis import label_steps, tick_words
from dashboard.frames.document_days import list_document_days
from dashboard.frames.heatmap import heat_frame
from dashboard.frames.small_multiples import drawn_steps
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, party_name
from dashboard.query.case import Case
from dashboard.query.day_frames import choose_pairs, rows_of
from dashboard.query.event_days import events_within, place_of
from dashboard.query.view import View
from positions.model.dates import day_in_words
from positions.wording.party_style import PartyStyle

PALE: Final = 0.5
"""Up to this distance a cell is light enough for dark figures."""
EXPLANATION: Final = (
    "The stronger the shade, the further apart, from 0 to 1; blank: not comparable; hatched: words that were not "
    "repeated lately; a dot: a statement that decides a position. Dots under the days are documents published then, "
    "with a line from what they quote."
)
OPENS: Final = "Each stretch opens why."
LEADS: Final = "Each stretch leads to its issue on its first day."
"""What a stretch does on a page that is served, and on one that is a file."""


def build_heatmaps(case: Case, view: View, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build a panel for each compared pair, in their order, with the whole distance above its issues.

    They are the same on every day: the line of the day looked at stands at :func:`day_offset`.
    """
    pairs = choose_pairs(case.codebook, view.parties)
    panels = [_panel(case, view, pair, styles) for pair in pairs]
    words = f"{EXPLANATION} {OPENS if case.served else LEADS}"
    heading = [html.H2("How far apart, issue by issue"), html.P(words, className="small muted")]
    # They show all days, so that their picture is the same on each.
    links = build_chart_links(replace(view, as_of=None, compare=None), 3, "How far apart", table="apart")
    return [*heading, links, *panels] if panels else []


def day_offset(case: Case, day: date) -> float:
    """Return where a day lies in a panel, in hundredths of its width; 0 before the first day."""
    steps, stop = drawn_steps(len(case.days)), case.stop_at(day)
    drawn = bisect_right(steps, stop) if stop is not None else 0
    return 100 * max(0.0, drawn - 0.5) / len(steps)


def _panel(case: Case, view: View, pair: tuple[str, str], styles: Mapping[str, PartyStyle]) -> html.Node:
    steps = drawn_steps(len(case.days))
    rows = rows_of(heat_frame(case, pair, view.issues))
    by_issue = [list(group) for _, group in groupby(rows, key=lambda row: row.issue)]
    lanes = [_lane(runs, len(steps), view, _boxes(runs, case, view, pair)) for runs in by_issue]
    title = html.H3([party_name(pair[0], styles), " – ", party_name(pair[1], styles)])
    if not lanes:
        return html.Div([title, html.P("Nothing can be compared.", className="silence")], className="heat")
    rows = [*_events(case, steps), _whole(case, pair, steps), *lanes, _days(case, steps), *_documents(case, steps)]
    return html.Div([title, *rows], className="heat")


def _lane(runs: Sequence[Any], days: int, view: View, boxes: Mapping[int, html.Node]) -> html.Node:
    """Draw an issue's runs; those with a box, by their places, open it, the others lead to the issue."""
    label = runs[0].issue_label
    cells: list[Any] = []
    for run in runs:
        if not _is_known(run):
            continue
        words = _run_words(run)
        dots = [
            html.Span(className="dot", style={"left": f"{100 * (index - run.place + 0.5) / run.span:.2f}%"})
            for index in run.statements
        ]
        attributes = {
            "className": f"run{' stale' if run.stale else ''}{' dark' if run.distance > PALE else ''}",
            "style": {
                "left": f"{100 * run.place / days:.3f}%",
                "width": f"{100 * run.span / days:.3f}%",
                "--far": f"{100 * run.distance:.0f}%",
            },
            "title": words,
            **aria(label=words),
        }
        shown = [html.Span(f"{run.distance:.2f}", className="far"), *dots]
        if run.place in boxes:
            box = boxes[run.place]
            cells.append(html.Button(shown, type="button", popovertarget=box.attributes["id"], **attributes))
        else:
            cells.append(html.A(shown, href=_issue_address(run, view), **attributes))
    lane = html.Div(cells, className="lane")
    return html.Div([html.Span(label, className="name"), lane, *boxes.values()], className="heat-row")


def _boxes(runs: Sequence[Any], case: Case, view: View, pair: tuple[str, str]) -> dict[int, html.Node]:
    """Build the box of each run by its place; none for a page that is a file, which has them on the issue's page."""
    if not case.served:
        return {}
    boxes = {}
    for run in (run for run in runs if _is_known(run)):
        asked = PairDistance(pair, run.first, run.issue)
        issue = html.P(html.A("The issue on its first day", href=_issue_address(run, view)))
        box = f"heat-{'-'.join(pair)}-{run.issue}-{run.place}"
        boxes[run.place] = build_served_box(_run_words(run), asked, case.query, box=box, more=issue)
    return boxes


def _is_known(run: Any) -> bool:
    return run.distance is not None and run.distance == run.distance


def _issue_address(run: Any, view: View) -> str:
    to = replace(view, page="issue", issue=run.issue, as_of=run.first, compare=None, issues=(), statement=None)
    return to.address()


def _run_words(run: Any) -> str:
    until = f" to {day_in_words(run.last)}" if run.last != run.first else ""
    age = ", by words not repeated lately" if run.stale else ""
    age += ", in part by what only an outlet says" if run.reported else ""
    return f"{run.issue_label}, {day_in_words(run.first)}{until}: {run.distance:.2f} apart{age}"


def _whole(case: Case, pair: tuple[str, str], steps: Sequence[int]) -> html.Node:
    """Draw the distance over all issues as a line of steps, in words for those who do not see it."""
    rows = rows_of(case.trend_of((pair,)).iloc[list(steps)])
    width = 100 / len(steps)
    parts, pen = [], "M"
    for index, row in enumerate(rows):
        if row.distance != row.distance:
            pen = "M"
            continue
        height = 100 - 100 * row.distance
        parts.append(f"{pen}{index * width:.2f} {height:.1f}H{(index + 1) * width:.2f}")
        pen = "L"
    known = [row for row in rows if row.distance == row.distance]
    first, last = (known[0], known[-1]) if known else (None, None)
    words = (
        f"All issues: {first.distance:.2f} on {day_in_words(first.day)}, "
        f"{last.distance:.2f} on {day_in_words(last.day)}"
        if first is not None and last is not None
        else "All issues: no distance"
    )
    drawing = html.Svg(
        viewBox="0 0 100 100", preserveAspectRatio="none", children=[html.Path(d="".join(parts) or "M0 0")]
    )
    lane = html.Div([drawing], className="lane whole-line", role="img", title=words, **aria(label=words))
    return html.Div([html.Span("All issues", className="name"), lane], className="heat-row")


def _events(case: Case, steps: Sequence[int]) -> list[html.Node]:
    events = events_within(case.codebook.events, case.days)
    lane = draw_events([(event, _share(place, steps)) for event, place in events])
    return [_time_row("events", lane)] if lane else []


def _documents(case: Case, steps: Sequence[int]) -> list[html.Node]:
    lane = draw_document_days(list_document_days(case), lambda day: _share(place_of(day, case.days), steps))
    return [_time_row("documents", lane)] if lane else []


def _time_row(name: str, lane: html.Node) -> html.Node:
    return html.Div([html.Span(name, className="name"), lane], className="heat-row time-row")


def _share(place: float, steps: Sequence[int]) -> float:
    """Return where a place among all days lies in a panel of some of them, in hundredths of its width."""
    drawn = float(np.interp(place, steps, range(len(steps))))
    return 100 * (drawn + 0.5) / len(steps)


def _days(case: Case, steps: Sequence[int]) -> html.Node:
    days = [case.days[step] for step in steps]
    labelled = label_steps(days)
    words = tick_words([days[index] for index in labelled])
    ticks = [
        html.Span(text.replace("<br>", "\n"), style={"left": f"{100 * (index + 0.5) / len(days):.2f}%"})
        for index, text in zip(labelled, words, strict=True)
    ]
    return html.Div(
        [html.Span(className="name"), html.Div(ticks, className="lane ticks")],
        className="heat-row",
        **aria(hidden="true"),
    )
