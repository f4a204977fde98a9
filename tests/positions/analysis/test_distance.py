from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.errors import QueryError
from positions.kinds.records import IssueDistance
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_codebook_with, golden_state, said
from tests.strategies import DAYS, books

PAIRS = st.sampled_from([("RUS", "UKR"), ("UKR", "RUS"), ("RUS", "USA"), ("UKR", "USA")])


def test_a_party_is_not_compared_with_itself() -> None:
    with pytest.raises(QueryError, match="two different parties"):
        compare(golden_state("2022-03-05"), golden_codebook(), "RUS", "RUS")


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
    if there.distance is not None and there.sensitivity is not None:
        least, greatest = there.sensitivity
        assert 0 <= least <= there.distance + 1e-12
        assert there.distance - 1e-12 <= greatest <= 1


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


def test_places_that_both_reject_leave_nothing_to_compare() -> None:
    found = two_say("venue/any", -2, -2)
    assert found is not None
    assert (found.distance, found.lo, found.hi) == (None, 0.0, 0.0)


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
        ("halt-attacks", "UKR", "resisted"),
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


def test_exactly_half_of_the_agenda_is_not_thin() -> None:
    third = [
        said("2022-03-01", "RUS", about, 1, number=number) for number, about in enumerate(("neutrality", "venue/any"))
    ]
    issues = [
        issue.model_copy(update={"saliences": {}}) for issue in golden_codebook().issues if issue.id != "preconditions"
    ]
    codebook = golden_codebook_with(issues=tuple(issues))
    records = [*third, said("2022-03-01", "UKR", "neutrality", 1, number=9)]
    found = compare(state_at(records, codebook, as_of=date(2022, 3, 1)), codebook, "RUS", "UKR")
    assert (found.coverage, found.thin) == (0.5, False)


def test_splitting_a_place_into_more_detailed_ones_changes_no_distance() -> None:
    """Two towns of one country weigh as much as the country: three statements for towns are no three countries."""
    whole = [
        said("2022-03-01", "RUS", "venue/belarus", 2, number=1),
        said("2022-03-01", "UKR", "venue/belarus", -2, number=2),
        *(said("2022-03-01", party, "venue/geneva", 1, number=n) for n, party in ((3, "RUS"), (4, "UKR"))),
    ]
    towns = [said("2022-03-01", "RUS", f"venue/{town}", 2, number=n) for n, town in ((5, "minsk"), (6, "gomel"))]
    for records in (whole, [*whole, *towns]):
        venue = compare(
            state_at(records, golden_codebook(), as_of=date(2022, 3, 1)), golden_codebook(), "RUS", "UKR"
        ).issue("venue")
        assert venue is not None
        assert venue.distance == 0.5


def test_one_heavy_issue_is_what_the_distance_is_sensitive_to() -> None:
    found = compare(golden_state("2022-03-15"), golden_codebook(), "RUS", "UKR")
    assert found.sensitivity is not None
    assert found.sensitivity[0] < (found.distance or 0) < found.sensitivity[1]
    alone = compare(golden_state("2022-03-15"), golden_codebook(), "RUS", "UKR", issues=["venue"])
    assert alone.sensitivity == (alone.distance, alone.distance)
