from __future__ import annotations

from datetime import date

from hypothesis import given

from positions.analysis.distance import compare
from positions.analysis.source_conflict import check_claims, find_disagreements, outlet_range
from positions.analysis.state import state_at
from positions.model.revision import Record
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
    state = state_at(records, golden_codebook(), as_of=DAY)
    assert [(claim.statement, claim.agreement) for claim in check_claims(records, state)] == [
        ("s004", "holder is silent"),
        ("s002", "differs"),
        ("s003", "agrees"),
    ]
