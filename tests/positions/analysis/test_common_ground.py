from __future__ import annotations

from datetime import date
from itertools import permutations

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
DAY = date(2022, 3, 1)


def ground(about: str, *stances: tuple[str, int] | tuple[str, int, int], parties: tuple[str, ...] = ALL) -> Ground:
    """The common ground of some parties on one issue, from one statement each."""
    records = [said("2022-03-01", s[0], about, *s[1:], number=n) for n, s in enumerate(stances)]
    state = state_at(records, golden_codebook(), as_of=DAY)
    return find_common_ground(state, golden_codebook(), parties)[0]


def words(one: Ground) -> str:
    return ground_words(one, golden_codebook())


def moves(one: Ground) -> list[tuple[float | str, dict[str, float]]]:
    return [(opening.to, dict(opening.moves)) for opening in one.openings]


def test_ranges_that_meet_are_the_shared_range() -> None:
    found = ground("neutrality", ("RUS", 0, 2), ("UKR", -1, 1))
    assert (found.agreement, found.shared, found.silent, found.gap) == ("common", (0.5, 0.75), ("USA",), None)
    assert "all who have spoken stand at “open to it” or “undecided”" in words(found)
    assert words(found).endswith("United States has not said.")


def test_a_gap_that_either_can_close_names_both_and_no_side_by_an_arbitrary_order() -> None:
    found = ground("neutrality", ("RUS", 2), ("UKR", -2))
    assert (found.agreement, found.gap) == ("none", 1.0)
    assert moves(found) == [(0.0, {"RUS": 1.0}), (1.0, {"UKR": 1.0})]
    assert "A gap of 1.00; either could close it." in words(found)


def test_the_one_without_which_the_others_meet_blocks_and_alone_can_close_the_gap() -> None:
    found = ground("neutrality", ("RUS", 1, 2), ("UKR", -2), ("USA", 1))
    assert (found.shared, found.blocking, found.gap) == ((), ("UKR",), 0.75)
    assert moves(found) == [(0.75, {"UKR": 0.75})]
    assert "Without Ukraine there would be some. A gap of 0.75; Ukraine could close it." in words(found)


def test_what_the_others_share_of_a_condition_is_that_they_stand_above_the_middle() -> None:
    """Two who want it by different levels share it; two who are against it by the same level do not."""
    about = "preconditions/halt-attacks"
    assert ground(about, ("RUS", -2), ("UKR", 2), ("USA", 1)).blocking == ("RUS",)
    assert ground(about, ("RUS", -1), ("UKR", 2), ("USA", -1)).blocking == ()


def test_a_party_named_twice_counts_once() -> None:
    found = ground("venue/minsk", ("RUS", 2), parties=("RUS", "RUS"))
    assert (found.agreement, found.spoken) == ("silent", ("RUS",))


def test_several_may_have_to_move_together() -> None:
    found = ground("neutrality", ("RUS", 2), ("UKR", -2), ("USA", 0))
    assert (found.blocking, found.gap) == ((), 1.0)
    assert moves(found) == [(0.5, {"RUS": 0.5, "UKR": 0.5})]
    assert "Russia and Ukraine together could close it." in words(found)


def test_places_that_all_accept_are_common_ground() -> None:
    found = ground("venue/istanbul", ("RUS", 2), ("UKR", 1))
    assert (found.agreement, found.places, found.is_common) == ("common", ("istanbul",), True)


def test_a_place_that_nobody_rejects_is_open_and_costs_nobody_a_move() -> None:
    records = [
        said("2022-03-01", "RUS", "venue/belarus", 2, number=1),
        said("2022-03-01", "UKR", "venue/minsk", -2, number=2),
    ]
    state = state_at(records, golden_codebook(), as_of=DAY)
    (found,) = find_common_ground(state, golden_codebook(), ("RUS", "UKR"))
    assert (found.agreement, found.places, found.open, found.gap) == ("open", (), ("gomel",), 0.0)
    assert moves(found) == [("gomel", {"UKR": 0.0})]
    assert "Open, since nobody rejects it: Gomel." in words(found)


def test_where_no_place_is_open_all_of_the_least_moves_that_open_one_are_told() -> None:
    found = ground("venue/minsk", ("RUS", 2), ("UKR", -2), ("USA", 1))
    assert (found.blocking, found.gap, moves(found)) == (("UKR",), 0.75, [("minsk", {"UKR": 0.75})])


def test_what_both_refuse_is_agreement_against_it() -> None:
    found = ground("venue/minsk", ("RUS", -2), ("UKR", -1), parties=("RUS", "UKR"))
    assert (found.agreement, found.against) == ("against", ("minsk",))
    assert "rule out Minsk" in words(found)
    condition = ground("preconditions/halt-attacks", ("RUS", -2), ("UKR", -1))
    assert condition.agreement == "against"
    assert "all who have spoken are against it." in words(condition)


def test_a_condition_that_nobody_stands_above_the_middle_for_is_not_demanded() -> None:
    found = ground("preconditions/halt-attacks", ("RUS", -2), ("UKR", 0))
    assert found.agreement == "not demanded"
    assert "nobody who has spoken demands it." in words(found)


def test_of_one_voice_it_is_said_who_has_not_spoken_and_never_that_there_is_none() -> None:
    found = ground("neutrality", ("RUS", 2), parties=("RUS", "UKR"))
    assert (found.agreement, found.is_common) == ("silent", False)
    assert words(found) == "Neutrality: Ukraine has not said."
    assert words(ground("neutrality", ("RUS", 2))) == "Neutrality: Ukraine and the United States have not said."


def test_unknown_parties_are_refused() -> None:
    state = state_at([], golden_codebook(), as_of=DAY)
    with pytest.raises(QueryError, match="party: found 'XXX'"):
        find_common_ground(state, golden_codebook(), ["XXX"])
    assert find_common_ground(state, golden_codebook(), ALL) == ()


@given(books(), DAYS)
def test_what_is_said_to_open_it_does_open_it_and_costs_the_gap(records: tuple[Record, ...], day: date) -> None:
    state = state_at(records, golden_codebook(), as_of=day)
    for found in find_common_ground(state, golden_codebook(), ALL):
        assert set(found.spoken) | set(found.silent) == set(ALL)
        assert words(found)
        for opening in found.openings:
            assert opening.cost == pytest.approx(found.gap)
            if isinstance(opening.to, float):
                by = dict(opening.moves)
                for party in found.spoken:
                    position = state.position(party, found.issue, found.element)
                    assert position is not None
                    reach = by.get(party, 0.0) + 1e-9
                    assert position.value - reach <= opening.to <= position.value_to + reach


@given(books(), DAYS)
def test_the_order_of_the_parties_changes_no_gap_and_no_opening(records: tuple[Record, ...], day: date) -> None:
    state = state_at(records, golden_codebook(), as_of=day)
    orders = [find_common_ground(state, golden_codebook(), order) for order in permutations(ALL)]
    for grounds in zip(*orders, strict=True):
        assert len({(one.agreement, one.gap, one.shared, one.places, one.open) for one in grounds}) == 1
        assert len({frozenset((o.to, frozenset(o.moves)) for o in one.openings) for one in grounds}) == 1
