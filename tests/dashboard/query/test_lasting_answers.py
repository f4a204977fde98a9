"""After a change of the book only what rests on it is computed anew, and everything is what it would be anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard.query.case import Case, PagePart, RestsOn, measure_answer
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.shell.callbacks import write_moving_parts, write_parts
from positions.store.book import Book
from positions.workspace import open_workspace

CHANGES: dict[str, Callable[[Book], object]] = {
    "a retraction in the middle": lambda book: book.retract("003-22", reason="a test"),
    "another level": lambda book: book.correct("001-08", stance=1, reason="a test"),
    "other words of a quote's note": lambda book: book.correct("002-18", note="checked again", reason="a test"),
    "another outlet": lambda book: book.correct("003", outlet="Another outlet", reason="a test"),
    "a retraction on the first day": lambda book: book.retract("000-01", reason="a test"),
}


def test_pages_after_changes_are_those_of_a_server_that_starts_anew(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        store = CaseStore(workspace, served=True)
        days = store.case(View()).days
        for change in ("nothing", *CHANGES):
            if change in CHANGES:
                with workspace.recording(coder="anna") as book:
                    CHANGES[change](book)
            fresh = CaseStore(workspace, served=True)
            for day in (*days, date(2021, 1, 1)):
                view = store.fit_view(View(as_of=day, compare=None if day == days[3] else days[2]))
                assert write_parts(view, store) == write_parts(view, fresh), (change, day)
                assert write_moving_parts(view, store) == write_moving_parts(view, fresh), (change, day)


def answered(case: Case, resting: RestsOn) -> object:
    return case.answer_by_content("a question", resting, object)


@pytest.mark.parametrize(
    ("resting", "outlasts"),
    [
        (RestsOn(date(2022, 2, 27)), True),
        (RestsOn(date(2022, 2, 28)), False),
        (RestsOn(date(2022, 4, 14)), False),
        (RestsOn(date(2022, 4, 14), ("USA",)), True),
        (RestsOn(date(2022, 4, 14), ("USA", "RUS")), False),
        (RestsOn(date(2022, 4, 14), issue="venue"), True),
        (RestsOn(date(2022, 4, 14), issue="talks"), False),
    ],
)
def test_an_answer_outlasts_a_change_of_other_statements(shipped: Path, resting: RestsOn, outlasts: bool) -> None:
    with open_workspace(shipped) as workspace:
        store = CaseStore(workspace)
        record = store.case(View()).records["001-08"].statement
        assert (record.holder, record.issue, str(record.said_on)) == ("RUS", "talks", "2022-02-27/2022-02-28")
        before = answered(store.case(View()), resting)
        assert answered(store.case(View()), resting) is before
        with workspace.recording(coder="anna") as book:
            book.retract("001-08", reason="a test")
        assert (answered(store.case(View()), resting) is before) == outlasts


def test_queries_that_choose_the_same_statements_share_an_answer_and_others_do_not(source: CaseStore) -> None:
    resting = RestsOn(date(2022, 2, 25))
    now = answered(source.case(View()), resting)
    assert answered(source.case(View(public_by=date(2030, 1, 1))), resting) is now
    assert answered(source.case(View(public_by=date(2022, 2, 26))), resting) is not now


def test_a_part_of_a_page_is_measured_by_its_nodes() -> None:
    one, two = PagePart([["p", {}, ["text"]]]), PagePart([["ul", {}, [["li", {}, ["text"]]] * 100]])
    assert measure_answer(two) > 10 * measure_answer(one)
