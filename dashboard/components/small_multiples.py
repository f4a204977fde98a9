"""Small charts of the issues between two poles side by side: each party's position over time, on the same axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from dashboard.frames.small_multiples import axis_offset, multiples_frame
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, party_attributes
from dashboard.query.day_frames import rows_of
from dashboard.query.source import Case
from dashboard.query.view import Axis, View
from positions.model.dates import day_in_words
from positions.model.issues import Issue
from positions.model.position import STALE_AFTER
from positions.wording.party_style import PartyStyle

MOST_CHARTS: Final = 24
"""Most small charts of a page."""
MOST_CHANGES: Final = 4
"""Most changes of a party that the words for a chart name, the last ones."""


def small_charts(case: Case, view: View, styles: Mapping[str, PartyStyle]) -> list[Any]:
    """Build the grid of small charts; nothing if none was spoken of."""
    rows = rows_of(multiples_frame(case, view))
    groups = [(issue, list(group)) for issue, group in groupby(rows, key=lambda row: row.issue)]
    if not groups:
        return []
    first, last = (day_in_words(day) for day in (case.days[0], case.days[-1]))
    scale = "to the scale of the calendar" if view.axis == "calendar" else "one step for each day with statements"
    told = (
        f"Where each party stood from {first} to {last}, {scale}. Bands are ranges; dashed is what nobody has repeated "
        f"for {STALE_AFTER} days. The upright line is the day looked at."
    )
    more = (
        [html.P(f"{len(groups) - MOST_CHARTS} more issues are in the data of this view.")]
        if len(groups) > MOST_CHARTS
        else []
    )
    charts = [_chart(case.codebook.issue(issue), group, case, view, styles) for issue, group in groups[:MOST_CHARTS]]
    return [html.H2("Issue by issue"), html.P(told), html.Div(charts, className="multiples"), *more]


def _chart(issue: Issue, rows: Sequence[Any], case: Case, view: View, styles: Mapping[str, PartyStyle]) -> html.Node:
    by_party = {party: [row for row in rows if row.holder == party] for party in styles}
    spoken = {party: own for party, own in by_party.items() if own}
    # Parties that hold the same are drawn side by side, or one would hide the others.
    shift = {party: 5 * (place - (len(spoken) - 1) / 2) for place, party in enumerate(spoken)}
    lines = [
        part
        for party, own in spoken.items()
        for part in _lines(own, case.days, view.axis, styles[party].hue, shift[party])
    ]
    ends = {party: height(own[-1], shift[party]) for party, own in spoken.items()}
    names = [
        html.Span(styles[party].name, **_at_height(party_attributes(party, styles), top))
        for party, top in spread_heights(ends).items()
    ]
    levels = [html.Path(d=f"M0 {100 - 100 * value:g}H100", className="level") for value in issue.values.values()]
    drawing = html.Svg(viewBox="0 0 100 100", preserveAspectRatio="none", children=[*levels, *lines])
    to = replace(view, page="issue", issue=issue.id, issues=(), compare=None, statement=None)
    return html.Div(
        [
            html.H3(html.A(issue.label, href=to.address())),
            html.Small(issue.plus or "for", className="pole"),
            html.Div([drawing, *names], className="pane", role="img", **aria(label=chart_words(issue, spoken, styles))),
            html.Small(issue.minus or "against", className="pole"),
        ],
        className="multiple",
    )


def _at_height(attributes: dict[str, Any], top: float) -> dict[str, Any]:
    """Put a name at a height, beside its line."""
    return attributes | {
        "className": f"end {attributes['className']}",
        "style": attributes["style"] | {"top": f"{top:.1f}%"},
    }


def height(row: Any, shift: float) -> float:
    """Return how far from the top the middle of a range lies, in hundredths of a chart's height."""
    return float(100 - 50 * (row.value + row.value_to) + shift)


def spread_heights(ends: Mapping[str, float], apart: float = 17.0) -> dict[str, float]:
    """Move heights apart until each has room for a name, from the top, then back up from the bottom."""
    ordered = sorted(ends, key=lambda name: ends[name])
    found: dict[str, float] = {}
    before = -apart / 2
    for name in ordered:
        before = found[name] = max(ends[name], before + apart)
    after = 100 + apart
    for name in reversed(ordered):
        after = found[name] = min(found[name], after - apart)
    return found


def _lines(rows: Sequence[Any], days: Sequence[date], axis: Axis, hue: str, shift: float) -> list[Any]:
    """Draw one party's steps: a path of what it still repeats, one of what is stale, a band for every range."""
    paths: dict[bool, list[str]] = {False: [], True: []}
    bands: list[str] = []
    ends = [*(axis_offset(days, row.step, axis) for row in rows[1:]), 100.0]
    for place, (row, end) in enumerate(zip(rows, ends, strict=True)):
        x, y = axis_offset(days, row.step, axis), height(row, shift)
        up = f"V{height(rows[place + 1], shift):.1f}" if place + 1 < len(rows) else ""
        paths[row.stale].append(f"M{x:.1f} {y:.1f}H{end:.1f}{up}")
        if row.value_to > row.value:
            bands.append(f"M{x:.1f} {100 - 100 * row.value_to:.1f}H{end:.1f}V{100 - 100 * row.value:.1f}H{x:.1f}Z")
    style = {"--hue": hue}
    drawn = {"band": "".join(bands), "path": "".join(paths[False]), "path stale": "".join(paths[True])}
    return [html.Path(d=steps, className=name, style=style) for name, steps in drawn.items() if steps]


def chart_words(issue: Issue, spoken: Mapping[str, Sequence[Any]], styles: Mapping[str, PartyStyle]) -> str:
    """Tell a chart in words: each party's last changes, :data:`MOST_CHANGES` at most, and where it stands."""
    told = []
    for party, rows in spoken.items():
        moves = [next(group) for _, group in groupby(rows, key=lambda row: (row.value, row.value_to))]
        steps = [f"{row.words} from {day_in_words(row.day)}" for row in moves[-MOST_CHANGES:]]
        told.append(f"{styles[party].name}: {'; '.join(steps)}.")
    return f"{issue.label} over time. {' '.join(told)}"
