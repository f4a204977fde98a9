from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES, listed_titles
from dashboard.pages.party import choose_party, list_speakers
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from positions.wording.party_style import party_styles
from tests.dashboard.markup.nodes import all_of, text_of
from tests.dashboard.pages.test_options import without
from tests.examples import golden_codebook


def at(source: CaseStore, **fields: Any) -> tuple[Any, View]:
    view = source.fit_view(View(page="party", **fields))
    return source.picture(view), view


def nodes(source: CaseStore, **fields: Any) -> list[Any]:
    picture, view = at(source, **fields)
    page, style = PAGES["party"], party_styles(picture.case.codebook)
    return [*page.above(picture, view, style), *page.below(picture, view, style)]


def test_the_address_names_the_party_and_without_it_the_first_principal_is_shown(source: CaseStore) -> None:
    assert read_address("/party?party=UKR").party == "UKR"
    assert View(page="party", party="UKR").address() == "/party?party=UKR"
    assert choose_party(*at(source)) == "RUS"
    assert PAGES["party"].heading(*at(source, party="UKR")) == "Ukraine"
    assert source.fit_view(read_address("/party?party=XXX")).unknown == (("party", "XXX"),)


def test_the_first_line_says_on_how_much_it_has_spoken_and_what_moved(source: CaseStore) -> None:
    [verdict] = [
        text_of(node)
        for node in nodes(source, party="UKR", as_of=date(2022, 2, 27), compare=date(2022, 2, 25))
        if node.attributes.get("className") == "verdict"
    ]
    assert verdict.startswith(
        "By 27 February 2022 Ukraine has spoken on 5 of 10 issues; since 25 February 2022 it moved on"
    )
    assert "Venue" in verdict


@pytest.mark.parametrize("party", ["RUS", "UKR", "BLR", "FRA"])
def test_every_issue_is_either_held_or_told_as_not_recorded(source: CaseStore, party: str) -> None:
    picture, _ = at(source)
    text = text_of(nodes(source, party=party))
    assert [issue.label for issue in picture.case.codebook.issues if issue.label not in text] == []
    assert serialise_part(nodes(source, party=party))


def test_demands_are_those_it_makes_and_those_made_of_it(source: CaseStore) -> None:
    sections = {text_of(all_of(node, "H2")[:1]): text_of(node) for node in nodes(source, party="UKR")}
    assert "demilitarisation of Ukraine" in sections["What is demanded of it"].replace("D", "d")
    assert "demilitarisation of Ukraine" not in sections["What it demands, and of whom"].replace("D", "d")


def test_speakers_are_counted_over_the_partys_own_word_by_the_day(source: CaseStore) -> None:
    for day in (date(2022, 2, 25), date(2022, 4, 14)):
        picture, _ = at(source, as_of=day)
        records = picture.case.records.values()
        own = [r for r in records if (r.statement.voice, r.statement.holder) == ("self", "RUS")]
        assert sum(speaker.statements for speaker in list_speakers(picture, "RUS")) == sum(
            record.statement.said_on.last <= day for record in own
        )


def test_a_page_that_a_case_has_no_use_for_is_not_in_the_navigation(source: CaseStore) -> None:
    shipped = source.case(View()).codebook
    assert "venues" in listed_titles(shipped)
    assert "party" not in listed_titles(shipped)
    bare = without(golden_codebook(), "venue", "preconditions")
    assert "venues" not in listed_titles(bare)
