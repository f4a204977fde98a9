"""What the codebook page refuses: hostile words, forms that are not its own, a book that keeps nothing."""

from __future__ import annotations

import html
import re
import tomllib

import pytest

from positions.workspace import open_workspace
from tests.dashboard.editing.conftest import HOSTILE, Editor
from tests.dashboard.editing.test_codebook_page import GOMEL, RENAME, carry_out, preview


@pytest.mark.parametrize("hostile", [*HOSTILE, "a\x7fb\x00c", "line\r\nline"], ids=lambda text: repr(text[:12]))
def test_hostile_labels_are_texts(editor: Editor, hostile: str) -> None:
    fields = {"operation": "add", "word": "element", "issue": "venue", "id": "bad", "label": hostile}
    for page in (preview(editor, **fields), ""):
        assert not re.search(r"<script>alert|<img|<svg|49 ", page)
    assert carry_out(editor, **fields).status_code == 303
    label = editor.workspace.codebook.element("venue", "bad").label
    assert label == hostile
    parsed = tomllib.loads((editor.workspace.folder / "codebook.toml").read_text())
    assert parsed["title"]
    for address in (
        "/edit/codebook?word=element",
        "/edit/codebook/element/venue/bad",
        GOMEL,
        "/edit/codebook/versions",
    ):
        page = editor.page(address)
        assert not re.search(r"<script>alert|<img|<svg|49 ", page)
    assert (
        html.unescape(editor.page("/edit/codebook?word=element")).count(hostile.replace("\r", "")[:20])
        or "\r" in hostile
    )
    with open_workspace(editor.workspace.folder) as again:
        assert again.codebook == editor.workspace.codebook


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:12])
def test_hostile_ids_are_refused_as_text(editor: Editor, hostile: str) -> None:
    head = editor.workspace.head
    for fields in (RENAME | {"rename": hostile}, {"operation": "add", "word": "party", "id": hostile}):
        page = preview(editor, **fields)
        assert not re.search(r"<script>alert|<img|<svg|49 ", page)
    assert editor.workspace.head == head


@pytest.mark.parametrize(
    "address",
    [
        "codebook?word=verb",
        "codebook/verb/x",
        "codebook/element/venue/nowhere",
        "codebook/level/talks:x",
        "codebook/add/x",
    ],
)
def test_what_is_no_word_is_no_page(editor: Editor, address: str) -> None:
    assert editor.get(f"/edit/{address}").status_code == 404


@pytest.mark.parametrize("name", ["", "drop", "undo"])
def test_an_unknown_operation_is_refused(editor: Editor, name: str) -> None:
    head = editor.workspace.head
    page = preview(editor, **RENAME | {"operation": name})
    assert "allowed: rename" in html.unescape(page)
    assert editor.workspace.head == head


def test_a_form_without_the_secret_changes_nothing(editor: Editor) -> None:
    head = editor.workspace.head
    for address in ("/edit/codebook/change", "/edit/codebook/undo"):
        assert editor.client.post(address, data=RENAME | {"step": "record", "reason": "x"}).status_code == 403
    assert editor.workspace.head == head


def test_a_book_that_keeps_nothing_refuses_the_change(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(editor.workspace), "require_writable", refuse)
    page = carry_out(editor, **RENAME).get_data(as_text=True)
    assert "nothing can be recorded here" in page


def refuse(_: object) -> None:
    from positions.errors import WorkspaceError

    raise WorkspaceError("cannot be written, so nothing can be recorded here")
