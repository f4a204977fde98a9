"""The search over every page in a browser: by keyboard, with a screen reader's names, and back to where one was."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.pages import PAGES
from tests.dashboard.conftest import Opener, violations

pytestmark = pytest.mark.browser


def show(opened: Opener, address: str, **size: Any) -> Any:
    page = opened(address, page=True, **size)
    page.wait_for_selector("[data-search]")
    return page


@pytest.mark.parametrize("name", list(PAGES))
def test_a_key_opens_it_on_every_page_and_escape_returns_the_focus(opened: Opener, name: str) -> None:
    page = show(opened, "" if name == "overview" else name)
    page.focus("#nav a")
    page.keyboard.press("/")
    page.wait_for_selector(".search-box[open] [role=option]")
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "combobox"
    page.keyboard.press("Escape")
    page.wait_for_selector(".search-box[open]", state="detached")
    assert page.evaluate("() => document.activeElement === document.querySelector('#nav a')")
    page.keyboard.press("Control+k")
    page.wait_for_selector(".search-box[open]")
    page.keyboard.press("Escape")


def test_the_arrows_choose_and_enter_goes(opened: Opener) -> None:
    page = show(opened, "issue?as_of=2022-02-27")
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("united")
    page.wait_for_selector("#search-option-0:has-text('united')")
    field = page.get_by_role("combobox", name="Search")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert "United States" in active.inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None, "the field is part of the round"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#page.on-party h1:has-text('United States')")
    assert "as_of=2022-02-27" in page.url
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_enter_searches_for_what_was_typed_and_back_leads_back(opened: Opener) -> None:
    page = show(opened, "movement?as_of=2022-02-27")
    page.keyboard.press("/")
    page.keyboard.type("saying no / minsk")
    page.keyboard.press("Enter")
    page.wait_for_function("() => (document.querySelector('.found')?.textContent ?? '').startsWith('1 of 117')")
    assert page.url.endswith("/statements?as_of=2022-02-27&q=saying+no+/+minsk")
    page.go_back()
    page.wait_for_selector("#page.on-movement")


def test_a_slash_in_a_field_is_a_slash(opened: Opener) -> None:
    page = show(opened, "statements")
    page.focus("input[name=q]")
    page.keyboard.type("1/2")
    assert page.input_value("input[name=q]") == "1/2"
    assert page.locator(".search-box[open]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_use_it(opened: Opener, width: int, scheme: str) -> None:
    page = show(opened, "statements?q=minsk", width=width, height=844, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("/")
    page.keyboard.type("min")
    page.wait_for_selector("[role=option]:has-text('Minnekayev')")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_quotes_and_hits_are_read_where_the_system_gives_the_colours(opened: Opener, scheme: str) -> None:
    page = show(opened, "documents?document=003&q=minsk&n=2", scheme=scheme)
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    page.wait_for_selector(".whole .hit.chosen[data-place='2']")
    colours = page.evaluate(
        """() => [...document.querySelectorAll('.whole mark, .whole mark .hit')].map(part => {
          const own = getComputedStyle(part), words = getComputedStyle(part.querySelector('a') || part);
          return [own.backgroundColor, words.color]; })"""
    )
    page.emulate_media(forced_colors="none")
    assert len(colours) > 10
    assert [one for one in colours if one[0] == one[1]] == []
