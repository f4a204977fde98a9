"""Movement between two days: what each issue changed, who moved, by which statements; or the distance on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing, build_view_form
from dashboard.components.verdict import build_verdict
from dashboard.figures import Palette
from dashboard.figures.waterfall import waterfall_figure
from dashboard.markup import elements as html
from dashboard.markup.forms import choice_field, day_field
from dashboard.markup.parts import aria, party_name, statement_button
from dashboard.pages import distance as gap
from dashboard.pages.base import Figures, Page, Styles
from dashboard.query.case import Picture
from dashboard.query.day_frames import choose_pairs, rows_of
from dashboard.query.view import Mode, View
from dashboard.query.window import compared_days
from positions.analysis.movement import Movement
from positions.kinds.records import ROUNDING
from positions.wording.movement import moved_issues, signed_number
from positions.wording.positions import range_words
from positions.wording.quotes import readable_quote
from positions.wording.rows import LEDGER_COLUMNS, ledger_row
from positions.wording.verdict import detail_sentences

STEPS: Final = ("issue", "issue_label", "kind", "day", "value", "start", "end", "one", "other")


def find_movement(picture: Picture, view: View) -> Movement | None:
    """Return the movement of the first pair between the two days; ``None`` without a pair or two days."""
    days, chosen = compared_days(picture, view), choose_pairs(picture.case.codebook, view.parties)
    return picture.case.movement(*chosen[0], *days) if days and chosen else None


def steps_frame(movement: Movement, picture: Picture) -> pd.DataFrame:
    """List the steps from the earlier to the later distance: what moved, entered and left by issue, then framing.

    ``kind`` is ``total``, ``moved``, ``entered``, ``left`` or ``framing``. ``value`` is the change, from ``start`` to
    ``end``, all on the scale of the distance; a total has its ``day``. ``one`` and ``other`` are the parties' Shapley
    shares of the issue's change, missing if they are undefined. Without a movement there are the totals alone.
    """
    first, last = movement.before.distance, movement.after.distance
    if first is None or last is None:
        return pd.DataFrame(columns=list(STEPS))
    codebook, at = picture.case.codebook, first
    rows: list[tuple[Any, ...]] = [("", "", "total", movement.start, first, 0.0, first, None, None)]
    for issue, kind, amount, shares in _changes(movement):
        label = codebook.issue(issue).label if issue else ""
        rows.append((issue, label, kind, None, amount, at, at + amount, *shares))
        at += amount
    rows.append(("", "", "total", movement.end, last, 0.0, last, None, None))
    return pd.DataFrame(rows, columns=list(STEPS))


def _changes(movement: Movement) -> Iterator[tuple[str, str, float, list[float | None]]]:
    """Yield what changed the distance in the order of its sentences: issue, kind, amount, shares of the parties."""
    unshared: list[float | None] = [None, None]
    for issue in moved_issues(movement):
        if issue.contribution:
            shares = [issue.shares[party] if issue.shares else None for party in movement.parties]
            yield issue.issue, "moved", issue.contribution, shares
    for kind, amounts in (("entered", movement.entered), ("left", movement.left)):
        yield from ((issue, kind, amount, unshared) for issue, amount in amounts.items())
    if movement.parts and abs(movement.parts.framing) > ROUNDING:
        yield "", "framing", movement.parts.framing, unshared


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Show a form for the pair and the days, then the movement, or the distance of the day, in sentences."""
    codebook = picture.case.codebook
    if view.mode == "day":
        day_fields = [_pair_field(codebook, view), day_field("On", "as_of", view.as_of)]
        return [_modes(view), build_view_form(view, day_fields, keep={"parties", "as_of"}), *gap.above(picture, view)]
    movement, days = find_movement(picture, view), compared_days(picture, view)
    fields = [
        _pair_field(codebook, view),
        day_field("From", "compare", days[0] if days else None),
        day_field("To", "as_of", days[1] if days else None),
    ]
    form = html.Div([_modes(view), build_view_form(view, fields, keep={"parties", "compare", "as_of"})])
    if movement is None:
        return [form, html.P("A movement needs two days: choose a first and a later one.")]
    return [
        form,
        *build_verdict(movement, picture, styles, names_end=True),
        html.P(" ".join(detail_sentences(movement, codebook))),
    ]


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
        "Solid bars are movement on issues that could be compared on both days; hatched ones are what issues that "
        "entered or left, and outlets' own words, did to the mean: nobody moved by them. The shade around the first "
        "distance is what one level on the heaviest issue is worth."
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
    return (waterfall_figure(steps, palette, band=movement.level_band),)


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
                    " → ".join(
                        range_words(codebook, (move.holder, move.issue, move.element), stances)
                        for stances in (move.before, move.after)
                    )
                ),
            ],
            "not comparable" if move.contribution is None else signed_number(move.contribution),
            statement_button(move.statement, f"“{readable_quote(records[move.statement].statement.quote)}”"),
        )
        for move in picture.case.ledger(movement)
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
    ledger = pd.DataFrame([ledger_row(move) for move in picture.case.ledger(movement)], columns=list(LEDGER_COLUMNS))
    return {"steps": steps_frame(movement, picture), "ledger": ledger}


PAGE: Final = Page(
    "movement", "Movement", above, tables, below, figures, captions, compares=lambda view: view.mode == "days"
)
