"""Who moved, a party's page and the box that says why, in a browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dashboard.conftest import Opener, violations
from tests.dashboard.test_browser_pages import show

pytestmark = pytest.mark.browser
BOX = "() => [...document.querySelectorAll('[popover]')].filter(one => one.matches(':popover-open'))"


def test_a_number_opens_why_by_keyboard_and_escape_gives_the_focus_back(opened: Opener) -> None:
    page = show(opened, "movement?compare=2022-02-25&as_of=2022-02-27&parties=RUS,UKR")
    number = page.locator("#above .effects button", has_text="Venue, from Russia: 0.00 → 1.00")
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({BOX})().length === 1")
    box = page.locator("[popover]:popover-open")
    assert box.inner_text().startswith("1.00 apart: Ukraine and Russia on Venue, 27 February 2022")
    box.locator("dl").wait_for()
    assert "At the moment, we're saying no to Minsk" in box.inner_text()
    for head in (
        "Where they stand",
        "Distance",
        "Weight",
        "Bounds",
        "One level off",
        "Outlets",
        "What would change it",
    ):
        assert box.locator("dt", has_text=head).count() == 1, head
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => ({BOX})().length === 0")
    assert page.evaluate("() => document.activeElement.textContent") == "Venue, from Russia: 0.00 → 1.00"


def test_the_box_leads_to_the_whole_calculation(opened: Opener) -> None:
    page = show(opened, "movement?compare=2022-02-25&as_of=2022-02-27&parties=RUS,UKR")
    page.locator("#above button", has_text="Overall 0.08").click()
    page.locator("[popover]:popover-open").get_by_role("link", name="The whole calculation").click()
    page.wait_for_function("() => location.search.includes('mode=day')")
    page.wait_for_selector("#above .reasons")
    assert "Russia and Ukraine are 0.42 apart" in page.locator("#above .verdict").inner_text()


def test_cards_are_narrowed_by_the_form_and_the_address_says_so(opened: Opener) -> None:
    page = show(opened, "movement?compare=2022-02-25&as_of=2022-04-14")
    every = page.locator("#above .card").count()
    page.get_by_label("Moves of").select_option("RUS")
    page.get_by_role("button", name="Show").click()
    page.wait_for_function("every => document.querySelectorAll('#above .card').length < every", arg=every)
    assert "party=RUS" in page.url
    assert {text.split(" · ")[0] for text in page.locator("#above .card h3").all_inner_texts()} == {"Russia"}


def test_details_open_by_keyboard_and_stay_open_while_the_day_changes(opened: Opener) -> None:
    page = show(opened, "movement?compare=2022-02-25&as_of=2022-04-13&parties=RUS,UKR")
    assert not page.locator(".waterfall").is_visible()
    page.focus("#below summary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".waterfall", state="visible")
    bars: Any = page.evaluate(
        "() => [...document.querySelectorAll('.bar.total')].map(bar => bar.getBoundingClientRect().left"
        " - bar.parentElement.getBoundingClientRect().left)"
    )
    assert bars == [0, 0], "distances begin at 0"
    page.evaluate(
        "() => { history.pushState(null, '', location.search.replace('04-13', '04-14'));"
        " dispatchEvent(new PopStateEvent('popstate')); }"
    )
    page.wait_for_function("() => document.querySelector('.waterfall').innerText.includes('14 April 2022')")
    assert page.locator(".waterfall").is_visible()


def test_a_head_of_the_matrix_leads_to_the_party_and_a_party_to_another(opened: Opener) -> None:
    page = opened("?as_of=2022-04-14")
    page.wait_for_selector("#matrix thead a")
    page.locator("#matrix thead a", has_text="Ukraine").click()
    page.wait_for_selector("#page.on-party h1:has-text('Ukraine')")
    page.wait_for_function("() => document.title.startsWith('Ukraine · ')")
    page.locator("#above .modes a", has_text="Russia").click()
    page.wait_for_selector("h1:has-text('Russia')")
    assert "party=RUS" in page.url


OVERFLOWING = """() => [...document.querySelectorAll('#other *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).overflow === 'visible')
  .map(one => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("query", ["movement?compare=2022-02-25", "movement?mode=day", "party?party=UKR"])
def test_nothing_is_cut_on_paper_or_on_a_phone(opened: Opener, query: str) -> None:
    page = show(opened, query)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.documentElement.scrollWidth <= 390")
    page.set_viewport_size({"width": 760, "height": 1000})
    page.emulate_media(media="print")
    page.wait_for_function("() => document.documentElement.scrollWidth <= 760")
    assert page.evaluate(OVERFLOWING) == []
