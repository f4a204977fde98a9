"""A record book that is broken, or grows under an open page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboard import create_app
from dashboard.settings import Settings
from positions.workspace import open_workspace
from tests.dashboard.conftest import served, watched

ROOT = Path(__file__).parents[3]


def test_a_corrupt_record_book_shows_an_error_page_and_the_dashboard_recovers(shipped: Path) -> None:
    open_workspace(shipped).close()
    database, copy = shipped / "positions.db", shipped / "sound.db"
    shutil.copy(database, copy)
    with open_workspace(shipped) as workspace:
        client: Any = create_app(workspace).server.test_client()
        assert client.get("/").status_code == 200
        database.write_bytes(b"this is no database" * 1000)
        for path in ("/", "/issue", "/healthz", "/overview.json", "/overview.csv"):
            answer = client.get(path)
            assert answer.status_code == 503, path
            assert answer.headers["Retry-After"]
        page = client.get("/").get_data(as_text=True)
        assert "The record book cannot be read" in page
        assert "Traceback" not in page
        shutil.copy(copy, database)
        assert client.get("/").status_code == 200
        assert client.get("/healthz").get_json()["status"] == "ok"
        assert client.get("/overview.json").get_json()["tables"]["positions"]


@pytest.mark.browser
def test_an_open_page_tells_of_trouble_and_shows_what_another_process_adds(browser: Any, shipped: Path) -> None:
    settings = Settings(refresh_seconds=0.3)
    with (
        open_workspace(shipped) as workspace,
        served(workspace, settings) as address,
        watched(browser, address) as found,
    ):
        page = found.page
        page.goto(address + "documents")
        page.wait_for_selector("#size:has-text('117 statements')")
        _add(shipped)
        page.wait_for_selector("#size:has-text('118 statements')")
        page.wait_for_selector("#above tr:has-text('Zelensky refuses'):has-text('30')")
        assert found.troubles == []
        database = shipped / "positions.db"
        sound = database.read_bytes()
        database.write_bytes(b"this is no database" * 1000)
        page.wait_for_selector("#trouble:not([hidden])")
        database.write_bytes(sound)
        page.wait_for_selector("#trouble", state="hidden")
        page.get_by_role("link", name="Venue · Humanitarian steps").click()
        page.wait_for_selector("#page.on-venues #above table")


def _add(folder: Path) -> None:
    """Record one more statement by the command line, in a process of its own."""
    said = {"document": "003", "quote": "At the moment, we're saying no to Minsk,", "speaker": "zelensky"}
    said |= {"holder": "UKR", "issue": "venue", "element": "minsk", "stance": "-1", "said-on": "2022-02-27"}
    told = subprocess.run(
        [sys.executable, "-m", "positions", "add", "--data", str(folder)]
        + [word for name, value in said.items() for word in (f"--{name}", value)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert told.returncode == 0, told.stderr
