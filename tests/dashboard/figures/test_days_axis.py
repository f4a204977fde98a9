"""Labels on axes of time: few, in order, with the years where they are needed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.days_axis import CALENDAR_LABELS, calendar_labels, label_steps, tick_words

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(DAYS, DAYS)
def test_a_calendar_has_few_labels_within_its_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    days = calendar_labels(first, last)
    assert days == sorted(days)
    assert len(days) <= CALENDAR_LABELS
    assert all(first <= day <= last for day in days)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 1, 31), date(2022, 2, 3), ["31<br>Jan", "1<br>Feb", "2", "3"]),
        (
            date(2021, 3, 4),
            date(2022, 8, 1),
            ["1<br>Apr 2021", "1<br>Jul", "1<br>Oct", "1<br>Jan 2022", "1<br>Apr", "1<br>Jul"],
        ),
        (date(2021, 3, 4), date(2025, 6, 1), [f"1<br>Jan {year}" for year in (2022, 2023, 2024, 2025)]),
    ],
)
def test_a_span_of_years_names_each_of_them(first: date, last: date, words: list[str]) -> None:
    assert tick_words(calendar_labels(first, last)) == words


@given(st.lists(DAYS, min_size=1, max_size=60, unique=True))
def test_every_year_that_is_labelled_is_named_once(days: list[date]) -> None:
    labelled = [sorted(days)[step] for step in label_steps(sorted(days))]
    years = sorted({day.year for day in labelled})
    named = [int(word.rpartition(" ")[2]) for word in tick_words(labelled) if " " in word]
    assert named == (years if len(years) > 1 else [])
