"""Many who ask the same are answered from one computation, and never from before a change."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from benchmarks.dashboard import Browser
from dashboard import create_app
from dashboard.pages import overview
from dashboard.query.view import View
from dashboard.server import answers
from dashboard.shell import callbacks
from positions.workspace import Workspace, open_workspace


def draw(browser: Browser, question: str, **headers: str) -> TestResponse:
    """Ask for the parts of the first page as a browser does."""
    browser.values |= {"question.data": question, "head.data": ""}
    call = next(call for call in browser.calls if "parts.data" in call["output"] and "page.className" in call["output"])
    outputs = [name.rsplit(".", 1) for name in call["output"].strip(".").split("...")]
    asked: dict[str, Any] = {
        "output": call["output"],
        "outputs": [{"id": one, "property": two} for one, two in outputs],
        "changedPropIds": ["question.data"],
        "inputs": [browser._filled(item) for item in call["inputs"]],
        "state": [],
    }
    answer: TestResponse = browser.client.post("/_dash-update-component", json=asked, headers=headers)
    return answer


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often the first chart is drawn."""
    drawn, figure = [], overview.dumbbell_figure

    def counted(*args: Any, **options: Any) -> Any:
        drawn.append("chart")
        return figure(*args, **options)

    monkeypatch.setattr(overview, "dumbbell_figure", counted)
    return drawn


def test_the_same_question_is_answered_once_and_a_changed_book_anew(shipped: Path, drawings: list[str]) -> None:
    with open_workspace(shipped) as workspace:
        browser = Browser(create_app(workspace))
        first, again = draw(browser, "/"), draw(browser, "/")
        assert first.get_json() == again.get_json()
        assert len(drawings) == 1
        assert draw(browser, "/?as_of=2022-02-27").get_json() != first.get_json()
        assert len(drawings) == 2
        mark = next(ref for ref in workspace.index().by_id if ref in first.get_data(as_text=True))
        with workspace.recording(coder="anna") as book:
            book.retract(mark, reason="a test")
        assert mark not in draw(browser, "/").get_data(as_text=True)
        assert len(drawings) == 3


def test_an_error_is_answered_to_nobody_else(
    workspace: Workspace, drawings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from positions.errors import BusyError

    browser, drawn = Browser(create_app(workspace)), overview.dumbbell_figure

    def fail(*_args: Any, **_options: Any) -> Any:
        raise BusyError("a test")

    monkeypatch.setattr(overview, "dumbbell_figure", fail)
    assert draw(browser, "/").status_code == 503
    monkeypatch.setattr(overview, "dumbbell_figure", drawn)
    assert draw(browser, "/").status_code == 200
    assert drawings == ["chart"]


def test_who_takes_no_compressed_answer_gets_a_plain_one(workspace: Workspace) -> None:
    browser = Browser(create_app(workspace))
    packed, plain = draw(browser, "/", **{"Accept-Encoding": "br, gzip"}), draw(browser, "/")
    refused = draw(browser, "/", **{"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    assert json.loads(gzip.decompress(packed.data)) == plain.get_json() == refused.get_json()
    assert len(packed.data) * 3 < len(plain.data)


@pytest.mark.parametrize(
    "path", ["/method.json", "/overview.json", "/overview.csv", "/_dash-layout", "/_dash-dependencies"]
)
def test_data_are_compressed(workspace: Workspace, path: str) -> None:
    client = create_app(workspace).server.test_client()
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == client.get(path).data


def test_a_script_is_compressed_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(workspace)
    client = app.server.test_client()
    page = client.get("/").get_data(as_text=True)
    script = next(part.split('"')[0] for part in page.split('src="') if "dash_renderer" in part.split('"')[0])
    first = client.get(script, headers={"Accept-Encoding": "gzip"})
    monkeypatch.setattr(gzip, "compress", None)
    assert client.get(script, headers={"Accept-Encoding": "gzip"}).data == first.data
    assert gzip.decompress(first.data) == client.get(script).data


def test_a_question_longer_than_any_of_ours_is_not_kept(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    whole = callbacks.write_parts

    def counted(*args: Any) -> Any:
        written.append("page")
        return whole(*args)

    monkeypatch.setattr(callbacks, "write_parts", counted)
    browser = Browser(create_app(workspace))
    for _ in range(2):
        assert draw(browser, f"/{View().query_string()}?q={'x' * 9_000}").status_code == 200
    assert len(written) == 2


def test_pages_that_have_been_open_for_long_share_an_answer_with_new_ones(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    whole = callbacks.update_page

    def counted(*args: Any) -> Any:
        asked.append("navigate")
        return whole(*args)

    monkeypatch.setattr(callbacks, "update_page", counted)
    browser = Browser(create_app(workspace))
    browser.values |= {"url.search": "?as_of=2022-02-27", "tick.n_intervals": None}
    browser.ask("days.data", "url.search")
    browser.values["tick.n_intervals"] = 7
    browser.ask("days.data", "url.search")
    assert len(asked) == 1
    call = next(call for call in browser.calls if "days.data" in call["output"])
    assert any(one["property"] == "n_intervals" for one in call["inputs"])


def test_that_nothing_changes_is_answered_once_too(workspace: Workspace) -> None:
    from flask import Response

    kept = answers._as_answer
    with create_app(workspace).server.test_request_context():
        nothing = kept(Response(status=204))
        assert isinstance(nothing, answers.Answer)
        assert (nothing.response().status_code, nothing.response().get_data()) == (204, b"")
        assert not isinstance(kept(Response(status=500)), answers.Answer)
