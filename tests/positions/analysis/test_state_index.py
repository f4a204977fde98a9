from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from positions.analysis.source_conflict import UncachedStates
from positions.analysis.state import state_at
from positions.analysis.state_index import MOST, StateIndex, index_statements
from positions.model.query import EVERYTHING, Query
from positions.model.revision import InForce, Record
from positions.workspace import open_workspace
from tests.conftest import ROOT
from tests.examples import golden_codebook, golden_records
from tests.strategies import books

DAYS = st.dates(date(2022, 2, 25), date(2022, 3, 10))


def index_of(records: tuple[Record, ...], query: Query = EVERYTHING) -> StateIndex:
    return index_statements(InForce({}, records, query=query), golden_codebook())


@settings(max_examples=30)
@given(books(most=20), DAYS)
def test_the_state_of_a_day_is_that_of_all_statements(records: tuple[Record, ...], day: date) -> None:
    words, index = golden_codebook(), index_of(records)
    state = state_at(records, words, as_of=day)
    assert index.state(day) == state
    own = [record for record in records if record.statement.voice == "self"]
    assert index.own(day) == state_at(own, words, as_of=day)
    for issue in words.issues:
        expected = {place: position for place, position in state.positions.items() if place[1] == issue.id}
        assert index.positions_on(issue.id, day) == expected


@settings(max_examples=40)
@given(books(most=20), DAYS)
def test_comparisons_equal_those_resolved_anew(records: tuple[Record, ...], day: date) -> None:
    words = golden_codebook()
    index, anew = index_of(records), UncachedStates(records, words)
    for pair in combinations([party.id for party in words.principals], 2):
        assert index.outlets_of(day, pair) == anew.outlets_of(day, pair)
        for outlet in (None, *anew.outlets_of(day, pair), "no such outlet"):
            assert index.compare(day, *pair, without=outlet) == anew.compare(day, *pair, without=outlet)


def test_the_states_of_the_shipped_case_are_those_of_all_its_statements_and_remember_the_query() -> None:
    query = Query(public_by=date(2022, 3, 1))
    with open_workspace(ROOT / "data") as workspace:
        known = workspace.known(query)
        index = index_statements(known, workspace.codebook)
        for day in index.days:
            expected = state_at(known.records, workspace.codebook, as_of=day)
            assert index.state(day).positions == expected.positions
            assert (index.state(day).claims, index.state(day).framings) == (expected.claims, expected.framings)
            assert index.state(day).query == query


def test_days_and_statements_are_counted_up_to_the_day_itself() -> None:
    index = index_of(golden_records())
    assert index.days == (date(2022, 3, 1), date(2022, 3, 10), date(2022, 3, 11))
    assert index.days_to(date(2022, 3, 10), 1) == (date(2022, 3, 10),)
    assert index.days_to(date(2022, 2, 1), 5) == ()
    assert index.said_by(date(2022, 3, 1)) == 13
    between = index.said_between(date(2022, 3, 1), date(2022, 3, 10))
    assert {record.statement.said_on.last for record in between} == {date(2022, 3, 10)}
    assert len(between) == index.said_by(date(2022, 3, 10)) - 13


def test_only_the_days_asked_last_are_kept() -> None:
    index = index_of(golden_records())
    first = index.state(date(2022, 3, 1))
    assert index.state(date(2022, 3, 1)) is first
    for number in range(MOST):
        index.state(date.fromordinal(date(2022, 3, 2).toordinal() + number))
    assert index.state(date(2022, 3, 1)) is not first
    assert index.state(date(2022, 3, 1)) == first
