from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.components.matrix import MOST_LINES, build_matrix
from dashboard.components.positions_table import build_positions_table
from dashboard.components.verdict import build_verdict
from dashboard.markup.serialise import serialise_part
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.wording.party_style import party_styles
from tests.dashboard.markup.nodes import all_of, opened, text_of

DAY, BEFORE = date(2022, 2, 27), date(2022, 2, 25)


@pytest.fixture
def picture(source: CaseStore) -> Any:
    return source.picture(View(as_of=DAY))


def matrix(picture: Any, view: View) -> list[Any]:
    return build_matrix(picture, view, party_styles(picture.case.codebook), before=picture.case.state_on(BEFORE))


def cells(picture: Any, issue: str) -> list[str]:
    rows = all_of(matrix(picture, View()), "Tr")
    return next([text_of(cell) for cell in all_of(row, "Td")] for row in rows if text_of(row).startswith(issue))


def test_each_party_has_a_cell_on_each_issue_that_any_has_spoken_on(picture: Any) -> None:
    russia, ukraine, states = cells(picture, "Ukraine's neutrality")
    assert russia.startswith("for it")
    assert ukraine.startswith("willing to discuss it")
    assert states == "not recorded"
    assert "Nothing is recorded on Humanitarian steps or Istanbul terms." in text_of(matrix(picture, View()))


def test_a_move_says_what_was_held_before_and_a_demand_who_has_not_answered(picture: Any) -> None:
    assert "moved rejects Belarus and Minsk" in cells(picture, "Venue")[1].replace("moved", "moved ").replace("  ", " ")
    assert "was: accepts it" in cells(picture, "Venue")[1]
    assert "has not answered on demilitarisation of Ukraine" in cells(picture, "Preconditions")[1]


def test_every_line_and_every_part_of_the_verdict_opens_quotes_that_are_known(picture: Any) -> None:
    style = party_styles(picture.case.codebook)
    verdict = build_verdict(picture.case.movement("RUS", "UKR", BEFORE, DAY), picture, style)
    nodes = [*matrix(picture, View()), *verdict, build_positions_table(picture.table, style)]
    buttons = all_of(nodes, "Button")
    openers = [button for button in buttons if "popovertarget" in button.attributes]
    boxes = {node.attributes["id"] for node in all_of(nodes, "Div") if "popover" in node.attributes}
    assert [button.attributes["popovertarget"] for button in openers] == list(
        dict.fromkeys(button.attributes["popovertarget"] for button in openers)
    )
    assert {button.attributes["popovertarget"] for button in openers} == boxes
    assert {opened(button) for button in buttons if button not in openers} <= set(picture.case.records)
    assert serialise_part(nodes)


def test_the_rest_of_a_full_cell_is_counted_and_linked(source: CaseStore) -> None:
    view = View(as_of=date(2022, 4, 14))
    late = source.picture(view)
    for row in all_of(matrix(late, view), "Tr"):
        for cell in all_of(row, "Td"):
            lines = [node for node in all_of(cell, "Div") if node.attributes.get("className") == "line"]
            assert len(lines) <= MOST_LINES
            if more := [link for link in all_of(cell, "A") if link.attributes.get("className") == "more"]:
                assert "/issue?" in more[0].attributes["href"]


def test_chosen_parties_and_issues_are_the_columns_and_rows(source: CaseStore) -> None:
    view = View(as_of=DAY, parties=("BLR", "UKR"), issues=("venue",))
    nodes = matrix(source.picture(view), view)
    assert [text_of(head) for head in all_of(nodes, "Th")] == ["Issue", "Ukraine", "Belarus", "Venue"]
    assert "Nothing is recorded" not in text_of(nodes)
