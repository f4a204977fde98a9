"""One issue over time: positions, levels, and the ledger of its statements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_view_form
from dashboard.components.positions_table import build_positions_table
from dashboard.components.runs_table import build_runs_table
from dashboard.components.sides_board import build_sides_board
from dashboard.components.statement_list import build_statement_list
from dashboard.components.why import build_pair_distances
from dashboard.figures import Drawing, Palette
from dashboard.figures.issue_lanes import lanes_figure
from dashboard.frames.issue_history import daily_positions_frame, statements_frame
from dashboard.frames.issue_lanes import build_lanes, document_spans
from dashboard.frames.standing_runs import runs_frame
from dashboard.markup import elements as html
from dashboard.markup.forms import choice_field
from dashboard.pages.base import Figures, Page, Styles
from dashboard.pages.findings import issue_finding
from dashboard.query.case import Picture
from dashboard.query.view import View
from dashboard.query.window import compared_days
from positions.kinds.registry import kind_of
from positions.model.codebook import Party
from positions.model.dates import day_in_words
from positions.model.issues import Issue
from positions.model.lists import count_words


def choose_issue(picture: Picture, view: View) -> Issue:
    """Return the view's issue; by default the one on which the first pair is furthest apart."""
    codebook = picture.case.codebook
    if view.issue:
        return codebook.issue(view.issue)
    first = picture.case.codebook.issues[0].id if picture.rows.empty else str(picture.rows["issue"].iloc[0])
    return codebook.issue(first)


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Show a form to choose another issue; for one with elements, who is for and against each."""
    issue = choose_issue(picture, view)
    options = [(other.id, other.label) for other in picture.case.codebook.issues]
    form = build_view_form(view, [choice_field("Issue", "issue", options, issue.id)], keep={"issue"})
    parts: list[Any] = [form]
    if issue.definition:
        parts.append(html.P(issue.definition, className="lead"))
    parts += build_pair_distances(picture, issue.id, styles)
    if kind_of(issue).view.axis:
        return parts
    codebook, days = picture.case.codebook, compared_days(picture, view)
    parties = view.parties or tuple(party.id for party in codebook.parties if _speaks(party, picture, issue))
    before = picture.case.state_on(days[0]) if days else None
    board = build_sides_board(picture, issue, parties, styles, before=before)
    since = f", and what each held on {day_in_words(days[0])}" if days else ""
    return [*parts, html.Section([html.H2(f"Who is for and against{since}"), *board], className="part")]


def _speaks(party: Party, picture: Picture, issue: Issue) -> bool:
    """Return whether a party is a principal one or has a position on an issue."""
    holders = {holder for holder, name, _ in picture.state.positions if name == issue.id}
    return party in picture.case.codebook.principals or party.id in holders


def captions(picture: Picture, view: View) -> tuple[Any, ...]:
    """Explain how to read the chart."""
    issue = choose_issue(picture, view)
    rest = (
        "A bar lasts as long as a position: solid by the party's own word, outlined if only an outlet reports it, pale "
        f"once nobody has repeated it for {issue.stale_after} days. Marks are statements: filled for its own word, "
        "hollow for the outlet's, crosses for what another claims; “×3” counts those of a day. Diamonds are documents."
    )
    levels = "its levels" if kind_of(issue).view.axis else f"each {issue.noun} by side"
    return ([html.H2("Over time"), html.P(f"Where each party stood, a lane for each within {levels}. {rest}")],)


def figures(picture: Picture, view: View, styles: Styles, palette: Palette) -> Figures:
    """Draw the positions and statements over time in lanes."""
    issue, case = choose_issue(picture, view), picture.case
    drawing = Drawing(styles, palette, view.axis, case.codebook.events, document_spans(case))
    lanes = case.answer_once(("lanes", issue.id, view.parties), lambda: build_lanes(case, issue, view.parties))
    return (lanes_figure(lanes, case.calendar, drawing, as_of=picture.state.as_of),)


def below(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Show the positions of the day, every statement, the latest first, then the definitions of the levels."""
    issue = choose_issue(picture, view)
    levels = [part for level in issue.levels for part in (html.Dt(level.label), html.Dd(level.definition))]
    frame = statements_frame(picture.case, [issue], view.parties).iloc[::-1]
    table = _positions(picture, issue, view)
    over_time = _over_time(picture, issue, view, styles)
    parts = [html.H2(f"Where they stand on {day_in_words(picture.state.as_of)}"), build_positions_table(table, styles)]
    # The tables come right after the chart: they lead by keyboard to what its marks open.
    return [
        *over_time,
        html.Section(parts if len(table) else [html.P("Nothing is recorded on it by this day.")], className="part"),
        html.Section(
            [
                html.H2(f"{count_words(len(frame), 'statement')} on it"),
                build_statement_list(frame, styles, picture.case.codebook, named=False),
            ],
            className="part",
        ),
        html.Section([html.H2("What the levels mean"), html.Dl(levels, className="levels")], className="part"),
    ]


def _over_time(picture: Picture, issue: Issue, view: View, styles: Styles) -> list[Any]:
    """Return the chart of an issue with elements as a table, right after it."""
    if kind_of(issue).view.axis:
        return []
    table = build_runs_table(picture.case, issue, styles, picture.state.as_of, view.parties)
    return [html.Section([html.H2("Where each stood, over time"), *table], className="part")]


def _positions(picture: Picture, issue: Issue, view: View) -> pd.DataFrame:
    return replace(picture, issues=(issue.id,), parties=view.parties).table


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the positions on the issue, its statements, the positions on each day, and the runs of its elements."""
    issue = choose_issue(picture, view)
    frames = {
        "positions": _positions(picture, issue, view),
        "statements": statements_frame(picture.case, [issue], view.parties),
        "held": daily_positions_frame(picture.case, issue, view.parties),
    }
    if kind_of(issue).view.axis:
        return frames
    return frames | {"runs": runs_frame(picture.case, issue, view.parties)}


def heading(picture: Picture, view: View) -> str:
    """Return the issue's name."""
    return choose_issue(picture, view).label


def finding(picture: Picture, view: View) -> str:
    """Write where the first pair stands on the issue."""
    return issue_finding(picture, choose_issue(picture, view).id, view)


PAGE: Final = Page("issue", "Issue", above, tables, below, figures, captions, heading=heading, finding=finding)
