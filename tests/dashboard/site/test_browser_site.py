"""The site in a browser, from its folder: no script, no network, every day by its address, usable by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.dashboard.conftest import violations
from tests.dashboard.site.conftest import MadeSite

pytestmark = pytest.mark.browser

PAGES = (
    *("index.html", "2022/index.html#2022-02-27", "2022/issue-talks.html#2022-02-25", "2022/party-UKR.html"),
    *("2022/movement.html", "2022/distance.html", "2022/venues.html", "2022/preconditions.html", "statements.html"),
    *("documents.html", "documents/003.html#s-003-22", "method.html", "about.html"),
)


class Reader:
    """A page that takes down what it asks for beside files, and what goes wrong on it."""

    def __init__(self, context: Any, site: MadeSite) -> None:
        self.page = context.new_page()
        self.root = site.folder.as_uri()
        self.troubles: list[str] = []
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("requestfailed", lambda request: self.troubles.append(request.url))
        self.page.on("request", lambda request: self._ask(request.url))

    def _ask(self, url: str) -> None:
        if not url.startswith(self.root):
            self.troubles.append(url)

    def open(self, path: str) -> Any:
        # Another part of the same file would not load anew.
        self.page.goto("about:blank")
        self.troubles.clear()
        self.page.goto(f"{self.root}/{path}")
        return self.page


@pytest.fixture(scope="module")
def plain(browser: Any, site: MadeSite) -> Iterator[Reader]:
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield Reader(context, site)
    context.close()


@pytest.fixture(scope="module")
def reader(browser: Any, site: MadeSite) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield Reader(context, site)
    context.close()


def test_an_address_with_a_day_shows_that_day_and_no_other(plain: Reader) -> None:
    page = plain.open("2022/index.html#2022-02-27")
    assert page.locator("#day-bar h2").inner_text() == "As of 27 February 2022"
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Demands").click()
    assert page.url.endswith("2022/preconditions.html#2022-02-27")
    page.locator("a[rel=next]:visible").click()
    assert page.locator("#day-bar h2").inner_text() == "As of 28 February 2022"
    page.go_back()
    assert page.locator("#day-bar h2").inner_text() == "As of 27 February 2022"
    page.get_by_role("link", name="Skip to the content").press("Enter")
    assert page.locator("#day-bar h2").inner_text() == "As of 27 February 2022"
    plain.open("2022/preconditions.html")
    assert page.locator("#day-bar h2").inner_text() == "As of 14 April 2022"
    assert plain.troubles == []


def test_the_keyboard_goes_from_day_to_day_and_the_page_stays_where_it_is(plain: Reader) -> None:
    page = plain.open("2022/index.html#2022-02-25")
    page.locator("a[rel=next]:visible").press("Enter")
    assert page.url.endswith("#2022-02-26")
    # From the day's place in the bar the next stop is again the way to the days beside it.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#2022-02-27")


def test_a_quote_opens_without_a_script_and_leads_to_its_document(plain: Reader) -> None:
    page = plain.open("2022/index.html#2022-02-27")
    page.locator("#matrix .opens:visible").filter(has_text="rejects Belarus").first.click()
    box = page.locator(".evidence:popover-open")
    box.get_by_role("link", name="Open in its document").first.click()
    assert "/documents/" in page.url
    part = page.url.partition("#s-")[2]
    assert page.locator(f'[id="r-{part}"]').is_visible()
    # Its record, and once for all quotes on the same position what others say of it.
    assert page.locator('.beside > [id^="r-"]:visible').count() == 1
    assert page.locator('.beside > [id^="g-"]:visible').count() == 1
    assert page.locator(f'mark[data-in~="{part}"]').first.is_visible()
    page.get_by_role("link", name="Close").click()
    assert page.locator(".beside > div:visible").count() == 0
    assert plain.troubles == []


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_every_page(reader: Reader, path: str) -> None:
    page = reader.open(path)
    assert reader.troubles == []
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], (width, scheme)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    # What looks for faults asks for the style sheet itself, which no page in a folder may do.
    reader.troubles.clear()
