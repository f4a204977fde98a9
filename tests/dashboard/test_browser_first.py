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
        page.wait_for_function("() => !document.querySelector('.drawn')")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("() => window.shifted") <= 0.05


def test_a_drawing_stays_until_its_chart_is_drawn(browser: Any, address: str) -> None:
    with fresh(browser) as page:
        page.route("**/async-plotlyjs*", lambda route: route.abort())
        page.route("**/plotly*", lambda route: route.abort())
        page.goto(address)
        page.wait_for_function(TAKEN_OVER)
        assert page.locator(".stands .drawn svg").is_visible()
        page.locator("#nav a", has_text="Demands").click()
        page.wait_for_selector("#page.on-preconditions #above table")
        assert page.locator(".drawn").count() == 0


def test_only_a_page_with_charts_loads_their_library(browser: Any, address: str) -> None:
    with fresh(browser) as page:
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        page.goto(address + "documents")
        page.wait_for_function(TAKEN_OVER)
        page.wait_for_load_state("networkidle")
        assert not any("plotly" in url for url in asked)
        page.locator("#nav a", has_text="Overview").click()
        page.wait_for_selector("#dumbbell .main-svg .trace", state="attached")
        assert any("plotly" in url for url in asked)
        page.locator("#dumbbell .main-svg .trace.scatter .points path").last.wait_for(state="attached")
