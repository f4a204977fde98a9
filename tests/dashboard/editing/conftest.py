"""Fixtures: a case with candidates and an article full of signs beyond the first plane, and an editor's desk on it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from dashboard import create_app
from dashboard.settings import Settings
from positions.model.document import Document, sha256_of
from positions.model.statement import Statement
from positions.workspace import Workspace, open_workspace
from tests.command_line import call_command
from tests.conftest import ROOT
from tests.dashboard.conftest import Watched
from tests.positions.proposing import propose

SIGNS = (
    "Talks 😀 begin\r\n\r\n"
    "𝒫resident 😀👩‍👩‍👧 Zelensky said: “We are ready for talks in Istanbul 🕊 next week.” Then he left.\r\n"
    "Again: “We will not go there at all.” And again: “We will not go there at all.”\r\n"
    "<script>alert(2)</script> & <b>bold</b>\r\n"
)
READY = "We are ready for talks in Istanbul 🕊 next week."
TWICE = "We will not go there at all."
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example.org","x")',
    "x" * 10_000,
    "\u202eשלום עליכם\u202c",
    "\"'><svg/onload=alert(1)>",
    "{{ 7 * 7 }}",
)
TALKS = {
    "holder": "UKR",
    "speaker": "Volodymyr Zelensky",
    "issue": "talks",
    "stance": "2",
    "said_on": "2022-02-27",
    "said_on_basis": "document",
    "confidence": "1",
}
"""A sound claim, but for its quote."""


@pytest.fixture(scope="session")
def candidate_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case with three candidates on an article, and a second article to code."""
    place = tmp_path_factory.mktemp("editing")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("*.db*"))
    propose(place / "data")
    with open_workspace(place / "data") as workspace, workspace.recording(coder="machine") as book:
        book.add_document(
            Document.model_validate(
                {
                    "id": "signs",
                    "title": "Talks <img src=x onerror=alert(1)> begin",
                    "outlet": "The Example",
                    "published_on": "2022-02-28",
                    "published_on_basis": "explicit",
                    "file": "seeds/signs.txt",
                    "text": SIGNS,
                    "sha256": sha256_of(SIGNS.encode()),
                }
            )
        )
    return place


@pytest.fixture
def folder(candidate_case: Path, tmp_path: Path) -> Path:
    """A copy of that case to write in."""
    shutil.copytree(candidate_case, tmp_path / "case")
    return tmp_path / "case" / "data"


@dataclass
class Editor:
    """A browser without a screen: it keeps its cookies and sends the secret of its pages."""

    workspace: Workspace
    client: Any
    secret: str = ""
    sent: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **more: Any) -> Any:
        answer = self.client.get(address, **more)
        if found := re.search(r'name="secret" value="([^"]+)"', answer.get_data(as_text=True)):
            self.secret = found[1]
        return answer

    def post(self, address: str, **fields: Any) -> Any:
        if not self.secret:
            self.get("/edit/code/003")
        return self.client.post(address, data={"secret": self.secret} | fields)

    def page(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200
        text: str = answer.get_data(as_text=True)
        return text


Opened = Callable[..., Editor]


@pytest.fixture
def editors(folder: Path) -> Iterator[Opened]:
    """Open editors on the case; each has a workspace of its own, as another program would."""
    opened: list[Workspace] = []

    def start(**settings: Any) -> Editor:
        workspace = open_workspace(folder)
        opened.append(workspace)
        app = create_app(workspace, Settings(edit=True, **({"coder": "anna"} | settings)))
        return Editor(workspace, app.server.test_client())

    yield start
    for workspace in opened:
        workspace.close()


@pytest.fixture
def editor(editors: Opened) -> Editor:
    return editors()


def command(folder: Path, *words: str, code: int = 0) -> str:
    """Give a command on a case, which is to end with an exit code; return what it prints."""
    answer = call_command(*words, "--data", str(folder))
    assert answer.code == code, answer.err.decode()
    return answer.out.decode()


def command_elsewhere(folder: Path, *words: str) -> str:
    """Run a command on a case in another process, as another program does; return what it prints."""
    told = subprocess.run(
        [sys.executable, "-m", "positions", *words, "--data", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout


def finding(page: str, name: str) -> str:
    """What a page says is wrong with a field."""
    found = re.search(rf'id="e-{name}">([^<]*)<', page)
    assert found, f"no field {name}"
    return found[1]


def typed_in(page: str, name: str) -> str:
    """What a page shows in a field of text, still escaped."""
    found = re.search(rf'<input id="f-{name}"[^>]* value="([^"]*)"', page) or re.search(
        rf'<textarea id="f-{name}"[^>]*>\n([^<]*)</textarea>', page
    )
    assert found, f"no field {name}"
    return found[1]


def chosen_in(page: str, name: str) -> str:
    """What is chosen in a list of a page."""
    listed = re.search(rf'<select id="f-{name}".*?</select>', page, re.DOTALL)
    assert listed, f"no field {name}"
    found = re.findall(r'<option value="([^"]*)"[^>]* selected', listed[0])
    assert len(found) <= 1
    return found[0] if found else ""


def recorded(editor: Editor, number: int = -1) -> Statement:
    """The statement of a revision, of the last one unless told."""
    content = editor.workspace.revisions()[number].content
    assert isinstance(content, Statement)
    return content


@pytest.fixture
def served(folder: Any) -> Iterator[tuple[str, Workspace]]:
    with open_workspace(folder) as workspace:
        app = create_app(workspace, Settings(edit=True, coder="anna", refresh_seconds=0.2))
        server = make_server("127.0.0.1", 0, app.server, threaded=True)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", workspace
        server.shutdown()
        thread.join(5)


@pytest.fixture
def page(browser: Any, served: tuple[str, Workspace]) -> Iterator[Any]:
    """A page whose errors, and requests to elsewhere, fail the test at its end."""
    context = browser.new_context(base_url=served[0], viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    found = Watched(context.new_page())
    found.page.on("console", lambda told: found.troubles.append(told.text) if told.type == "error" else None)
    found.page.on("pageerror", lambda error: found.troubles.append(str(error)))
    found.page.on("dialog", lambda box: (found.troubles.append("a dialog"), box.dismiss()))
    found.page.on(
        "request", lambda sent: found.troubles.append(sent.url) if not sent.url.startswith(served[0]) else None
    )
    yield found.page
    context.close()
    assert found.troubles == []


@pytest.fixture
def book(served: tuple[str, Workspace]) -> Workspace:
    return served[1]


def wait_text(page: Any, selector: str, part: str) -> None:
    page.wait_for_function(
        "([selector, part]) => document.querySelector(selector)?.textContent.includes(part)", arg=[selector, part]
    )


def wait_focus(page: Any, selector: str) -> None:
    """Wait until the focus is there: a page's text is read before its script has moved the focus."""
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)
