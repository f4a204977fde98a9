from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.distance import compare
from positions.analysis.movement import Movement, movement_between
from positions.analysis.state import state_at
from positions.errors import QueryError
from positions.model.revision import Record
from positions.wording.movement import movement_words
from tests.examples import golden_codebook, golden_records, said
from tests.strategies import DAYS, books

START, END = date(2022, 3, 5), date(2022, 3, 15)


def golden(party: str, other: str) -> Movement:
    return movement_between(golden_records(), golden_codebook(), party, other, start=START, end=END)


def near(exact: Fraction) -> Any:
    return pytest.approx(float(exact), abs=1e-12)


def test_golden_change_is_movement_plus_coverage_effect() -> None:
    found = golden("RUS", "UKR")
    assert found.change == near(Fraction(-275, 1248))
    assert found.movement == near(Fraction(-299, 864))
    assert found.coverage_effect == near(Fraction(353, 2808))
    contributions = {issue.issue: issue.contribution for issue in found.issues}
    assert contributions == {
        "neutrality": near(Fraction(-3, 16)),
        "venue": near(Fraction(-1, 27)),
        "preconditions": near(Fraction(-35, 288)),
    }
    assert found.entered == ("military-aid",)
    assert found.verdict == "converging"


def test_golden_shapley_shares() -> None:
    shares = {issue.issue: issue.shares for issue in golden("RUS", "UKR").issues}
    assert shares == {
        "neutrality": {"RUS": near(Fraction(-1, 8)), "UKR": near(Fraction(-1, 4))},
        "venue": {"RUS": near(Fraction(-1, 3)), "UKR": near(Fraction(0))},
        "preconditions": {"RUS": near(Fraction(-7, 32)), "UKR": near(Fraction(-3, 32))},
    }


def test_golden_parallel_moves_cancel_in_the_change_and_show_in_the_shares() -> None:
    neutrality = next(issue for issue in golden("UKR", "USA").issues if issue.issue == "neutrality")
    assert neutrality.change == near(Fraction(0))
    assert neutrality.shares == {"UKR": near(Fraction(-1, 8)), "USA": near(Fraction(1, 8))}


def test_the_ledger_names_each_statement_that_moved_and_no_claim_or_framing() -> None:
    found = golden("RUS", "UKR")
    assert [(move.statement, move.holder, move.issue) for move in found.ledger] == [
        ("s013", "RUS", "neutrality"),
        ("s014", "UKR", "neutrality"),
        ("s016", "RUS", "venue"),
        ("s017", "RUS", "preconditions"),
        ("s018", "UKR", "preconditions"),
        ("s019", "RUS", "military-aid"),
    ]
    assert found.ledger[0].before == (2, 2)
    assert found.ledger[0].after == (1, 2)


@given(books(), DAYS, DAYS, st.sampled_from([("RUS", "UKR"), ("UKR", "USA")]))
def test_the_decomposition_adds_up_for_any_data(
    records: tuple[Record, ...], one: date, two: date, pair: tuple[str, str]
) -> None:
    start, end = min(one, two), max(one, two) + timedelta(days=1)
    found = movement_between(records, golden_codebook(), *pair, start=start, end=end)
    before, after = (
        compare(state_at(records, golden_codebook(), as_of=day), golden_codebook(), *pair) for day in (start, end)
    )
    if before.distance is not None and after.distance is not None:
        assert found.change == pytest.approx(after.distance - before.distance, abs=1e-12)
        assert found.coverage_effect is not None
        assert (found.movement or 0) + found.coverage_effect == pytest.approx(found.change, abs=1e-12)
    for issue in found.issues:
        if issue.shares is not None:
            assert sum(issue.shares.values()) == pytest.approx(issue.change, abs=1e-12)
        told = [m.contribution for m in found.ledger if m.issue == issue.issue and m.contribution is not None]
        assert sum(told) == pytest.approx(issue.change, abs=1e-12)
    assert abs(found.movement or 0) <= found.noise_band + 1e-12 or found.verdict in ("converging", "diverging")


def test_a_first_statement_is_coverage_and_not_movement() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-08", "UKR", "neutrality", 1, number=2),
    ]
    found = movement_between(records, golden_codebook(), "RUS", "UKR", start=START, end=END)
    assert (found.movement, found.issues, found.entered, found.verdict) == (None, (), ("neutrality",), "not comparable")
    assert "cannot be told" in movement_words(found, golden_codebook())


def test_what_is_only_framed_or_claimed_moves_nobody() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "UKR", "neutrality", -2, number=2, voice="framing"),
        said("2022-03-08", "UKR", "neutrality", 2, number=3, voice="framing"),
        said("2022-03-08", "UKR", "neutrality", 2, number=4, voice="ascribed"),
    ]
    found = movement_between(records, golden_codebook(), "RUS", "UKR", start=START, end=END)
    assert found.change == -1.0
    assert (found.movement, found.ledger, found.coverage_effect) == (None, (), -1.0)


def test_a_corrected_statement_is_marked_recoded() -> None:
    records = list(golden_records())
    records[13] = Record(records[13].statement, records[13].published_on, "x", records[13].recorded_at, number=2)
    found = movement_between(records, golden_codebook(), "RUS", "UKR", start=START, end=END)
    assert [move.statement for move in found.ledger if move.recoded] == ["s013"]


def test_within_the_noise_band_there_is_no_measurable_change() -> None:
    records = [
        *(said("2022-03-01", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-08", "UKR", "neutrality", 1, number=3),
    ]
    found = movement_between(records, golden_codebook(), "RUS", "UKR", start=START, end=END)
    assert (found.movement, found.noise_band, found.verdict) == (0.25, 0.25, "no measurable change")
    assert found.noise_set_by == "one level on Neutrality"


def test_a_distance_that_hangs_on_one_outlet_widens_the_noise_band() -> None:
    records = [
        *(said("2022-03-01", party, "neutrality", 2, number=n, outlet="A") for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-08", "UKR", "neutrality", -2, number=3, outlet="B"),
    ]
    found = movement_between(records, golden_codebook(), "RUS", "UKR", start=START, end=END)
    assert (found.movement, found.noise_band, found.noise_set_by) == (1.0, 1.0, "leaving out B")
    assert found.verdict == "no measurable change"


def test_a_stance_inherited_from_a_country_is_told_as_held_before() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/any", 1, number=1),
        said("2022-03-01", "RUS", "venue/belarus", 2, number=2),
        said("2022-03-08", "UKR", "venue/belarus", -2, number=3),
    ]
    found = movement_between(records, golden_codebook(), "RUS", "UKR", start=START, end=END)
    assert [(move.before, move.after, move.contribution) for move in found.ledger] == [((1, 1), (-2, -2), 1.0)]


def test_the_earlier_day_comes_first() -> None:
    with pytest.raises(QueryError, match=r"from: found 2022-03-15, allowed: before 2022-03-05"):
        movement_between(golden_records(), golden_codebook(), "RUS", "UKR", start=END, end=START)


def test_a_movement_is_told_in_sentences() -> None:
    told = movement_words(golden("RUS", "UKR"), golden_codebook())
    assert told.startswith(
        "Between 5 March 2022 and 15 March 2022 Russia and Ukraine moved closer together: movement −0.35"
    )
    assert "of which +0.13 comes from issues that entered or left" in told
    assert "Ukraine moved on Neutrality −0.25" in told
