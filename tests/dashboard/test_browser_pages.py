"""What the pages do in a browser: forms, filters, search, documents, marks, play, data and pictures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from tests.dashboard.conftest import Opener

pytestmark = pytest.mark.browser

CHARTS = ("issue",)


def show(opened: Opener, address: str, **size: Any) -> Any:
    page = opened(address, **size, page=True)
    name = address.split("?")[0]
    page.wait_for_selector(f"#page.on-{name} #above *", state="attached")
    if name in CHARTS:
        page.wait_for_selector("#chart-1-place .drawing", state="attached")
    return page


def test_pages_are_reached_by_keyboard(opened: Opener) -> None:
    page = show(opened, "issue")
    page.focus("#nav a >> nth=2")
    page.keyboard.press("Enter")
    page.wait_for_selector("#page.on-venues #above table")
    assert page.evaluate("() => document.activeElement.textContent") == "Venue · Humanitarian steps"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#page.on-preconditions #above table")


def test_a_form_changes_the_address_and_the_page_by_keyboard(opened: Opener) -> None:
    page = show(opened, "issue?issue=venue")
    page.focus("select[name=issue]")
    page.keyboard.type("Peace")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Peace talks')")
    assert "issue=talks" in page.url


def test_filters_are_set_and_taken_back(opened: Opener) -> None:
    page = show(opened, "preconditions")
    every = page.locator("#above tbody tr").count()
    page.locator("#options-box summary").click()
    page.get_by_label("United States").check()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_function("() => location.search.includes('parties=USA')")
    page.wait_for_function("every => document.querySelectorAll('#above tbody tr').length < every", arg=every)
    page.get_by_role("link", name="Show everything").click()
    page.wait_for_function("every => document.querySelectorAll('#above tbody tr').length === every", arg=every)


def test_search_finds_statements_and_opens_them(opened: Opener, source: CaseStore) -> None:
    page = show(opened, "documents")
    page.get_by_label("Search all").fill("SAYING nó to minsk")
    page.keyboard.press("Enter")
    page.wait_for_selector("#page.on-statements .found")
    page.wait_for_function("() => document.querySelector('.found').textContent.startsWith('1 of 117 statements')")
    assert page.locator("#above .quote .hit").all_inner_texts() == ["saying", "no", "to", "Minsk"]
    page.locator("#above .quote").first.click()
    page.wait_for_selector("#document-text mark")
    assert page.locator("#document-text mark").inner_text() == source.case(View()).records["003-22"].statement.quote


def test_counts_narrow_the_list_and_are_taken_back(opened: Opener) -> None:
    page = show(opened, "statements?q=minsk")
    page.get_by_role("link", name="Belarusian Foreign Ministry 1").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.found').textContent.startsWith('1 of 117')")
    assert "speaker=belarus-foreign-ministry" in page.url
    page.get_by_role("link", name="Remove Speaker: Belarusian Foreign Ministry").click()
    page.wait_for_function("() => document.querySelector('.found').textContent.startsWith('11 of 117')")
    page.get_by_role("link", name="Clear all").click()
    page.wait_for_function("() => document.querySelector('.found').textContent.startsWith('117 statements')")


def test_a_hit_opens_its_document_there(opened: Opener) -> None:
    page = show(opened, "statements?q=%22prepared+everything%22")
    page.locator(".hits .excerpts a").first.click()
    page.wait_for_selector("#page.on-documents .whole .hit.chosen")
    assert page.locator(".whole .hit").all_inner_texts() == ["prepared everything"]
    in_sight = """() => { const box = document.querySelector('.whole').getBoundingClientRect(),
      hit = document.querySelector('.hit').getBoundingClientRect();
      return hit.top >= box.top && hit.bottom <= box.bottom; }"""
    assert page.evaluate(in_sight)


def test_what_finds_nothing_says_what_to_try(opened: Opener) -> None:
    page = show(opened, "statements?q=minsk&parties=USA")
    page.wait_for_selector("text=Nothing was found; with other parties there are 11; with other words there are")


def test_a_document_shows_every_quote_in_its_place(opened: Opener, source: CaseStore) -> None:
    page = show(opened, "documents?document=003")
    case = source.case(View())
    assert page.evaluate("() => document.querySelector('.whole').textContent") == case.documents["003"].text
    spoken = [r.statement for r in case.records.values() if r.statement.document == "003"]
    marked = page.evaluate("() => [...document.querySelectorAll('.whole mark')].map(m => m.textContent).join('')")
    covered = {place for said in spoken for place in range(said.start, said.end)}
    assert len(marked) == len(covered)
    link = page.locator(".whole mark a", has_text="saying no to Minsk")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".beside [data-shown='003-22']")
    page.wait_for_function("() => document.activeElement.textContent === 'Ukraine on Venue: Minsk'")
    assert page.evaluate("() => [...document.querySelectorAll('.chosen')].map(m => m.textContent).join('')") == (
        case.records["003-22"].statement.quote
    )
    text, record = page.locator(".whole").bounding_box(), page.locator(".beside").bounding_box()
    assert text["x"] + text["width"] <= record["x"], "the record covers no text"
    assert not page.locator("#drawer").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".beside [data-shown]", state="detached")
    page.wait_for_function("() => document.activeElement.textContent.includes('saying no to Minsk')")
    assert page.url.endswith("documents?document=003")


def test_a_mark_of_a_path_opens_its_words(opened: Opener) -> None:
    page = show(opened, "issue?issue=talks")
    page.locator("#chart-1-place .drawing a[href*='&statement=']").first.click()
    page.wait_for_selector("#document-text mark")


def test_a_mark_of_several_statements_opens_their_list(opened: Opener) -> None:
    page = show(opened, "issue?issue=talks")
    page.locator("#chart-1-place .drawing a[href^='/statements?']").first.click()
    page.wait_for_selector("#page.on-statements:not(.waiting) #above .found")


@pytest.mark.parametrize("name", list(PAGES))
def test_the_twins_equal_the_view(opened: Opener, address: str, name: str) -> None:
    query = "?as_of=2022-02-27&issues=venue,talks"
    page = opened(f"{'' if name == 'overview' else name}{query}", page=True)
    page.wait_for_selector(f"#page.on-{name} #twins a")
    link = page.locator("#twins a", has_text="CSV").get_attribute("href")
    assert link == f"/{name}.csv{query.replace('issues=venue,talks', 'issues=talks,venue')}"
    rows = list(csv.DictReader(io.StringIO(urlopen(address + link[1:]).read().decode("utf-8-sig"))))
    told = json.loads(urlopen(address + link[1:].replace(".csv", ".json")).read())
    assert len(rows) == len(next(iter(told["tables"].values())))
    if name == "overview":
        page.wait_for_selector("#matrix table")
        shown = page.evaluate("() => [...document.querySelectorAll('#matrix [data-open]')].map(b => b.dataset.open)")
        assert {row["statement"] for row in rows if row["holder"] in ("RUS", "UKR", "USA")} == set(shown)


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
def test_the_data_are_saved_and_the_page_stays(opened: Opener, kind: str) -> None:
    page = show(opened, "statements?q=minsk")
    with page.expect_download() as found:
        page.locator("#twins a", has_text=kind).click()
    assert found.value.suggested_filename in ("statements-statements.csv", "positions-statements.json")
    assert page.url.endswith("statements?q=minsk")
    assert page.locator("#above .found").is_visible()


def test_embedded_pages_leave_the_frame_out(opened: Opener) -> None:
    page = show(opened, "movement?embed=1")
    assert not page.locator("#nav").is_visible()
    assert not page.locator("footer").is_visible()
    assert page.locator("#above .verdict").first.is_visible()


def test_play_takes_one_step_where_less_motion_is_wanted_and_stops_once_it_is(opened: Opener) -> None:
    page = opened("?as_of=2022-01-31")
    play = page.get_by_role("button", name="Play")
    play.click()
    page.wait_for_function("() => document.querySelector('#day h2').textContent.includes('23 February')")
    assert play.inner_text() == "Play", "no timer runs"
    page.emulate_media(reduced_motion="no-preference")
    play.click()
    page.wait_for_selector("[data-play]:text('Stop')")
    page.wait_for_function("() => document.querySelector('#day h2').textContent.includes('26 February')")
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_selector("[data-play]:text('Play')")


def test_page_keys_and_the_axis_work_by_keyboard(opened: Opener) -> None:
    page = opened("?as_of=2022-02-26")
    page.focus("[data-handle=as_of]")
    page.keyboard.press("PageDown")
    page.wait_for_function("() => document.querySelector('#day h2').textContent.includes('25 February')")
    page.keyboard.press("PageUp")
    page.wait_for_function("() => document.querySelector('#day h2').textContent.includes('26 February')")
    page.locator("#axis a", has_text="Calendar").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('axis=calendar')")
    page.wait_for_function("() => !document.querySelector('#trend-place').textContent.includes('days')")


def test_a_compared_day_is_chosen_by_keyboard_leaves_ghosts_and_stays_in_the_link(opened: Opener) -> None:
    page = opened("?as_of=2022-04-14")
    ghosts = "() => document.querySelectorAll('#dumbbell-place polygon').length"
    assert page.evaluate(ghosts) == 0
    page.focus("#options-box summary")
    page.keyboard.press("Enter")
    page.get_by_label("Compare with").fill("2022-02-27")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('compare=2022-02-27')")
    page.wait_for_function(f"() => ({ghosts})() > 0")
    page.wait_for_function("() => document.querySelector('#dumbbell-words').textContent.includes('27 February 2022')")
    page.reload()
    page.wait_for_function(f"() => ({ghosts})() > 0")


def test_a_filter_of_issues_says_that_it_changes_no_distance(opened: Opener) -> None:
    page = opened("?issues=talks")
    told = "() => document.querySelector('#notice').textContent"
    page.wait_for_function(f"() => ({told})().includes('Distances are still measured over all issues.')")
    assert page.locator(".pane").count() == 1
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Who moved").click()
    page.wait_for_function(f"() => ({told})().includes('The sentences and distances are of all issues.')")


def test_the_line_of_the_day_moves_over_the_small_charts(opened: Opener) -> None:
    page = opened("?as_of=2022-04-14")
    line = "() => document.querySelector('#multiples').style.getPropertyValue('--now')"
    page.wait_for_function(f"() => ({line})() === '96.00%'")
    page.evaluate("() => { document.querySelector('.pane').dataset.kept = 'yes'; }")
    page.focus("[data-handle=as_of]")
    page.keyboard.press("Home")
    page.wait_for_function(f"() => ({line})() === '0.00%'")
    assert page.locator(".pane[data-kept]").count() == 1, "the charts are not drawn anew"


def test_the_picture_and_the_link_are_given(opened: Opener) -> None:
    page = opened()
    page.wait_for_selector("#twins button")
    with page.expect_download() as found:
        page.get_by_role("link", name="Where they stand as PNG").click()
    assert found.value.suggested_filename == "positions-overview-1.png"
    assert Path(found.value.path()).read_bytes().startswith(b"\x89PNG")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_selector("#said:text('The link was copied.')")
    for name, words in (("Cite Where they stand", "record book at"), ("Embed Where they stand", "<img src=")):
        page.get_by_role("link", name=name).click()
        page.wait_for_function("words => document.getElementById('said').textContent.includes(words)", arg=words)
        assert words in page.evaluate("() => navigator.clipboard.readText()")
