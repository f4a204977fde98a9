"""Why a distance is what it is: the panel's numbers are those of ``positions compare`` on every day of the case."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.components.why import PairDistance, build_why
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.cli.group import commands
from positions.wording.party_style import party_styles
from positions.workspace import Workspace
from tests.dashboard.markup.nodes import all_of, text_of


def compared(workspace: Workspace, day: str, pair: tuple[str, str]) -> Any:
    arguments = ["compare", *pair, "--as-of", day, "--format", "json", "--data", str(workspace.folder)]
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def reasons(nodes: Any) -> dict[str, str]:
    heads, words = all_of(nodes, "Dt"), all_of(nodes, "Dd")
    return dict(zip(map(text_of, heads), map(text_of, words), strict=True))


def number(value: float | None) -> str:
    return "Not comparable" if value is None else f"{value:.2f} apart"


@pytest.mark.parametrize("pair", list(combinations(("RUS", "UKR", "USA"), 2)), ids="-".join)
def test_the_panel_has_the_numbers_of_compare_on_every_day(
    source: CaseStore, workspace: Workspace, pair: tuple[str, str]
) -> None:
    case = source.case(View())
    style = party_styles(case.codebook)
    for day in case.days:
        told = compared(workspace, day.isoformat(), pair)
        picture = source.picture(View(as_of=day))
        panel = build_why("why", PairDistance(pair, day), picture, style, box="all")
        assert text_of(all_of(panel, "B")).startswith(number(told["distance"])), (day, pair)
        assert_bounds(reasons(panel), told)
        if told["sensitivity"] and told["sensitivity"][1] - told["sensitivity"][0] > 1e-9:
            assert "Between {:.2f} and {:.2f}".format(*told["sensitivity"]) in reasons(panel)["Weights"]
        assert [case.explanation(pair, day, issue.id) is None for issue in case.codebook.issues] == [
            issue.id not in {one["issue"] for one in told["issues"]} for issue in case.codebook.issues
        ]
        for issue in told["issues"]:
            one = build_why("why", PairDistance(pair, day, issue["issue"]), picture, style, box="one")
            assert text_of(all_of(one, "B")).startswith(number(issue["distance"])), (day, pair, issue["issue"])
            assert_bounds(reasons(one), issue)
            quoted = {button.attributes["data-open"] for button in all_of(one, "Button")[1:]}
            assert quoted <= set(issue["basis"])
            assert quoted or not issue["basis"]


def assert_bounds(told: dict[str, str], answer: Any) -> None:
    if answer["lo"] is None:
        assert "Bounds" not in told
    else:
        assert re.findall(r"\d\.\d\d", told["Bounds"]) == list(
            dict.fromkeys((f"{answer['lo']:.2f}", f"{answer['hi']:.2f}"))
            if answer["hi"] - answer["lo"] <= 1e-12
            else (f"{answer['lo']:.2f}", f"{answer['hi']:.2f}")
        )


def test_the_page_of_two_parties_on_a_day_is_the_panel_in_full(source: CaseStore) -> None:
    view = source.fit_view(View(page="movement", mode="day", parties=("RUS", "UKR")))
    picture = source.picture(view)
    assert picture
    style = party_styles(picture.case.codebook)
    page = [*PAGES["movement"].above(picture, view, style), *PAGES["movement"].below(picture, view, style)]
    lists = [text_of(node) for node in all_of(page, "Dl")]
    for issue in (None, *(issue.issue for issue in picture.comparisons[0].issues)):
        panel = build_why("why", PairDistance(("RUS", "UKR"), picture.state.as_of, issue), picture, style, box="x")
        assert text_of(all_of(panel, "Dl")) in lists


def test_the_number_of_a_verdict_and_of_a_card_opens_its_panel(source: CaseStore) -> None:
    view = source.fit_view(View(page="movement"))
    picture = source.picture(view)
    assert picture
    nodes = PAGES["movement"].above(picture, view, party_styles(picture.case.codebook))
    buttons = {
        text_of(one): one.attributes["popovertarget"]
        for one in all_of(nodes, "Button")
        if "popovertarget" in one.attributes
    }
    boxes = {node.attributes["id"]: text_of(node) for node in all_of(nodes, "Div") if "popover" in node.attributes}
    overall = next(box for words, box in buttons.items() if words.startswith("Overall 0.08"))
    assert boxes[overall].startswith("0.52 apart: Russia and Ukraine, 14 April 2022")
    card = next(box for words, box in buttons.items() if words == "Venue, from Russia: 0.00 → 1.00")
    assert boxes[card].startswith("1.00 apart: Ukraine and Russia on Venue, 27 February 2022")


def test_a_page_that_is_served_has_the_title_of_a_box_and_leaves_the_rest_to_its_address(workspace: Workspace) -> None:
    picture = CaseStore(workspace, served=True).picture(View(as_of=date(2022, 2, 27), public_by=date(2022, 6, 1)))
    assert picture
    asked = PairDistance(("UKR", "RUS"), picture.state.as_of, "venue")
    _button, box = build_why("why", asked, picture, party_styles(picture.case.codebook), box="x")
    assert text_of(box) == "1.00 apart: Ukraine and Russia on Venue, 27 February 2022The whole calculation"
    assert box.attributes["aria-label"] == "Why 1.00 apart: Ukraine and Russia on Venue, 27 February 2022"
    (place,) = (node for node in all_of(box, "Div") if "data-why" in node.attributes)
    view = "?as_of=2022-02-27&public_by=2022-06-01&parties=UKR,RUS&issue=venue"
    assert place.attributes["data-why"] == f"/why.json{view}"


def test_what_is_not_on_the_agenda_has_no_box(workspace: Workspace) -> None:
    source = CaseStore(workspace)
    picture = source.picture(View(as_of=date(2022, 1, 31)))
    assert picture
    silent = next(one.id for one in picture.case.codebook.issues if picture.comparisons[0].issue(one.id) is None)
    asked = PairDistance(picture.comparisons[0].parties, picture.state.as_of, silent)
    assert build_why("why", asked, picture, party_styles(picture.case.codebook), box="x") == ["why"]
