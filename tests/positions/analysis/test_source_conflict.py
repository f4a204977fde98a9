from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from positions.analysis.distance import compare
from positions.analysis.source_conflict import (
    OutletRange,
    UncachedStates,
    check_claims,
    find_disagreements,
    measure_outlet_range,
    outlet_range,
)
from positions.analysis.state import state_at
from positions.analysis.state_index import index_statements
from positions.model.revision import InForce, Record
from tests.examples import golden_codebook, said
from tests.strategies import DAYS, books

DAY = date(2022, 3, 31)


def test_leaving_one_outlet_out_shows_what_hangs_on_it() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1, outlet="A"),
        said("2022-03-01", "UKR", "neutrality", 2, number=2, outlet="A"),
        said("2022-03-02", "UKR", "neutrality", -2, number=3, outlet="B"),
    ]
    found = outlet_range(records, golden_codebook(), "RUS", "UKR", as_of=DAY)
    assert found is not None
    assert (found.distance, found.without) == (1.0, {"A": None, "B": 0.0})
    assert (found.lowest, found.highest, found.widest) == (0.0, 1.0, "B")


def test_what_differs_by_rounding_alone_moves_no_distance() -> None:
    found = OutletRange(("RUS", "UKR"), 0.3, {"A": 0.1 + 0.2, "B": 0.3})
    assert found.widest == ""
    assert OutletRange(("RUS", "UKR"), 0.5, {"A": 0.3, "B": 0.5 - 0.2 - 1e-17, "C": None}).widest == "A"


def test_without_any_distance_there_is_no_range() -> None:
    assert outlet_range([], golden_codebook(), "RUS", "UKR", as_of=DAY) is None


@given(books(), DAYS)
def test_the_range_holds_the_distance(records: tuple[Record, ...], day: date) -> None:
    found = outlet_range(records, golden_codebook(), "RUS", "UKR", as_of=day)
    whole = compare(state_at(records, golden_codebook(), as_of=day), golden_codebook(), "RUS", "UKR").distance
    assert (found is None) == (whole is None)
    if found is not None and whole is not None:
        assert 0 <= found.lowest <= whole <= found.highest <= 1


def test_outlets_disagree_where_they_differ_on_the_same_day() -> None:
    records = [
        said("2022-03-02", "UKR", "neutrality", 1, number=1, outlet="A"),
        said("2022-03-02", "UKR", "neutrality", -1, number=2, outlet="B"),
        said("2022-03-01", "UKR", "neutrality", 2, number=3, outlet="C"),
    ]
    (found,) = find_disagreements(records, golden_codebook(), as_of=DAY)
    assert found.key == ("UKR", "neutrality", None)
    assert {outlet: position.stance for outlet, position in found.positions.items()} == {"A": 1, "B": -1}


def test_an_older_report_is_no_disagreement() -> None:
    records = [
        said("2022-03-02", "UKR", "neutrality", 1, number=1, outlet="A"),
        said("2022-03-01", "UKR", "neutrality", -1, number=2, outlet="B"),
    ]
    assert find_disagreements(records, golden_codebook(), as_of=DAY) == ()


def test_claims_are_held_against_the_holders_own_word_only() -> None:
    records = [
        said("2022-03-01", "UKR", "neutrality", 1, number=1),
        said("2022-03-02", "UKR", "neutrality", -2, number=2, voice="ascribed"),
        said("2022-03-02", "UKR", "neutrality", 1, number=3, voice="ascribed"),
        said("2022-03-02", "RUS", "neutrality", 2, number=4, voice="ascribed"),
        said("2022-03-02", "RUS", "neutrality", 2, number=5, voice="framing"),
    ]
    checks = check_claims(records, golden_codebook(), as_of=DAY)
    assert [(claim.statement, claim.agreement) for claim in checks] == [
        ("s004", "holder is silent"),
        ("s002", "differs"),
        ("s003", "agrees"),
    ]


def test_a_claim_is_held_against_the_word_of_its_day_and_not_a_later_one() -> None:
    records = [
        said("2022-03-01", "UKR", "neutrality", 2, number=1, voice="ascribed"),
        said("2022-03-02", "UKR", "neutrality", 1, number=2),
        said("2022-03-03", "UKR", "neutrality", 1, number=3, voice="ascribed"),
        said("2022-03-04", "UKR", "neutrality", -2, number=4),
    ]
    checks = check_claims(records, golden_codebook(), as_of=DAY)
    assert [(claim.statement, claim.agreement) for claim in checks] == [
        ("s001", "holder is silent"),
        ("s003", "agrees"),
    ]


def test_a_claim_about_a_town_is_held_against_what_was_said_of_its_country() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/belarus", -2, number=1),
        said("2022-03-02", "UKR", "venue/minsk", -2, number=2, voice="ascribed"),
    ]
    (check,) = check_claims(records, golden_codebook(), as_of=DAY)
    assert (check.agreement, check.position and check.position.said_of) == ("agrees", "belarus")
    assert check_claims(records, golden_codebook(), as_of=date(2022, 3, 1)) == ()


def test_leaving_an_outlet_out_can_put_an_issue_on_the_agenda() -> None:
    """Without the outlet that tells of an answer at the middle there is a demand again; the fast way sees it too."""
    records = (
        said("2022-03-01", "RUS", "neutrality", 2, number=1, outlet="A"),
        said("2022-03-01", "UKR", "neutrality", 2, number=2, outlet="A"),
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=3, outlet="A"),
        said("2022-03-01", "RUS", "preconditions/halt-attacks", -2, number=4, outlet="A"),
        said("2022-03-05", "UKR", "preconditions/halt-attacks", 0, number=5, outlet="B"),
    )
    slow = UncachedStates(records, golden_codebook())
    fast = index_statements(InForce({}, records), golden_codebook())
    for answers in (slow, fast):
        found = measure_outlet_range(answers, "RUS", "UKR", as_of=DAY)
        assert found is not None
        assert (found.distance, found.without["A"]) == (0.0, None)
        assert found.without["B"] == pytest.approx(7 / 16)
    assert fast.compare(DAY, "RUS", "UKR") == slow.compare(DAY, "RUS", "UKR")
