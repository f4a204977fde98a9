"""Small charts of the issues with two poles, side by side: each party's position over time, on the same axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from dashboard.components.chart_links import build_chart_links
from dashboard.frames.document_days import list_document_days
from dashboard.frames.small_multiples import axis_offset, event_offsets, multiples_frame
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, party_attributes
from dashboard.query.case import Case
from dashboard.query.day_frames import rows_of
from dashboard.query.view import Axis, View
from positions.model.dates import day_in_words
from positions.model.issues import Issue
from positions.wording.events import event_days_words
from positions.wording.party_style import PartyStyle

MOST_CHARTS: Final = 24
"""The most small charts on a page."""
MOST_CHANGES: Final = 4
"""The most changes of a party that a chart's description names; the last ones are kept."""


def build_small_charts(case: Case, view: View, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build the grid of small charts; empty if nobody has spoken on any of the issues."""
    rows = rows_of(multiples_frame(case, view))
    groups = [(issue, list(group)) for issue, group in groupby(rows, key=lambda row: row.issue)]
    if not groups:
        return []
    first, last = (day_in_words(day) for day in (case.days[0], case.days[-1]))
    scale = "to the scale of the calendar" if view.axis == "calendar" else "one step for each day with statements"
    events = _events_words(case, view.axis)
    explanation = (
        f"Where each party stood from {first} to {last}, {scale}. Bands are ranges; dashed is what nobody has repeated "
        f"for long. The upright line is the day looked at{events}. Strokes at the foot are days on which documents "
        "were published, with a line from the first day that each quotes."
    )
    more = (
        [html.P(f"{len(groups) - MOST_CHARTS} more issues are in the data of this view.")]
        if len(groups) > MOST_CHARTS
        else []
    )
    charts = [_chart(case.codebook.issue(issue), group, case, view, styles) for issue, group in groups[:MOST_CHARTS]]
    links = build_chart_links(replace(view, as_of=None, compare=None), 4, "Issue by issue", table="over_time")
    return [html.H2("Issue by issue"), html.P(explanation), links, html.Div(charts, className="multiples"), *more]


def _events_words(case: Case, axis: Axis) -> str:
    names = [f"{event.label} ({event_days_words(event)})" for event, _ in event_offsets(case, axis)]
    return f"; the thin ones are events: {', '.join(names)}" if names else ""


def _chart(issue: Issue, rows: Sequence[Any], case: Case, view: View, styles: Mapping[str, PartyStyle]) -> html.Node:
    by_party = {party: [row for row in rows if row.holder == party] for party in styles}
    speaking_rows = {party: party_rows for party, party_rows in by_party.items() if party_rows}
    # Lines of parties with the same position are shifted apart, or one would hide the others.
    shift = {party: 5 * (index - (len(speaking_rows) - 1) / 2) for index, party in enumerate(speaking_rows)}
    lines = [
        part
        for party, party_rows in speaking_rows.items()
        for part in _lines(party_rows, case.days, view.axis, styles[party].hue, shift[party])
    ]
    ends = {party: middle_height(party_rows[-1], shift[party]) for party, party_rows in speaking_rows.items()}
    names = [
        html.Span(styles[party].name, **_at_height(party_attributes(party, styles), top))
        for party, top in spread_heights(ends).items()
    ]
    levels = [html.Path(d=f"M0 {100 - 100 * value:g}H100", className="level") for value in issue.values.values()]
    events = [html.Path(d=f"M{x:.1f} 0V100", className="event") for _, x in event_offsets(case, view.axis)]
    marks = [*levels, *events, *_document_marks(case, view.axis), *lines]
    drawing = html.Svg(viewBox="0 0 100 100", preserveAspectRatio="none", children=marks)
    to = replace(view, page="issue", issue=issue.id, issues=(), compare=None, statement=None)
    return html.Div(
        [
            html.H3(html.A(issue.label, href=to.address())),
            html.Small(issue.plus or "for", className="pole"),
            html.Div(
                [drawing, *names], className="pane", role="img", **aria(label=chart_words(issue, speaking_rows, styles))
            ),
            html.Small(issue.minus or "against", className="pole"),
        ],
        className="multiple",
    )


def _document_marks(case: Case, axis: Axis) -> list[html.Node]:
    """Draw, at the foot, a stroke on each day of publication with a thin line from the first day that it quotes."""
    strokes, spans = [], []
    for row in list_document_days(case):
        published = axis_offset(case.days, row.published, axis)
        strokes.append(f"M{published:.1f} 100V107")
        if row.said:
            spans.append(f"M{axis_offset(case.days, row.said[0], axis):.1f} 103.5H{published:.1f}")
    paths = {"document said": "".join(spans), "document": "".join(strokes)}
    return [html.Path(d=steps, className=name) for name, steps in paths.items() if steps]


def _at_height(attributes: dict[str, Any], top: float) -> dict[str, Any]:
    """Return the attributes of a name at a height (per cent from the top), beside its line."""
    return attributes | {
        "className": f"end {attributes['className']}",
        "style": attributes["style"] | {"top": f"{top:.1f}%"},
    }


def middle_height(row: Any, shift: float) -> float:
    """Return how far the middle of a range is from the top, in hundredths of a chart's height."""
    return float(100 - 50 * (row.value + row.value_to) + shift)


def spread_heights(ends: Mapping[str, float], apart: float = 17.0) -> dict[str, float]:
    """Move heights at least ``apart`` (per cent) from each other so that names fit."""
    ordered = sorted(ends, key=lambda name: ends[name])
    heights: dict[str, float] = {}
    above = -apart / 2
    for name in ordered:
        above = heights[name] = max(ends[name], above + apart)
    below = 100 + apart
    for name in reversed(ordered):
        below = heights[name] = min(heights[name], below - apart)
    return heights


def _lines(rows: Sequence[Any], days: Sequence[date], axis: Axis, hue: str, shift: float) -> list[Any]:
    """Draw one party's steps: a path, a path for stale positions, and a band for each range."""
    paths: dict[bool, list[str]] = {False: [], True: []}
    bands: list[str] = []
    ends = [*(axis_offset(days, row.day, axis) for row in rows[1:]), 100.0]
    for index, (row, end) in enumerate(zip(rows, ends, strict=True)):
        x, y = axis_offset(days, row.day, axis), middle_height(row, shift)
        up = f"V{middle_height(rows[index + 1], shift):.1f}" if index + 1 < len(rows) else ""
        paths[row.stale].append(f"M{x:.1f} {y:.1f}H{end:.1f}{up}")
        if row.value_to > row.value:
            bands.append(f"M{x:.1f} {100 - 100 * row.value_to:.1f}H{end:.1f}V{100 - 100 * row.value:.1f}H{x:.1f}Z")
    style = {"--hue": hue}
    paths_by_class = {"band": "".join(bands), "path": "".join(paths[False]), "path stale": "".join(paths[True])}
    return [html.Path(d=steps, className=name, style=style) for name, steps in paths_by_class.items() if steps]


def chart_words(issue: Issue, by_party: Mapping[str, Sequence[Any]], styles: Mapping[str, PartyStyle]) -> str:
    """Describe a chart: each party's last changes, at most :data:`MOST_CHANGES`, and where it stands now."""
    sentences = []
    for party, rows in by_party.items():
        moves = [next(group) for _, group in groupby(rows, key=lambda row: (row.value, row.value_to))]
        steps = [f"{row.words} from {day_in_words(row.day)}" for row in moves[-MOST_CHANGES:]]
        sentences.append(f"{styles[party].name}: {'; '.join(steps)}.")
    return f"{issue.label} over time. {' '.join(sentences)}"
