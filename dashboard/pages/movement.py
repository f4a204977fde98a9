"""Movement between two days: what each issue changed, who moved, by which statements; or the distance on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing, build_view_form
from dashboard.figures import Palette
from dashboard.figures.waterfall import waterfall_figure
from dashboard.markup import elements as html
from dashboard.markup.forms import choice_field, day_field
from dashboard.markup.parts import aria, party_name, statement_button
from dashboard.pages import distance as gap
from dashboard.pages.base import Figures, Page, Styles
from dashboard.query.day_frames import choose_pairs, rows_of
from dashboard.query.source import Picture
from dashboard.query.view import Mode, View
from positions.analysis.movement import Movement
from positions.wording.movement import movement_words, signed_number
from positions.wording.positions import range_words
from positions.wording.rows import LEDGER_COLUMNS, ledger_row

STEPS: Final = ("issue", "issue_label", "kind", "day", "value", "start", "end", "one", "other")


def window(picture: Picture, view: View) -> tuple[date, date] | None:
    """Return the days compared: the view's, by default the first comparable and the one looked at, or ``None``."""
    end = view.end or picture.state.as_of
    start = view.start or _first_comparable_day(picture, view)
    return (start, end) if start < end else None


def _first_comparable_day(picture: Picture, view: View) -> date:
    """Return the first day on which the pair can be compared; the first of all days if it never can."""
    chosen = choose_pairs(picture.case.codebook, view.parties)[:1]
    trend = picture.case.trend_of(chosen) if chosen else picture.trend
    days = trend.loc[trend["distance"].notna(), "day"]
    return days.iloc[0] if len(days) else picture.case.days[0]


def find_movement(picture: Picture, view: View) -> Movement | None:
    """Return the movement of the first pair between the two days; ``None`` without a pair or two days."""
    days, chosen = window(picture, view), choose_pairs(picture.case.codebook, view.parties)
    return picture.case.movement(*chosen[0], *days) if days and chosen else None


def steps_frame(movement: Movement, picture: Picture) -> pd.DataFrame:
    """List the steps from the earlier to the later distance: issues that moved, then the effect of coverage.

    ``value`` is the change, from ``start`` to ``end``, all on the scale of the distance; a total has its ``day``.
    ``one`` and ``other`` are the parties' Shapley shares of the issue's change, missing if they are undefined.
    """
    if movement.before.distance is None or movement.after.distance is None:
        return pd.DataFrame(columns=list(STEPS))
    codebook, at = picture.case.codebook, movement.before.distance
    rows: list[tuple[Any, ...]] = [("", "", "total", movement.start, at, 0.0, at, None, None)]
    moved = sorted(movement.issues, key=lambda issue: abs(issue.contribution), reverse=True)
    for issue in [issue for issue in moved if issue.contribution]:
        shares = [issue.shares[party] if issue.shares else None for party in movement.parties]
        label = codebook.issue(issue.issue).label
        rows.append((issue.issue, label, "moved", None, issue.contribution, at, at + issue.contribution, *shares))
        at += issue.contribution
    end = movement.after.distance
    if abs(movement.coverage_effect or 0.0) > 1e-9:
        rows.append(("", "", "coverage", None, movement.coverage_effect, at, end, None, None))
    rows.append(("", "", "total", movement.end, end, 0.0, end, None, None))
    return pd.DataFrame(rows, columns=list(STEPS))


def above(picture: Picture, view: View, _styles: Styles) -> list[Any]:
    """Show a form for the pair and the days, then the movement, or the distance of the day, in sentences."""
    codebook = picture.case.codebook
    if view.mode == "day":
        day_fields = [_pair_field(codebook, view), day_field("On", "as_of", view.as_of)]
        return [_modes(view), build_view_form(view, day_fields, keep={"parties", "as_of"}), *gap.above(picture, view)]
    movement, days = find_movement(picture, view), window(picture, view)
    fields = [
        _pair_field(codebook, view),
        day_field("From", "from", days[0] if days else None),
        day_field("To", "to", days[1] if days else None),
    ]
    form = html.Div([_modes(view), build_view_form(view, fields, keep={"parties", "from", "to"})])
    if movement is None:
        return [form, html.P("A movement needs two days: choose a first and a later one.")]
    sentences = movement_words(movement, codebook)
    entered = ", ".join(codebook.issue(name).label for name in movement.entered)
    left = ", ".join(codebook.issue(name).label for name in movement.left)
    coverage = [f"Entered: {entered}." if entered else "", f"Left: {left}." if left else ""]
    return [form, html.P(sentences, className="verdict"), html.P(" ".join(filter(None, coverage)), className="silence")]


def _modes(view: View) -> html.Node:
    """Link the page's two modes."""
    modes: tuple[tuple[Mode, str], ...] = (("days", "Between two days"), ("day", "Two parties on one day"))
    links = [
        html.A(words, href=replace(view, mode=mode).address(), **(aria(current="true") if mode == view.mode else {}))
        for mode, words in modes
    ]
    return html.P(links, className="modes")


def _pair_field(codebook: Any, view: View) -> Any:
    names = [
        (f"{one},{two}", f"{codebook.party(one).name} and {codebook.party(two).name}")
        for one, two in _all_pairs(codebook)
    ]
    chosen = choose_pairs(codebook, view.parties)
    return choice_field("Parties", "parties", names, ",".join(chosen[0]) if chosen else None)


def _all_pairs(codebook: Any) -> list[tuple[str, str]]:
    names = [party.id for party in codebook.parties]
    return [(one, two) for index, one in enumerate(names) for two in names[index + 1 :]]


def captions(picture: Picture, view: View) -> tuple[Any, ...]:
    """Explain how to read the chart."""
    if view.mode == "day":
        return gap.captions(picture, view)
    words = (
        "From the distance on the first day to that on the second. Left is closer together, right further apart. "
        "Solid bars are movement on issues that could be compared on both days; the hatched one is what issues that "
        "entered or left did to the mean: nobody moved by it."
    )
    return ([html.H2("Movement and coverage"), html.P(words)],)


def figures(picture: Picture, view: View, _styles: Styles, palette: Palette) -> Figures:
    """Draw the waterfall; no figure without two comparable days."""
    if view.mode == "day":
        return gap.figures(picture, view, palette)
    movement = find_movement(picture, view)
    steps = steps_frame(movement, picture) if movement else None
    if movement is None or steps is None or steps.empty:
        return ()
    return (waterfall_figure(steps, palette, band=movement.noise_band),)


def below(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """List the two parties' shares and the statements that moved them."""
    if view.mode == "day":
        return gap.below(picture, view, styles)
    movement = find_movement(picture, view)
    if movement is None:
        return []
    codebook, records = picture.case.codebook, picture.case.records
    steps = rows_of(steps_frame(movement, picture))
    shares = [
        (row.issue_label, signed_number(row.value), _share(row.one), _share(row.other))
        for row in steps
        if row.kind == "moved"
    ]
    names = [styles[party].name for party in movement.parties]
    moves = [
        (
            move.said_on.in_words(),
            party_name(move.holder, styles),
            [
                html.B(codebook.path_label(move.issue, move.element)),
                html.Small(
                    f"{range_words(codebook, move.issue, move.before)} → "
                    f"{range_words(codebook, move.issue, move.after)}"
                ),
            ],
            "not comparable" if move.contribution is None else signed_number(move.contribution),
            statement_button(move.statement, f"“{records[move.statement].statement.quote}”"),
        )
        for move in movement.ledger
    ]
    share = "Shares of the change on the issue (Shapley values: the mean over who moved first)."
    return [
        html.Section(
            [
                html.H2("Who moved"),
                html.P(share),
                build_listing(("Issue", "Movement", *names), shares, name="listing numbers"),
            ]
            if shares
            else [html.H2("Who moved"), html.P("No issue that could be compared on both days moved.")],
            className="part",
        ),
        html.Section(
            [
                html.H2("The statements that moved them"),
                html.P("Each changed its holder's position; the number is what it did to the distance on its issue."),
                build_listing(("Said on", "Party", "From and to", "Change", "Quote"), moves),
            ],
            className="part",
        ),
    ]


def _share(value: float | None) -> str:
    return "not told" if value is None or pd.isna(value) else signed_number(value)


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the steps and the ledger, or the tables of the distance on a day."""
    if view.mode == "day":
        return gap.tables(picture, view)
    movement = find_movement(picture, view)
    if movement is None:
        return {"steps": pd.DataFrame(columns=list(STEPS)), "ledger": pd.DataFrame(columns=list(LEDGER_COLUMNS))}
    ledger = pd.DataFrame([ledger_row(move) for move in movement.ledger], columns=list(LEDGER_COLUMNS))
    return {"steps": steps_frame(movement, picture), "ledger": ledger}


PAGE: Final = Page("movement", "Movement", above, tables, below, figures, captions)
