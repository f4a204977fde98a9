"""An issue of elements, element by element: who is for it, against it, silent; what each held on the day before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.components.listing import build_listing
from dashboard.markup import elements as html
from dashboard.markup.parts import party_name, statement_button
from dashboard.query.case import Picture
from positions.analysis.state import State
from positions.model.dates import days_in_words
from positions.model.issues import Element, Issue
from positions.model.lists import capitalize_first, join_words
from positions.model.position import Position
from positions.wording.party_style import PartyStyle
from positions.wording.positions import since_phrase, stance_words

SIDES: Final = ("For", "Undecided", "Against")
"""The sides of an element as heads of columns, by a position's value: above, at or below one half."""
SILENT: Final = "Has not said"


def side_of(position: Position) -> str:
    """Return the side that a position takes, one of :data:`SIDES`."""
    return SIDES[0] if position.value > 0.5 else SIDES[2] if position.value < 0.5 else SIDES[1]


def spoken_elements(issue: Issue, picture: Picture, parties: Sequence[str]) -> tuple[Element, ...]:
    """Return the elements that any of some parties has spoken of itself by the day, in the order of their tree."""
    spoken = {
        position.element
        for position in picture.state.positions.values()
        if position.issue == issue.id and position.holder in parties and position.said_of == position.element
    }
    return tuple(element for element in issue.ordered_elements if element.id in spoken)


def build_sides_board(
    picture: Picture, issue: Issue, parties: Sequence[str], styles: Mapping[str, PartyStyle], *, before: State | None
) -> list[Any]:
    """Build a row for each element that anybody spoke of, and name the others; ``before`` is the day compared with."""
    elements = spoken_elements(issue, picture, parties)
    others = [element.label for element in issue.elements if element not in elements]
    unspoken = html.P(f"Nobody has spoken of {join_words(others, last='or')}.", className="silence") if others else None
    if not elements:
        return [unspoken]
    positions = {
        (party, element.id): picture.state.position(party, issue.id, element.id)
        for element in elements
        for party in parties
    }
    taken = {side_of(position) for position in positions.values() if position}
    sides = [side for side in SIDES if side != SIDES[1] or side in taken]
    rows = []
    for element in elements:
        cells: dict[str, list[Any]] = {side: [] for side in (*sides, SILENT)}
        for party in parties:
            position = positions[party, element.id]
            earlier = before.position(party, issue.id, element.id) if before else None
            if position is None:
                cells[SILENT].append(html.Div(party_name(party, styles)))
            else:
                entry = _entry(position, earlier, picture, styles, compares=before is not None)
                cells[side_of(position)].append(entry)
        name = html.Span(element.label, className="branch", style={"--depth": str(issue.depth(element.id))})
        rows.append([name, *cells.values()])
    return [build_listing((capitalize_first(issue.noun), *sides, SILENT), rows, name="listing by-side"), unspoken]


def _entry(
    position: Position, earlier: Position | None, picture: Picture, styles: Mapping[str, PartyStyle], *, compares: bool
) -> html.Node:
    """Build a party's entry: what it holds, since when, by whose word, and what it held before if that was another."""
    codebook = picture.case.codebook
    is_inherited = position.said_of != position.element
    remarks = [since_phrase(position.since), days_in_words(position.age_days)]
    if is_inherited and position.said_of:
        remarks = [f"as for {codebook.element(position.issue, position.said_of).label}"]
    remarks += [
        words for words, is_set in (("reported", position.reported), ("contested", position.contested)) if is_set
    ]
    was = _was_words(position, earlier, picture) if compares and not is_inherited else ""
    change = [html.Span(was, className="change moved"), " "] if was else []
    button = statement_button(position.basis[0], stance_words(position, codebook), style="link")
    return html.Div(
        [party_name(position.holder, styles), " ", *change, button, html.Small(" · ".join(remarks))],
        className="inherited" if is_inherited else "stated",
    )


def _was_words(position: Position, earlier: Position | None, picture: Picture) -> str:
    if earlier is None:
        return "new"
    if (earlier.stance, earlier.highest) == (position.stance, position.highest):
        return ""
    return f"was: {stance_words(earlier, picture.case.codebook)}"
