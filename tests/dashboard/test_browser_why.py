"""The box that says why fetches what it says when it is opened, and says so if it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dashboard.conftest import Opener, Watched
from tests.dashboard.test_browser_pages import show

pytestmark = pytest.mark.browser
MOVES = "movement?compare=2022-02-25&as_of=2022-02-27&parties=RUS,UKR"
OPEN = "[popover]:popover-open"


def open_box(page: Any) -> Any:
    page.locator("#above .effects button", has_text="Venue, from Russia: 0.00 → 1.00").click()
    box = page.locator(OPEN)
    box.wait_for()
    return box


def test_nothing_is_fetched_before_a_box_is_opened_and_its_content_replaces_the_link(opened: Opener) -> None:
    page = show(opened, MOVES)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/why.json" in sent.url else None)
    page.wait_for_load_state("networkidle")
    assert asked == []
    box = open_box(page)
    box.locator("dl").wait_for()
    assert len(asked) == 1
    assert "issue=venue" in asked[0]
    assert box.get_by_role("link", name="The whole calculation").count() == 1
    assert box.locator("blockquote").count() > 0


def test_a_box_that_cannot_fetch_says_so_keeps_its_link_and_tries_again(opened: Opener, desk: Watched) -> None:
    page = show(opened, MOVES)
    page.wait_for_load_state("networkidle")
    page.route("**/why.json?**", lambda route: route.fulfill(status=503, body="{}"))
    box = open_box(page)
    box.locator("[role=status]").wait_for()
    assert "cannot be fetched at the moment" in box.inner_text()
    assert box.inner_text().startswith("1.00 apart: Ukraine and Russia on Venue, 27 February 2022")
    assert box.get_by_role("link", name="The whole calculation").is_visible()
    page.unroute("**/why.json?**")
    page.keyboard.press("Escape")
    box = open_box(page)
    box.locator("dl").wait_for()
    assert box.locator("[role=status]").count() == 0
    desk.troubles[:] = [told for told in desk.troubles if "status of 503" not in told]


def test_a_box_on_another_day_says_what_holds_there(opened: Opener) -> None:
    page = opened("?as_of=2022-02-27")
    button = page.locator("#trend-words button.opens").first
    button.click()
    page.locator(f"{OPEN} dl").wait_for()
    before = page.locator(OPEN).inner_text()
    page.evaluate(
        "() => { history.pushState(null, '', '/?as_of=2022-04-14'); dispatchEvent(new PopStateEvent('popstate')); }"
    )
    page.wait_for_function("() => document.querySelector('#day h2').textContent === 'As of 14 April 2022'")
    page.wait_for_function(
        "before => { const box = document.querySelector('[popover]:popover-open dl');"
        " return !box || box.closest('[popover]').innerText !== before; }",
        arg=before,
    )
    page.keyboard.press("Escape")
    button.click()
    box = page.locator(OPEN)
    box.locator("dl").wait_for()
    assert "14 April 2022" in box.locator("b").first.inner_text()
    assert page.locator(f"{OPEN} [data-why*='as_of=2022-04-14']").count() == 1
