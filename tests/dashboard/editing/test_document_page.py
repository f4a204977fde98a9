"""Adding a document in the browser: shown as it was read, with its copies, and recorded only then."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest

from positions.model.document import Document, sha256_of
from tests.dashboard.editing.conftest import HOSTILE, SIGNS, Editor, command, finding, typed_in
from tests.positions.extract.pages import page as web_page

TALKS = "Talks in Geneva\n\nThe ministers met on the lake, and will meet again in a week.\n"
DATED = {"outlet": "The Wire", "published_on": "2022-02-25"}


def documents(editor: Editor) -> dict[str, Document]:
    return {document.id: document for document in editor.workspace.documents()}


def post(editor: Editor, step: str, **fields: Any) -> Any:
    return editor.post("/edit/add", step=step, **fields)


def hidden(text: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', text)
    assert found, f"no hidden field {name}"
    return html.unescape(found[1])


def test_a_pasted_text_is_shown_as_read_and_recorded_on_the_second_step(editor: Editor) -> None:
    before = len(documents(editor))
    shown = post(editor, "read", text=TALKS, **DATED).get_data(as_text=True)
    assert '<dd dir="auto">Talks in Geneva</dd>' in shown
    assert "25 February 2022 (explicit)" in shown
    assert "will meet again in a week." in shown
    assert len(documents(editor)) == before
    answer = post(editor, "record", text=TALKS, **DATED)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/edit/code/Talks-in-Geneva?added=1")
    document = documents(editor)["Talks-in-Geneva"]
    assert (document.text, document.outlet, document.file) == (TALKS, "The Wire", "seeds/Talks-in-Geneva.txt")
    assert "Added as Talks-in-Geneva" in editor.page(answer.headers["Location"])
    assert "anna" in command(editor.workspace.folder, "history", "Talks-in-Geneva")


def test_a_browser_s_line_ends_are_forgiven(editor: Editor) -> None:
    post(editor, "record", text=TALKS.replace("\n", "\r\n"), **DATED)
    assert documents(editor)["Talks-in-Geneva"].text == TALKS


def test_a_file_is_read_by_its_kind_and_kept_from_the_preview_to_the_record(editor: Editor) -> None:
    content = web_page(meta='<meta property="article:published_time" content="2022-02-25">').encode()
    shown = post(editor, "read", outlet="The Wire", file=(io.BytesIO(content), "Putin ready.html"))
    text = shown.get_data(as_text=True)
    assert "Putin ready for talks" in text
    assert sha256_of(content) in text
    kept = {name: hidden(text, name) for name in ("name", "content")}
    assert kept["name"] == "Putin ready.html"
    assert post(editor, "record", outlet="The Wire", **kept).status_code == 303
    made = documents(editor)["Putin-ready"].made_from
    assert made is not None
    assert (made.name, made.sha256) == ("Putin ready.html", sha256_of(content))


def test_everything_that_is_known_can_be_given(editor: Editor) -> None:
    given = DATED | {
        "title": "Переговоры",
        "url": "https://example.org/talks",
        "fetched_on": "2022-02-26",
        "language": "ru",
        "origin": "An Agency",
        "author": "Ann Writer",
        "note": "From the archive.",
        "id": "geneva",
    }
    assert post(editor, "record", text=TALKS, **given).status_code == 303
    document = documents(editor)["geneva"]
    assert document.made_from is not None
    assert str(document.made_from.fetched_on) == given["fetched_on"]
    for name in set(given) - {"fetched_on"}:
        assert str(getattr(document, name)) == given[name]


def test_a_text_that_another_document_has_is_told_before_it_is_recorded(editor: Editor) -> None:
    text = str(documents(editor)["003"].text)
    shown = post(editor, "read", text=text, **DATED).get_data(as_text=True)
    assert re.search(r'<div class="open-points" role="alert"><p>[^<]* has the same text as 003', shown)
    assert sum(document.text == text for document in documents(editor).values()) == 1


@pytest.mark.parametrize(
    ("fields", "name", "message"),
    [
        ({"text": TALKS, "outlet": "The Wire"}, "published_on", "give --published-on"),
        ({"text": TALKS, "published_on": "2022-02-25"}, "outlet", "give --outlet"),
        ({"text": TALKS, **DATED, "published_on": "soon"}, "published_on", "found 'soon'"),
        ({"text": TALKS, **DATED, "published_on": "2099-01-01"}, "published_on", "to come"),
        ({"text": TALKS, **DATED, "language": "Spanish!"}, "language", "Spanish!"),
        ({"text": TALKS, **DATED, "url": "example"}, "url", "example"),
        ({"text": TALKS, **DATED, "id": "no/id"}, "id", "no/id"),
        ({"text": " ", **DATED}, "text", "choose a file, or paste a text"),
    ],
)
@pytest.mark.parametrize("step", ["read", "record"])
def test_what_is_missing_or_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(
    editor: Editor, step: str, fields: dict[str, str], name: str, message: str
) -> None:
    before = len(documents(editor))
    shown = post(editor, step, **fields).get_data(as_text=True)
    assert message in html.unescape(finding(shown, name))
    assert html.unescape(typed_in(shown, "outlet")) == fields.get("outlet", "")
    assert len(documents(editor)) == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF-1.4 nothing", "cannot be read as PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0", ".doc files are not read"),
        ("a.txt", b"a \xff", "found the byte 0xff"),
        ("a.docx", b"PK\x03\x04", "cannot be read as a Word file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(editor: Editor, name: str, content: bytes, message: str) -> None:
    shown = post(editor, "read", file=(io.BytesIO(content), name), **DATED).get_data(as_text=True)
    assert message in html.unescape(shown)
    assert "<dl" not in shown


def test_a_file_of_ten_megabytes_is_refused_with_the_limit_and_a_larger_form_at_once(editor: Editor) -> None:
    shown = upload(editor, b"a\n" * 5_000_001)
    assert "found 10,000,002 bytes, allowed: up to 10,000,000" in shown.get_data(as_text=True)
    assert upload(editor, b"a\n" * 8_000_000).status_code == 413


def upload(editor: Editor, content: bytes) -> Any:
    """Send a large file: the client's own forms would leave a temporary file open."""
    editor.get("/edit/code/003")
    fields = {"secret": editor.secret, **DATED}
    parts = "".join(
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    )
    head = f'{parts}--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'.encode()
    body = head + content + b"\r\n--B--\r\n"
    return editor.client.post("/edit/add", data=body, content_type="multipart/form-data; boundary=B")


def test_a_path_before_a_file_s_name_is_left_out(editor: Editor) -> None:
    post(editor, "record", file=(io.BytesIO(TALKS.encode()), "..\\..\\up/talks.txt"), **DATED)
    assert documents(editor)["talks"].file == "seeds/talks.txt"


@pytest.mark.parametrize("kept", ["%%%", "", "YQ"])
def test_a_form_whose_kept_file_is_broken_asks_for_it_again(editor: Editor, kept: str) -> None:
    shown = post(editor, "record", name="a.txt", content=kept, **DATED).get_data(as_text=True)
    assert "choose a file, or paste a text" in finding(shown, "text")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_was_typed_is_run(editor: Editor, text: str) -> None:
    fields = {"text": f"{text}\nmet.\n", "title": text[:150], "outlet": text[:100], "published_on": "2022-02-25"}
    shown = post(editor, "read", **fields).get_data(as_text=True)
    assert not re.search(r"<script>alert|<img src=x|<svg", shown)
    assert (
        html.escape(text[:100], quote=False).replace('"', "&#34;") in shown.replace("&#39;", "'") or "x" * 90 in shown
    )


def test_the_document_s_characters_are_kept(editor: Editor) -> None:
    post(editor, "record", file=(io.BytesIO(SIGNS.encode()), "more signs.txt"), **DATED)
    assert documents(editor)["more-signs"].text == SIGNS
