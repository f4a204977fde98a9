"""Coding through the form: what is recorded, what is refused, and that nothing typed is lost or run."""

from __future__ import annotations

import html
import re

import pytest

from tests.dashboard.editing.conftest import (
    HOSTILE,
    READY,
    SIGNS,
    TALKS,
    TWICE,
    Editor,
    Opened,
    chosen_in,
    command,
    finding,
    recorded,
    typed_in,
)


def test_a_claim_is_recorded_with_the_coder_s_name(editor: Editor) -> None:
    answer = editor.post("/edit/code/signs", quote=READY, start=str(SIGNS.index(READY)), **TALKS)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/edit/code/signs?recorded=signs-01")
    said = recorded(editor)
    assert SIGNS[said.start : said.end] == said.quote == READY
    assert (said.coder, said.speaker, said.voice, said.directness) == ("anna", "zelensky", "self", "direct")
    page = editor.page(answer.headers["Location"])
    assert f"The log ends at {editor.workspace.head}" in page
    assert 'href="/?statement=signs-01"' in page
    assert "anna" in command(editor.workspace.folder, "history", "signs-01")


def test_the_document_s_characters_arrive_unchanged(editor: Editor) -> None:
    page = editor.page("/edit/code/signs")
    box = re.search(r'<div id="text"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert box
    assert "\r" not in box[1]
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", box[1])) == SIGNS


def test_a_browser_s_line_ends_are_forgiven(editor: Editor) -> None:
    quote = "Then he left.\r\nAgain: “We will not go there at all.”"
    assert editor.post("/edit/code/signs", quote=quote, **TALKS).status_code == 303
    assert recorded(editor).quote == quote


@pytest.mark.parametrize("speaker", ["zelensky", "Volodymyr Zelensky", "  volodymyr  ZELENSKY ", "Zelenskyy"])
def test_a_speaker_is_known_by_id_name_and_spelling(editor: Editor, speaker: str) -> None:
    assert editor.post("/edit/code/signs", quote=READY, **TALKS | {"speaker": speaker}).status_code == 303
    assert recorded(editor).speaker == "zelensky"


def test_everything_can_be_given(editor: Editor) -> None:
    given = TALKS | {
        "stance": "1",
        "stance_to": "2",
        "relayed_by": "Dmitry Peskov",
        "voice": "ascribed",
        "directness": "paraphrase",
        "speaker_party": "UKR",
        "condition_for": "venue/istanbul",
        "confidence": "0.5",
        "note": "as told",
    }
    assert editor.post("/edit/code/signs", quote=READY, **given).status_code == 303
    said = recorded(editor)
    assert {name: str(getattr(said, name)) for name in given} == given | {
        "speaker": "zelensky",
        "relayed_by": "peskov",
    }


def test_a_quote_that_stands_twice_needs_its_place(editor: Editor) -> None:
    page = editor.post("/edit/code/signs", quote=TWICE, **TALKS).get_data(as_text=True)
    first, second = (match.start() for match in re.finditer(re.escape(TWICE), SIGNS))
    assert "occurs 2 times" in finding(page, "quote")
    assert f"character {first}" in finding(page, "quote")
    assert "--start" not in page
    assert editor.post("/edit/code/signs", quote=TWICE, start=str(second), **TALKS).status_code == 303
    assert recorded(editor).start == second


def test_all_that_is_needed_is_told_at_once(editor: Editor) -> None:
    page = editor.post("/edit/code/signs").get_data(as_text=True)
    for name in ("quote", "holder", "issue", "stance", "said_on", "said_on_basis"):
        assert finding(page, name) == "is needed"
    for name in ("start", "speaker", "voice", "directness", "element"):
        assert finding(page, name) == ""
    assert 'role="alert"' in page


@pytest.mark.parametrize(
    ("fields", "name", "told"),
    [
        ({"quote": "never said there by anybody"}, "quote", "is not in the document word for word"),
        ({"quote": "ready for talks in Istan"}, "quote", "inside a word"),
        ({"quote": "ready"}, "quote", "at least 4 words or a whole clause"),
        ({"start": "5"}, "start", "found 5, allowed: 50"),
        ({"start": "-5"}, "start", "a whole number from 0"),
        ({"start": "９"}, "start", "found &#39;９&#39;, allowed"),
        ({"holder": "XXX"}, "holder", "found &#39;XXX&#39;, allowed: BLR"),
        ({"speaker": "Putinn"}, "speaker", "close to it: Vladimir Putin"),
        ({"relayed_by": "nobody at all"}, "relayed_by", "one of the 415 speakers"),
        ({"issue": "weather"}, "issue", "allowed: ceasefire"),
        ({"element": "minsk"}, "element", "talks has no elements"),
        ({"issue": "venue"}, "element", "allowed: "),
        ({"stance": "3"}, "stance", "found 3, allowed"),
        ({"stance": "much"}, "stance", "valid integer"),
        ({"stance": "1", "stance_to": "0"}, "stance_to", "allowed: above stance 1"),
        ({"said_on": "soon"}, "said_on", "YYYY"),
        ({"said_on": "2023-01-01"}, "said_on", "up to the publication"),
        ({"said_on_basis": "felt"}, "said_on_basis", "allowed: "),
        ({"confidence": "2"}, "confidence", "less than or equal to 1"),
        ({"voice": "ascribed"}, "voice", "speaks about itself"),
        ({"condition_for": "nothing/at all"}, "condition_for", "found"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    editor: Editor, fields: dict[str, str], name: str, told: str
) -> None:
    head = editor.workspace.head
    given = TALKS | {"quote": READY} | fields
    page = editor.post("/edit/code/signs", **given).get_data(as_text=True)
    assert told in finding(page, name)
    for field in ("quote", "start", "speaker", "relayed_by", "said_on", "confidence"):
        assert html.unescape(typed_in(page, field)) == given.get(field, "")
    for field in ("holder", "issue", "stance", "said_on_basis", "voice"):
        assert chosen_in(page, field) == given.get(field, "")
    assert f'name="{name}"' in page
    assert re.search(rf'id="f-{name}"[^>]*aria-invalid="true"', page)
    assert editor.workspace.head == head
    check = editor.post("/edit/check/code/signs", **given).json
    assert name in check["findings"]
    assert check["told"] == ""


FIELDS = (
    "quote",
    "start",
    "holder",
    "speaker",
    "issue",
    "element",
    "stance",
    "said_on",
    "said_on_basis",
    "voice",
    "note",
)


@pytest.mark.parametrize("name", [*FIELDS, "directness", "relayed_by", "condition_for", "confidence"])
def test_hostile_texts_are_shown_as_texts(editor: Editor, name: str) -> None:
    for hostile in HOSTILE:
        answer = editor.post("/edit/code/signs", **TALKS | {"quote": "nothing that is there"} | {name: hostile})
        assert answer.status_code == 200
        page = answer.get_data(as_text=True)
        assert html.escape(hostile[:60]).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")[:30] in page
        for sign in ("<script>alert", "<img", "<svg", "49 "):
            assert sign not in page
        told = editor.post("/edit/check/code/signs", **TALKS | {"quote": READY} | {name: hostile}).json
        assert all(len(message) < 700 for messages in told["findings"].values() for message in messages)


def test_a_hostile_note_is_recorded_and_shown_as_it_is(editor: Editor) -> None:
    note = "".join(HOSTILE)
    assert editor.post("/edit/code/signs", quote=READY, note=note, **TALKS).status_code == 303
    assert recorded(editor).note == note
    page = editor.page("/edit/statement/signs-01")
    assert html.unescape(typed_in(page, "note")) == note
    assert "<svg" not in page


def test_the_check_tells_what_would_be_recorded(editor: Editor) -> None:
    head = editor.workspace.head
    found = editor.post("/edit/check/code/signs", quote=READY, **TALKS).json
    start = SIGNS.index(READY)
    assert found["findings"] == {}
    assert found["told"] == (
        f"Ukraine · Peace talks · ready now; characters {start} to {start + len(READY)}; "
        "its own word, inside quotation marks"
    )
    assert editor.workspace.head == head
    assert "not recorded" in editor.post("/edit/check/code/nowhere").json["findings"][""][0]


def test_another_claim_of_the_same_quote_begins_with_what_is_the_same(editor: Editor) -> None:
    page = editor.page("/edit/code/003?like=003-22")
    assert typed_in(page, "quote") == "At the moment, we&#39;re saying no to Minsk,"
    assert typed_in(page, "speaker") == "Volodymyr Zelensky"
    assert chosen_in(page, "holder") == "UKR"
    assert chosen_in(page, "issue") == chosen_in(page, "stance") == ""
    assert typed_in(editor.page("/edit/code/signs?like=003-22"), "quote") == ""


def test_what_the_command_line_adds_appears_without_a_restart(editor: Editor) -> None:
    assert 'statement/003-39"' not in editor.page("/edit/code/003")
    said = ["--quote", "At the moment, we're saying no to Minsk,", "--speaker", "zelensky", "--holder", "UKR"]
    about = ["--issue", "talks", "--stance", "-1", "--said-on", "2022-02-27", "--said-on-basis", "inherited"]
    command(editor.workspace.folder, "add", "--document", "003", *said, *about)
    assert 'statement/003-39"' in editor.page("/edit/code/003")


def test_documents_are_found(editor: Editor) -> None:
    page = editor.page("/edit/?q=border example")
    assert "Talks on the border" in page
    assert "3 candidates" in page
    assert "Kremlin ready" not in page
    assert "No document was found" in editor.page("/edit/?q=<script>")
    assert "&lt;script&gt;" in editor.page("/edit/?q=<script>")


def test_a_book_that_is_busy_is_told_and_nothing_typed_is_lost(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    from positions.errors import WorkspaceError

    def busy(*_: object, **__: object) -> None:
        raise WorkspaceError("the record book is busy")

    editor.page("/edit/code/signs")
    monkeypatch.setattr("positions.store.book.Book.add", busy)
    page = editor.post("/edit/code/signs", quote=READY, **TALKS).get_data(as_text=True)
    assert "the record book is busy" in page
    assert typed_in(page, "quote") == READY


def test_two_editors_code_the_same_document(editors: Opened) -> None:
    anna, ben = editors(), editors(coder="ben")
    anna.post("/edit/code/signs", quote=READY, **TALKS)
    answer = ben.post("/edit/code/signs", quote=READY, **TALKS | {"holder": "UKR", "stance": "1"})
    assert answer.headers["Location"].endswith("recorded=signs-02")
    page = anna.page("/edit/code/signs")
    assert "signs-01" in page
    assert "signs-02" in page


def test_speaker_and_date_begin_as_in_the_coders_last_statement_and_can_be_cleared(editor: Editor) -> None:
    assert typed_in(editor.page("/edit/code/signs"), "speaker") == ""
    editor.post("/edit/code/signs", **TALKS | {"quote": READY})
    page = editor.page("/edit/code/signs")
    assert "Speaker and date are those of" in page
    assert (typed_in(page, "speaker"), typed_in(page, "said_on")) == ("Volodymyr Zelensky", "2022-02-27")
    assert chosen_in(page, "said_on_basis") == "document"
    assert (chosen_in(page, "holder"), typed_in(page, "quote")) == ("", "")
    cleared = editor.page("/edit/code/signs?plain=1")
    assert "Speaker and date are those of" not in cleared
    assert typed_in(cleared, "speaker") == typed_in(cleared, "said_on") == ""


def test_what_another_coder_or_another_document_has_is_not_remembered(editors: Opened) -> None:
    editors(coder="berta").post("/edit/code/signs", **TALKS | {"quote": READY})
    anna = editors(coder="anna")
    assert typed_in(anna.page("/edit/code/signs"), "speaker") == ""
    assert typed_in(anna.page("/edit/code/003"), "speaker") == ""


def test_another_claim_from_the_same_words_keeps_quote_speaker_and_date(editor: Editor) -> None:
    answer = editor.post("/edit/code/signs", next="same", **TALKS | {"quote": READY})
    assert answer.headers["Location"] == "/edit/code/signs?recorded=signs-01&like=signs-01"
    page = editor.page(answer.headers["Location"])
    assert "Recorded as" in page
    assert (typed_in(page, "quote"), typed_in(page, "speaker")) == (READY, "Volodymyr Zelensky")
    assert (typed_in(page, "said_on"), chosen_in(page, "issue"), chosen_in(page, "stance")) == ("2022-02-27", "", "")
