"""Who moved: the storyline between two days, what it comes to and, on demand, in shares; or the distance on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.components.listing import build_listing, build_view_form
from dashboard.components.storyline import build_storyline
from dashboard.components.verdict import build_verdict
from dashboard.components.waterfall import build_waterfall
from dashboard.figures import Palette
from dashboard.frames.movement_steps import STEPS, steps_frame
from dashboard.frames.storyline import list_moves, moves_frame, select_moves, story_pairs
from dashboard.markup import elements as html
from dashboard.markup.forms import choice_field
from dashboard.markup.parts import aria
from dashboard.pages import distance as gap
from dashboard.pages.base import Figures, Page, Styles
from dashboard.query.case import Picture
from dashboard.query.day_frames import choose_pairs, rows_of
from dashboard.query.view import Mode, View
from dashboard.query.window import compared_days
from positions.analysis.changes import count_repeated, is_between, state_changes
from positions.analysis.movement import Movement
from positions.analysis.storyline import StoryMove
from positions.model.codebook import Codebook
from positions.model.lists import capitalize_first, count_words
from positions.wording.movement import signed_number
from positions.wording.parties import parties_words
from positions.wording.rows import LEDGER_COLUMNS, ledger_row
from positions.wording.storyline import storyline_sentence, tally_words
from positions.wording.verdict import detail_sentences

FIELDS: Final = ("parties", "party", "issues", "outlet")
"""The parts of the address that the form of the storyline sets; the days are those of the slider."""


NO_CARDS: Final = "This log has too many statements to tell each move here; the page's tables have the ledger."
"""What a long log shows instead of cards."""


def find_movement(picture: Picture, view: View) -> Movement | None:
    """Return the movement of the first pair between the two days; ``None`` without a pair or two days."""
    days, chosen = compared_days(picture, view), choose_pairs(picture.case.codebook, view.parties)
    return picture.case.movement(*chosen[0], *days) if days and chosen else None


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Answer who moved in a sentence, then show the verdict on the first pair, the form and the storyline."""
    codebook = picture.case.codebook
    if view.mode == "day":
        form = build_view_form(view, [_pair_field(codebook, view)], keep={"parties"})
        return [_modes(view), *gap.above(picture, view), form]
    movement, days, moves = find_movement(picture, view), compared_days(picture, view), list_moves(picture, view)
    form = build_view_form(view, _fields(picture, view, moves), keep=FIELDS)
    if days is None or movement is None:
        return [_modes(view), html.P("Who moved is told between two days: choose an earlier and a later one."), form]
    whole = html.Section(
        [
            *build_verdict(movement, picture, styles, names_end=True),
            html.P(" ".join(detail_sentences(movement, codebook))),
        ],
        className="comes-to",
        **aria(label="What it comes to"),
    )
    if picture.case.is_long:
        return [_modes(view), whole, form, html.P(NO_CARDS, className="silence")]
    shown, parties = select_moves(moves, view), _parties(codebook, view)
    few = [f"Shown: {len(shown)} of {count_words(len(moves), 'card')}."] if len(shown) < len(moves) else []
    return [
        _modes(view),
        html.P(storyline_sentence(moves, codebook, parties, days=days), className="verdict"),
        whole,
        form,
        html.P(" ".join((*few, tally_words(*_tally(picture, parties, days)))), className="silence"),
        *build_storyline(shown, picture, view, styles),
    ]


def _parties(codebook: Codebook, view: View) -> Sequence[str]:
    """Return the parties whose moves are listed."""
    pairs = story_pairs(codebook, view)
    return [view.party] if view.party else list(dict.fromkeys(party for pair in pairs for party in pair))


def _tally(picture: Picture, parties: Sequence[str], days: tuple[date, date]) -> tuple[int, int]:
    """Count the positions of some parties that were only said again, and their statements that were recoded."""
    index = picture.case.index
    changes = state_changes(*(index.own(day) for day in days))
    repeated = count_repeated(change for change in changes if change.key[0] in parties)
    revised = [record for record in index.own_word(parties) if record.number > 1]
    return repeated, sum(is_between(record.statement, record.recorded_at, *days) for record in revised)


def _modes(view: View) -> html.Node:
    """Link the page's two modes."""
    modes: tuple[tuple[Mode, str], ...] = (("days", "Between two days"), ("day", "Two parties on one day"))
    links = [
        html.A(words, href=replace(view, mode=mode).address(), **(aria(current="true") if mode == view.mode else {}))
        for mode, words in modes
    ]
    return html.P(links, className="modes")


def _fields(picture: Picture, view: View, moves: Sequence[StoryMove]) -> list[Any]:
    """Return the fields that choose the pairs, and those that narrow the cards."""
    codebook = picture.case.codebook
    parties = [("", "all of these"), *((party.id, party.name) for party in codebook.parties)]
    issues = [("", "all"), *((issue.id, issue.label) for issue in codebook.issues)]
    outlets = [("", "all"), *((one, one) for one in sorted({move.rests_on for move in moves} | {view.outlet} - {""}))]
    return [
        _pair_field(codebook, view, several="all that are compared"),
        choice_field("Moves of", "party", parties, view.party),
        choice_field("On", "issues", issues, view.issues[0] if len(view.issues) == 1 else ""),
        choice_field("Reported by", "outlet", outlets, view.outlet),
    ]


def _pair_field(codebook: Codebook, view: View, *, several: str = "") -> Any:
    """Return the field that chooses a pair; ``several`` is how the pairs compared by default are called."""
    names = [("", several)] if several else []
    names += [
        (f"{one},{two}", f"{codebook.party(one).name} and {codebook.party(two).name}")
        for one, two in _all_pairs(codebook)
    ]
    chosen = choose_pairs(codebook, view.parties)
    is_default = several and len(view.parties) < 2
    return choice_field("Parties", "parties", names, ",".join(chosen[0]) if chosen and not is_default else "")


def _all_pairs(codebook: Codebook) -> list[tuple[str, str]]:
    names = [party.id for party in codebook.parties]
    return [(one, two) for index, one in enumerate(names) for two in names[index + 1 :]]


def captions(picture: Picture, view: View) -> tuple[Any, ...]:
    """Explain how to read the chart of the distance on a day."""
    return gap.captions(picture, view) if view.mode == "day" else ()


def figures(picture: Picture, view: View, _styles: Styles, palette: Palette) -> Figures:
    """Draw the parts of the distance on a day; the storyline needs no chart."""
    return gap.figures(picture, view, palette) if view.mode == "day" else ()


def below(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Give the details on demand: each party's share of what moved, and the steps between the two distances."""
    if view.mode == "day":
        return gap.below(picture, view, styles)
    movement = find_movement(picture, view)
    steps = rows_of(steps_frame(movement, picture)) if movement else []
    if movement is None or not steps:
        return []
    shares = [
        (row.issue_label, signed_number(row.value), _share(row.one), _share(row.other))
        for row in steps
        if row.kind == "moved"
    ]
    names = [styles[party].name for party in movement.parties]
    share = "Shares of the change on the issue (Shapley values: the mean over who moved first)."
    listed: list[Any] = [html.P(share), build_listing(("Issue", "Movement", *names), shares, name="listing numbers")]
    nothing: list[Any] = [html.P("No issue that could be compared on both days moved.")]
    return [
        html.Details(
            [
                html.Summary(f"Details: {names[0]} and {names[1]}, shares and steps"),
                html.Section([html.H2("Whose share"), *(listed if shares else nothing)]),
                html.Section([html.H2("From one distance to the other"), html.P(STEP_WORDS)]),
                build_waterfall(steps, band=movement.level_band),
            ],
            className="part details",
        )
    ]


STEP_WORDS: Final = (
    "Left is closer together, right further apart. Solid bars are movement on issues that could be compared on both "
    "days. Hatched ones are no movement: what issues that entered or left, and outlets' own words, did to the mean. "
    "The shade around the first distance is what one level on the heaviest issue is worth."
)
"""How to read the steps."""


def _share(value: float | None) -> str:
    return "not told" if value is None or pd.isna(value) else signed_number(value)


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the cards, the steps and the ledger of the first pair, or the tables of the distance on a day."""
    if view.mode == "day":
        return gap.tables(picture, view)
    moves = moves_frame(select_moves(list_moves(picture, view), view))
    movement = find_movement(picture, view)
    steps = steps_frame(movement, picture) if movement else pd.DataFrame(columns=list(STEPS))
    rows = [ledger_row(move) for move in picture.case.ledger(movement)] if movement else []
    return {"moves": moves, "steps": steps, "ledger": pd.DataFrame(rows, columns=list(LEDGER_COLUMNS))}


def heading(picture: Picture, view: View) -> str:
    """Return whose distance on one day the page is about; empty for its title, between two days."""
    pairs = choose_pairs(picture.case.codebook, view.parties) if view.mode == "day" else ()
    return f"{capitalize_first(parties_words(pairs[0], picture.case.codebook))} on one day" if pairs else ""


PAGE: Final = Page(
    "movement",
    "Who moved",
    above,
    tables,
    below,
    figures,
    captions,
    heading=heading,
    compares=lambda view: view.mode == "days",
)
