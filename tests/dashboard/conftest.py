"""Fixtures: a copy of the shipped case, a dashboard of it on a free port, pages in a browser that watch themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from dashboard.figures import DARK, LIGHT
from dashboard.query.source import CaseStore
from dashboard.settings import Settings
from positions.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[2]
_FOUND = find_spec("axe_playwright_python")
AXE = Path(_FOUND.origin or "").parent / "axe.min.js" if _FOUND else Path()


class CompiledTemplates(BytecodeCache):
    """The templates of all dashboards, compiled once; jinja2 takes one only if its source is the same."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := self._compiled.get(bucket.key):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Compile the pages' templates once: every dashboard did so anew, in most of a test's time."""
    with patch.dict(Flask.jinja_options, bytecode_cache=CompiledTemplates()):
        yield


@pytest.fixture(scope="session")
def case_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped case whose folders lie side by side."""
    place = tmp_path_factory.mktemp("case")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("*.db*"))
    return place / "data"


@pytest.fixture(scope="session")
def workspace(case_folder: Path) -> Iterator[Workspace]:
    with open_workspace(case_folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def source(workspace: Workspace) -> CaseStore:
    """Pages that have all they say, as on a site of files."""
    return CaseStore(workspace)


@pytest.fixture(scope="session")
def served_source(workspace: Workspace) -> CaseStore:
    """Pages that leave what boxes say to be asked for, as the server's."""
    return CaseStore(workspace, served=True)


@contextmanager
def served(workspace: Workspace, settings: Settings | None = None) -> Iterator[str]:
    """Serve a dashboard of a workspace on a free port; hand out its address."""
    from werkzeug.serving import make_server

    from dashboard import create_app

    server = make_server("127.0.0.1", 0, create_app(workspace, settings), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


@pytest.fixture(scope="session")
def address(workspace: Workspace) -> Iterator[str]:
    with served(workspace) as found:
        yield found


@dataclass
class Watched:
    """A page, and all that went wrong on it: errors and warnings of the console, requests to elsewhere."""

    page: Any
    troubles: list[str] = field(default_factory=list)


Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def desk(browser: Any, address: str) -> Iterator[Watched]:
    """One page for all tests: loading the libraries anew for each would take most of the time."""
    with watched(browser, address, reduced_motion="reduce") as found:
        yield found


@contextmanager
def watched(browser: Any, address: str, **fields: Any) -> Iterator[Watched]:
    """Open a page that takes down what goes wrong on it; ``fields`` are those of a browser's context."""
    context = browser.new_context(**fields)
    context.set_default_timeout(30_000)
    found = Watched(context.new_page())
    bad = ("error", "warning")
    found.page.on("console", lambda told: found.troubles.append(told.text) if told.type in bad else None)
    found.page.on("pageerror", lambda error: found.troubles.append(str(error)))
    found.page.on("request", lambda sent: _home(sent.url, address, found))
    try:
        yield found
    finally:
        context.close()


@pytest.fixture
def opened(desk: Watched, address: str) -> Iterator[Opener]:
    """Show the plain view, or load a query, in a size and a colour scheme; troubles fail the test at its end."""
    desk.troubles.clear()

    def start(
        query: str = "", *, width: int = 1280, height: int = 900, scheme: str = "light", page: bool = False
    ) -> Any:
        return _start(desk.page, query, width, height, scheme, plain=not page)

    def _start(page: Any, query: str, width: int, height: int, scheme: str, *, plain: bool) -> Any:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        if query or not page.url.startswith(address):
            page.goto(address + query)
            page.wait_for_function(TAKEN_OVER)
        else:
            page.evaluate("() => { history.pushState(null, '', '/'); dispatchEvent(new PopStateEvent('popstate')); }")
        if not plain:
            return page
        settle(page)
        if not query:
            page.wait_for_function(PLAIN, arg=INKS[scheme])
        return page

    yield start
    assert desk.troubles == []


TAKEN_OVER = """() => !document.getElementById('first')
  && document.getElementById('heading') && document.getElementById('heading').shownText !== undefined"""
"""The app has taken the place of what the server drew, and has been answered."""
INKS = {
    scheme: f"rgb({', '.join(str(int(palette.ink[place : place + 2], 16)) for place in (1, 3, 5))})"
    for scheme, palette in (("light", LIGHT), ("dark", DARK))
}
"""The colour of text in each scheme, as a browser tells it."""
PLAIN = """ink => {
  return getComputedStyle(document.body).color === ink
    && document.querySelector('#axis [aria-current]').textContent === 'By event'
    && !document.querySelector("#drawer[open], #document-text")
    && document.querySelector('#page').classList.contains('on-overview')
    && document.querySelector('#day h2').textContent === 'As of 14 April 2022';
}"""
"""The page shows the last day by event, in the ink of a scheme, and no statement."""


def _home(url: str, address: str, found: Watched) -> None:
    if not url.startswith((address, "data:", "blob:")):
        found.troubles.append(f"asked elsewhere: {url}")


def violations(page: Any) -> list[Any]:
    """Return what axe finds on a page as it is; it is loaded into the page once."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[Any] = page.evaluate(
        """async () => (await axe.run({resultTypes: ['violations']})).violations.map(
          rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 200))])"""
    )
    return found


def settle(page: Any) -> None:
    """Wait until the page and both charts are drawn."""
    page.wait_for_selector("#page:not(.waiting) #matrix table", state="attached")
    for chart in ("dumbbell", "trend"):
        page.wait_for_selector(f"#{chart}-place .drawing a", state="attached")
