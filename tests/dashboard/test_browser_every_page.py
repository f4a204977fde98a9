"""What holds on every page in a browser: one view for link, reload and Back; accessible; reached by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.pages import PAGES
from tests.dashboard.conftest import INKS, Opener, violations

pytestmark = pytest.mark.browser

VIEWS = {
    "overview": "?as_of=2022-02-27&compare=2022-02-25&parties=RUS,UKR&axis=calendar",
    "overview-drawer": "?as_of=2022-02-27&statement=003-22",
    "issue": "issue?issue=talks&as_of=2022-02-27&parties=RUS,UKR",
    "issue-options": "issue?issue=venue&as_of=2022-02-27",
    "issue-conditions": "issue?issue=preconditions&as_of=2022-02-27",
    "venues": "venues?as_of=2022-02-27&issues=venue",
    "preconditions": "preconditions?as_of=2022-02-27&parties=RUS,UKR",
    "party": "party?party=UKR&as_of=2022-02-27",
    "movement": "movement?compare=2022-02-25&as_of=2022-04-14&parties=RUS,UKR",
    "movement-cards": "movement?compare=2022-01-31&as_of=2022-04-14&party=UKR&issues=venue",
    "movement-day": "movement?as_of=2022-02-27&parties=RUS,UKR&mode=day",
    "statements": "statements?q=minsk&parties=RUS,UKR&as_of=2022-02-27",
    "documents": "documents?parties=RUS,UKR",
    "documents-words": "documents?document=003&q=minsk&n=2",
    "documents-record": "documents?document=003&statement=003-22",
    "method": "method?known_at=2030-01-01T00:00:00Z",
}
"""A view of every page with much of what an address can hold."""
CHARTS = {"overview": 2, "overview-drawer": 2, "issue": 1, "issue-options": 1, "issue-conditions": 1}
CHARTS |= {"movement-day": 1}
READY = """charts => {
  const page = document.querySelector('#page:not(.waiting)');
  const first = page && page.classList.contains('on-overview');
  const shown = [...document.querySelectorAll('.drawing')].filter(one => one.checkVisibility());
  return page && document.querySelector(first ? '#matrix' : '#above').children.length && shown.length === charts
    && (!first || document.querySelectorAll('.pane').length)
    && (!location.search.includes('statement=') || !!document.querySelector('.statement'))
    && (!location.search.includes('statement=') || !!document.querySelector('#drawer[open], .beside [data-shown]'));
}"""
TOLD = """() => {
  const text = place => document.querySelector(place)?.innerText ?? '';
  return JSON.stringify([location.pathname + location.search, text('#page'), text('.statement'),
    text('#statement-title'), [...document.querySelectorAll('.drawing')].map(one => one.outerHTML)]);
}"""
INK = "ink => getComputedStyle(document.body).color === ink"


def show(opened: Opener, name: str, **size: Any) -> Any:
    page = opened(VIEWS[name], page=True, **size)
    page.wait_for_function(READY, arg=CHARTS.get(name, 0))
    return page


def told_at_rest(page: Any) -> str:
    """What a page tells once two looks at it in a row tell the same."""
    before, now = "", str(page.evaluate(TOLD))
    while now != before:
        page.wait_for_timeout(250)
        before, now = now, str(page.evaluate(TOLD))
    return now


@pytest.mark.parametrize("name", list(VIEWS))
def test_a_link_a_reload_and_back_give_the_same_view(opened: Opener, name: str) -> None:
    page = show(opened, name)
    before = told_at_rest(page)
    page.reload()
    page.wait_for_function(f"before => ({TOLD})() === before", arg=before)
    other = "Method" if name != "method" else "Documents"
    if page.locator("#drawer").is_visible():
        page.keyboard.press("Escape")
        page.wait_for_selector("#drawer", state="hidden")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=other).click()
    page.wait_for_selector(f"#page.on-{other.lower()}")
    page.wait_for_function("path => location.pathname === path", arg=f"/{other.lower()}")
    steps = 2 if name == "overview-drawer" else 1
    page.evaluate("steps => history.go(-steps)", arg=steps)
    page.wait_for_function(f"before => ({TOLD})() === before", arg=before)


@pytest.mark.parametrize("name", list(VIEWS))
def test_everybody_can_use_every_page(opened: Opener, name: str) -> None:
    page = show(opened, name)
    page.evaluate("() => { document.querySelector('#options-box details').open = true; }")
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "dark"), (390, "light")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(INK, arg=INKS[scheme])
        page.wait_for_function("() => !document.getAnimations().some(one => one.playState === 'running')")
        assert violations(page) == [], (width, scheme)
        assert page.evaluate(PANEL), "the filters are laid out"
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


PANEL = """() => getComputedStyle(document.querySelector('.options')).display === 'flex'
  && [...document.querySelectorAll('.options label, .options button, .options a')].every(part => {
    const box = part.getBoundingClientRect();
    return box.height >= 16 && box.left >= 0 && box.right <= innerWidth; })
  && [...document.querySelectorAll('.options fieldset label')].every(label => {
    const [box, words] = [label.querySelector('input'), label].map(one => one.getBoundingClientRect());
    return box.top >= words.top - 1 && box.bottom <= words.bottom + 1; })"""
"""The panel with dates and filters has its layout: rows of fields within the window, each box beside its name."""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.type !== 'hidden'
  && one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked) && !one.closest('[inert]'))
  .map((one, place) => { one.dataset.place = place; return one.outerHTML.slice(0, 120); })"""


@pytest.mark.parametrize("name", [name for name in VIEWS if name != "overview-drawer"])
def test_the_keyboard_alone_reaches_every_control(opened: Opener, name: str) -> None:
    page = show(opened, name)
    page.evaluate(
        "() => { document.querySelector('#options-box details').open = true; document.activeElement.blur(); }"
    )
    wanted = page.evaluate(REACHABLE)
    reached: set[int] = set()
    # A date is three stops for the keyboard.
    for _ in range(len(wanted) + 4 * page.locator("input[type=date]").count() + 4):
        page.keyboard.press("Tab")
        place = page.evaluate("() => document.activeElement.dataset.place ?? ''")
        reached |= {int(place)} if place else set()
    assert [told for place, told in enumerate(wanted) if place not in reached] == []


def test_every_page_is_there() -> None:
    assert {name.split("-")[0] for name in VIEWS} == set(PAGES)
