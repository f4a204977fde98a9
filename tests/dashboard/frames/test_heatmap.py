from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.components.heatmap import build_heatmaps, day_offset
from dashboard.frames.heatmap import heat_frame
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.wording.party_style import party_styles
from tests.dashboard.markup.nodes import all_of, text_of

PAIR = ("RUS", "UKR")


def on_each_day(frame: Any) -> dict[tuple[str, date], Any]:
    """The run of each issue and day."""
    runs = {}
    for run in frame.itertuples():
        runs.update({(run.issue, run.place + index): run for index in range(run.span)})
    return runs


def test_every_stretch_is_the_distance_of_its_days_and_hatched_where_words_are_stale(source: CaseStore) -> None:
    case = source.case(View())
    runs = on_each_day(heat_frame(case, PAIR))
    issues = {issue for issue, _ in runs}
    for step, day in enumerate(case.days):
        comparison = case.index.compare(day, *PAIR)
        for issue in issues:
            one, run = comparison.issue(issue), runs[issue, step]
            told = None if run.distance != run.distance else run.distance
            assert told == (None if one is None or one.distance is None else round(one.distance, 9)), (issue, day)
            positions = [position for part in (one.parts if one else ()) for position in part.positions if position]
            assert run.stale == any(position.stale for position in positions), (issue, day)
            assert run.first <= day <= run.last


def test_runs_follow_each_other_without_a_gap_and_differ(source: CaseStore) -> None:
    case = source.case(View())
    frame = heat_frame(case, PAIR)
    for _, runs in frame.groupby("issue", sort=False):
        places, spans = runs["place"].tolist(), runs["span"].tolist()
        assert places == [sum(spans[:index]) for index in range(len(spans))]
        assert sum(spans) == len(case.days)


def test_chosen_issues_are_the_only_rows(source: CaseStore) -> None:
    assert set(heat_frame(source.case(View()), PAIR, ("venue",))["issue"]) == {"venue"}


def test_each_stretch_says_its_issue_days_and_distance_and_leads_to_its_first_day(source: CaseStore) -> None:
    case = source.case(View())
    nodes = build_heatmaps(case, View(), party_styles(case.codebook))
    titled = (one for one in all_of(nodes, "A") if "title" in one.attributes)
    link = next(one for one in titled if one.attributes["title"].startswith("Venue, 27 February 2022"))
    assert link.attributes["title"].endswith("1.00 apart")
    assert link.attributes["href"] == "/issue?as_of=2022-02-27&issue=venue"
    assert "1.00" in text_of(link)


def test_on_a_page_that_is_served_each_stretch_opens_why(source: CaseStore) -> None:
    case = replace(source.case(View()), served=True)
    nodes = build_heatmaps(case, View(), party_styles(case.codebook))
    titled = (one for one in all_of(nodes, "Button") if "title" in one.attributes)
    button = next(one for one in titled if one.attributes["title"].startswith("Venue, 27 February"))
    [box] = [one for one in all_of(nodes, "Div") if one.attributes.get("id") == button.attributes["popovertarget"]]
    [fetched] = [one for one in all_of(box, "Div") if "data-why" in one.attributes]
    assert fetched.attributes["data-why"] == "/why.json?as_of=2022-02-27&parties=RUS,UKR&issue=venue"
    assert "/issue?as_of=2022-02-27&issue=venue" in [one.attributes["href"] for one in all_of(box, "A")]


def test_events_and_documents_stand_on_the_axis_of_each_panel(source: CaseStore) -> None:
    case = source.case(View())
    nodes = build_heatmaps(case, View(), party_styles(case.codebook))
    lanes = [one for one in all_of(nodes, "Div") if one.attributes.get("className") in ("event-lane", "document-lane")]
    assert len(lanes) == 6
    invasion = next(one for one in all_of(lanes[0], "Span") if "invades" in one.attributes.get("title", ""))
    assert invasion.attributes["style"]["left"] == f"{100 * 2.5 / 12:.2f}%"
    published = [one for one in all_of(lanes[1], "Span") if one.attributes.get("className") == "published"]
    assert len(published) == len(case.documents)


def test_the_line_of_the_day_stands_in_the_middle_of_its_stretch(source: CaseStore) -> None:
    case = source.case(View())
    width = 100 / len(case.days)
    for step, day in enumerate(case.days):
        assert day_offset(case, day) == pytest.approx((step + 0.5) * width)
    assert day_offset(case, date(2022, 1, 1)) == 0


def test_two_that_never_compare_say_so(source: CaseStore) -> None:
    case = source.case(View())
    assert "Nothing can be compared." in text_of(
        build_heatmaps(case, View(parties=("CHN", "ISR")), party_styles(case.codebook))
    )
