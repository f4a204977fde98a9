"""Correcting and retracting: with a reason, against the revision that was looked at, nothing lost."""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.editing.statement_page import changes_of
from positions.model.statement import Statement
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

PLACE = "/edit/statement/003-22"


def shown(page: str) -> dict[str, str]:
    """The form of a page as a browser would send it."""
    texts = {name: html.unescape(typed_in(page, name)) for name in TEXTS}
    return texts | {name: chosen_in(page, name) for name in CHOICES}


TEXTS = ("quote", "start", "speaker", "said_on", "relayed_by", "confidence", "note")
CHOICES = (
    *("holder", "issue", "element", "stance", "said_on_basis", "voice", "directness", "speaker_party", "stance_to"),
    "condition_for",
)


@pytest.fixture
def form(editor: Editor) -> dict[str, str]:
    return shown(editor.page(PLACE)) | {"replaces": "1", "reason": "read again"}


def test_the_form_shows_what_is_recorded(form: dict[str, str]) -> None:
    assert form == {
        **dict.fromkeys((*TEXTS, *CHOICES), ""),
        "quote": "At the moment, we're saying no to Minsk,",
        "start": "1198",
        "speaker": "Volodymyr Zelensky",
        "said_on": "2022-02-27",
        "confidence": "0.9",
        "holder": "UKR",
        "issue": "venue",
        "element": "minsk",
        "stance": "-2",
        "said_on_basis": "inherited",
        "voice": "self",
        "directness": "direct",
        "speaker_party": "UKR",
        "note": form["note"],
        "replaces": "1",
        "reason": "read again",
    }


def test_a_correction_is_a_revision_with_its_reason(editor: Editor, form: dict[str, str]) -> None:
    answer = editor.post(PLACE, **form | {"stance": "-1", "confidence": "0.8"})
    assert answer.status_code == 303
    last = editor.workspace.revisions()[-1]
    assert (last.id, last.number, last.action, last.recorded_by) == ("003-22", 2, "correct", "anna")
    assert last.reason == "read again"
    assert (recorded(editor).stance, recorded(editor).confidence) == (-1, 0.8)
    page = editor.page(answer.headers["Location"])
    assert "The statement was corrected." in page
    assert re.findall(r"<del>(.*?)</del> <ins>(.*?)</ins>", page) == [
        ("rejects it (−2)", "reluctant (−1)"),
        ("0.9", "0.8"),
    ]
    assert "read again" in command(editor.workspace.folder, "history", "003-22")


def test_what_follows_from_a_changed_speaker_is_filled_in(editor: Editor, form: dict[str, str]) -> None:
    assert editor.post(PLACE, **form | {"speaker": "Dmitry Peskov"}).status_code == 303
    assert (recorded(editor).speaker_party, recorded(editor).voice) == ("RUS", "ascribed")


def test_a_changed_quote_is_found_near_the_old_one(editor: Editor) -> None:
    second = SIGNS.rindex(TWICE)
    editor.post("/edit/code/signs", quote=TWICE, start=str(second), **TALKS)
    form = shown(editor.page("/edit/statement/signs-01"))
    shorter = TWICE.removesuffix(".")
    sent = form | {"quote": shorter, "start": form["start"], "replaces": "1", "reason": "shorter"}
    assert editor.post("/edit/statement/signs-01", **sent).status_code == 303
    assert (recorded(editor).start, recorded(editor).quote) == (second, shorter)


def test_a_moved_quote_takes_its_end_along(editor: Editor) -> None:
    first, second = SIGNS.index(TWICE), SIGNS.rindex(TWICE)
    editor.post("/edit/code/signs", quote=TWICE, start=str(second), **TALKS)
    form = shown(editor.page("/edit/statement/signs-01"))
    sent = form | {"start": str(first), "replaces": "1", "reason": "the first one"}
    assert editor.post("/edit/statement/signs-01", **sent).status_code == 303
    assert (recorded(editor).start, recorded(editor).end) == (first, first + len(TWICE))


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({"stance": "7"}, "stance", "found 7, allowed"),
        ({"quote": "nothing of the kind was said"}, "quote", "is not in the document"),
        ({"quote": ""}, "quote", "missing"),
        ({"holder": ""}, "holder", "missing"),
        ({"speaker": "Nobody Known"}, "speaker", "one of the 415 speakers"),
        ({"said_on": "2022-03-05"}, "said_on", "up to the publication"),
        ({"reason": "  ", "stance": "-1"}, "reason", "a correction needs a reason"),
    ],
)
def test_a_bad_correction_is_told_and_kept(
    editor: Editor, form: dict[str, str], changed: dict[str, str], name: str, told: str
) -> None:
    head = editor.workspace.head
    page = editor.post(PLACE, **form | changed).get_data(as_text=True)
    assert told in finding(page, name)
    assert shown(page) == {name: text for name, text in (form | changed).items() if name not in ("replaces", "reason")}
    assert editor.workspace.head == head


def test_a_correction_that_changes_nothing_is_told(editor: Editor, form: dict[str, str]) -> None:
    assert "nothing would change" in editor.post(PLACE, **form).get_data(as_text=True)
    assert editor.post("/edit/check/statement/003-22", **form).json == {"findings": {}, "told": ""}
    told = editor.post("/edit/check/statement/003-22", **form | {"stance": "-1"}).json["told"]
    assert told.startswith("Ukraine · Venue: Minsk · reluctant")


def test_of_two_people_one_wins_and_the_other_is_told(editors: Opened) -> None:
    anna, ben = editors(), editors(coder="ben")
    form = shown(anna.page(PLACE)) | {"replaces": "1", "reason": "read again"}
    assert shown(ben.page(PLACE)).items() <= form.items()
    assert anna.post(PLACE, **form | {"stance": "-1"}).status_code == 303
    head = anna.workspace.head
    page = ben.post(PLACE, **form | {"stance": "1", "reason": "my reason"}).get_data(as_text=True)
    assert "revision 1 is replaced already, by revision 2 by anna" in page
    assert (chosen_in(page, "stance"), typed_in(page, "reason")) == ("1", "my reason")
    assert f'<a href="{PLACE}">Load the revision in force</a>' in page
    again = ben.post(PLACE, **form | {"stance": "1"}).get_data(as_text=True)
    assert "replaced already" in again
    lost = ben.post(f"{PLACE}/retract", replaces="1", reason="wrong").get_data(as_text=True)
    assert "replaced already" in lost
    assert ben.workspace.head == head
    assert ben.post(PLACE, **form | {"stance": "1", "replaces": "2"}).status_code == 303


@pytest.mark.parametrize("replaces", ["", "0", "x", "2", "-1", "9" * 40])
def test_a_revision_that_nobody_looked_at_is_not_replaced(editor: Editor, form: dict[str, str], replaces: str) -> None:
    head = editor.workspace.head
    page = editor.post(PLACE, **form | {"stance": "-1", "replaces": replaces}).get_data(as_text=True)
    assert "is replaced already" in page
    assert editor.workspace.head == head


def test_a_retraction_needs_a_reason_and_leaves_the_history(editor: Editor, form: dict[str, str]) -> None:
    page = editor.post(f"{PLACE}/retract", replaces="1", reason=" ").get_data(as_text=True)
    assert finding(page, "retract-reason") == "a retraction needs a reason"
    answer = editor.post(f"{PLACE}/retract", replaces="1", reason="coded twice")
    assert answer.status_code == 303
    page = editor.page(answer.headers["Location"])
    assert "The statement was retracted." in page
    assert "coded twice" in page
    assert "<form" not in page
    assert 'href="/?statement' not in page
    late = editor.post(PLACE, **form | {"stance": "-1", "replaces": "2"}).get_data(as_text=True)
    assert "was retracted by anna" in late
    assert "was retracted by anna" in editor.post(f"{PLACE}/retract", replaces="2", reason="x").get_data(as_text=True)
    assert "which was retracted" in editor.post("/edit/check/statement/003-22", **form).json["findings"][""][0]


def test_a_statement_whose_document_is_gone_can_be_retracted(editor: Editor) -> None:
    editor.post("/edit/code/signs", quote=READY, **TALKS)
    command(editor.workspace.folder, "retract", "signs", "--reason", "a hoax")
    page = editor.page("/edit/statement/signs-01")
    assert "The document was retracted" in page
    sent = shown(page) | {"stance": "1", "replaces": "1", "reason": "x"}
    assert "is not recorded any more" in editor.post("/edit/statement/signs-01", **sent).get_data(as_text=True)
    assert editor.post("/edit/statement/signs-01/retract", replaces="1", reason="a hoax").status_code == 303


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:12])
def test_hostile_reasons_are_texts(editor: Editor, form: dict[str, str], hostile: str) -> None:
    assert editor.post(PLACE, **form | {"stance": "-1", "reason": hostile}).status_code == 303
    assert editor.workspace.revisions()[-1].reason == hostile
    page = editor.page(PLACE)
    assert not re.search(r"<script>alert|<img|<svg|49 ", page)
    assert hostile in html.unescape(page)


def test_the_first_revision_and_a_retraction_change_no_field(editor: Editor) -> None:
    codebook = editor.workspace.codebook
    said = next(one for one in editor.workspace.known().records if one.statement.id == "003-22").statement
    other = Statement.model_validate(
        said.model_dump() | {"speaker": "peskov", "speaker_party": "RUS", "voice": "ascribed"}
    )
    assert changes_of(None, said, codebook) == changes_of(said, None, codebook) == []
    assert [change.label for change in changes_of(said, other, codebook)] == [
        "Speaker",
        "Whose word it is",
        "Speaks for",
    ]
    assert changes_of(said, other, codebook)[0][1:] == ("Volodymyr Zelensky", "Dmitry Peskov")


def test_of_many_at_once_one_correction_wins(editor: Editor, form: dict[str, str]) -> None:
    app, secret = editor.client.application, editor.secret
    cookie = editor.client.get_cookie(app.config["SESSION_COOKIE_NAME"], path="/edit").value

    def correct(number: int) -> int:
        client = app.test_client()
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie, path="/edit")
        sent = form | {"secret": secret, "confidence": f"0.{number}"}
        return int(client.post(PLACE, data=sent).status_code)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(correct, range(1, 9)))
    assert sorted(found) == [200] * 7 + [303]
    assert [one.number for one in editor.workspace.revisions() if one.id == "003-22"] == [1, 2]
