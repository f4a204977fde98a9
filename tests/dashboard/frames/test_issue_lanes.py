"""The lanes of an issue: a mark of several statements opens the list of them."""

from __future__ import annotations

import re

import pytest

from dashboard.frames.issue_lanes import build_lanes
from dashboard.frames.statement_search import find_by_view
from dashboard.query.day_frames import rows_of
from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from dashboard.shell.charts import draw_charts


@pytest.mark.parametrize("name", ["talks", "venue", "preconditions"])
def test_a_mark_of_several_statements_opens_the_list_that_has_them(source: CaseStore, name: str) -> None:
    case = source.case(View())
    marks = rows_of(build_lanes(case, case.codebook.issue(name)).marks)
    several = [mark for mark in marks if mark.count > 1]
    assert several
    assert all(mark.opens == mark.statement for mark in marks if mark.count == 1)
    for mark in several:
        view = source.fit_view(read_address(mark.opens))
        assert (view.page, view.statement, view.unknown) == ("statements", mark.statement, ())
        picture = source.picture(view)
        assert picture is not None
        listed = find_by_view(picture, view).statements
        assert mark.statement in listed
        assert len(listed) >= mark.count
        assert {case.records[one].statement.holder for one in listed} == {mark.holder}


def test_the_chart_links_the_list_and_opens_no_statement_over_it(source: CaseStore) -> None:
    view = source.fit_view(View(page="issue", issue="talks"))
    picture = source.picture(view)
    assert picture is not None
    links = re.findall(r"'href': '(/statements[^']*)'", str(draw_charts(picture, view)["chart-1-place"]))
    assert links
    assert all("issues=talks" in one and "statement=" not in one for one in links)
