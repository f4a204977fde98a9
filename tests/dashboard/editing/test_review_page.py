"""Reviewing in the browser: the queue, accepting as amended, rejecting, undoing, and who was faster."""

from __future__ import annotations

import html
import re

import pytest

from dashboard.editing.review_page import find_in_queue
from positions.model.statement import Statement
from tests.dashboard.editing.conftest import HOSTILE, Editor, Opened, chosen_in, command, finding, typed_in
from tests.dashboard.editing.test_statement_page import shown
from tests.positions.proposing import AGAIN, NOT_MINSK, TEXT


def status(editor: Editor, name: str) -> str:
    return next(item.candidate.status for item in editor.workspace.candidates() if item.candidate.id == name)


def form_of(editor: Editor, name: str) -> dict[str, str]:
    page = editor.page(f"/edit/review?at={name}")
    assert f"/edit/review/{name}/accept" in page
    return shown(page) | {"replaces": "1"}


def test_the_first_open_candidate_is_shown_in_its_document(editor: Editor) -> None:
    page = editor.page("/edit/review")
    assert "1 of 3 open" in page
    assert "Russia · Peace talks · ready now" in page
    assert "proposed by rules-1, confidence 0.60" in page
    assert "The Kremlin said on Monday that it was ready for talks with Kyiv.</mark>" in page
    assert typed_in(page, "confidence") == "1"


def test_what_is_open_is_told(editor: Editor) -> None:
    page = editor.page("/edit/review?at=border.2")
    assert "Look at: stance; speaker: the codebook does not know “Zelenskiy&#39;s aide”" in page
    assert "unresolved, allowed: 2 (backs it)" in finding(page, "stance")


def test_skipping_goes_on_and_ends(editor: Editor) -> None:
    assert "2 of 3 open" in editor.page("/edit/review?after=border.1")
    page = editor.page("/edit/review?after=border.3")
    assert "That was the last one. 3 are still open" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("holder=RUS", "1 of 1 open"),
        ("holder=UKR", "1 of 2 open"),
        ("issue=venue&document=border", "1 of 1 open"),
        ("document=003", "Nothing to review"),
        ("issue=<script>", "Nothing to review"),
    ],
)
def test_candidates_are_chosen(editor: Editor, query: str, told: str) -> None:
    page = editor.page(f"/edit/review?{query}")
    assert told in page
    assert "<script>&" not in page


def test_accepting_records_a_statement_of_the_reviewer(editor: Editor) -> None:
    answer = editor.post("/edit/review/border.1/accept?holder=RUS", **form_of(editor, "border.1"))
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/edit/review?holder=RUS&after=border.1&done=border.1",
    )
    said = next(one.statement for one in editor.workspace.known().records if one.statement.document == "border")
    assert (said.id, said.coder, said.note) == ("border-01", "anna", "proposed by rules-1")
    page = editor.page(answer.headers["Location"])
    assert "“Russia · Peace talks · ready now” was accepted as border-01 by anna" in page
    assert 'href="/edit/statement/border-01"' in page
    assert "Nothing to review" in page
    assert "accepted as" not in command(editor.workspace.folder, "history", "border-01")


def test_what_is_amended_is_recorded_and_told(editor: Editor) -> None:
    amended = {"stance": "-1", "note": "says so twice", "confidence": "0.7"}
    answer = editor.post("/edit/review/border.2/accept", **form_of(editor, "border.2") | amended)
    said = next(one.statement for one in editor.workspace.known().records if one.statement.document == "border")
    assert (said.stance, said.confidence, said.note) == (-1, 0.7, "says so twice; proposed by rules-1")
    assert "(amended stance)" in editor.page(answer.headers["Location"])


def test_a_quote_is_amended_to_the_nearest_place(editor: Editor) -> None:
    form = form_of(editor, "border.2") | {"stance": "-1", "quote": AGAIN}
    assert editor.post("/edit/review/border.2/accept", **form).status_code == 303
    said = next(one.statement for one in editor.workspace.known().records if one.statement.document == "border")
    assert (said.start, said.quote) == (TEXT.index(AGAIN), AGAIN)


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({}, "stance", "unresolved, allowed"),
        ({"stance": "7"}, "stance", "found 7"),
        ({"stance": "-2", "said_on": "2022-03-09"}, "said_on", "up to the publication"),
        ({"stance": "-2", "quote": "words that nobody ever said"}, "quote", "is not in the document"),
        ({"stance": "-2", "speaker": "An Aide"}, "speaker", "one of the 415 speakers"),
        ({"stance": "-2", "holder": ""}, "holder", "missing"),
    ],
)
def test_what_is_not_sound_is_not_accepted_and_kept(
    editor: Editor, changed: dict[str, str], name: str, told: str
) -> None:
    head = editor.workspace.head
    form = form_of(editor, "border.2") | {"note": "kept"} | changed
    page = editor.post("/edit/review/border.2/accept", **form).get_data(as_text=True)
    assert told in finding(page, name)
    assert typed_in(page, "note") == "kept"
    assert html.unescape(typed_in(page, "quote")) == form["quote"]
    assert chosen_in(page, "stance") == form["stance"]
    assert editor.workspace.head == head
    assert name in editor.post("/edit/check/review/border.2", **form).json["findings"]


def test_a_rejection_needs_a_reason_and_is_kept(editor: Editor) -> None:
    page = editor.post("/edit/review/border.1/reject", replaces="1", reason=" ").get_data(as_text=True)
    assert finding(page, "reason") == "a rejection needs a reason"
    answer = editor.post("/edit/review/border.1/reject", replaces="1", reason="no claim")
    assert answer.headers["Location"] == "/edit/review?after=border.1&done=border.1"
    assert status(editor, "border.1") == "rejected"
    page = editor.page(answer.headers["Location"])
    assert "was rejected by anna" in page
    assert "(no claim)" in page
    assert "1 of 2 open" in page


@pytest.mark.parametrize("how", ["accept", "reject"])
def test_the_last_decision_is_undone(editor: Editor, how: str) -> None:
    form = form_of(editor, "border.1") | {"reason": "no claim"}
    answer = editor.post(f"/edit/review/border.1/{how}", **form)
    page = editor.page(answer.headers["Location"])
    found = re.search(r'action="(/edit/review/border.1/undo[^"]*)".*?name="replaces" value="(\d+)"', page, re.DOTALL)
    assert found
    undone = editor.post(found[1], replaces=found[2])
    assert undone.status_code == 303
    assert status(editor, "border.1") == "open"
    assert "The decision was undone" in editor.page(undone.headers["Location"])
    assert not [one for one in editor.workspace.known().records if one.statement.document == "border"]
    again = editor.post(found[1], replaces=found[2]).get_data(as_text=True)
    assert "there is nothing to undo" in again


@pytest.mark.parametrize("how", ["accept", "reject"])
def test_of_two_reviewers_one_wins_and_the_other_is_told(editors: Opened, how: str) -> None:
    anna, ben = editors(), editors(coder="ben")
    form = form_of(ben, "border.1") | {"reason": "no claim"}
    assert anna.post("/edit/review/border.1/reject", replaces="1", reason="mine").status_code == 303
    head = anna.workspace.head
    page = ben.post(f"/edit/review/border.1/{how}", **form).get_data(as_text=True)
    assert "border.1: was rejected by anna" in page
    assert "already" in page
    assert "Decided by somebody else" in page
    assert "after=border.1" in page
    assert ben.workspace.head == head


@pytest.mark.parametrize("replaces", ["", "0", "2", "x"])
def test_a_revision_that_nobody_looked_at_is_not_decided(editor: Editor, replaces: str) -> None:
    head = editor.workspace.head
    form = form_of(editor, "border.1") | {"replaces": replaces, "reason": "x"}
    for how in ("accept", "reject"):
        assert "replaced already" in editor.post(f"/edit/review/border.1/{how}", **form).get_data(as_text=True)
    assert editor.workspace.head == head


def test_a_candidate_that_is_not_there_is_told(editor: Editor) -> None:
    for how in ("accept", "reject", "undo"):
        assert editor.post(f"/edit/review/nobody/{how}", replaces="1", reason="x").status_code == 404


def test_a_candidate_of_a_document_that_is_gone_can_be_rejected(editor: Editor) -> None:
    command(editor.workspace.folder, "retract", "border", "--reason", "a hoax")
    form = form_of(editor, "border.1")
    page = editor.post("/edit/review/border.1/accept", **form).get_data(as_text=True)
    assert "is not recorded any more" in page
    assert editor.post("/edit/review/border.1/reject", replaces="1", reason="a hoax").status_code == 303


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:12])
def test_hostile_reasons_of_a_rejection_are_texts(editor: Editor, hostile: str) -> None:
    answer = editor.post("/edit/review/border.1/reject", replaces="1", reason=hostile)
    page = editor.page(answer.headers["Location"])
    assert hostile in html.unescape(page)
    assert not re.search(r"<script>alert|<img|<svg|49 ", page)


def test_the_place_in_a_queue_is_that_of_the_candidate_or_the_next_one(editor: Editor) -> None:
    queue = editor.workspace.candidates()
    first, second, third = queue
    assert find_in_queue(queue).current == first
    assert find_in_queue(queue, "border.2")[1:] == (second, 2)
    assert find_in_queue(queue, "nobody").current is None
    assert find_in_queue(queue, after=first).current == second
    # The one before may have been decided and left the queue.
    assert find_in_queue(queue[1:], after=first)[1:] == (second, 1)
    assert find_in_queue(queue, after=third).current is None
    assert find_in_queue([]).current is None
    assert second.candidate.quote == NOT_MINSK
    assert not isinstance(second.candidate, Statement)
