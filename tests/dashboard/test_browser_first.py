"""What the server draws is seen at once and gives way to the app without moving; charts come where they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.dashboard.conftest import TAKEN_OVER

pytestmark = pytest.mark.browser

SHIFTS = """() => { window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) { window.shifted += one.value; } })).observe({type: 'layout-shift', buffered: true}); }"""


@contextmanager
def fresh(browser: Any, **fields: Any) -> Iterator[Any]:
    """Open a page with nothing kept from before."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **fields})
    context.set_default_timeout(30_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def test_without_a_script_the_page_is_read_and_its_quotes_lead_on(browser: Any, address: str) -> None:
    with fresh(browser, java_script_enabled=False) as page:
        page.goto(address)
        assert page.locator("h1").inner_text() == "Russia–Ukraine 2022"
        for part in ("#verdict .verdict", "#matrix table", "#heat .heat", ".stands svg", ".trend svg"):
            assert page.locator(part).first.is_visible(), part
        # The browser that plays one without scripts still does not show what only such a one would.
        assert "<noscript><p class='page'>Without JavaScript" in page.request.get(address).text()
        page.locator("#verdict .opens").first.click()
        page.locator("#verdict .evidence:popover-open a", has_text="The whole calculation").click()
        page.locator("#below .card a", has_text="Open in its document").first.click()
        assert page.locator(".whole mark").first.is_visible()
        assert page.locator(".beside blockquote").is_visible()


@pytest.mark.parametrize("view", ["", "issue?issue=neutrality", "documents", "?as_of=2022-02-27&compare=2022-02-24"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_the_page_comes_to_be(browser: Any, address: str, view: str, width: int) -> None:
    with fresh(browser, viewport={"width": width, "height": 900}) as page:
        page.add_init_script(f"({SHIFTS})()")
        page.goto(address + view)
        page.wait_for_function(TAKEN_OVER)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("() => window.shifted") <= 0.05


def test_a_drawing_stays_where_its_chart_cannot_be_loaded(browser: Any, address: str) -> None:
    with fresh(browser) as page:
        page.route("**/plotly*", lambda route: route.abort())
        page.goto(address)
        page.wait_for_function(TAKEN_OVER)
        page.get_by_role("button", name="Zoom into Where they stand").click()
        page.wait_for_selector("#said:text('The chart to zoom into cannot be loaded at the moment.')")
        assert page.locator("#dumbbell-place svg").first.is_visible()
        assert page.get_by_role("button", name="Zoom into Where they stand").get_attribute("aria-pressed") == "false"
        page.locator("#nav a", has_text="Demands").click()
        page.wait_for_selector("#page.on-preconditions #above table")


def test_no_page_loads_the_library_of_interactive_charts(browser: Any, address: str) -> None:
    with fresh(browser) as page:
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        for view in ("", "issue", "movement?mode=day", "documents"):
            page.goto(address + view)
            page.wait_for_function(TAKEN_OVER)
            page.wait_for_load_state("networkidle")
        assert asked
        assert not any("plotly" in url for url in asked)
