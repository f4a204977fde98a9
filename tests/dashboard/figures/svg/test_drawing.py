"""Every chart of every page on every day can be drawn without a browser, and the drawing says what the chart says."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.figures import DARK, LIGHT, THEMED, Drawing, dumbbell_figure
from dashboard.figures.svg import draw_fluid, draw_svg
from dashboard.markup.html_text import DRAWN_NAMES, DRAWN_TAGS, write_nodes
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


def middle(element: ET.Element) -> float:
    """Return how far from the left the middle of a mark lies, px."""
    return float(str(element.get("transform")).removeprefix("translate(").partition(",")[0])


def test_marks_lie_where_the_chart_has_them_and_say_what_its_hover_boxes_say() -> None:
    figure = dumbbell()
    (ukraine,) = [trace for trace in figure["data"] if trace["name"] == "UKR own"]
    root = parsed(figure)
    hue = LOOKS["UKR"].hue
    marks = [
        place for place in root.iter(f"{SPACE}g") for path in place.iter(f"{SPACE}path") if path.get("fill") == hue
    ]
    margin = figure["layout"]["margin"]["l"]
    lefts = {middle(mark) for mark in marks if mark.get("transform")}
    assert sorted(lefts) == pytest.approx(sorted(margin + x * (720 - 2 * margin) for x in ukraine["x"]), abs=0.1)
    (title, *_) = marks[0].iter(f"{SPACE}title")
    assert str(title.text).startswith("Ukraine · ")


def fluid(figure: Any, *, titled: bool = False, **fields: Any) -> ET.Element:
    """Draw a figure for a page and read it back from its text; it may be as wide as 1,000 px."""
    nodes = draw_fluid(
        figure, titled=titled, **{"name": "Where they stand", "link": lambda ref: {"href": f"#{ref}"}} | fields
    )
    return parse_svg(write_nodes(nodes, tags=DRAWN_TAGS, names=DRAWN_NAMES))


def test_a_drawing_in_a_page_fits_any_width_and_keeps_the_size_of_its_letters() -> None:
    figure = dumbbell()
    root = fluid(figure)
    margin = figure["layout"]["margin"]
    assert root.get("style") == f"padding:0 {margin['r']}px 0 {margin['l']}px"
    (drawing,) = root
    assert drawing.get("width") is drawing.get("viewBox") is None
    (ukraine,) = [trace for trace in figure["data"] if trace["name"] == "UKR own"]
    places = {place.get("x") for place in drawing.iter("svg") for path in place.iter("path") if path.get("d")}
    assert {f"{100 * x:g}%" for x in ukraine["x"]} <= places
    assert {text.get("font-size") for text in root.iter("text")} <= {None, "13", "11"}


def test_lines_of_a_fluid_drawing_are_stretched_and_not_their_strokes(source: CaseStore) -> None:
    view = source.fit_view(read_address("/"))
    picture = source.picture(view)
    assert picture
    _, trend = PAGES["overview"].figures(picture, view, party_styles(picture.case.codebook), THEMED)
    stretched = [one for one in fluid(trend).iter("svg") if one.get("preserveAspectRatio") == "none"]
    assert stretched
    strokes = [path for one in stretched for path in one if path.get("stroke")]
    assert {path.get("vector-effect") for path in strokes} == {"non-scaling-stroke"}


def test_marks_are_links_in_reading_order_with_their_words() -> None:
    root = fluid(dumbbell())
    refs = [ref for trace in dumbbell()["data"] for ref in trace.get("customdata", ())]
    links = list(root.iter("a"))
    assert sorted(str(link.get("href")) for link in links) == sorted(f"#{ref}" for ref in refs)
    heights = [float(str(place.get("y"))) for place in root.iter("svg") if place.find("a") is not None]
    assert heights == sorted(heights)
    assert any(str(link.get("aria-label")).startswith("Ukraine · ") for link in links)
    assert not list(root.iter("title"))
    titles = [str(title.text) for title in fluid(dumbbell(), titled=True).iter("title")]
    # A reader of XML takes the line breaks of an attribute for blanks, a browser does not.
    assert [title.replace("\n", " ") for title in titles] == [link.get("aria-label") for link in links]


def test_an_arrow_of_a_fluid_drawing_goes_from_where_a_party_was_to_where_it_is() -> None:
    levels = (("2022-03-01", "RUS", -1), ("2022-03-01", "UKR", 2), ("2022-03-10", "RUS", 1), ("2022-03-10", "UKR", 0))
    records = [said(day, party, "neutrality", level, number=n) for n, (day, party, level) in enumerate(levels)]
    before = state_at(records, golden_codebook(), as_of=date(2022, 3, 1))
    ghosts = marks_frame(before, golden_codebook(), {record.statement.id: record for record in records})
    figure = dumbbell(records, ghosts=ghosts)
    arrows = [note for note in figure["layout"]["annotations"] if note["showarrow"]]
    assert len(arrows) == 2
    root = fluid(figure)
    boxes = [one for one in root.iter("svg") if one.get("width")]
    assert [(box.get("x"), box.get("width")) for box in boxes] == [
        (f"{100 * min(note['x'], note['ax']):g}%", f"{100 * abs(note['x'] - note['ax']):g}%") for note in arrows
    ]


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
    root = parsed(figure, title=hostile, description=hostile)
    within = fluid(figure, name=hostile, link=lambda _: {"href": "javascript:'\"<>"})
    assert {element.tag for element in within.iter()} <= {"div", "svg", "path", "circle", "line", *TAGS}
    assert {element.tag.removeprefix(SPACE) for element in root.iter()} <= {"svg", "title", "desc", "path", *TAGS}
    assert next(iter(root)).text == hostile.replace("\x00", "\ufffd")


TAGS = {"a", "g", "rect", "line", "text", "tspan", "polygon"}


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
