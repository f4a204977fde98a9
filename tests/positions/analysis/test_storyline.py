from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.analysis.distance import own_distances
from positions.analysis.ledger import ledger_between
from positions.analysis.storyline import StoryMove, moves_between
from positions.analysis.window import mean_distance
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, said
from tests.positions.analysis.test_state_index import index_of
from tests.strategies import books

START, END = date(2022, 3, 5), date(2022, 3, 15)
PAIRS = tuple(combinations(("RUS", "UKR", "USA"), 2))
DAYS = st.dates(date(2022, 2, 25), date(2022, 3, 10))


def moves(records: tuple[Record, ...], start: date = START, end: date = END) -> tuple[StoryMove, ...]:
    return moves_between(index_of(records), golden_codebook(), PAIRS, start=start, end=end)


def test_a_move_says_what_it_did_to_the_distance_from_each_party_that_it_compares_with() -> None:
    first = moves(golden_records())[0]
    assert (first.holder, first.issue, first.kind, first.said_on.text) == ("RUS", "neutrality", "moved", "2022-03-10")
    assert [(effect.other, effect.issue) for effect in first.effects] == [
        ("UKR", (0.875, 0.75)),
        ("USA", (0.75, 0.625)),
    ]


def test_a_first_word_on_an_issue_opens_it_and_one_on_another_element_does_not() -> None:
    by_key = {(move.holder, move.issue): move for move in moves(golden_records())}
    aid = by_key["RUS", "military-aid"]
    assert (aid.kind, aid.opens_issue) == ("first stated", True)
    assert [(effect.other, effect.issue) for effect in aid.effects] == [("UKR", (None, 1.0)), ("USA", (None, 0.75))]
    istanbul = by_key["RUS", "venue"]
    assert (istanbul.kind, istanbul.opens_issue, istanbul.elements) == ("first stated", False, ("istanbul",))


def test_what_one_quote_says_of_several_elements_is_one_move() -> None:
    records = tuple(
        said("2022-03-10", "UKR", "venue/istanbul", 2, number=number, element=element, quote="both", start=0, end=4)
        for number, element in enumerate(("istanbul", "antalya"))
    )
    [move] = moves(records)
    assert move.elements == ("istanbul", "antalya")
    assert [entry.statement for entry in move.entries] == ["s000", "s001"]


@pytest.mark.parametrize(("outlets", "is_alone"), [(("One", "One"), True), (("One", "Two"), False)])
def test_a_move_rests_on_one_outlet_unless_another_reports_the_same(outlets: tuple[str, str], is_alone: bool) -> None:
    records = [said("2022-03-01", "UKR", "neutrality", -2, number=1)]
    records += [
        said("2022-03-10", "UKR", "neutrality", 0, number=number, outlet=one) for number, one in enumerate(outlets, 2)
    ]
    [move] = moves(tuple(records))
    assert (move.rests_on, move.is_alone) == ("One", is_alone)


def test_what_was_corrected_is_marked() -> None:
    record = said("2022-03-10", "UKR", "neutrality", 0, number=1)
    assert not moves((record,))[0].is_recoded
    corrected = Record(record.statement, record.published_on, record.outlet, record.recorded_at, number=2)
    assert moves((corrected,))[0].is_recoded


@settings(max_examples=30)
@given(books(most=20), DAYS, DAYS)
def test_the_moves_are_the_ledgers_of_all_pairs_and_their_distances_follow_upon_each_other(
    records: tuple[Record, ...], one: date, two: date
) -> None:
    start, end = sorted((one, two))
    codebook, index = golden_codebook(), index_of(records)
    story = moves(records, start, end)
    own = [record for record in records if record.statement.voice == "self"]
    ledgers = {pair: ledger_between(own, codebook, pair, start=start, end=end) for pair in PAIRS}
    told = sorted(entry.statement for move in story for entry in move.entries)
    assert told == sorted({entry.statement for ledger in ledgers.values() for entry in ledger})
    for pair, ledger in ledgers.items():
        weights = {issue.id: issue.weight(*pair) for issue in codebook.issues}
        last = mean_distance(own_distances(index.own(start), codebook, pair), weights)
        for move in story:
            for effect in move.effects:
                if {move.holder, effect.other} == set(pair):
                    assert effect.overall[0] == pytest.approx(last)
                    last = effect.overall[1]
        assert last == pytest.approx(mean_distance(own_distances(index.own(end), codebook, pair), weights))
        for issue in codebook.issues:
            changes = [entry.contribution for entry in ledger if entry.issue == issue.id]
            if changes and None not in changes:
                ends = [own_distances(index.own(day), codebook, pair)[issue.id] for day in (start, end)]
                assert sum(change or 0.0 for change in changes) == pytest.approx(ends[1] - ends[0])
