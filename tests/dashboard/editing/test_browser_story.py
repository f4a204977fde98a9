"""A negotiation from nothing, in the browser alone: add a text, look it through, review, code by hand, see it all."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from positions.workspace import Workspace
from tests.conftest import ROOT
from tests.dashboard.conftest import violations
from tests.dashboard.editing.conftest import wait_text
from tests.dashboard.editing.test_browser_editing import select

pytestmark = pytest.mark.browser
TIGRAY = ROOT / "tests" / "tigray"
TEXT = (TIGRAY / "pretoria-monday.txt").read_text()
TRUCE = "a cessation of hostilities was urgent."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with the codebook and lexicon of another negotiation, and nothing else."""
    data = tmp_path / "tigray"
    data.mkdir()
    for name in ("codebook.toml", "lexicon.toml"):
        shutil.copy(TIGRAY / name, data / name)
    for name in ("documents.jsonl", "statements.jsonl"):
        (data / name).write_text("")
    return data


def next_page(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def add_a_document(page: Any) -> None:
    # Nothing is there: the dashboard leads to where one begins.
    page.goto("/")
    page.wait_for_selector("h2:has-text('No statements yet')")
    assert violations(page) == []
    page.get_by_role("link", name="Add a document").click()
    page.wait_for_selector("#f-text")
    page.fill("#f-text", TEXT)
    page.fill("#f-outlet", "The Wire")
    page.fill("#f-published_on", "2022-10-22")
    next_page(page, "Read it")
    wait_text(page, "dl.facts", "22 October 2022")
    next_page(page, "Record, then look for statements")


def look_it_through(page: Any, book: Workspace) -> int:
    # The page waits by itself until the document was looked through.
    to_review = page.locator(".done a", has_text="of this document")
    to_review.wait_for(timeout=90_000)
    assert violations(page) == []
    assert len(book.statements()) == 0, "nothing counts before somebody decides"
    proposed = len(book.candidates(status="open"))
    assert proposed > 5
    to_review.click()
    return proposed


def review_what_was_found(page: Any, book: Workspace, proposed: int) -> None:
    # Accepted as it stands, amended, rejected.
    wait_text(page, ".lead", f"1 of {proposed} open")
    next_page(page, "Accept")
    wait_text(page, "#decided", "was accepted as")
    page.goto(f"/edit/review?at={candidate(book, 'dialogue', 'TIG')}")
    page.select_option("#f-stance", "1")
    wait_text(page, "[data-verdict]", "Would record: Tigray · Dialogue")
    next_page(page, "Accept")
    wait_text(page, "#decided", "(amended stance)")
    page.goto(f"/edit/review?at={candidate(book, 'seat', 'KEN')}")
    page.fill("#f-reason", "it offers a later round only")
    next_page(page, "Reject")
    wait_text(page, "#decided", "was rejected by anna")
    assert sorted(item.candidate.status for item in book.candidates() if item.candidate.status != "open") == [
        *("accepted", "accepted", "rejected")
    ]


def code_two_claims_from_one_selection(page: Any) -> None:
    # Two claims from one selection, coded by hand.
    page.goto("/edit/")
    page.get_by_role("link", name="Tigray to send team").click()
    page.wait_for_selector("#text")
    select(page, TEXT, TRUCE)
    page.wait_for_function("quote => document.querySelector('#f-quote').value === quote", arg=TRUCE)
    page.select_option("#f-holder", "TIG")
    page.fill("#f-speaker", "Getachew Reda")
    page.fill("#f-said_on", "2022-10-22")
    page.select_option("#f-said_on_basis", "relative")
    page.select_option("#f-issue", "truce")
    page.select_option("#f-stance", "2")
    next_page(page, "Record, then another claim from these words")
    wait_text(page, ".done", "Recorded as")
    assert (page.input_value("#f-quote"), page.input_value("#f-speaker")) == (TRUCE, "Getachew Reda")
    page.select_option("#f-issue", "dialogue")
    page.select_option("#f-stance", "1")
    next_page(page, "Record")
    wait_text(page, ".done", "on Dialogue")
    wait_text(page, ".remembered", "the last statement that you coded here")
    assert (page.input_value("#f-quote"), page.input_value("#f-said_on")) == ("", "2022-10-22")


def read_all_of_it(page: Any) -> None:
    # All four are in the dashboard, with their words.
    page.goto("/statements?q=cessation")
    wait_text(page, ".found", "2 of 4 statements")
    assert page.locator("#above .quote .hit").all_inner_texts() == ["cessation", "cessation"]
    assert violations(page) == []
    page.goto("/")
    page.wait_for_selector("#page:not(.waiting) #matrix table")
    assert "Tigray" in page.locator("#matrix thead").inner_text()


def test_a_negotiation_is_begun_and_shown_without_leaving_the_browser(page: Any, book: Workspace) -> None:
    add_a_document(page)
    review_what_was_found(page, book, look_it_through(page, book))
    code_two_claims_from_one_selection(page)
    read_all_of_it(page)


def candidate(book: Workspace, issue: str, holder: str) -> str:
    return next(
        item.candidate.id
        for item in book.candidates(status="open", issue=issue, holder=holder)
        if item.candidate.stance is not None
    )
