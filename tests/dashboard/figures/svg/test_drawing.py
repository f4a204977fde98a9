"""Every chart of every page on every day can be drawn without a browser, and the drawing says what the chart says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.figures import DARK, LIGHT, THEMED, Drawing, dumbbell_figure
from dashboard.figures.svg import draw_svg
from dashboard.pages import PAGES
from dashboard.query.day_frames import marks_frame, rows_frame
from dashboard.query.source import CaseStore
from dashboard.query.view import read_address
from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.wording.party_style import party_styles
from positions.workspace import open_workspace
from tests.dashboard.figures.svg.parsed import SPACE, parse_svg, texts
from tests.examples import golden_codebook, golden_records, said
from tests.negotiations import write_river, write_tigray

LOOKS = party_styles(golden_codebook())


def dumbbell(records: Any = None, palette: Any = LIGHT, **fields: Any) -> Any:
    records = records or golden_records()
    state = state_at(records, golden_codebook(), as_of=date(2022, 3, 15))
    rows = rows_frame(state, golden_codebook(), compare(state, golden_codebook(), "RUS", "UKR"))
    marks = marks_frame(state, golden_codebook(), {record.statement.id: record for record in records})
    return dumbbell_figure(rows, marks, Drawing(LOOKS, palette), **fields)


def parsed(figure: Any, **fields: Any) -> Any:
    return parse_svg(draw_svg(figure, **{"width": 720, "title": "Where they stand"} | fields))


EVERY_DAY = ("/?", "/?axis=calendar", "/issue?", "/movement?", "/movement?mode=day")


def draw_charts(source: CaseStore, addresses: Iterable[str]) -> int:
    """Draw the charts of some addresses; return how many there are."""
    count = 0
    for address in addresses:
        view = source.fit_view(read_address(address))
        picture = source.picture(view)
        assert picture
        for figure in PAGES[view.page].figures(picture, view, party_styles(picture.case.codebook), THEMED):
            assert len(texts(parsed(figure))) >= len(figure["layout"]["annotations"]) - _arrows(figure)
            count += 1
    return count


def every_day(source: CaseStore, *, days: slice = slice(None)) -> Iterator[str]:
    """Yield the addresses of pages with charts on a case's days, each compared with the day before."""
    case, before = source.case(source.fit_view(read_address("/"))), ""
    for day in case.days[days]:
        yield from (f"{address}&as_of={day}{before}" for address in EVERY_DAY)
        before = f"&compare={day}&from={day}"


def every_issue(source: CaseStore) -> Iterator[str]:
    """Yield the addresses of the pages of all issues, on both axes."""
    for issue in source.case(source.fit_view(read_address("/"))).codebook.issues:
        yield from (f"/issue?issue={issue.id}", f"/issue?issue={issue.id}&axis=calendar")


def _arrows(figure: Any) -> int:
    return sum(note["showarrow"] for note in figure["layout"]["annotations"])


def test_every_chart_of_the_shipped_case_is_drawn_on_every_day(source: CaseStore) -> None:
    assert draw_charts(source, [*every_day(source), *every_issue(source)]) > 80


@pytest.mark.parametrize(("write", "days"), [(write_tigray, slice(None)), (write_river, slice(2, None, 29))])
def test_other_negotiations_are_drawn_as_well(write: Callable[[Path], Path], days: slice, tmp_path: Path) -> None:
    with open_workspace(write(tmp_path / "case")) as workspace:
        source = CaseStore(workspace)
        assert draw_charts(source, [*every_day(source, days=days), *every_issue(source)]) > 10


def test_the_drawing_has_a_name_a_description_and_its_size() -> None:
    root = parsed(dumbbell(), description="Russia and Ukraine <apart>")
    assert root.get("role") == "img"
    assert [child.text for child in list(root)[:2]] == ["Where they stand", "Russia and Ukraine <apart>"]
    assert root.get("viewBox") == f"0 0 720 {root.get('height')}"


def test_marks_lie_where_the_chart_has_them_and_say_what_its_hover_boxes_say() -> None:
    figure = dumbbell()
    (ukraine,) = [trace for trace in figure["data"] if trace["name"] == "UKR own"]
    root = parsed(figure)
    marks = [path for path in root.iter(f"{SPACE}path") if path.get("fill") == LOOKS["UKR"].hue]
    lefts = [float(str(mark.get("transform")).removeprefix("translate(").partition(",")[0]) for mark in marks]
    margin = figure["layout"]["margin"]["l"]
    assert lefts == pytest.approx([margin + x * (720 - 2 * margin) for x in ukraine["x"]], abs=0.1)
    title = marks[0].find(f"{SPACE}title")
    assert title is not None
    assert str(title.text).startswith("Ukraine · ")


def test_marks_are_links_if_the_caller_has_addresses() -> None:
    root = parsed(dumbbell(), link=lambda statement: f"#{statement}")
    assert root.get("role") == "group"
    marks = [ref for trace in dumbbell()["data"] for ref in trace.get("customdata", ())]
    assert [link.get("href") for link in root.iter(f"{SPACE}a")] == [f"#{ref}" for ref in marks]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_scheme_has_its_colours_and_a_themed_drawing_the_pages_variables(palette: Any) -> None:
    assert palette.muted in draw_svg(dumbbell(palette=palette), width=400, title="x")
    themed = draw_svg(dumbbell(palette=THEMED), width=400, title="x")
    assert "var(--muted)" in themed
    assert "var(--chart-hairline)" in themed
    assert LIGHT.muted not in themed


def test_hostile_text_stays_text() -> None:
    hostile = "</title><script>alert(1)</script><a href='javascript:x'>\x00&amp;"
    record = said("2022-03-01", "RUS", "neutrality", 2, number=1)
    changed = record.statement.model_copy(update={"quote": hostile, "end": len(hostile)})
    figure = dumbbell([type(record)(changed, record.published_on, record.outlet, record.recorded_at)])
    root = parsed(figure, title=hostile, description=hostile, link=lambda _: "javascript:'\"<>")
    assert {element.tag.removeprefix(SPACE) for element in root.iter()} <= {"svg", "title", "desc", "path", *TAGS}
    assert next(iter(root)).text == hostile.replace("\x00", "\ufffd")


TAGS = {"a", "g", "rect", "text", "tspan", "polygon"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda figure: figure["data"][0].update(type="pie"), "type: found pie, allowed: bar, scatter"),
        (lambda figure: figure["data"][0].update(hole=1), "scatter: found hole, which is not drawn"),
        (lambda figure: figure["data"][0].update(fill="tonexty"), "fill: found tonexty, allowed: toself"),
        (lambda figure: figure["data"][0]["marker"].update(symbol="bowtie"), "symbol: found bowtie"),
        (lambda figure: figure["layout"].update(polar={}), "layout: found polar"),
        (lambda figure: figure["layout"]["xaxis"].update(dtick=1), "xaxis: found dtick"),
        (lambda figure: figure["layout"]["xaxis"].update(visible=True), "x: found no tickvals"),
        (lambda figure: figure["layout"]["shapes"][0].update(type="circle"), "shape: found circle"),
        (lambda figure: figure["layout"]["annotations"][0].update(text="<h1>x</h1>"), "found <h1> in a label"),
        (lambda figure: figure.update(frames=[]), "figure: found frames"),
    ],
)
def test_what_no_chart_has_is_refused_by_name(change: Callable[[Any], Any], message: str) -> None:
    figure = deepcopy(dumbbell())
    change(figure)
    with pytest.raises(ValueError, match=message):
        draw_svg(figure, width=400, title="x")
