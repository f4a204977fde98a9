"""What a newcomer gets: a wheel that carries the shipped case, and commands that start from an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the built wheel was unpacked, as an installer does it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@contextmanager
def running(command: list[str], cwd: Path, **environment: str) -> Iterator[str]:
    """Start a dashboard and yield the address that it prints."""
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment}
    )
    try:
        assert process.stdout is not None
        told = ""
        for line in process.stdout:
            told += line
            if match := re.search(r"http://\S+?:\d+", line):
                yield match[0]
                return
        pytest.fail(f"no address was printed: {told}")
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_the_wheel_carries_the_shipped_case_and_no_database(installed: Path) -> None:
    example = installed / "positions" / "example"
    for name in ("data", "seeds"):
        shipped = {
            path.name
            for path in (ROOT / name).rglob("*")
            if path.is_file() and not path.name.startswith(("positions.db", "positions.local"))
        }
        assert {path.name for path in (example / name).rglob("*") if path.is_file()} == shipped
    assert (installed / "positions" / "py.typed").is_file()


def test_an_installed_wheel_serves_the_example_from_an_empty_folder_and_leaves_it_alone(
    installed: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in (installed / "positions" / "example").rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "positions", "dashboard", "--no-browser", "--port", "0"]
    environment = {"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache"), "POSITIONS_DATA": ""}
    empty = tmp_path / "empty"
    empty.mkdir()
    with running(command, empty, **environment) as address, urllib.request.urlopen(address, timeout=20) as page:
        assert "text/html" in page.headers["Content-Type"]
    assert list(empty.iterdir()) == []
    assert {path: path.read_bytes() for path in before} == before


def test_an_installed_wheel_has_the_pages_that_edit(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "positions", "dashboard", "--no-browser", "--port", "0"]
    environment = {"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache"), "POSITIONS_DATA": ""}
    # The shipped example is only read; who edits it makes one of their own.
    made = [sys.executable, "-m", "positions", "init", "--example", str(tmp_path / "mine")]
    subprocess.run(made, check=True, cwd=tmp_path, env={**os.environ, **environment}, capture_output=True)
    environment["POSITIONS_DATA"] = str(tmp_path / "mine" / "data")
    with running([*command, "--edit", "--coder", "anna"], tmp_path, **environment) as address:
        for place in ("/edit/", "/edit/code/003", "/edit/static/edit.js", "/edit/static/edit.css"):
            assert urllib.request.urlopen(address + place, timeout=20).status == 200


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
def test_make_dashboard_sets_up_and_prints_its_address() -> None:
    if not (ROOT / ".venv" / ".installed").exists():
        pytest.skip("this checkout was not set up by make; make would install everything first")
    with running(["make", "dashboard", "PORT=0"], ROOT, BROWSER="true", POSITIONS_DATA="") as address:
        assert urllib.request.urlopen(address, timeout=20).status == 200
