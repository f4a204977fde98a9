from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.query.day_frames import choose_pairs, days_frame, marks_frame, rows_frame, table_frame
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.analysis.distance import compare
from positions.analysis.statement_table import counting_day
from tests.dashboard.golden import golden_trend
from tests.examples import golden_codebook, golden_records, golden_state, said

DAYS = (date(2022, 3, 1), date(2022, 3, 10), date(2022, 3, 11))
RECORDS = {record.statement.id: record for record in golden_records()}


def test_days_count_statements_and_gaps() -> None:
    frame = days_frame(map(counting_day, golden_records()))
    assert list(frame["day"]) == list(DAYS)
    assert list(frame["statements"]) == [13, 8, 2]
    assert list(frame["gap_days"]) == [0, 9, 1]
    assert list(frame["step"]) == [0, 1, 2]
    assert days_frame(()).empty


def test_the_trend_is_what_compare_says() -> None:
    frame = golden_trend(DAYS)
    assert len(frame) == len(DAYS) * 3
    for row in frame.itertuples(index=False):
        found = compare(golden_state(row.day.isoformat()), golden_codebook(), row.party, row.other)
        assert [row.distance, row.lo, row.hi, row.coverage] == pytest.approx(
            [found.distance, found.lo, found.hi, found.coverage], abs=1e-12
        )
        assert row.thin == found.thin


def test_the_trend_keeps_what_is_missing_missing(source: CaseStore) -> None:
    case = source.case(View())
    for row in case.trend.itertuples(index=False):
        found = source.picture(View(as_of=row.day))
        assert found is not None
        comparison = next(c for c in found.comparisons if c.parties == (row.party, row.other))
        for name in ("distance", "lo", "hi", "coverage"):
            value = getattr(comparison, name)
            assert pd.isna(getattr(row, name)) if value is None else getattr(row, name) == pytest.approx(value)


def test_rows_come_farthest_first_and_name_the_silent() -> None:
    state = golden_state("2022-03-05")
    comparison = compare(state, golden_codebook(), *choose_pairs(golden_codebook())[0])
    frame = rows_frame(state, golden_codebook(), comparison)
    assert list(frame["issue"]) == ["neutrality", "military-aid"]
    assert frame["distance"].iloc[0] == 7 / 8
    assert pd.isna(frame["distance"].iloc[1])
    assert list(frame["silent"]) == ["", "Russia"]
    later = golden_state("2022-03-15")
    comparison = compare(later, golden_codebook(), "RUS", "UKR")
    assert list(rows_frame(later, golden_codebook(), comparison)["issue"]) == ["military-aid", "neutrality"]


def test_marks_carry_ranges_and_claims() -> None:
    frame = marks_frame(golden_state("2022-03-15"), golden_codebook(), RECORDS).set_index("statement")
    assert list(frame.loc["s014", ["value", "value_to", "at"]]) == [0.25, 0.5, 0.375]
    assert frame.loc["s014", "words"] == "reluctant to undecided"
    claim = frame.loc["s090"]
    assert (claim["kind"], claim["holder"], claim["at"], claim["age_days"]) == ("claim", "UKR", 0.0, 4)
    assert (frame["kind"] == "own").sum() == 6


def test_a_claim_that_repeats_the_holder_is_no_mark() -> None:
    from positions.analysis.state import state_at

    records = [said("2022-03-01", "RUS", "neutrality", 2, number=1)]
    records.append(said("2022-03-02", "RUS", "neutrality", 2, number=2, voice="ascribed"))
    state = state_at(records, golden_codebook(), as_of=DAYS[1])
    marks = marks_frame(state, golden_codebook(), {record.statement.id: record for record in records})
    assert list(marks["kind"]) == ["own"]


def test_contested_and_reported_marks_say_so() -> None:
    from positions.analysis.state import state_at

    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "RUS", "neutrality", 0, number=2),
        said("2022-03-01", "USA", "neutrality", 0, number=3, voice="framing"),
    ]
    state = state_at(records, golden_codebook(), as_of=DAYS[1])
    marks = marks_frame(state, golden_codebook(), {record.statement.id: record for record in records})
    first, second = marks.set_index("holder").loc["RUS"], marks.set_index("holder").loc["USA"]
    assert (first["contested"], first["spread_lo"], first["spread_hi"]) == (True, 0.5, 1.0)
    assert second["kind"] == "reported"
    assert pd.isna(second["spread_lo"])


def test_the_table_has_a_row_for_each_element_spoken_of() -> None:
    frame = table_frame(golden_state("2022-03-05"), golden_codebook(), RECORDS)
    venue = frame[frame["issue"] == "venue"]
    assert list(zip(venue["holder"], venue["element"], venue["covers"], strict=True)) == [
        ("UKR", "any", 5),
        ("RUS", "belarus", 3),
        ("UKR", "belarus", 3),
        ("USA", "geneva", 1),
    ]
    assert set(frame["statement"]) <= set(RECORDS)


def test_the_table_of_the_shipped_case_shows_every_position_once(source: CaseStore) -> None:
    picture = source.picture(View())
    assert picture is not None
    assert picture.table["covers"].sum() == len(picture.state.positions)
    assert not picture.table["quote"].eq("").any()
    assert len(picture.table) < len(picture.state.positions)


@pytest.mark.parametrize("day", ["2022-01-31", "2022-02-25", "2022-04-14"])
def test_marks_show_every_position_on_a_scale(source: CaseStore, day: str) -> None:
    picture = source.picture(View(as_of=date.fromisoformat(day)))
    assert picture is not None
    kinds = {issue.id: issue.kind for issue in picture.case.codebook.issues}
    held = {place[:2] for place in picture.state.positions if kinds[place[1]] == "scale"}
    marks = picture.marks[picture.marks["kind"] != "claim"]
    assert set(zip(marks["holder"], marks["issue"], strict=True)) == held
    assert set(picture.marks["issue"]) == set(picture.rows["issue"])
