"""Lanes of an issue: no mark hides another, bars say by whose word, the future is veiled, all within its lane."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures import LIGHT, Drawing
from dashboard.figures.issue_lanes import BAR, FADED, lanes_figure
from dashboard.frames.issue_history import statements_frame
from dashboard.frames.issue_lanes import build_lanes, document_spans
from dashboard.query.case import Case
from dashboard.query.day_frames import rows_of
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.kinds.registry import kind_of
from positions.wording.party_style import party_styles
from positions.workspace import open_workspace
from tests.negotiations import write_river

LAST = date(2022, 4, 14)


@pytest.fixture(scope="module")
def case(source: CaseStore) -> Case:
    return source.case(View())


def lanes_of(case: Case, issue: str, *, axis: Any = "event", as_of: date = LAST) -> go.Figure:
    styles = party_styles(case.codebook)
    drawing = Drawing(styles, LIGHT, axis, case.codebook.events, document_spans(case))
    return go.Figure(lanes_figure(build_lanes(case, case.codebook.issue(issue)), case.calendar, drawing, as_of=as_of))


def marks_of(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.customdata]


def bars_of(figure: go.Figure) -> list[Any]:
    return [shape for shape in figure.layout.shapes if shape.type == "rect" and abs(shape.y1 - shape.y0) == BAR]


def assert_no_mark_hides_another(figure: go.Figure) -> None:
    points = [(x, y) for trace in marks_of(figure) for x, y in zip(trace.x, trace.y, strict=True)]
    assert max(Counter(points).values(), default=1) == 1


def test_every_statement_is_in_a_mark_and_no_mark_hides_another(case: Case) -> None:
    for issue in case.codebook.issues:
        lanes = build_lanes(case, issue)
        said = statements_frame(case, [issue])
        expected = len(said) if kind_of(issue).view.axis else int(said["element"].notna().sum())
        assert lanes.marks["count"].sum() == expected
        assert_no_mark_hides_another(lanes_of(case, issue.id))


def test_a_long_negotiation_hides_no_mark_either(tmp_path: Path) -> None:
    with open_workspace(write_river(tmp_path / "river")) as workspace:
        case = CaseStore(workspace).case(View())
        for issue in case.codebook.issues:
            figure = lanes_of(case, issue.id)
            assert_no_mark_hides_another(figure)
            low, high = figure.layout.yaxis.range[1], figure.layout.yaxis.range[0]
            assert all(low <= y <= high for trace in marks_of(figure) for y in trace.y)


def test_statements_of_a_day_are_one_mark_with_their_number(case: Case) -> None:
    figure = lanes_of(case, "talks")
    counts = [note.text for note in figure.layout.annotations if note.text.startswith("×")]
    marks = build_lanes(case, case.codebook.issue("talks")).marks
    assert sorted(counts) == sorted(f"×{count}" for count in marks["count"] if count > 1)
    assert len(counts) > 3


def test_the_own_word_is_on_top_and_drawn_last(case: Case) -> None:
    lanes = build_lanes(case, case.codebook.issue("talks"))
    own = lanes.marks[lanes.marks["voice"] == "self"]
    assert set(own["row"]) == {0}
    names = [trace.name for trace in marks_of(lanes_of(case, "talks"))]
    firsts = [index for index, name in enumerate(names) if name.endswith("self")]
    assert firsts == list(range(len(names) - len(firsts), len(names)))


def test_a_claim_by_others_lies_under_the_bar_and_not_on_it(case: Case) -> None:
    for issue in case.codebook.issues:
        lanes = build_lanes(case, issue)
        held = {(run.holder, run.level) for run in rows_of(lanes.runs)}
        for mark in rows_of(lanes.marks):
            assert mark.voice != "ascribed" or (mark.holder, mark.level) not in held or mark.row > 0


def test_bars_are_solid_by_the_own_word_outlined_by_an_outlets_and_pale_when_stale(case: Case) -> None:
    runs = rows_of(build_lanes(case, case.codebook.issue("venue")).runs)
    bars = bars_of(lanes_of(case, "venue"))
    assert len(bars) == len(runs)
    for run, bar in zip(runs, bars, strict=True):
        assert (bar.fillcolor == LIGHT.paper) == run.reported
        assert (bar.opacity == FADED) == run.stale


def test_a_bar_lasts_until_the_next_position_and_the_last_one_goes_on(case: Case) -> None:
    figure = lanes_of(case, "talks")
    end = figure.layout.xaxis.range[1]
    for run, bar in zip(rows_of(build_lanes(case, case.codebook.issue("talks")).runs), bars_of(figure), strict=True):
        assert bar.x0 == run.step
        assert bar.x1 == (end if run.until is None or run.until != run.until else run.until_step)


@pytest.mark.parametrize("axis", ["event", "calendar"])
def test_what_comes_after_the_day_is_veiled(case: Case, axis: str) -> None:
    day = date(2022, 2, 27)
    figure = lanes_of(case, "talks", axis=axis, as_of=day)
    (veil,) = [shape for shape in figure.layout.shapes if shape.layer == "above" and shape.type == "rect"]
    (rule,) = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert rule.x0 == (case.days.index(day) if axis == "event" else day)
    assert rule.x0 < veil.x0 if axis == "event" else True
    assert veil.fillcolor == LIGHT.paper


def test_levels_are_named_at_the_left_with_their_definitions(case: Case) -> None:
    figure = lanes_of(case, "talks")
    issue = case.codebook.issue("talks")
    named = {
        note.text.replace("<br>", " "): note.hovertext for note in figure.layout.annotations if note.xshift == -118
    }
    for level in issue.levels:
        assert level.label in named
        assert level.definition[:20] in str(named[level.label]).replace("<br>", " ")


def test_parties_are_named_beside_where_they_stand_on_the_day(case: Case) -> None:
    figure = lanes_of(case, "talks", as_of=date(2022, 2, 27))
    names = [note.text for note in figure.layout.annotations if note.xref == "paper" and note.x == 1]
    assert len(names) == 3
    assert any("Ukraine" in name for name in names)


def test_documents_have_their_day_of_publication_and_what_they_quote_before_it(case: Case) -> None:
    figure = lanes_of(case, "talks")
    (documents,) = [trace for trace in figure.data if trace.name == "documents"]
    assert len(documents.x) == len(case.documents)
    assert any("quotes words from" in text for text in documents.hovertext)
    assert len({(x, y) for x, y in zip(documents.x, documents.y, strict=True)}) == len(documents.x)


def test_an_issue_with_elements_has_a_level_for_each_side_taken(case: Case) -> None:
    levels = [level.words for level in build_lanes(case, case.codebook.issue("venue")).levels]
    assert "Belarus: for" in levels
    assert "Belarus: against" in levels
    assert "Warsaw: against" not in levels
    assert levels.index("Belarus: for") + 1 == levels.index("Belarus: against")
