from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from dashboard.components.small_multiples import build_small_charts, spread_heights
from dashboard.frames.small_multiples import axis_offset, drawn_steps, multiples_frame
from dashboard.markup.serialise import serialise_part
from dashboard.query.day_frames import rows_of
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.wording.party_style import party_styles


@pytest.fixture
def case(source: CaseStore) -> Any:
    return source.case(View())


def flat(nodes: list[Any]) -> list[Any]:
    return [item for node in nodes for item in ([node] if isinstance(node, str) else [node, *flat(node[2])])]


def test_each_row_holds_until_the_next_as_the_state_of_every_day_says(case: Any, source: CaseStore) -> None:
    rows = rows_of(multiples_frame(case, View()))
    assert rows
    for day in case.days:
        state = source.picture(source.fit_view(View(as_of=day))).state  # type: ignore[union-attr]
        for issue in case.codebook.issues:
            for party in case.codebook.principals if issue.kind == "scale" else ():
                held = [row for row in rows if (row.issue, row.holder) == (issue.id, party.id) and row.day <= day][-1:]
                found = state.position(party.id, issue.id)
                assert [(row.value, row.value_to, row.stale) for row in held] == (
                    [(found.value, found.value_to, found.stale)] if found else []
                )


def test_filters_choose_parties_and_issues(case: Any) -> None:
    frame = multiples_frame(case, View(parties=("UKR",), issues=("talks", "venue")))
    assert set(frame["holder"]) == {"UKR"}
    assert set(frame["issue"]) == {"talks"}


def test_every_chart_says_what_it_shows_and_has_names_at_its_lines(case: Any) -> None:
    nodes = [
        node
        for node in flat(serialise_part(build_small_charts(case, View(), party_styles(case.codebook))))
        if isinstance(node, list)
    ]
    told = [node[1]["aria-label"] for node in nodes if node[1].get("role") == "img"]
    assert len(told) == 6
    assert "Ukraine: ready now from 23 February 2022" in told[0]
    paths = [node for node in nodes if node[0] == "path" and "--hue" in node[1].get("style", "")]
    assert all(set(path[1]["d"]) <= set("MHVZ0123456789. -") for path in paths)
    assert serialise_part(build_small_charts(case, View(issues=("venue",)), party_styles(case.codebook))) == []


def test_the_axis_is_by_event_or_to_the_scale_of_the_calendar() -> None:
    days = [date(2022, 1, 1), date(2022, 1, 2), date(2022, 1, 11)]
    assert [axis_offset(days, day, "event") for day in days] == [0, 48, 96]
    assert [axis_offset(days, day, "calendar") for day in days] == pytest.approx([0, 9.6, 96])
    assert axis_offset(days[:1], days[0], "calendar") == 0
    assert [axis_offset(days, day, "event") for day in (date(2000, 1, 1), date(2100, 1, 1))] == [0, 96]


def test_names_at_the_same_height_make_room_for_each_other() -> None:
    found = spread_heights({"a": 98, "b": 99, "c": 0, "d": 1})
    heights = sorted(found.values())
    assert all(later - earlier >= 17 for earlier, later in pairwise(heights))
    assert sorted(found, key=found.__getitem__) == ["c", "d", "a", "b"]
    assert heights[-1] <= 100


def test_a_long_log_is_looked_at_every_so_many_days() -> None:
    assert drawn_steps(3) == [0, 1, 2]
    found = drawn_steps(5000)
    assert (len(found), found[0], found[-1]) == (120, 0, 4999)
