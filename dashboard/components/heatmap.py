"""Issues by days for a pair of parties: the darker, the further apart; blank where they cannot be compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, Final

from dashboard.figures.days_axis import label_steps, tick_words
from dashboard.frames.heatmap import heat_frame
from dashboard.frames.small_multiples import drawn_steps
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, party_name
from dashboard.markup.serialise import serialise_once
from dashboard.query.case import Case, RestsOn
from dashboard.query.day_frames import choose_pairs, rows_of
from dashboard.query.view import View
from positions.model.dates import day_in_words
from positions.wording.party_style import PartyStyle

PALE: Final = 0.5
"""Up to this distance a cell is light enough for dark figures."""
EXPLANATION: Final = (
    "The darker, the further apart, from 0 to 1; blank: not comparable; hatched: words that were not repeated lately; "
    "a dot: a statement that decides a position. Each stretch leads to its issue on its first day."
)


def build_heatmaps(case: Case, view: View, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build a panel for each compared pair, in their order, with the whole distance above its issues.

    They are the same on every day: the line of the day looked at stands at :func:`day_offset`.
    """
    pairs = choose_pairs(case.codebook, view.parties)
    base, last = replace(view, as_of=None, compare=None, statement=None), case.days[-1]
    panels = [
        serialise_once(case, ("heat", case.days, base), partial(_panel, case, base, pair, styles), RestsOn(last, pair))
        for pair in pairs
    ]
    heading = [html.H2("How far apart, issue by issue"), html.P(EXPLANATION, className="small muted")]
    return [*heading, *panels] if panels else []


def day_offset(case: Case, day: date) -> float:
    """Return where a day lies in a panel, in hundredths of its width; 0 before the first day."""
    steps, stop = drawn_steps(len(case.days)), case.stop_at(day)
    drawn = bisect_right(steps, stop) if stop is not None else 0
    return 100 * max(0.0, drawn - 0.5) / len(steps)


def _panel(case: Case, view: View, pair: tuple[str, str], styles: Mapping[str, PartyStyle]) -> html.Node:
    steps = drawn_steps(len(case.days))
    rows = rows_of(heat_frame(case, pair, view.issues))
    lanes = [_lane(list(group), len(steps), view) for _, group in groupby(rows, key=lambda row: row.issue)]
    title = html.H3([party_name(pair[0], styles), " – ", party_name(pair[1], styles)])
    if not lanes:
        return html.Div([title, html.P("Nothing can be compared.", className="silence")], className="heat")
    return html.Div([title, _whole(case, pair, steps), *lanes, _days(case, steps)], className="heat")


def _lane(runs: Sequence[Any], days: int, view: View) -> html.Node:
    label = runs[0].issue_label
    cells: list[Any] = []
    for run in runs:
        if run.distance != run.distance or run.distance is None:
            continue
        to = replace(view, page="issue", issue=run.issue, as_of=run.first, compare=None, issues=(), statement=None)
        until = f" to {day_in_words(run.last)}" if run.last != run.first else ""
        age = ", by words not repeated lately" if run.stale else ""
        age += ", in part by what only an outlet says" if run.reported else ""
        words = f"{label}, {day_in_words(run.first)}{until}: {run.distance:.2f} apart{age}"
        dots = [
            html.Span(className="dot", style={"left": f"{100 * (index - run.place + 0.5) / run.span:.2f}%"})
            for index in run.statements
        ]
        cells.append(
            html.A(
                [html.Span(f"{run.distance:.2f}", className="far"), *dots],
                href=to.address(),
                className=f"run{' stale' if run.stale else ''}{' dark' if run.distance > PALE else ''}",
                style={
                    "left": f"{100 * run.place / days:.3f}%",
                    "width": f"{100 * run.span / days:.3f}%",
                    "--far": f"{100 * run.distance:.0f}%",
                },
                title=words,
                **aria(label=words),
            )
        )
    return html.Div([html.Span(label, className="name"), html.Div(cells, className="lane")], className="heat-row")


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
