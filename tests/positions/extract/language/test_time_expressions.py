from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.extract.language.english import english_words
from positions.extract.language.phrases import tokenize
from positions.extract.language.time_expressions import ResolvedTime, find_time

WEEKDAYS = english_words().times.weekdays
THURSDAY = date(2022, 4, 14)


@pytest.mark.parametrize(
    ("words", "said_on", "basis"),
    [
        ("on Wednesday", "2022-04-13", "relative"),
        ("late Thursday", "2022-04-14", "relative"),
        ("last Thursday", "2022-04-07", "relative"),
        ("yesterday", "2022-04-13", "relative"),
        ("today", "2022-04-14", "relative"),
        ("this morning", "2022-04-14", "relative"),
        ("last week", "2022-04-04/2022-04-10", "relative"),
        ("earlier this week", "2022-04-11/2022-04-14", "relative"),
        ("last month", "2022-03", "relative"),
        ("earlier this month", "2022-04-01/2022-04-14", "relative"),
        ("last year", "2021", "relative"),
        ("two days ago", "2022-04-12", "relative"),
        ("three weeks earlier", "2022-03-24", "relative"),
        ("on 29 March", "2022-03-29", "relative"),
        ("on March 29, 2022", "2022-03-29", "explicit"),
        ("late in March", "2022-03", "relative"),
        ("in December", "2021-12", "relative"),
        ("in October 2014", "2014-10", "explicit"),
    ],
)
def test_a_time_is_resolved_against_the_publication(words: str, said_on: str, basis: str) -> None:
    found = find_time(tokenize(words), THURSDAY, None)
    assert found is not None
    assert (found.date.text, found.basis) == (said_on, basis)


@pytest.mark.parametrize(
    "words", ["since Monday", "until Friday", "by March", "next week", "they may march", "on 31 June"]
)
def test_what_is_no_time_of_saying_is_left_alone(words: str) -> None:
    assert find_time(tokenize(words), THURSDAY, None) is None


def test_later_in_the_day_is_the_day_told_before() -> None:
    before = find_time(tokenize("on Tuesday"), THURSDAY, None)
    found = find_time(tokenize("later in the day"), THURSDAY, before)
    assert before is not None
    assert found == ResolvedTime(before.date, "anaphoric")


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_latest_such_day_up_to_the_publication(published: date, name: str) -> None:
    found = find_time(tokenize(f"on {name.title()}"), published, None)
    assert found is not None
    assert found.date.last.weekday() == WEEKDAYS.index(name)
    assert 0 <= (published - found.date.last).days < 7
