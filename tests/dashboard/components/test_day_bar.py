from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.components.day_bar import BARS, build_day_words, build_events, build_strip, draw_bars, mark_handles
from dashboard.markup.serialise import serialise_part
from dashboard.query.case import Case
from dashboard.query.day_frames import days_frame
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.query.window import compared_days
from tests.dashboard.markup.nodes import all_of, text_of


@pytest.fixture
def case(source: CaseStore) -> Case:
    return source.case(View())


def facts(source: CaseStore, **fields: Any) -> dict[str, str]:
    view = source.fit_view(View(**fields))
    picture = source.picture(view)
    assert picture is not None
    mark = mark_handles(picture.case, view, compared_days(picture, view))
    return {name.removeprefix("data-"): value for name, value in mark.attributes.items()}


def test_a_handle_stands_at_its_day_and_the_other_at_the_first_that_can_be_compared(source: CaseStore) -> None:
    assert facts(source) == {
        "stop": "11",
        "day": "14 April 2022",
        "low": "0",
        "high": "10",
        "before": "3",
        "since": "25 February 2022",
    }


def test_a_chosen_day_keeps_the_other_handle_behind_it(source: CaseStore) -> None:
    marks = facts(source, as_of=date(2022, 2, 27), compare=date(2022, 2, 24))
    assert (marks["before"], marks["low"], marks["stop"], marks["high"]) == ("2", "3", "5", "4")
    assert marks["since"] == "24 February 2022"


def test_a_day_between_two_stops_stands_at_the_earlier_one_which_it_can_be_compared_with(source: CaseStore) -> None:
    marks = facts(source, as_of=date(2022, 3, 20))
    assert (marks["stop"], marks["day"], marks["high"]) == ("6", "20 March 2022", "6")


@pytest.mark.parametrize(
    "days",
    [
        {"as_of": date(2022, 2, 24)},
        {"as_of": date(2022, 2, 24), "compare": date(2022, 4, 14)},
        {"as_of": date(1990, 1, 1)},
    ],
)
def test_without_an_earlier_day_there_is_one_handle_that_goes_anywhere(
    source: CaseStore, days: dict[str, date]
) -> None:
    marks = facts(source, **days)
    assert "before" not in marks
    assert marks["low"] == "0"


def test_both_days_are_named_in_words(case: Case) -> None:
    days = date(2022, 2, 25), date(2022, 2, 26)
    assert text_of(build_day_words(case, days[1], days)) == (
        "As of 26 February 20221 statement that daycompared with 25 February 2022"
    )
    assert text_of(build_day_words(case, date(2022, 3, 20), None)) == "As of 20 March 2022no statement that day"


def test_events_stand_at_their_days_and_are_named_if_there_is_room(case: Case) -> None:
    lane = build_events(case)
    assert lane is not None
    marks = [mark for mark in all_of(lane, "Span") if "title" in mark.attributes]
    assert len(marks) == len(case.codebook.events)
    invasion = next(mark for mark in marks if "invades" in mark.attributes["title"])
    assert invasion.attributes["style"]["left"] == f"{100 * 2 / 11:.2f}%"
    assert "24 February 2022" in invasion.attributes["title"]
    second = next(mark for mark in marks if "Second round" in mark.attributes["title"])
    assert text_of(second) == "Second round of talks, Belarus"
    assert (invasion.attributes["style"]["--row"], second.attributes["style"]["--row"]) == ("1", "1")
    third = next(mark for mark in marks if "Third round" in mark.attributes["title"])
    assert text_of(third) == "", "no row is free: a name is whole or not there"
    assert "Talks in Istanbul (29 March 2022)" in lane.attributes["aria-label"]


def test_a_document_has_a_dot_where_it_was_published_and_ticks_where_it_quotes(case: Case) -> None:
    lane = build_strip(case)[1]
    marks = all_of(lane, "Span")
    dots = [mark for mark in marks if mark.attributes["className"] == "published"]
    assert len(dots) == len(case.documents)
    days = {(name, day) for name, day in zip(case.index.table.documents, case.index.table.counting, strict=True)}
    assert sum(mark.attributes["className"] == "said" for mark in marks) == len(days)
    assert serialise_part(lane)
    assert "published 27 February 2022, with words of" in lane.attributes["aria-label"]


def test_many_days_share_bars() -> None:
    first = date(2020, 1, 1)
    bars = draw_bars(days_frame(first + timedelta(days=step) for step in range(365)))
    marks = all_of(bars, "Span")
    assert len(marks) == 92 <= BARS
    assert bars.attributes["data-step"] == "4"
    assert marks[-1].attributes["title"] == "30 December 2020: 1 statement"
    assert len([mark for mark in marks if text_of(mark)]) <= 12
    assert not any(mark.attributes["className"] for mark in marks), "labels without a year are short"


def test_every_other_label_with_a_year_can_be_left_out() -> None:
    first = date(2020, 6, 1)
    marks = all_of(draw_bars(days_frame(first + timedelta(days=20 * step) for step in range(40))), "Span")
    labelled = [mark.attributes["className"] for mark in marks if text_of(mark)]
    assert labelled == [("", "second")[place % 2] for place in range(len(labelled))]
    assert len(labelled) > 2
