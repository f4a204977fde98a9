from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from positions.analysis.common_ground import find_common_ground
from positions.analysis.state import state_at
from positions.errors import QueryError
from positions.kinds.records import Ground
from positions.model.revision import Record
from positions.wording.common_ground import ground_words
from tests.examples import golden_codebook, said
from tests.strategies import DAYS, books

ALL = ("RUS", "UKR", "USA")


def ground(about: str, *stances: tuple[str, int] | tuple[str, int, int]) -> Ground:
    """The common ground of all three on one issue, from one statement each."""
    records = [said("2022-03-01", s[0], about, *s[1:], number=n) for n, s in enumerate(stances)]
    state = state_at(records, golden_codebook(), as_of=date(2022, 3, 1))
    return find_common_ground(state, golden_codebook(), ALL)[0]


def test_ranges_that_meet_are_the_shared_range() -> None:
    found = ground("neutrality", ("RUS", 0, 2), ("UKR", -1, 1))
    assert (found.shared, found.silent, found.blocking, found.least) == ((0.5, 0.75), ("USA",), (), None)
    assert "they meet at" in ground_words(found, golden_codebook())


def test_the_blocking_party_is_the_one_without_which_the_others_meet() -> None:
    found = ground("neutrality", ("RUS", 1, 2), ("UKR", -2), ("USA", 1))
    assert (found.shared, found.blocking) == ((), ("UKR",))
    assert (found.least, found.moves, found.at) == (0.75, {"UKR": 0.75}, 0.75)
    assert "Without Ukraine there would be some." in ground_words(found, golden_codebook())


def test_the_least_movement_is_to_where_the_sum_is_smallest() -> None:
    found = ground("neutrality", ("RUS", 2), ("UKR", -2), ("USA", 0))
    assert (found.blocking, found.least, found.at) == ((), 1.0, 0.5)
    assert found.moves == {"RUS": 0.5, "UKR": 0.5}


def test_places_that_all_accept_are_common_ground() -> None:
    found = ground("venue/istanbul", ("RUS", 2), ("UKR", 1))
    assert found.places == ("istanbul",)
    assert found.found


def test_an_open_place_is_rejected_by_none() -> None:
    records = [
        said("2022-03-01", "RUS", "venue/belarus", 2, number=1),
        said("2022-03-01", "UKR", "venue/minsk", -2, number=2),
    ]
    state = state_at(records, golden_codebook(), as_of=date(2022, 3, 1))
    found = find_common_ground(state, golden_codebook(), ALL)[0]
    assert (found.places, found.open, found.least, found.at) == ((), ("gomel",), 0.0, ("gomel",))
    assert "Open, since nobody rejects it: Gomel." in ground_words(found, golden_codebook())


def test_where_no_place_is_open_the_least_that_opens_one_is_told() -> None:
    found = ground("venue/minsk", ("RUS", 2), ("UKR", -2), ("USA", 1))
    assert (found.blocking, found.least, found.moves, found.at) == (("UKR",), 0.75, {"UKR": 0.75}, ("minsk",))


def test_one_voice_is_no_common_ground() -> None:
    found = ground("neutrality", ("RUS", 2))
    assert not found.found
    assert "only Russia has spoken" in ground_words(found, golden_codebook())


def test_unknown_parties_are_refused() -> None:
    state = state_at([], golden_codebook(), as_of=date(2022, 3, 1))
    with pytest.raises(QueryError, match="party: found 'XXX'"):
        find_common_ground(state, golden_codebook(), ["XXX"])
    assert find_common_ground(state, golden_codebook(), ALL) == ()


@given(books(), DAYS)
def test_what_is_said_to_open_it_does_open_it(records: tuple[Record, ...], day: date) -> None:
    state = state_at(records, golden_codebook(), as_of=day)
    for found in find_common_ground(state, golden_codebook(), ALL):
        assert set(found.spoken) | set(found.silent) == set(ALL)
        assert ground_words(found, golden_codebook())
        if isinstance(found.at, float) and found.moves is not None:
            for party in found.spoken:
                position = state.position(party, found.issue, found.element)
                assert position is not None
                gap = found.moves.get(party, 0.0)
                assert position.value - gap - 1e-9 <= found.at <= position.value_to + gap + 1e-9
