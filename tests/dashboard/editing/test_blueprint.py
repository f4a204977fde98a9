"""The entrance: what is there, to whom it is open, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dashboard import create_app
from dashboard.settings import Settings
from positions.workspace import Workspace, open_workspace
from tests.dashboard.editing.conftest import READY, TALKS, Editor, Opened

PLACES = ("/edit/", "/edit/add", "/edit/code/003", "/edit/statement/003-22", "/edit/review")
TOKEN = "correct horse battery"  # noqa: S105


def enter(editor: Editor, **fields: str) -> Any:
    editor.get("/edit/login")
    return editor.post("/edit/login", **({"token": TOKEN} | fields))


@pytest.mark.parametrize("place", ["/edit", *PLACES, "/edit/login", "/edit/static/edit.js", "/edit/check/code/003"])
def test_nothing_of_it_exists_where_editing_is_off(workspace: Workspace, place: str) -> None:
    client = create_app(workspace).server.test_client()
    assert client.get(place).status_code == 404
    assert client.post(place).status_code in (404, 405)


def test_nothing_links_there_where_editing_is_off(workspace: Workspace) -> None:
    assert b"/edit" not in create_app(workspace).server.test_client().get("/_dash-layout").data


@pytest.mark.parametrize("place", PLACES)
def test_the_pages_are_there_where_it_is_on(editor: Editor, place: str) -> None:
    answer = editor.get(place)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    page = answer.get_data(as_text=True)
    assert '<html lang="en">' in page
    assert "Recording as <strong>anna</strong>" in page
    assert not re.search(r"<script(?! src=)|\son\w+=", page.replace("&lt;img src=x onerror=", ""))


def test_an_address_that_is_nobody_s_is_told(editor: Editor) -> None:
    assert editor.get("/edit").headers["Location"].endswith("/edit/")
    for place in ("/edit/nowhere", "/edit/code/999", "/edit/statement/999-1", "/edit/review?after=nobody"):
        answer = editor.get(place)
        assert answer.status_code == 404, place
        assert b"<h1>" in answer.data
    assert editor.get("/edit/code/003/../../x").status_code in (200, 404)


@pytest.mark.parametrize(
    ("headers", "environ", "told"),
    [
        ({"Host": "10.1.2.3:8050"}, {}, "names of its own machine"),
        ({"X-Forwarded-For": "203.0.113.9"}, {}, "through a proxy"),
        ({}, {"REMOTE_ADDR": "192.168.0.4"}, "own machine only"),
    ],
)
def test_without_a_token_strangers_are_refused(
    editor: Editor, headers: dict[str, str], environ: dict[str, str], told: str
) -> None:
    for place in PLACES:
        answer = editor.client.get(place, headers=headers, environ_overrides=environ)
        assert answer.status_code == 403
        assert told in answer.get_data(as_text=True)
        assert "anna" not in answer.get_data(as_text=True)
        assert "Russia" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example.org"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_post_from_another_site_changes_nothing(editor: Editor, headers: dict[str, str]) -> None:
    editor.page("/edit/code/signs")
    head = editor.workspace.head
    sent = {"secret": editor.secret, "quote": READY} | TALKS
    answer = editor.client.post("/edit/code/signs", data=sent, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.get_data(as_text=True)
    assert editor.workspace.head == head
    assert editor.client.post("/edit/code/signs", data=sent, headers={"Origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize("secret", ["", "x", "🕊"])
def test_a_post_without_the_secret_of_its_session_changes_nothing(editor: Editor, secret: str) -> None:
    editor.page("/edit/code/signs")
    head = editor.workspace.head
    for place in (
        "/edit/code/signs",
        "/edit/statement/003-22",
        "/edit/statement/003-22/retract",
        "/edit/check/code/003",
    ):
        answer = editor.client.post(place, data={"secret": secret, "quote": READY, "reason": "x"} | TALKS)
        assert answer.status_code == 403, place
    assert editor.workspace.head == head


def test_the_secret_of_another_session_is_of_no_use(editors: Opened) -> None:
    one, two = editors(), editors()
    one.page("/edit/code/signs")
    two.page("/edit/code/signs")
    two.secret = one.secret
    assert two.post("/edit/code/signs", quote=READY, **TALKS).status_code == 403


def test_writes_are_posts(editor: Editor) -> None:
    for place in ("/edit/statement/003-22/retract", "/edit/review/border.1/accept", "/edit/check/code/003"):
        assert editor.get(place).status_code in (404, 405)


def test_a_form_too_large_is_not_read(editor: Editor) -> None:
    answer = editor.post("/edit/code/signs", note="x" * 1_100_000)
    assert answer.status_code == 413


def test_a_token_is_asked_for_once(editors: Opened) -> None:
    editor = editors(token=TOKEN)
    answer = editor.get("/edit/code/003?like=003-22")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/edit/login?to=/edit/code/003?like%3D003-22"
    page = editor.page(answer.headers["Location"])
    assert "Russia" not in page
    assert "anna" in page
    entered = enter(editor, to="/edit/code/003?like=003-22", coder="  ben\n b ")
    assert (entered.status_code, entered.headers["Location"]) == (303, "/edit/code/003?like=003-22")
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/edit" in cookie
    assert TOKEN not in cookie
    assert "Recording as <strong>ben b</strong>" in editor.page("/edit/code/signs")
    assert editor.post("/edit/code/signs", quote=READY, **TALKS).status_code == 303
    assert editor.workspace.revisions()[-1].recorded_by == "ben b"
    assert editor.get("/edit/login").headers["Location"] == "/edit/"
    editor.post("/edit/logout")
    assert editor.get("/edit/").status_code == 302


def test_with_a_token_other_machines_and_names_are_answered(editors: Opened) -> None:
    editor = editors(token=TOKEN, hosts=("positions.example.org",))
    answer = editor.client.get(
        "/edit/login", headers={"Host": "positions.example.org"}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN.upper(), "🕊", TOKEN + " "])
def test_a_wrong_token_opens_nothing(editors: Opened, token: str) -> None:
    editor = editors(token=TOKEN)
    answer = enter(editor, token=token)
    assert answer.status_code == 403
    assert "This is not the token" in answer.get_data(as_text=True)
    assert editor.get("/edit/").status_code == 302
    head = editor.workspace.head
    assert editor.post("/edit/code/signs", quote=READY, **TALKS).status_code == 403
    assert editor.workspace.head == head


def test_who_guesses_tokens_has_to_wait(editors: Opened) -> None:
    editor = editors(token=TOKEN)
    for _ in range(10):
        assert enter(editor, token="guess").status_code == 403  # noqa: S106
    answer = enter(editor)
    assert answer.status_code == 429
    assert "wait a minute" in answer.get_data(as_text=True)


@pytest.mark.parametrize("to", ["", "//evil.example.org", "https://evil.example.org/edit/", "/editor", "/\\evil"])
def test_the_entrance_leads_nowhere_else(editors: Opened, to: str) -> None:
    assert enter(editors(token=TOKEN), to=to).headers["Location"] == "/edit/"


def test_the_user_s_name_is_recorded_where_none_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("positions.workspace.versions.getpass.getuser", lambda: "carla")
    with open_workspace(folder) as workspace:
        client = create_app(workspace, Settings(edit=True)).server.test_client()
        assert b"Recording as <strong>carla</strong>" in client.get("/edit/").data


def test_a_token_is_not_shown_with_the_settings() -> None:
    assert TOKEN not in repr(Settings(edit=True, token=TOKEN))
