"""The slider in a browser: two handles by keyboard and mouse, and a page that follows while one is moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.query.source import CaseStore
from dashboard.query.view import View, read_address
from dashboard.shell.callbacks import write_moving_parts
from positions.workspace import Workspace, open_workspace
from tests.dashboard.conftest import Opener, served, violations, watched
from tests.negotiations import write_river, write_tigray

pytestmark = pytest.mark.browser

AS_OF, COMPARE = "[data-handle=as_of]", "[data-handle=compare]"
FETCHED = (
    "() => performance.getEntriesByType('resource').some(one => one.name.includes('days.json') && one.responseEnd)"
)
TEXTS = """ids => Object.fromEntries(ids.map(id =>
  [id, (document.getElementById(id) || document.querySelector(`[data-part="${id}"]`)).textContent]))"""


@pytest.fixture(scope="module")
def source(workspace: Workspace) -> CaseStore:
    """The case as a server has it, whose pages ask for the rest of what they show."""
    return CaseStore(workspace, served=True)


def wait_day(page: Any, day: str) -> None:
    page.wait_for_function("day => document.querySelector('#day h2')?.textContent === `As of ${day}`", arg=day)


def wait_search(page: Any, search: str) -> None:
    page.wait_for_function("search => location.search === search", arg=search)


def wait_at_rest(page: Any) -> None:
    """Wait until the server has answered for the day where a handle was released."""
    page.wait_for_selector("#page:not([data-ahead])", state="attached")


def shown_texts(view: View, source: CaseStore) -> dict[str, str]:
    """What each part that follows the handles says on a view, by the server."""
    parts = write_moving_parts(source.fit_view(view), source)
    return {name: "".join(map(_text, nodes)) for name, nodes in parts.items()}


def _text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(map(_text, node[2]))


@contextmanager
def held(page: Any, handle: str) -> Iterator[Callable[[int, int], None]]:
    """Hold a handle by the mouse; hand out how to move it to a stop of so many."""
    box, line = page.locator(handle).bounding_box(), page.locator("#slider").bounding_box()
    height = box["y"] + box["height"] / 2

    def move(stop: int, last: int) -> None:
        page.mouse.move(line["x"] + line["width"] * stop / last, height)
        page.wait_for_function(
            "([handle, stop]) => document.querySelector(handle).getAttribute('aria-valuenow') === String(stop)",
            arg=[handle, stop],
        )

    page.mouse.move(box["x"] + box["width"] / 2, height)
    page.mouse.down()
    yield move
    page.mouse.up()


def walk(page: Any, source: CaseStore) -> None:
    """Drag the handle of the day looked at over all days; all that is shown is what the server says of each."""
    view = read_address("/" + page.url.split("/", 3)[3])
    days = source.case(view).days
    before, entries = page.url, page.evaluate("() => history.length")
    with held(page, AS_OF) as move:
        for stop in (*range(len(days) - 1, -1, -1), len(days) - 2):
            move(stop, len(days) - 1)
            page.wait_for_selector("#page:not([data-behind])", state="attached")
            wanted = shown_texts(replace(view, as_of=days[stop]), source)
            page.wait_for_function(f"([ids, day]) => ({TEXTS})(ids).day === day", arg=[["day"], wanted["day"]])
            assert page.evaluate(TEXTS, list(wanted)) == wanted, days[stop]
            assert (page.url, page.evaluate("() => history.length")) == (before, entries), "nothing is written"
    search = f"as_of={days[-2]}"
    page.wait_for_function("search => location.search.includes(search)", arg=search)
    wait_at_rest(page)
    assert page.evaluate("() => history.length") == entries + 1
    page.go_back()
    page.wait_for_function("before => location.href === before", arg=before)


@pytest.mark.parametrize("path", ["", "movement", "issue?issue=talks", "venues", "preconditions", "party?party=UKR"])
def test_while_it_is_dragged_the_page_says_of_each_day_what_the_server_says(
    opened: Opener, source: CaseStore, path: str
) -> None:
    page = opened(path or "?parties=RUS,UKR", page=True)
    page.wait_for_selector("#page:not(.waiting)")
    page.wait_for_function(FETCHED)
    walk(page, source)


def test_keys_move_both_handles_and_neither_passes_the_other(opened: Opener) -> None:
    page = opened()
    assert page.get_attribute(COMPARE, "aria-valuetext") == "25 February 2022"
    page.focus(COMPARE)
    page.keyboard.press("ArrowLeft")
    wait_search(page, "?compare=2022-02-24")
    assert page.get_attribute(COMPARE, "aria-valuetext") == "24 February 2022"
    page.wait_for_function("() => document.querySelector('#day').textContent.endsWith('with 24 February 2022')")
    page.keyboard.press("End")
    wait_search(page, "?compare=2022-04-13")
    page.keyboard.press("PageDown")
    wait_search(page, "?compare=2022-04-10")
    page.focus(AS_OF)
    page.keyboard.press("Home")
    wait_day(page, "13 April 2022")
    assert page.get_attribute(AS_OF, "aria-valuemin") == "10"
    wait_search(page, "?as_of=2022-04-13&compare=2022-04-10")
    wait_at_rest(page)
    assert page.evaluate("() => document.activeElement.dataset.handle") == "as_of"


def test_a_key_that_is_held_down_is_one_entry_in_the_history(opened: Opener) -> None:
    page = opened()
    entries = page.evaluate("() => history.length")
    page.focus(AS_OF)
    for _ in range(4):
        page.keyboard.down("ArrowLeft")
    wait_day(page, "29 March 2022")
    assert page.evaluate("() => location.search") == ""
    page.keyboard.up("ArrowLeft")
    wait_search(page, "?as_of=2022-03-29")
    assert page.evaluate("() => history.length") == entries + 1
    page.go_back()
    wait_day(page, "14 April 2022")


def test_the_mouse_moves_the_compared_day_and_the_verdict_with_it(opened: Opener, source: CaseStore) -> None:
    page = opened("?as_of=2022-02-28")
    page.hover(COMPARE)
    page.wait_for_function(FETCHED.replace("days.json", "handle=compare"))
    with held(page, COMPARE) as move:
        for stop in (1, 5):
            move(stop, 11)
            day = source.case(View()).days[stop]
            wanted = shown_texts(View(as_of=date(2022, 2, 28), compare=day), source)
            assert page.evaluate(TEXTS, list(wanted)) == wanted
    wait_search(page, "?as_of=2022-02-28&compare=2022-02-27")


def test_a_drag_that_is_given_up_changes_nothing(opened: Opener) -> None:
    page = opened("?parties=RUS,UKR")
    page.wait_for_function(FETCHED)
    with held(page, AS_OF) as move:
        move(4, 11)
        wait_day(page, "26 February 2022")
        page.keyboard.press("Escape")
        wait_day(page, "14 April 2022")
    assert page.evaluate("() => location.search") == "?parties=RUS,UKR"
    assert page.get_attribute(AS_OF, "aria-valuenow") == "11"


def test_a_click_on_the_line_takes_the_nearer_handle_there(opened: Opener) -> None:
    page = opened()
    line = page.locator("#slider").bounding_box()
    page.mouse.click(line["x"] + line["width"] * 6 / 11, line["y"] + 14)
    wait_search(page, "?as_of=2022-02-28")
    wait_at_rest(page)
    page.mouse.click(line["x"] + line["width"] * 1 / 11, line["y"] + 14)
    wait_search(page, "?as_of=2022-02-28&compare=2022-02-23")


def test_handles_are_large_enough_for_a_finger_and_follow_it(browser: Any, address: str) -> None:
    with watched(browser, address, viewport={"width": 390, "height": 844}, has_touch=True) as desk:
        page = desk.page
        page.goto(address)
        page.wait_for_selector("#page:not(.waiting)")
        page.wait_for_function(FETCHED)
        for handle in (AS_OF, COMPARE):
            box = page.locator(handle).bounding_box()
            assert min(box["width"], box["height"]) >= 24
        line = page.locator("#slider").bounding_box()
        page.touchscreen.tap(line["x"] + line["width"] * 7 / 11, line["y"] + 14)
        wait_search(page, "?as_of=2022-03-29")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert desk.troubles == []


def test_a_play_is_one_entry_in_the_history(opened: Opener) -> None:
    page = opened("?as_of=2022-04-10")
    page.emulate_media(reduced_motion="no-preference")
    entries = page.evaluate("() => history.length")
    page.get_by_role("button", name="Play").click()
    wait_day(page, "14 April 2022")
    page.wait_for_selector("[data-play]:text('Play')")
    wait_search(page, "")
    assert page.evaluate("() => history.length") == entries + 1
    page.emulate_media(reduced_motion="reduce")


def test_old_links_to_movements_put_both_handles_on_their_days(opened: Opener) -> None:
    page = opened("movement?from=2022-02-25&to=2022-02-28", page=True)
    wait_day(page, "28 February 2022")
    wait_search(page, "?as_of=2022-02-28&compare=2022-02-25")
    assert page.get_attribute(COMPARE, "aria-valuetext") == "25 February 2022"
    assert page.locator("#above input[name=compare]").input_value() == "2022-02-25"


def test_a_page_of_one_day_has_one_handle(opened: Opener) -> None:
    page = opened("movement?as_of=2022-02-27&mode=day", page=True)
    wait_day(page, "27 February 2022")
    assert page.locator(AS_OF).is_visible()
    assert not page.locator(COMPARE).is_visible()
    assert "compared with" not in page.inner_text("#day")
    page.get_by_role("link", name="Documents").click()
    page.wait_for_selector("#page.on-documents")
    assert not page.locator("#slider").is_visible()


def test_without_a_server_the_page_says_so_and_pales_what_is_of_another_day(browser: Any, address: str) -> None:
    with watched(browser, address) as desk:
        page = desk.page
        page.goto(address)
        page.wait_for_selector("#page:not(.waiting)")
        page.wait_for_function(FETCHED)
        page.context.set_offline(True)
        page.focus(AS_OF)
        page.keyboard.press("ArrowLeft")
        wait_day(page, "13 April 2022")
        page.wait_for_selector("#trouble:not([hidden])")
        assert "cannot be reached" in page.inner_text("#trouble")
        assert page.locator("#page[data-ahead]").count() == 1, "the charts are still of the day before"
        page.focus(COMPARE)
        page.keyboard.press("Home")
        page.wait_for_selector("#page[data-behind]", state="attached")
        page.context.set_offline(False)
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#page:not([data-behind])", state="attached")
        page.wait_for_selector("#trouble", state="hidden")


@pytest.mark.parametrize("write", [write_tigray, write_river])
def test_another_negotiation_is_as_much_at_home(browser: Any, tmp_path: Path, write: Callable[[Path], Path]) -> None:
    with open_workspace(write(tmp_path / "case")) as workspace, served(workspace) as address:
        source = CaseStore(workspace, served=True)
        with watched(browser, address, reduced_motion="reduce") as desk:
            page = desk.page
            page.goto(address)
            page.wait_for_selector("#page:not(.waiting)")
            page.wait_for_function(FETCHED)
            days = source.case(View()).days
            first = max(0, len(days) - 12)
            with held(page, AS_OF) as move:
                for stop in range(len(days) - 1, first - 1, -1):
                    move(stop, len(days) - 1)
                    page.wait_for_selector("#page:not([data-behind])", state="attached")
                    wanted = shown_texts(View(as_of=days[stop]), source)
                    assert page.evaluate(TEXTS, list(wanted)) == wanted, days[stop]
            page.wait_for_function("search => location.search === search", arg=f"?as_of={days[first]}")
            wait_at_rest(page)
            assert violations(page) == []
        assert desk.troubles == []
