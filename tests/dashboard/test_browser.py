"""The dashboard of the shipped case in a real browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.figures import DARK, LIGHT
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from tests.dashboard.conftest import Opener, settle

pytestmark = pytest.mark.browser

SLIDER = "[data-handle=as_of]"
NOTES = "() => document.querySelector('#dumbbell .js-plotly-plot').layout.annotations.map(note => note.text)"


def wait_day(page: Any, day: str) -> None:
    page.wait_for_function("day => document.querySelector('#day h2')?.textContent === `As of ${day}`", arg=day)


def chart(page: Any) -> list[Any]:
    found: list[Any] = page.evaluate(NOTES)
    return found


def quoted(page: Any, source: CaseStore, ref: str) -> None:
    """The drawer shows the statement's quote, marked in its document, in sight."""
    record = source.case(View()).records[ref]
    document = source.case(View()).documents[record.statement.document]
    page.wait_for_selector("#document-text mark")
    assert (
        page.locator("#document-text mark").evaluate("mark => mark.textContent")
        == (document.text or "")[record.statement.start : record.statement.end]
    )
    assert page.locator("#document-text").evaluate("box => box.textContent") == document.text
    page.wait_for_function(
        """() => { const box = document.querySelector('#document-text'), mark = box.querySelector('mark');
        const low = mark.offsetTop - box.scrollTop; return low >= 0 && low < box.clientHeight; }"""
    )


def test_the_slider_moves_chart_table_and_address(opened: Opener) -> None:
    page = opened()
    before, lines = chart(page), page.locator("#matrix .line").count()
    page.focus(SLIDER)
    for day in ("13 April 2022", "10 April 2022"):
        page.keyboard.press("ArrowLeft")
        wait_day(page, day)
    assert page.url.endswith("?as_of=2022-04-10")
    assert page.get_attribute(SLIDER, "aria-valuetext") == "10 April 2022"
    told = json.dumps(before, ensure_ascii=False, separators=(",", ":"))
    page.wait_for_function(f"before => JSON.stringify(({NOTES})()) !== before", arg=told)
    assert page.locator("#matrix .line").count() < lines
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    wait_day(page, "26 February 2022")
    page.keyboard.press("Home")
    wait_day(page, "31 January 2022")
    page.keyboard.press("End")
    wait_day(page, "14 April 2022")
    page.wait_for_function("() => location.search === ''")


def test_a_link_and_a_reload_give_the_same_view(opened: Opener, source: CaseStore) -> None:
    page = opened("?as_of=2022-02-27&axis=calendar&statement=003-22")
    wait_day(page, "27 February 2022")
    quoted(page, source, "003-22")
    before = chart(page)
    page.reload()
    settle(page)
    quoted(page, source, "003-22")
    assert chart(page) == before
    assert page.locator("#axis input:checked").get_attribute("value") == "calendar"
    assert page.get_attribute(SLIDER, "aria-valuenow") == "5"
    page.keyboard.press("Escape")
    page.wait_for_selector("#document-text", state="detached")
    page.wait_for_function("() => location.search === '?as_of=2022-02-27&axis=calendar'")


def test_a_mangled_link_opens_what_it_can_and_says_what_it_cannot(opened: Opener) -> None:
    page = opened("?as_of=2022-03-20&axis=spiral&statement=nobody&known_at=soon&x=%ff")
    wait_day(page, "20 March 2022")
    kept = "?as_of=2022-03-20&known_at=soon&statement=nobody"
    page.wait_for_function("kept => location.search === kept", arg=kept)
    notice = page.inner_text("#notice")
    assert "No statement has the id “nobody”." in notice
    assert "“soon” is not a day or a time such as 2022-02-27T12:00:00Z." in notice
    assert page.locator("#document-text").count() == 0
    page.locator("#nav").get_by_role("link", name="Method").click()
    page.wait_for_selector("#page.on-method")
    page.wait_for_function("() => location.search === '?as_of=2022-03-20'")
    page.go_back()
    page.wait_for_function("kept => location.search === kept", arg=kept)


def test_a_row_opens_its_quote_and_gives_the_focus_back(opened: Opener, source: CaseStore) -> None:
    page = opened("issue?issue=venue", page=True)
    button = page.locator(".positions .quote", has_text="saying no to Minsk")
    button.focus()
    page.keyboard.press("Enter")
    quoted(page, source, "003-22")
    assert page.url.endswith("?issue=venue&statement=003-22")
    page.keyboard.press("Escape")
    page.wait_for_selector("#document-text", state="detached")
    page.wait_for_function("() => location.search === '?issue=venue'")
    page.wait_for_function("() => document.activeElement.className === 'quote'")
    page.locator(".positions .row", has_text="saying no to Minsk").click(position={"x": 30, "y": 12})
    quoted(page, source, "003-22")


POINTED = """([figure, name, place]) => {
  const plot = document.querySelector(`#${figure} .js-plotly-plot`);
  const index = plot.data.findIndex(trace => trace.name === name);
  plot.scrollIntoView({block: 'center'});
  const trace = plot.calcdata[index][0].trace, box = plot.getBoundingClientRect(), full = plot._fullLayout;
  const x = full[trace.xaxis.replace('x', 'xaxis')], y = full[trace.yaxis.replace('y', 'yaxis')];
  const ref = trace.customdata[place];
  return {x: box.left + x._offset + x.d2p(trace.x[place]), y: box.top + y._offset + y.d2p(trace.y[place]), ref,
          known: (plot._hoverdata || []).some(point => point.customdata === ref)};
}"""


def click_mark(page: Any, figure: str, trace: str, place: int) -> str:
    """Click a mark by its place in a trace; return its customdata.

    It is pointed at until the chart knows it: a closing drawer lies over it for a while, and a chart that is drawn
    anew drops what it was pointed at.
    """
    for _ in range(100):
        found = page.evaluate(POINTED, [figure, trace, place])
        if found["known"]:
            page.mouse.click(found["x"], found["y"])
            return str(found["ref"])
        page.mouse.move(found["x"] - 2, found["y"])
        page.mouse.move(found["x"], found["y"])
        page.wait_for_timeout(100)
    raise AssertionError(f"the mark of {trace} in {figure} cannot be pointed at")


def test_a_mark_opens_its_quote_twice(opened: Opener, source: CaseStore) -> None:
    page = opened()
    for _ in range(2):
        ref = click_mark(page, "dumbbell", "UKR own", 0)
        quoted(page, source, ref)
        page.keyboard.press("Escape")
        page.wait_for_selector("#document-text", state="detached")
        page.wait_for_function("() => document.activeElement.querySelector('#dumbbell')")


def test_a_mark_in_time_takes_you_to_its_day(opened: Opener) -> None:
    page = opened()
    day = click_mark(page, "trend", "marks", 0)
    wait_day(page, "25 February 2022")
    assert day == "2022-02-25"
    page.wait_for_function("() => location.search === '?as_of=2022-02-25'")
    page.go_back()
    wait_day(page, "14 April 2022")


def test_statements_of_one_position_lead_to_each_other(opened: Opener, source: CaseStore) -> None:
    page = opened("?statement=002-18")
    quoted(page, source, "002-18")
    page.locator(".companions .quote").first.click()
    page.wait_for_function("() => location.search !== '?statement=002-18'")
    page.wait_for_function("() => document.querySelector('#document-text mark').textContent.includes('ready to talk')")


def test_time_is_drawn_to_the_calendar_on_demand(opened: Opener) -> None:
    page = opened()
    page.get_by_text("Calendar", exact=True).click()
    page.wait_for_function("() => location.search === '?axis=calendar'")
    page.wait_for_function("() => document.querySelector('#trend .js-plotly-plot').layout.xaxis.type === 'date'")


def test_a_line_of_the_matrix_opens_its_quotes_and_these_their_documents(opened: Opener, source: CaseStore) -> None:
    page = opened("?as_of=2022-02-27&compare=2022-02-25")
    page.locator("#matrix .opens", has_text="rejects Belarus and Minsk").click()
    box = page.locator(".evidence:popover-open")
    assert box.locator("blockquote").count() == 2
    box.locator("div", has_text="saying no to Minsk").get_by_role("button", name="Open in its document").click()
    quoted(page, source, "003-22")
    assert page.locator(".evidence:popover-open").count() == 0


def test_each_part_of_the_verdict_opens_its_quotes_and_escape_goes_back_to_it(opened: Opener) -> None:
    page = opened("?as_of=2022-02-27")
    part = page.locator("#verdict .opens").first
    part.focus()
    page.keyboard.press("Enter")
    box = page.locator(".evidence:popover-open")
    assert box.locator("blockquote").count() >= 2
    page.keyboard.press("Escape")
    assert page.locator(".evidence:popover-open").count() == 0
    assert part.evaluate("button => button === document.activeElement")


def test_every_page_has_a_title_and_a_heading_of_its_own(opened: Opener) -> None:
    page, titles = opened(), set()
    links = page.locator("#nav a")
    for number in range(links.count()):
        words = links.nth(number).inner_text()
        links.nth(number).click()
        page.wait_for_selector(f"#nav a[aria-current]:has-text('{words}')")
        titles.add((page.title(), page.locator("h1").inner_text()))
        assert page.locator("h1").count() == 1
    assert len({title for title, _ in titles}) == len({heading for _, heading in titles}) == links.count()


def test_nothing_can_be_shared_with_a_server(opened: Opener) -> None:
    page = opened()
    page.hover("#dumbbell .js-plotly-plot")
    page.hover("#trend .js-plotly-plot")
    assert page.locator(".modebar-btn").count() == 0
    assert "share" not in page.locator("body").inner_text().lower()


def test_the_switch_turns_the_scheme_and_stays(browser: Any, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    settle(page)
    colour = "() => document.querySelector('#trend .js-plotly-plot').layout.font.color"
    assert page.evaluate(colour) == LIGHT.ink
    page.click("#toggle")
    page.wait_for_function(f"dark => ({colour})() === dark", arg=DARK.ink)
    page.reload()
    settle(page)
    assert page.evaluate(colour) == DARK.ink
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 29)"
    context.close()


def test_an_empty_view_says_how_to_go_on(opened: Opener, address: str) -> None:
    page = opened()
    page.goto(address + "?public_by=2020-01-01")
    page.get_by_text("Show everything that is known now").click()
    wait_day(page, "14 April 2022")
    settle(page)
