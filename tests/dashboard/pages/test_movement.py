from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.frames.storyline import list_moves, select_moves
from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from positions.wording.party_style import party_styles
from tests.dashboard.markup.nodes import all_of, opened, text_of

START, END = date(2022, 2, 25), date(2022, 4, 14)


def at(source: CaseStore, **fields: Any) -> tuple[Any, View]:
    view = source.fit_view(View(page="movement", **{"compare": START, "as_of": END, **fields}))
    return source.picture(view), view


def above(source: CaseStore, **fields: Any) -> list[Any]:
    picture, view = at(source, **fields)
    nodes = PAGES["movement"].above(picture, view, party_styles(picture.case.codebook))
    assert serialise_part(nodes)
    return list(nodes)


def cards(nodes: list[Any]) -> list[Any]:
    return [node for node in all_of(nodes, "Div") if str(node.attributes.get("className", "")).startswith("card ")]


def test_the_first_line_says_who_moved_and_who_did_not(source: CaseStore) -> None:
    [first, *_] = [node for node in above(source) if node.attributes.get("className") == "verdict"]
    assert text_of(first) == (
        "Between 25 February 2022 and 14 April 2022 Russia moved on Peace talks; Ukraine moved on Venue; the United "
        "States did not move. Newly opened: Ceasefire and Occupation of Ukraine by Russia; Humanitarian steps by "
        "Ukraine."
    )


def test_cards_come_by_day_the_newest_first_each_with_its_quote(source: CaseStore) -> None:
    nodes = above(source)
    days = [
        text_of(head)
        for node in nodes
        if node.attributes.get("className") == "story-day"
        for head in all_of(node, "H2")
    ]
    assert days[0] == "11 April 2022 to 14 April 2022"
    assert days[-1] == "27 February 2022"
    picture, view = at(source)
    quoted = [opened(all_of(card, "Button")[0]) for card in cards(nodes)]
    assert sorted(quoted) == sorted(move.entries[0].statement for move in list_moves(picture, view))


def test_a_card_says_from_what_to_what_by_whom_on_whose_report_and_what_it_did(source: CaseStore) -> None:
    [card] = [text_of(card) for card in cards(above(source)) if "Venue: Belarus" in text_of(all_of(card, "H3"))]
    assert "Ukraine · Venue: Belarus" in card
    assert "accepts it (as part of any place) → rejects it" in card
    assert "Volodymyr Zelensky, President of Ukraine · its own word · reported speech" in card
    assert "rests on one outlet (Unidentified outlet (003))" in card
    assert "Venue, from Russia: 0.00 → 1.00 · all issues: 0.08 → 0.42" in card


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("party=RUS", lambda move: move.holder == "RUS"),
        ("issues=venue", lambda move: move.issue == "venue"),
        ("outlet=Unidentified+outlet+(003)", lambda move: move.rests_on == "Unidentified outlet (003)"),
    ],
)
def test_the_address_narrows_the_cards(source: CaseStore, query: str, kept: Any) -> None:
    whole, view = at(source)
    expected = [move for move in list_moves(whole, view) if kept(move)]
    narrowed = source.fit_view(read_address(f"/movement?compare={START}&as_of={END}&{query}"))
    picture = source.picture(narrowed)
    assert expected
    assert list(select_moves(list_moves(picture, narrowed), narrowed)) == expected
    assert len(PAGES["movement"].tables(picture, narrowed)["moves"]["statement"].unique()) == sum(
        len(move.entries) for move in expected
    )


def test_a_party_that_is_not_compared_is_compared_with_the_principal_ones(source: CaseStore) -> None:
    picture, view = at(source, party="BLR", compare=date(2022, 1, 31))
    assert {move.holder for move in list_moves(picture, view)} == {"BLR"}


def test_details_hold_the_shares_and_bars_on_an_axis_from_zero_to_one(source: CaseStore) -> None:
    picture, view = at(source)
    [details] = PAGES["movement"].below(picture, view, party_styles(picture.case.codebook))
    assert details.tag == "details"
    assert "Venue+0.33" in text_of(details)
    bars = [node for node in all_of(details, "Span") if str(node.attributes.get("className", "")).startswith("bar ")]
    totals = [bar for bar in bars if bar.attributes["className"] == "bar total"]
    assert [bar.attributes["style"]["left"] for bar in totals] == ["0.00%", "0.00%"]
    ends = [(float(b.attributes["style"]["left"][:-1]), float(b.attributes["style"]["width"][:-1])) for b in bars]
    assert all(left >= 0 and left + width <= 100.01 for left, width in ends)
    steps = PAGES["movement"].tables(picture, view)["steps"]
    assert len(bars) == len(steps)


def test_without_two_days_the_page_says_so(source: CaseStore) -> None:
    assert "choose an earlier and a later one" in text_of(above(source, compare=None, as_of=date(2022, 1, 31)))


def test_a_long_log_has_the_verdict_without_cards(source: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.query.case.LONG", 1)
    nodes = above(source)
    assert "too many statements to tell each move here" in text_of(nodes)
    assert "Russia and Ukraine: further apart on" in text_of(nodes)
    assert not cards(nodes)
    assert "did not move" not in text_of(nodes)
