"""Looking a document through in the browser: candidates for the review, nothing that counts, and every refusal told."""

from __future__ import annotations

import time
from typing import Any

import pytest

from dashboard.editing import desk as desk_module
from positions.errors import ServiceError
from tests.dashboard.editing.conftest import Editor, Opened
from tests.dashboard.editing.test_blueprint import TOKEN
from tests.dashboard.editing.test_document_page import DATED

TEXT = "Zelensky ready for talks\n\n“We are ready for talks in Istanbul,” Volodymyr Zelensky said on Friday in Kyiv.\n"


def ended(editor: Editor, address: str) -> str:
    """Ask for the page of an extraction as a browser does, until it has ended."""
    for _ in range(300):
        page = editor.page(address)
        if 'http-equiv="refresh"' not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the extraction did not end")


def test_what_is_found_waits_for_review_and_counts_for_nothing(editor: Editor) -> None:
    statements = len(editor.workspace.statements())
    assert "Look for statements" in editor.page("/edit/extract/003")
    answer = editor.post("/edit/extract/003", judge="rules")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/edit/extract/003?run=1")
    page = ended(editor, answer.headers["Location"])
    proposed = [item for item in editor.workspace.candidates() if item.candidate.document == "003"]
    assert 'href="/edit/review?document=003"' in page
    assert f"{len(proposed)} new candidate" in page
    assert proposed
    assert {item.recorded_by for item in proposed} == {"anna"}
    assert len(editor.workspace.statements()) == statements
    again = ended(editor, editor.post("/edit/extract/003", judge="rules").headers["Location"])
    assert "No new candidate." in again


def test_an_added_document_is_looked_through_at_once_if_that_is_asked(editor: Editor) -> None:
    answer = editor.post("/edit/add", step="extract", text=TEXT, **DATED)
    assert answer.headers["Location"] == "/edit/extract/Zelensky-ready-for-talks?run=1&added=1"
    ended(editor, answer.headers["Location"])
    found = {item.candidate.issue for item in editor.workspace.candidates(document="Zelensky-ready-for-talks")}
    assert "talks" in found


def test_what_takes_too_long_is_told_and_leaves_nothing(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_slow(*_: Any) -> None:
        raise ServiceError("the document took longer than 60 seconds; nothing was recorded")

    monkeypatch.setattr(desk_module, "extract_in_time", too_slow)
    head = editor.workspace.head
    page = ended(editor, editor.post("/edit/extract/003").headers["Location"])
    assert "the document took longer than 60 seconds; nothing was recorded" in page
    assert 'role="alert"' in page
    assert editor.workspace.head == head


def test_who_has_no_secret_or_asks_for_what_is_not_there_is_refused(editor: Editor) -> None:
    head = editor.workspace.head
    assert editor.client.post("/edit/extract/003", data={"judge": "rules"}).status_code == 403
    foreign = editor.client.post(
        "/edit/extract/003", data={"secret": editor.secret}, headers={"Origin": "http://evil.example"}
    )
    assert foreign.status_code == 403
    assert editor.post("/edit/extract/003", judge="<script>").status_code == 400
    assert editor.post("/edit/extract/nothing").status_code == 404
    assert editor.get("/edit/extract/nothing").status_code == 404
    assert editor.workspace.head == head


def test_without_the_token_nothing_is_looked_through(editors: Opened) -> None:
    editor = editors(token=TOKEN)
    assert editor.client.get("/edit/extract/003").status_code == 302
    assert editor.client.post("/edit/extract/003").status_code == 403


def test_a_document_of_another_language_says_what_the_rules_read(editor: Editor) -> None:
    text = "Переговоры\n\nПрезидент сказал, что готов к переговорам в Стамбуле на следующей неделе.\n"
    answer = editor.post("/edit/add", step="record", text=text, id="ru-1", language="ru", **DATED)
    assert answer.status_code == 303
    assert "This document is Russian; the rules read English" in editor.page("/edit/extract/ru-1")
