from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.errors import QueryError
from positions.kinds.records import IssueDistance
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, golden_state, said
from tests.slow import Slow
from tests.strategies import DAYS, books

PAIRS = st.sampled_from([("RUS", "UKR"), ("UKR", "RUS"), ("RUS", "USA"), ("UKR", "USA")])

GOLDEN_TABLE = {
    "2022-03-05": {
        "neutrality": (Fraction(7, 8), Fraction(7, 8), Fraction(7, 8)),
        "venue": (Fraction(1), Fraction(2, 5), Fraction(1)),
        "preconditions": (Fraction(1), Fraction(1, 2), Fraction(1)),
        "military-aid": (None, Fraction(0), Fraction(1)),
        "total": (Fraction(15, 16), Fraction(487, 1040), Fraction(199, 208), Fraction(9, 13)),
    },
    "2022-03-15": {
        "neutrality": (Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)),
        "venue": (Fraction(2, 3), Fraction(2, 5), Fraction(4, 5)),
        "preconditions": (Fraction(11, 16), Fraction(11, 16), Fraction(11, 16)),
        "military-aid": (Fraction(1), Fraction(1), Fraction(1)),
        "total": (Fraction(895, 1248), Fraction(1449, 2080), Fraction(1513, 2080), Fraction(1)),
    },
}


def close(found: float | None, exact: Fraction | None) -> bool:
    return found is None if exact is None else found == pytest.approx(float(exact), abs=1e-12)


@pytest.mark.parametrize("day", GOLDEN_TABLE)
def test_golden_example_holds_to_exact_fractions(day: str) -> None:
    found = compare(golden_state(day), golden_codebook(), "RUS", "UKR")
    for issue_id, (delta, lo, hi) in ((k, v[:3]) for k, v in GOLDEN_TABLE[day].items() if k != "total"):
        issue = found.issue(issue_id)
        assert issue is not None
        assert close(issue.distance, delta), issue_id
        assert close(issue.lo, lo), issue_id
        assert close(issue.hi, hi), issue_id
    total = (found.distance, found.lo, found.hi, found.coverage)
    assert all(close(*pair) for pair in zip(total, GOLDEN_TABLE[day]["total"], strict=True)), total


def test_golden_ukraine_and_united_states_on_15_march() -> None:
    found = compare(golden_state("2022-03-15"), golden_codebook(), "UKR", "USA")
    assert close(found.distance, Fraction(1, 12))


@pytest.mark.parametrize("day", GOLDEN_TABLE)
@pytest.mark.parametrize("pair", [("RUS", "UKR"), ("RUS", "USA"), ("UKR", "USA")])
def test_golden_pairs_equal_the_slow_version(day: str, pair: tuple[str, str]) -> None:
    slow = Slow(golden_records(), golden_codebook(), date.fromisoformat(day), pair)
    fast = compare(golden_state(day), golden_codebook(), *pair)
    total = (fast.distance, fast.lo, fast.hi, fast.coverage)
    assert all(close(*both) for both in zip(total, slow.total(), strict=True))


def test_a_party_is_not_compared_with_itself() -> None:
    with pytest.raises(QueryError, match="two different parties"):
        compare(golden_state("2022-03-05"), golden_codebook(), "RUS", "RUS")


@given(books(), DAYS, PAIRS)
def test_distances_equal_the_slow_version_in_fractions(
    records: tuple[Record, ...], day: date, pair: tuple[str, str]
) -> None:
    codebook = golden_codebook()
    slow = Slow(records, codebook, day, pair)
    fast = compare(state_at(records, codebook, as_of=day), codebook, *pair)
    for issue in codebook.issues:
        exact, found = slow.issue(issue), fast.issue(issue.id)
        assert (exact is None) == (found is None)
        if exact is not None and found is not None:
            assert close(found.distance, exact[0])
            assert close(found.lo, exact[1])
            assert close(found.hi, exact[2])
    total = (fast.distance, fast.lo, fast.hi, fast.coverage)
    assert all(close(*both) for both in zip(total, slow.total(), strict=True)), (total, slow.total())


@given(books(), DAYS, PAIRS)
def test_bounds_hold_the_distance_and_swapping_the_parties_changes_nothing(
    records: tuple[Record, ...], day: date, pair: tuple[str, str]
) -> None:
    state = state_at(records, golden_codebook(), as_of=day)
    there, back = (compare(state, golden_codebook(), *parties) for parties in (pair, pair[::-1]))
    assert (there.distance, there.lo, there.hi, there.coverage) == (back.distance, back.lo, back.hi, back.coverage)
    if there.distance is not None:
        assert there.lo is not None
        assert there.hi is not None
        assert 0 <= there.lo <= there.distance <= there.hi <= 1
    for issue in there.issues:
        if issue.distance is not None:
            assert 0 <= issue.lo <= issue.distance <= issue.hi <= 1
            assert issue.gap is None or 0 <= issue.gap <= issue.distance
    assert there.thin == (there.coverage is None or there.coverage < 0.5)


@given(books(), DAYS, PAIRS)
def test_an_unrelated_record_leaves_every_other_distance_unchanged(
    records: tuple[Record, ...], day: date, pair: tuple[str, str]
) -> None:
    third = next(party.id for party in golden_codebook().parties if party.id not in pair)
    extra = said(day.isoformat(), third, "neutrality", 2, number=99)
    before, after = (
        compare(state_at(book, golden_codebook(), as_of=day), golden_codebook(), *pair)
        for book in (records, (*records, extra))
    )
    assert before == after


def two_say(about: str, one: int, two: int, **kinds: Any) -> IssueDistance | None:
    records = [said("2022-03-01", "RUS", about, one, number=1), said("2022-03-01", "UKR", about, two, number=2)]
    state = state_at(records, golden_codebook(), as_of=date(2022, 3, 1), **kinds)
    return compare(state, golden_codebook(), "RUS", "UKR").issue(about.partition("/")[0])


def test_ranges_that_meet_have_no_gap_and_share_ground() -> None:
    found = compare(golden_state("2022-03-15"), golden_codebook(), "UKR", "USA").issue("neutrality")
    assert found is not None
    assert (found.gap, found.common_ground) == (0.0, (0.5, 0.5))
    apart = compare(golden_state("2022-03-15"), golden_codebook(), "RUS", "UKR").issue("neutrality")
    assert apart is not None
    assert (apart.gap, apart.common_ground) == (0.25, ())


def test_what_both_reject_tells_nothing() -> None:
    found = two_say("venue/any", -2, -2)
    assert found is not None
    assert (found.distance, found.lo, found.hi) == (None, 0.0, 1.0)


def test_an_open_place_is_accepted_by_one_and_rejected_by_none() -> None:
    found = compare(golden_state("2022-03-05"), golden_codebook(), "RUS", "UKR").issue("venue")
    assert found is not None
    assert found.open == ("istanbul", "antalya", "geneva")
    assert found.common_ground == ()


def test_a_demand_is_the_demanders_and_unmet_demand_is_kept_by_direction() -> None:
    found = compare(golden_state("2022-03-15"), golden_codebook(), "RUS", "UKR").issue("preconditions")
    assert found is not None
    assert [(part.element, part.demander, part.standing) for part in found.parts] == [
        ("demilitarisation", "RUS", "refused"),
        ("halt-attacks", "UKR", "partly met"),
    ]
    assert found.unmet == (1.0, 0.375)


def test_a_met_demand_is_common_ground_and_a_dropped_one_nothing_to_compare() -> None:
    met, dropped = two_say("preconditions/halt-attacks", 2, 2), two_say("preconditions/halt-attacks", 2, 0)
    assert met is not None
    assert (met.distance, met.common_ground) == (0.0, ("halt-attacks",))
    assert dropped is None


def test_nothing_on_the_agenda_has_no_distance() -> None:
    state = state_at([], golden_codebook(), as_of=date(2022, 3, 1))
    found = compare(state, golden_codebook(), "RUS", "UKR")
    assert (found.distance, found.lo, found.hi, found.coverage, found.thin) == (None, None, None, None, True)


def test_issues_can_be_chosen() -> None:
    found = compare(golden_state("2022-03-05"), golden_codebook(), "RUS", "UKR", issues=["venue"])
    assert [issue.issue for issue in found.issues] == ["venue"]
    assert found.distance == 1.0
