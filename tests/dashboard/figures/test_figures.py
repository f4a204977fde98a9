from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.figures import CONFIG, DARK, LIGHT, Drawing, dumbbell_figure, palette_of, trend_figure
from dashboard.figures.base import DocumentSpan, escape_markup, hover_text
from dashboard.figures.days_axis import label_steps, tick_words
from dashboard.figures.dumbbell import assign_slots
from dashboard.query.day_frames import days_frame, marks_frame, rows_frame
from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.analysis.statement_table import counting_day
from positions.wording.party_style import party_styles
from tests.dashboard.golden import golden_trend
from tests.examples import golden_codebook, golden_records, golden_state, said

LOOKS = party_styles(golden_codebook())
DAYS = (date(2022, 3, 1), date(2022, 3, 10), date(2022, 3, 11))


def dumbbell(records: Any = None, day: str = "2022-03-15", **fields: Any) -> Any:
    records = records or golden_records()
    state = state_at(records, golden_codebook(), as_of=date.fromisoformat(day))
    comparison = compare(state, golden_codebook(), "RUS", "UKR")
    marks = marks_frame(state, golden_codebook(), {record.statement.id: record for record in records})
    rows = rows_frame(state, golden_codebook(), comparison)
    return checked(dumbbell_figure(rows, marks, Drawing(LOOKS, LIGHT), **fields))


def trend(**fields: Any) -> Any:
    drawing = Drawing(LOOKS, LIGHT, **fields)
    return checked(
        trend_figure(golden_trend(DAYS), days_frame(map(counting_day, golden_records())), drawing, as_of=DAYS[-1])
    )


def checked(figure: Any) -> go.Figure:
    """What plotly makes of a figure: it refuses fields and values that a chart cannot have."""
    return go.Figure(figure)


def traces(figure: Any, name: str) -> list[Any]:
    return [trace for trace in figure.data if trace.name == name]


def texts(figure: Any) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_marks_stand_where_the_positions_are() -> None:
    figure = dumbbell()
    (ukraine,) = traces(figure, "UKR own")
    assert dict(zip(ukraine.customdata, ukraine.x, strict=True)) == {"s011": 1.0, "s014": 0.375}
    assert ukraine.marker.symbol == LOOKS["UKR"].shape
    assert ukraine.marker.color == LOOKS["UKR"].hue
    (claim,) = traces(figure, "UKR claim")
    assert (list(claim.customdata), list(claim.x), claim.marker.symbol) == (["s090"], [0.0], "x-thin")


def test_names_poles_distances_and_silence_are_written() -> None:
    found = texts(dumbbell(day="2022-03-05"))
    for words in (
        "Russia",
        "Ukraine",
        "United States",
        "silent: Russia",
        "Russia – Ukraine: 0.88",
        "not comparable",
        "for",
    ):
        assert words in found
    assert found.index("<b>Neutrality</b>") < found.index("<b>Military aid</b>")


def test_ranges_are_bars_and_contested_marks_have_theirs() -> None:
    assert [tuple(trace.x) for trace in traces(dumbbell(), "range")] == [(0.75, 1.0), (0.25, 0.5)]
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "RUS", "neutrality", -1, number=2),
    ]
    assert [tuple(trace.x) for trace in traces(dumbbell(records), "contested")] == [(0.25, 1.0)]


def test_reported_marks_are_hollow() -> None:
    records = [said("2022-03-01", "RUS", "neutrality", 2, number=1, voice="framing")]
    (mark,) = traces(dumbbell(records), "RUS reported")
    assert (mark.marker.color, mark.marker.line.color) == (LIGHT.paper, LOOKS["RUS"].hue)


def test_marks_that_coincide_do_not_hide_each_other() -> None:
    records = [said("2022-03-01", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR", "USA"))]
    figure = dumbbell(records)
    points = [(trace.x[0], trace.y[0]) for party in LOOKS for trace in traces(figure, f"{party} own")]
    assert len({y for _, y in points}) == 3
    heights = sorted(y for _, y in points)
    assert all(low + 15 <= high for low, high in pairwise(heights))


def test_names_give_way_to_neighbours_on_a_narrow_page() -> None:
    frame = marks_frame(
        state_at(
            [
                said("2022-03-01", "RUS", "neutrality", 0, number=1),
                said("2022-03-01", "USA", "neutrality", 1, number=2),
            ],
            golden_codebook(),
            as_of=DAYS[0],
        ),
        golden_codebook(),
        {
            record.statement.id: record
            for record in (
                said("2022-03-01", "RUS", "neutrality", 0, number=1),
                said("2022-03-01", "USA", "neutrality", 1, number=2),
            )
        },
    )
    assert [place.lane for place in assign_slots(list(frame.itertuples(index=False)))] == [0, 1]


def test_a_stale_mark_is_pale_and_says_its_age() -> None:
    records = [
        said("2021-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-14", "UKR", "neutrality", 1, number=2),
    ]
    figure = dumbbell(records)
    (old,), (fresh,) = (traces(figure, f"{party} own")[0].marker.opacity for party in ("RUS", "UKR"))
    assert old < fresh == 1
    assert "Russia · 379 days" in texts(figure)
    assert "Ukraine" in texts(figure)


def test_ghosts_have_lanes_of_their_own_with_their_names() -> None:
    records = [
        *(said("2022-03-01", party, "neutrality", -1, number=number) for number, party in enumerate(LOOKS)),
        *(said("2022-03-10", party, "neutrality", 2, number=10 + number) for number, party in enumerate(LOOKS)),
    ]
    before = state_at(records, golden_codebook(), as_of=DAYS[0])
    ghosts = marks_frame(before, golden_codebook(), {record.statement.id: record for record in records})
    figure = dumbbell(records, ghosts=ghosts)
    marks = {y for party in LOOKS for trace in traces(figure, f"{party} own") for y in trace.y}
    lanes = [y for party in LOOKS for trace in traces(figure, f"{party} before") for y in trace.y]
    assert len(set(lanes)) == len(lanes) == 3
    assert not marks & set(lanes)
    assert [note.text for note in figure.layout.annotations if note.text.endswith(" before")]


def test_nobody_having_spoken_is_an_empty_chart() -> None:
    records = [said("2022-03-01", "RUS", "venue/minsk", 2)]
    assert texts(dumbbell(records)) == []


def test_the_line_is_the_distance_and_the_band_its_bounds() -> None:
    figure = trend()
    expected = [compare(golden_state(day.isoformat()), golden_codebook(), "RUS", "UKR") for day in DAYS]
    marks, band = traces(figure, "marks")[0], traces(figure, "band")[0]
    assert list(marks.y) == pytest.approx([found.distance for found in expected])
    assert list(marks.x) == [0, 1, 2]
    assert list(marks.customdata) == [day.isoformat() for day in DAYS]
    assert set(np.round(band.y, 9)) == {round(bound, 9) for found in expected for bound in (found.lo, found.hi)}
    assert len(traces(figure, "band")) == len(traces(figure, "marks")) == 3


def test_thin_parts_are_hollow_and_dashed_and_never_without_a_band() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "UKR", "neutrality", 0, number=2),
        said("2022-03-10", "RUS", "military-aid", 2, number=3),
        said("2022-03-10", "RUS", "venue/minsk", 2, number=4),
        said("2022-03-10", "RUS", "preconditions/demilitarisation", 2, number=5),
        said("2022-03-11", "USA", "neutrality", 1, number=6),
    ]
    frame = golden_trend(DAYS, records)
    figure = checked(trend_figure(frame, days_frame(map(counting_day, records)), Drawing(LOOKS, DARK), as_of=DAYS[0]))
    marks = traces(figure, "marks")[0]
    assert list(marks.marker.color) == [DARK.ink, DARK.paper, DARK.paper]
    assert [step for step in traces(figure, "line")[0].x if step is not None] == [0, 1, 1]
    assert [step for step in traces(figure, "thin")[0].x if step is not None] == [1, 2, 2]
    assert traces(figure, "thin")[0].line.dash != "solid"
    for band, shown in zip(traces(figure, "band"), traces(figure, "marks"), strict=True):
        assert not len(shown.x) or (min(band.x) <= min(shown.x) and max(band.x) >= max(shown.x))


def test_documents_lie_in_a_lane_under_the_panels() -> None:
    papers = (
        DocumentSpan("A paper", "The Example", DAYS[1], DAYS[0]),
        DocumentSpan("Another", "The Example", DAYS[2], None),
    )
    for axis, xs in (("event", [1, 2]), ("calendar", [pd.Timestamp(day) for day in DAYS[1:]])):
        figure = trend(axis=axis, documents=papers)
        (lane,) = traces(figure, "documents")
        assert [pd.Timestamp(x) if axis == "calendar" else x for x in lane.x] == xs
        assert figure.layout.xaxis.anchor == lane.yaxis == "y4"
        assert "quotes words from 1 March 2022 on" in lane.hovertext[0]
        assert figure.layout.height > trend(axis=axis).layout.height


def test_gaps_are_named_by_event_and_drawn_by_calendar() -> None:
    assert "9<br>days" in texts(trend())
    calendar = trend(axis="calendar")
    assert "9<br>days" not in texts(calendar)
    assert [day.isoformat() for day in traces(calendar, "marks")[0].x] == [day.isoformat() for day in DAYS]


def test_days_are_named_shortly() -> None:
    days = [date(2021, 12, 30), date(2021, 12, 31), date(2022, 1, 5), date(2022, 2, 5)]
    assert tick_words(days) == ["30<br>Dec 2021", "31", "5<br>Jan 2022", "5<br>Feb"]
    assert label_steps(days) == [0, 1, 2, 3]
    assert len(label_steps([date(2022, 1, 1)] * 400)) <= 12


def test_a_single_day_still_has_its_band() -> None:
    frame = golden_trend(DAYS[:1])
    calendar = days_frame(map(counting_day, golden_records())).head(1)
    for axis in ("event", "calendar"):
        figure = checked(trend_figure(frame, calendar, Drawing(LOOKS, LIGHT, axis), as_of=DAYS[0]))  # type: ignore[arg-type]
        assert len(set(traces(figure, "band")[0].y)) == 2


HOSTILE = "<b onmouseover=alert(1)>&amp;<a href='javascript:alert(1)'>x</a> %{x}"


def test_hostile_text_is_escaped() -> None:
    record = said("2022-03-01", "RUS", "neutrality", 2, number=1)
    hostile = record.statement.model_copy(update={"quote": HOSTILE, "end": len(HOSTILE)})
    figure = dumbbell([type(record)(hostile, record.published_on, record.outlet, record.recorded_at)])
    (mark,) = traces(figure, "RUS own")
    assert "<b on" not in mark.hovertext[0]
    assert "<a" not in mark.hovertext[0]
    assert "&lt;b onmouseover=alert(1)&gt;&amp;amp;&lt;a" in mark.hovertext[0].replace("<br>", " ")
    assert mark.hovertemplate is None


def test_hover_text_is_escaped_in_every_part() -> None:
    told = hover_text("<i>", "<u>", quote="<s> & " * 100)
    assert told.startswith("<b>&lt;i&gt;</b><br>&lt;u&gt;<br><i>“&lt;s&gt; &amp; ")
    assert len(told) < 700
    assert escape_markup("a < b & c") == "a &lt; b &amp; c"


@pytest.mark.parametrize("figure", [dumbbell(), trend(), trend(axis="calendar")])
def test_charts_are_plain_and_fluid(figure: Any) -> None:
    assert figure.layout.width is None
    assert figure.layout.height > 0
    assert figure.layout.dragmode is False
    assert all(axis.fixedrange for axis in (*figure.select_xaxes(), *figure.select_yaxes()))


def test_the_configuration_never_offers_an_upload() -> None:
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False


def test_schemes_have_palettes() -> None:
    assert palette_of("dark") is DARK
    assert palette_of(None) is palette_of("light") is LIGHT


def test_text_is_readable_on_paper() -> None:
    for palette in (LIGHT, DARK):
        for text in (palette.ink, palette.muted):
            assert _contrast(text, palette.paper) >= 4.5


def _contrast(one: str, two: str) -> float:
    lights = sorted(_light(colour) for colour in (one, two))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_frames_are_not_changed_by_drawing() -> None:
    frame = golden_trend(DAYS)
    before = frame.copy()
    trend_figure(frame, days_frame(map(counting_day, golden_records())), Drawing(LOOKS, LIGHT), as_of=DAYS[0])
    pd.testing.assert_frame_equal(frame, before)
