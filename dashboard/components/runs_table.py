"""The table of an issue's elements over time: a row for each party, a cell for each run of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from dashboard.frames.standing_runs import SIGNS, issue_days, runs_frame
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, party_name, statement_button
from dashboard.query.case import Case
from dashboard.query.day_frames import rows_of
from positions.kinds.registry import kind_of
from positions.model.dates import day_in_words
from positions.model.issues import Issue
from positions.model.lists import count_words, join_words
from positions.wording.party_style import PartyStyle

MOST_DAYS: Final = 14
"""The most days that the table has columns for; the last ones are kept."""


def build_runs_table(
    case: Case, issue: Issue, styles: Mapping[str, PartyStyle], as_of: date, parties: Sequence[str]
) -> list[Any]:
    """Build the table over time: a group for each element, in it a row for each party, in it a cell for each run."""
    all_days = issue_days(case, issue)
    days = all_days[-MOST_DAYS:]
    rows = rows_of(runs_frame(case, issue, parties, most=MOST_DAYS))
    if not rows:
        return [html.P("Nobody has taken a stance on any of it, or the filters leave nothing.")]
    current = max((day for day in days if day <= as_of), default=None)
    heads = [html.Th(_day_heading(day), scope="col", **_current_day(day == current)) for day in days]
    head = html.Thead(html.Tr([html.Th("Party", scope="col"), *heads]))
    groups = [_group(issue, list(group), len(days), styles) for _, group in groupby(rows, key=lambda row: row.element)]
    note = f" The last {len(days)} of {count_words(len(all_days), 'day')} are shown; the data of this view have all."
    explanation = f"A column for each day on which something was said of it.{note if len(all_days) > len(days) else ''}"
    table = html.Table([head, *groups], className="runs")
    names = zip(SIGNS.values(), kind_of(issue).view.attitudes, strict=True)
    key = ", ".join(f"{sign} {name}" for sign, name in names)
    return [
        html.P(f"{explanation} Marks: {key}."),
        html.Div(table, className="wide", tabIndex=0, role="region", **aria(label=TABLE_LABEL)),
    ]


TABLE_LABEL: Final = "Each party on each part of the issue over time"


def _current_day(is_current: bool) -> dict[str, Any]:
    return {"className": "now", **aria(current="date")} if is_current else {}


def _day_heading(day: date) -> list[Any]:
    return [f"{day.day} {day:%b}", html.Span(f" {day.year}", className="year")]


def _group(issue: Issue, rows: Sequence[Any], days: int, styles: Mapping[str, PartyStyle]) -> html.Node:
    first = rows[0]
    title: list[Any] = [html.Span(first.element_label, className="branch", style={"--depth": str(first.depth)})]
    if addressees := issue.addressed.get(first.element):
        title.append(html.Small(f"to be done by {join_words(styles[party].name for party in addressees)}"))
    lines = [html.Tr(html.Th(title, colSpan=days + 1, scope="rowgroup"), className="group")]
    for party, party_rows in groupby(rows, key=lambda row: row.holder):
        cells = [html.Td(_cell(row), colSpan=row.span, className=f"run {row.standing}") for row in party_rows]
        lines.append(html.Tr([html.Th(party_name(party, styles), scope="row"), *cells]))
    return html.Tbody(lines)


def _cell(row: Any) -> Any:
    if row.standing == "unstated":
        return html.Span([SIGNS["unstated"], html.Span(" has not said", className="spoken")], className="silence")
    marks = [mark for mark, is_set in (("reported", row.reported), ("contested", row.contested)) if is_set]
    remarks = [*([f"as for {row.inherited_from}"] if row.inherited_from else []), *marks]
    span = (
        day_in_words(row.first) if row.first == row.last else f"{day_in_words(row.first)} to {day_in_words(row.last)}"
    )
    name = f"{row.words}, {span}. Open the quote."
    button = statement_button(row.statement, f"{SIGNS[row.standing]} {row.words}", name=name, style="link")
    return [button, html.Small(" · ".join(remarks))] if remarks else button
