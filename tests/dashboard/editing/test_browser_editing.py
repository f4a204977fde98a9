"""The editing pages in a real browser: selecting, keys, findings while typing, and that everybody can use them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from positions.model.statement import Statement
from positions.workspace import Workspace
from tests.dashboard.editing.conftest import READY, SIGNS, TWICE, command_elsewhere, wait_focus, wait_text
from tests.positions.proposing import TEXT

pytestmark = pytest.mark.browser

SELECT = """([first, last]) => {
  const box = document.querySelector('#text'), walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let seen = 0;
  const at = place => place - seen;
  for (let node = walker.nextNode(); node; seen += node.data.length, node = walker.nextNode()) {
    if (seen <= first && first <= seen + node.data.length) range.setStart(node, at(first));
    if (seen <= last && last <= seen + node.data.length) { range.setEnd(node, at(last)); break; }
  }
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""
"""Select in the document's text between two places, counted as the browser counts them."""


def units(text: str) -> int:
    """The length of a text as a browser counts it."""
    return len(text.encode("utf-16-le")) // 2


def select(page: Any, text: str, quote: str, *, last: bool = False) -> int:
    """Select a quote as with the mouse; return where it stands in code points."""
    start = text.rindex(quote) if last else text.index(quote)
    page.evaluate(SELECT, [units(text[:start]), units(text[: start + len(quote)])])
    return start


def fill_in(page: Any) -> None:
    page.select_option("#f-holder", "UKR")
    page.fill("#f-speaker", "Volodymyr Zelensky")
    page.select_option("#f-issue", "talks")
    page.select_option("#f-stance", "2")
    page.fill("#f-said_on", "2022-02-27")
    page.select_option("#f-said_on_basis", "document")


def last_of(book: Workspace, place: int = -1) -> Statement:
    content = book.revisions()[place].content
    assert isinstance(content, Statement)
    return content


def test_coding_by_selection_records_the_right_offsets(page: Any, book: Workspace) -> None:
    page.goto("/edit/code/signs")
    assert page.locator("#text").evaluate("box => box.textContent") == SIGNS
    start = select(page, SIGNS, READY)
    page.wait_for_function("start => document.querySelector('#f-start').value === start", arg=str(start))
    assert page.input_value("#f-quote") == READY
    fill_in(page)
    wait_text(page, "[data-verdict]", f"Would record: Ukraine · Peace talks · ready now; characters {start}")
    page.get_by_role("button", name="Record", exact=True).click()
    wait_text(page, ".done", "Recorded as signs-01")
    said = last_of(book)
    assert (said.start, said.end, said.quote) == (start, start + len(READY), READY)
    assert SIGNS[said.start : said.end] == READY
    assert "anna" in (told := command_elsewhere(book.folder, "history", "signs-01"))
    assert "UKR talks +2" in told
    page.get_by_role("link", name="Open it in the dashboard").click()
    page.wait_for_selector("#document-text mark")
    assert page.locator("#document-text mark").inner_text() == READY


def test_a_selection_among_twins_keeps_its_place(page: Any, book: Workspace) -> None:
    page.goto("/edit/code/signs")
    # With white space around it, over the end of the paragraph.
    start = select(page, SIGNS, f" “{TWICE}”\r\n", last=True) + 1
    page.wait_for_function("start => document.querySelector('#f-start').value === start", arg=str(start))
    assert page.input_value("#f-quote") == f"“{TWICE}”"
    fill_in(page)
    page.get_by_role("button", name="Record", exact=True).click()
    wait_text(page, ".done", "Recorded as signs-01")
    assert last_of(book).start == start


def test_the_keyboard_alone_selects_and_records(page: Any, book: Workspace) -> None:
    page.goto("/edit/code/signs")
    page.focus("#text")
    page.keyboard.press("Control+Home")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.wait_for_function("() => document.querySelector('#f-start').value !== ''")
    quote = page.input_value("#f-quote")
    assert quote in SIGNS
    assert int(page.input_value("#f-start")) == SIGNS.index(quote)
    page.keyboard.type("this text stays as it is")
    page.keyboard.press("Delete")
    assert page.locator("#text").evaluate("box => box.textContent") == SIGNS
    page.keyboard.press("Tab")
    wait_focus(page, "#f-quote")
    page.keyboard.press("Control+a")
    page.keyboard.type(READY)
    assert page.input_value("#f-start") == ""
    for text in ("", "Ukr", "Volodymyr Zelensky", "Peace", "ready now", "2022-02-27", "the date of"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    wait_text(page, "[data-verdict]", "Would record: Ukraine · Peace talks · ready now")
    while page.evaluate("() => document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_text(page, ".done", "Recorded as signs-01")
    wait_focus(page, ".done")
    assert last_of(book).quote == READY


def test_findings_appear_beside_their_fields_while_typing(page: Any, book: Workspace) -> None:
    page.goto("/edit/code/signs")
    head = book.head
    page.fill("#f-quote", "words that nobody ever said")
    wait_text(page, "#e-quote", "is not in the document word for word")
    assert page.get_attribute("#f-quote", "aria-invalid") == "true"
    assert "e-quote" in (page.get_attribute("#f-quote", "aria-describedby") or "")
    # What nobody has come to yet is not held against them.
    assert page.locator("#e-holder").inner_text() == ""
    wait_text(page, "[data-verdict]", "To settle: ")
    page.fill("#f-quote", READY)
    page.wait_for_function("() => !document.querySelector('#f-quote').hasAttribute('aria-invalid')")
    page.get_by_role("button", name="Record", exact=True).click()
    wait_text(page, ".summary", "To settle: Whose position, Issue, Stance, Said on")
    wait_focus(page, ".summary")
    assert page.input_value("#f-quote") == READY
    page.click(".summary a")
    wait_focus(page, "#f-holder")
    assert book.head == head


def test_only_what_belongs_to_the_issue_is_offered(page: Any) -> None:
    page.goto("/edit/code/signs")
    page.select_option("#f-issue", "venue")
    page.select_option("#f-element", "minsk")
    assert page.locator("#f-stance optgroup").count() == 1
    page.select_option("#f-stance", "-2")
    wait_text(page, "#t-stance", "rules the place out")
    page.select_option("#f-issue", "talks")
    assert not page.locator("#f-element").is_visible()
    assert page.input_value("#f-element") == ""
    assert page.input_value("#f-stance") == "-2"
    page.select_option("#f-issue", "preconditions")
    assert page.locator("#f-element").is_visible()
    assert page.locator("#f-element optgroup").get_attribute("label") == "Preconditions"


def test_a_statement_is_corrected_and_retracted(page: Any, book: Workspace) -> None:
    page.goto("/?statement=003-22")
    page.get_by_role("link", name="Correct or retract this statement").click()
    page.wait_for_selector("#f-reason")
    assert page.locator("#text mark").inner_text() == "At the moment, we're saying no to Minsk,"
    page.select_option("#f-stance", "-1")
    wait_text(page, "[data-verdict]", "Would record: Ukraine · Venue: Minsk · reluctant")
    page.fill("#f-reason", "read again")
    page.get_by_role("button", name="Record the correction").click()
    wait_text(page, ".done", "The statement was corrected")
    assert last_of(book).stance == -1
    page.fill("#f-retract-reason", "coded twice")
    page.get_by_role("button", name="Retract", exact=True).click()
    wait_text(page, ".done", "The statement was retracted")
    assert [one.action for one in book.revisions()[-2:]] == ["correct", "retract"]


def press(page: Any, key: str) -> None:
    """Press a key once the page that is there listens to it: its words are shown before its script has run."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_candidates_are_decided_by_keys(page: Any, book: Workspace) -> None:
    page.goto("/edit/review")
    press(page, "a")
    wait_text(page, "#decided", "“Russia · Peace talks · ready now” was accepted as border-01 by anna")
    press(page, "u")
    wait_text(page, ".done", "The decision was undone")
    press(page, "s")
    page.wait_for_url("**/edit/review?after=border.1")
    press(page, "r")
    page.keyboard.type("says nothing about a place: a, r, s, u")
    page.keyboard.press("Enter")
    wait_text(page, "#decided", "“Ukraine · Venue: Minsk · unresolved” was rejected by anna")
    found = {item.candidate.id: item.candidate.status for item in book.candidates()}
    assert found == {"border.1": "open", "border.2": "rejected", "border.3": "open"}


def test_the_keys_can_be_switched_off(page: Any, book: Workspace) -> None:
    page.goto("/edit/review")
    head = book.head
    page.uncheck("#use-keys")
    page.keyboard.press("a")
    page.goto("/edit/review?after=border.1")
    assert not page.is_checked("#use-keys")
    page.focus("h1 ~ form select")
    page.keyboard.press("a")
    page.check("#use-keys")
    page.focus("#f-note", timeout=5000) if page.locator("details.more[open]").count() else page.focus("#f-quote")
    page.keyboard.press("a")
    page.reload()
    assert page.is_checked("#use-keys")
    assert book.head == head


def test_a_candidate_is_amended_by_selection(page: Any, book: Workspace) -> None:
    page.goto("/edit/review?at=border.2")
    wait_text(page, "[data-verdict]", "To settle: Stance")
    quote = "We will not meet in Minsk"
    start = select(page, TEXT, quote)
    page.wait_for_function("start => document.querySelector('#f-start').value === start", arg=str(start))
    page.select_option("#f-stance", "-2")
    wait_text(page, "[data-verdict]", "Would record: Ukraine · Venue: Minsk · rejects it")
    page.get_by_role("button", name="Accept").first.click()
    wait_text(page, "#decided", "(amended quote, start, end, stance)")
    assert (last_of(book, -2).start, last_of(book, -2).quote) == (start, quote)


def test_what_another_program_adds_appears_without_a_restart(page: Any, book: Workspace) -> None:
    page.goto("/documents?document=003")
    page.wait_for_selector("#above .whole")
    assert "39 statements" not in page.locator("#size").inner_text()
    said = ["--quote", "At the moment, we're saying no to Minsk,", "--speaker", "zelensky", "--holder", "UKR"]
    about = ["--issue", "talks", "--stance", "-1", "--said-on", "2022-02-27", "--said-on-basis", "inherited"]
    command_elsewhere(book.folder, "add", "--document", "003", *said, *about)
    wait_text(page, "#size", "118 statements")
    page.get_by_role("link", name="Code this document").click()
    page.wait_for_selector("a[href='/edit/statement/003-39']")


PLACES = (
    "",
    "add",
    "extract/signs",
    "code/signs",
    "review?at=border.2",
    "statement/003-22",
    "review?after=border.3",
    "nowhere",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_everybody_can_use_every_page(page: Any, width: int, height: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    for place in PLACES[:-1]:
        page.goto(f"/edit/{place}")
        if page.locator("details.more").count():
            page.locator("details.more summary").click()
        if place.startswith("code"):
            page.fill("#f-speaker", "W" * 3000)
            wait_text(page, "#e-speaker", "allowed")
            page.get_by_role("button", name="Record", exact=True).click()
            page.wait_for_selector(".summary")
        found = json.loads(json.dumps(Axe().run(page).response["violations"]))
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], place
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), place
        background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (scheme == "light")


def test_every_control_is_reached_by_tab(page: Any) -> None:
    page.goto("/edit/review?at=border.2")
    page.locator("details.more summary").click()
    wanted = page.evaluate(
        """() => [...document.querySelectorAll(`a[href], button, input:not([type=hidden]), select, textarea, summary,
        [tabindex="0"]`)].filter(part => part.offsetParent).map((part, place) => part.dataset.place = String(place))"""
    )
    page.focus("#nav a")
    reached = ["0"]
    for _ in wanted[1:]:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.dataset.place || ''"))
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert sorted(reached) == sorted(wanted)


def test_the_scheme_chosen_on_the_dashboard_holds_here(page: Any) -> None:
    page.goto("/edit/")
    page.evaluate("() => localStorage.setItem('scheme', 'dark')")
    page.reload()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
