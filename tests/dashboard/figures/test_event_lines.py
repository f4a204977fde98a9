"""Events on the axes of time: where their lines are, and that no name meets another one or a line."""

from __future__ import annotations

from datetime import date, timedelta

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import LIGHT, Drawing, trend_figure
from dashboard.figures.event_lines import EventLine, place_lines, rows_height
from dashboard.query.day_frames import days_frame
from dashboard.query.event_days import events_within
from positions.analysis.statement_table import counting_day
from positions.model.event import Event
from positions.wording.party_style import party_styles
from tests.dashboard.golden import golden_trend
from tests.examples import golden_codebook, golden_records, said

LOOKS = party_styles(golden_codebook())
DAYS = [date(2022, 3, 1), date(2022, 3, 10), date(2022, 3, 11)]


def event(day: date, label: str = "Talks") -> Event:
    return Event.model_validate({"id": f"e{day}", "label": label, "date": day, "source": "a paper of that day"})


def drawn(*events: Event, axis: str = "event") -> go.Figure:
    drawing = Drawing(LOOKS, LIGHT, axis, events)  # type: ignore[arg-type]
    return go.Figure(
        trend_figure(
            golden_trend(tuple(DAYS)), days_frame(map(counting_day, golden_records())), drawing, as_of=DAYS[-1]
        )
    )


def test_an_event_lies_on_its_day_and_between_two_days_as_the_calendar_has_it() -> None:
    found = list(events_within([event(date(2022, 3, 4)), event(DAYS[1])], DAYS))
    assert [place for _, place in found] == [pytest.approx(3 / 9), 1.0]


def test_events_outside_the_days_are_left_out() -> None:
    assert not list(events_within([event(date(2022, 2, 28)), event(date(2022, 3, 12))], DAYS))
    assert not list(events_within([event(DAYS[0])], []))


@pytest.mark.parametrize(("axis", "x"), [("event", 1.0), ("calendar", DAYS[1])])
def test_every_panel_has_the_line_and_the_name_stands_once_above(axis: str, x: object) -> None:
    figure, plain = drawn(event(DAYS[1], "Talks <b>"), axis=axis), drawn(axis=axis)
    lines = [shape for shape in figure.layout.shapes if shape.x0 == x and shape.line.color == LIGHT.hairline]
    panels = {trace.yaxis for trace in figure.data}
    assert len(lines) == len(panels) + 1
    (name,) = [note for note in figure.layout.annotations if note.text == "Talks &lt;b&gt;"]
    assert name.x == x
    assert "10 March 2022" in name.hovertext
    assert figure.layout.height > plain.layout.height


def test_a_codebook_without_events_leaves_the_chart_as_it_was() -> None:
    assert rows_height(()) == 0
    assert not [shape for shape in drawn().layout.shapes if shape.line.color == LIGHT.hairline]


LABELS = st.text("abcdefgh ", min_size=1, max_size=60).filter(str.strip)
EVENTS = st.lists(st.tuples(st.integers(0, 60), LABELS), min_size=1, max_size=6, unique_by=lambda one: one[0])


def meet(one: EventLine, other: EventLine) -> bool:
    return one.row == other.row and one.span[0] < other.span[1] and other.span[0] < one.span[1]


@given(EVENTS, st.sampled_from(["event", "calendar"]))
def test_no_two_names_of_a_row_meet(events: list[tuple[int, str]], axis: str) -> None:
    start = date(2022, 1, 1)
    calendar = days_frame(
        counting_day(said(str(start + timedelta(days=day)), "RUS", "neutrality", 1)) for day in range(0, 61, 5)
    )
    drawing = Drawing(LOOKS, LIGHT, axis, tuple(event(start + timedelta(days=d), words) for d, words in events))  # type: ignore[arg-type]
    lines = place_lines(calendar, drawing)
    assert [line.event.first for line in lines] == sorted(start + timedelta(days=day) for day, _ in events)
    assert not any(meet(one, other) for one in lines for other in lines if one is not other)
    assert max(line.row for line in lines) < len(lines)
