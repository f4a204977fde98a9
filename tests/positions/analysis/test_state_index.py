from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from positions.analysis.source_conflict import Resolved
from positions.analysis.state import state_at
from positions.analysis.state_index import States, Timeline
from positions.model.revision import Record
from tests.examples import golden_codebook
from tests.strategies import books

DAYS = st.dates(date(2022, 2, 25), date(2022, 3, 10))


@settings(max_examples=30)
@given(books(most=20), DAYS)
def test_what_a_timeline_leaves_out_does_not_matter(records: tuple[Record, ...], day: date) -> None:
    words = golden_codebook()
    kept = Timeline(records).bearing(day)
    assert state_at(kept, words, as_of=day) == state_at(records, words, as_of=day)


@settings(max_examples=40)
@given(books(most=20), DAYS)
def test_what_is_held_equals_what_is_resolved_anew(records: tuple[Record, ...], day: date) -> None:
    words = golden_codebook()
    held, anew = States(Timeline(records), words), Resolved(records, words)
    assert held.own(day) == anew.own(day)
    for pair in combinations([party.id for party in words.principals], 2):
        assert held.outlets_of(day, pair) == anew.outlets_of(day, pair)
        for outlet in (None, *anew.outlets_of(day, pair), "no such outlet"):
            assert held.compare(day, *pair, without=outlet) == anew.compare(day, *pair, without=outlet)
