from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from positions.errors import QueryError
from positions.model.dates import PartialDate, day_in_words, end_of_day, instant_text, parse_day, parse_instant


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2022-02-25", date(2022, 2, 25), date(2022, 2, 25), "25 February 2022"),
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28), "February 2022"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "2022"),
        ("2022-02-24/2022-02-26", date(2022, 2, 24), date(2022, 2, 26), "24 February 2022 to 26 February 2022"),
        ("2022-01/2022-02", date(2022, 1, 1), date(2022, 2, 28), "1 January 2022 to 28 February 2022"),
        ("../2022-02-26", None, date(2022, 2, 26), "by 26 February 2022"),
    ],
)
def test_a_partial_date_keeps_its_precision(text: str, first: date | None, last: date, words: str) -> None:
    found = PartialDate.parse(text)
    assert (found.first, found.last, found.in_words(), str(found)) == (first, last, words, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2022-02-30",
        "2022-13",
        "22-02-25",
        "2022-2-5",
        "2022-02-26/2022-02-24",
        "2022-02-25/..",
        "/",
        "..",
    ],
)
def test_what_is_no_partial_date_is_refused_with_the_allowed_forms(text: str) -> None:
    with pytest.raises(ValueError, match=r"allowed|ends before"):
        PartialDate.parse(text)


def test_a_month_counts_from_its_last_day() -> None:
    month = PartialDate.parse("2022-01")
    assert not month.counts_by(date(2022, 1, 30))
    assert month.counts_by(date(2022, 1, 31))


def test_dates_overlap_where_both_could_mean_the_same_day() -> None:
    week, month, before = (PartialDate.parse(text) for text in ("2022-02-24/2022-02-26", "2022-02", "../2022-02-23"))
    assert week.overlaps(month)
    assert month.overlaps(week)
    assert month.overlaps(before)
    assert not week.overlaps(before)
    assert not before.overlaps(week)


@given(st.dates())
def test_a_day_survives_its_own_text_and_json(day: date) -> None:
    found = PartialDate.of(day)
    adapter = TypeAdapter(PartialDate)
    assert found.first == found.last == day
    assert adapter.validate_json(adapter.dump_json(found)) == found


def test_pydantic_takes_days_and_texts_and_nothing_else() -> None:
    adapter = TypeAdapter(PartialDate)
    assert adapter.validate_python(date(2022, 2, 25)) == PartialDate.parse("2022-02-25")
    for wrong in (20220225, None, datetime(2022, 2, 25, tzinfo=UTC)):
        with pytest.raises(ValueError, match="allowed"):
            adapter.validate_python(wrong)


def test_days_are_written_in_english_whatever_the_locale() -> None:
    assert day_in_words(date(2022, 2, 7)) == "7 February 2022"


@pytest.mark.parametrize("text", ["2022-02-30", "27/02/2022", "now", "", "2022-02", "20220227"])
def test_a_user_day_that_is_none_is_refused_by_the_option_name(text: str) -> None:
    with pytest.raises(QueryError, match=r"^--as-of: found .* allowed: a day of the calendar"):
        parse_day(text, name="--as-of")


def test_an_instant_given_as_a_day_means_its_end_in_utc() -> None:
    assert parse_instant("2026-01-01", name="x") == end_of_day(date(2026, 1, 1))
    assert instant_text(end_of_day(date(2026, 1, 1))) == "2026-01-01T23:59:59.999999Z"


def test_an_instant_without_a_zone_is_utc_and_others_are_turned_into_it() -> None:
    assert parse_instant("2026-01-01T12:00:00", name="x") == datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert parse_instant("2026-01-01T12:00:00+02:00", name="x") == datetime(2026, 1, 1, 10, tzinfo=UTC)
    with pytest.raises(QueryError, match="--known-at: found 'noon'"):
        parse_instant("noon", name="--known-at")


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "০১২৩৪৫৬৭৮৯"])
@pytest.mark.parametrize("day", ["2022-02-25", "2022-02", "2022", "2022-02-24/2022-02-26", "../2022-02-26"])
def test_digits_of_other_scripts_are_no_date(digits: str, day: str) -> None:
    text = day.translate({ord("0") + number: digit for number, digit in enumerate(digits)})
    with pytest.raises(ValueError, match="allowed: YYYY-MM-DD"):
        PartialDate.parse(text)
    with pytest.raises(QueryError, match="allowed: a day of the calendar"):
        parse_day(text, name="--as-of")
    with pytest.raises(QueryError, match="allowed: YYYY-MM-DD"):
        parse_instant(text, name="--known-at")
