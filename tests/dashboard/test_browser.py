"""The dashboard of the shipped case in a real browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.query.source import CaseStore
from dashboard.query.view import View
from tests.dashboard.conftest import INKS, Opener, settle, watched

pytestmark = pytest.mark.browser

SLIDER = "[data-handle=as_of]"
NOTES = "() => [...document.querySelectorAll('#dumbbell-place text')].map(note => note.textContent)"


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
    assert page.locator("#axis [aria-current]").inner_text() == "Calendar"
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


def mark(page: Any, place: str, words: str) -> Any:
    """Return the first mark of a chart that says some words."""
    return page.locator(f"#{place}-place .drawing a[aria-label^='{words}']").first


def test_a_mark_opens_its_quote_twice_and_gets_the_focus_back(opened: Opener, source: CaseStore) -> None:
    page = opened()
    for _ in range(2):
        ukraine = mark(page, "dumbbell", "Ukraine")
        ref = ukraine.get_attribute("href").partition("statement=")[2]
        ukraine.click()
        quoted(page, source, ref)
        page.keyboard.press("Escape")
        page.wait_for_selector("#document-text", state="detached")
        page.wait_for_function("ref => document.activeElement.getAttribute('href')?.endsWith(ref)", arg=ref)


def test_the_arrows_lead_from_mark_to_mark_and_each_says_its_words(opened: Opener, source: CaseStore) -> None:
    page = opened()
    stops = page.locator("#dumbbell-place .drawing a[tabindex='0']")
    assert stops.count() == 1, "a chart is one stop for the tabulator"
    stops.focus()
    words = "() => document.activeElement.getAttribute('aria-label')"
    order = [one.get_attribute("aria-label") for one in page.locator("#dumbbell-place .drawing a").all()]
    told = []
    for key in ("Home", "ArrowRight", "ArrowDown", "ArrowLeft", "End", "End"):
        page.keyboard.press(key)
        told.append(page.evaluate(words))
        box = page.locator(".says")
        assert box.is_visible()
        assert box.locator("> *").all_inner_texts() == told[-1].split("\n")
    assert told == [order[0], order[1], order[2], order[1], order[-1], order[-1]]
    page.keyboard.press("Escape")
    assert not page.locator(".says").is_visible()
    ref = page.evaluate("() => document.activeElement.getAttribute('href')").partition("statement=")[2]
    page.keyboard.press("Enter")
    quoted(page, source, ref)


def test_a_mark_that_is_pointed_at_says_its_words_beside_it(opened: Opener) -> None:
    page = opened()
    page.evaluate("() => document.activeElement.blur()")
    russia = mark(page, "dumbbell", "Russia")
    russia.hover()
    assert page.locator(".says b").inner_text() == russia.get_attribute("aria-label").split("\n")[0]
    page.mouse.move(2, 2)
    assert not page.locator(".says").is_visible()


def test_a_mark_in_time_takes_you_to_its_day(opened: Opener) -> None:
    page = opened()
    page.locator("#trend-place .drawing a").first.click()
    wait_day(page, "25 February 2022")
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
    page.wait_for_function("() => !document.querySelector('#trend-place').textContent.includes('days')")


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
    box.locator("blockquote").nth(1).wait_for()  # it is asked for when the box is opened
    page.keyboard.press("Escape")
    box.wait_for(state="detached")
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


def test_a_chart_is_zoomed_into_on_demand_and_shares_nothing_with_a_server(browser: Any, address: str) -> None:
    with watched(browser, address) as desk:
        page = desk.page
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        page.goto(address)
        settle(page)
        switch = page.get_by_role("button", name="Zoom into Distance over time")
        switch.click()
        page.wait_for_selector(".trend .main-svg .trace", state="attached")
        assert any("plotly" in url for url in asked)
        assert not page.locator("#trend-place").is_visible()
        assert page.locator("#dumbbell-place").is_visible(), "the other chart stays"
        assert switch.get_attribute("aria-pressed") == "true"
        page.hover(".trend .js-plotly-plot")
        titles = page.evaluate("() => [...document.querySelectorAll('.modebar-btn')].map(one => one.dataset.title)")
        assert titles == ["Zoom in", "Zoom out", "Reset axes"]
        shown = "() => document.querySelector('.trend .js-plotly-plot').layout.shapes.at(-1).x0"
        later = page.evaluate(shown)
        page.focus(SLIDER)
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"later => ({shown})() < later", arg=later)
        colour = "() => document.querySelector('.trend .js-plotly-plot').layout.font.color"
        before = page.evaluate(colour)
        page.click("#toggle")
        page.wait_for_function(f"before => ({colour})() !== before", arg=before)
        switch.click()
        page.wait_for_selector(".trend .main-svg", state="detached")
        assert page.locator("#trend-place").is_visible()
    assert desk.troubles == []


def test_the_switch_turns_the_scheme_and_stays(browser: Any, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    settle(page)
    colour = "() => getComputedStyle(document.querySelector('#dumbbell-place text')).fill"
    assert page.evaluate(colour) == INKS["light"]
    page.click("#toggle")
    page.wait_for_function(f"dark => ({colour})() === dark", arg=INKS["dark"])
    page.reload()
    settle(page)
    assert page.evaluate(colour) == INKS["dark"]
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 29)"
    context.close()


def test_an_empty_view_says_how_to_go_on(opened: Opener, address: str) -> None:
    page = opened()
    page.goto(address + "?public_by=2020-01-01")
    page.get_by_text("Show everything that is known now").click()
    wait_day(page, "14 April 2022")
    settle(page)
