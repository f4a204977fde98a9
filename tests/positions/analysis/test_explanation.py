from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.analysis.distance import compare
from positions.analysis.explanation import DistanceExplanation, explain_distance, explain_issue, issue_parts
from positions.analysis.source_conflict import outlet_range
from positions.analysis.state import state_at
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, said
from tests.positions.analysis.test_state_index import index_of
from tests.strategies import books

EARLY, LATE = date(2022, 3, 5), date(2022, 3, 15)
PAIR = ("RUS", "UKR")


def explained(issue: str, records: Any = None, day: date = EARLY, pair: tuple[str, str] = PAIR) -> DistanceExplanation:
    explanation = explain_issue(index_of(records or golden_records()), golden_codebook(), pair, issue, day)
    assert explanation
    return explanation


def test_the_parts_of_the_golden_example_add_up_to_its_distance() -> None:
    explanation = explain_distance(index_of(golden_records()), golden_codebook(), PAIR, LATE)
    assert explanation.comparison.distance == pytest.approx(293 / 416)
    assert sum(explanation.parts.values()) == pytest.approx(293 / 416)
    assert explanation.parts == issue_parts(explanation.comparison)


def test_a_level_off_moves_a_scale_by_a_level_and_stops_at_its_ends() -> None:
    records = (said("2022-03-01", "RUS", "neutrality", 2), said("2022-03-01", "UKR", "neutrality", 1, number=1))
    assert explained("neutrality", records).one_level == (0.0, 0.5)
    records = (said("2022-03-01", "RUS", "neutrality", 2), said("2022-03-01", "UKR", "neutrality", -2, number=1))
    assert explained("neutrality", records).one_level == (0.75, 1.0)


def test_a_level_off_moves_all_that_one_statement_decides_and_a_sign_stays_unless_it_turns() -> None:
    firm = (said("2022-03-01", "RUS", "venue/belarus", 2), said("2022-03-01", "UKR", "venue/belarus", -2, number=1))
    assert explained("venue", firm).one_level == (1.0, 1.0)


def test_without_a_source_the_distance_is_another_or_there_is_none() -> None:
    records = (
        said("2022-03-01", "RUS", "neutrality", 2, outlet="A"),
        said("2022-03-01", "UKR", "neutrality", -2, number=1, outlet="A"),
        said("2022-03-02", "UKR", "neutrality", 0, number=2, outlet="B"),
    )
    assert explained("neutrality", records).without == {"A": None, "B": 1.0}


def test_nothing_is_explained_off_the_agenda_and_silence_has_neither_distance_nor_sources() -> None:
    records = (said("2022-03-01", "RUS", "neutrality", 2),)
    assert explain_issue(index_of(records), golden_codebook(), PAIR, "venue", EARLY) is None
    silent = explained("neutrality", records)
    assert silent.issue
    assert (silent.issue.distance, silent.one_level, silent.without, silent.parts) == (None, None, {}, {})
    assert [ground.agreement for ground in silent.grounds] == ["silent"]


@settings(max_examples=30)
@given(books(most=20), st.dates(date(2022, 2, 25), date(2022, 3, 10)))
def test_every_number_is_that_of_the_comparison_and_the_levels_contain_it(
    records: tuple[Record, ...], day: date
) -> None:
    codebook, index = golden_codebook(), index_of(records)
    whole = compare(state_at(records, codebook, as_of=day), codebook, *PAIR)
    explanation = explain_distance(index, golden_codebook(), PAIR, day)
    assert explanation.comparison == whole
    if whole.distance is not None:
        assert sum(explanation.parts.values()) == pytest.approx(whole.distance)
        left_out = outlet_range(records, codebook, *PAIR, as_of=day)
        assert left_out
        assert explanation.without == {
            name: other
            for name, other in left_out.without.items()
            if other is None or abs(other - whole.distance) > 1e-12
        }
    for issue in codebook.issues:
        one = explain_issue(index, codebook, PAIR, issue.id, day)
        assert (one.issue if one else None) == whole.issue(issue.id)
        if one and one.issue and one.issue.distance is not None:
            assert one.one_level
            assert one.one_level[0] <= one.issue.distance <= one.one_level[1]
