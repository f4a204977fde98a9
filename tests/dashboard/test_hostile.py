"""Hostile text in every field is shown as text: on every page, in a browser, and in the files for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard import create_app
from dashboard.pages import PAGES
from positions.workspace import Workspace, open_workspace
from tests.dashboard.conftest import Watched, served, watched
from tests.dashboard.hostile import BACKWARDS, FORMULA, LONG, PICTURE, SCRIPT, hostile_workspace

VIEWS = [
    *("", "issue?issue=scale0", "issue?issue=places", "issue?issue=demands", "venues", "preconditions", "movement"),
    *(
        "movement?mode=day",
        "party",
        "documents",
        "documents?document=001&statement=001-01",
        "method",
        "?statement=002-03",
    ),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(hostile_workspace(tmp_path_factory.mktemp("hostile"))) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def attacked(browser: Any, hostile: Workspace) -> Iterator[tuple[Watched, str]]:
    with served(hostile) as address, watched(browser, address, viewport={"width": 390, "height": 844}) as found:
        yield found, address


READY = """() => !document.getElementById('first') && document.querySelector('#page:not(.waiting)')
  && document.querySelector('#page.on-overview #matrix table, #page:not(.on-overview) #above *')
  && (!location.search.includes('statement=') || document.querySelector('.statement'))"""


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS)
def test_hostile_text_is_text_on_every_page(attacked: tuple[Watched, str], view: str) -> None:
    found, address = attacked
    found.troubles.clear()
    found.page.goto(address + view)
    found.page.wait_for_function(READY)
    assert found.page.evaluate("() => window.hurt") is None
    assert found.page.evaluate("() => document.querySelectorAll('img, iframe, object').length") == 0
    assert found.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    shown = found.page.evaluate("() => document.body.textContent")
    assert sum(text in shown for text in (SCRIPT, PICTURE, FORMULA, BACKWARDS, LONG)) >= 3
    assert found.troubles == []


@pytest.mark.parametrize("page", list(PAGES))
def test_twins_of_hostile_text_are_safe_in_a_spreadsheet(hostile: Workspace, page: str) -> None:
    client: Any = create_app(hostile).server.test_client()
    for table in client.get(f"/{page}.json").get_json()["tables"]:
        text = client.get(f"/{page}.csv?table={table}").get_data(as_text=True)
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r")), (table, cell[:80])
                assert not cell.startswith(("+", "-")) or _is_number(cell), (table, cell[:80])


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_page_itself_holds_no_tag_of_a_title(hostile: Workspace) -> None:
    client: Any = create_app(hostile).server.test_client()
    page = client.get("/").get_data(as_text=True)
    assert SCRIPT not in page
    assert PICTURE not in page


def test_every_kind_of_text_is_somewhere(tmp_path: Path) -> None:
    folder = hostile_workspace(tmp_path)
    written = (folder / "codebook.toml").read_text() + (folder / "documents.jsonl").read_text()
    for field in ("title", "outlet", "note", "definition", "plus", "minus", "label", "aliases", "in_scope"):
        assert field in written
