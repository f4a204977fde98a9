from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Tests start Python hundreds of times, and each worker loads all of them: what is compiled is kept, even if the
# environment says that nothing should be. Said before hypothesis is imported, which pytest compiles itself.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from hypothesis import settings  # noqa: E402

# Several processes test at once: each with the threads of its own linear algebra would only wait for the others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Every run tries the same few examples; `--hypothesis-profile thorough` tries many others, by hand.
settings.register_profile("suite", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("suite")

# Modules and tests stay: looking for garbage among them took a tenth of the time.
gc.set_threshold(100_000, 20, 50)

ROOT = Path(__file__).parent.parent
_VERSIONS = (ROOT / "data" / "codebooks.jsonl").read_text("utf-8").splitlines()
SHIPPED = sum('"id": "codebook"' in line for line in _VERSIONS)
"""The number of the codebook's last version in the shipped case."""
LOGGED = sum(
    len((ROOT / "data" / f"{name}.jsonl").read_text("utf-8").splitlines())
    for name in ("codebooks", "documents", "statements")
)
"""How many entries the shipped case's log has."""


def copy_case(folder: Path) -> Path:
    """Copy the text of the shipped case into a folder, without a record book; return the copy's data folder."""
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.db*", "positions.local.jsonl"))
    return folder / "data"


@pytest.fixture(scope="session")
def opened_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a copy of the shipped case that was opened once, so that its record book is there."""
    from positions.workspace import open_workspace

    data = copy_case(tmp_path_factory.mktemp("opened"))
    open_workspace(data).close()
    return data


@pytest.fixture
def shipped(tmp_path: Path, opened_case: Path) -> Path:
    """The data folder of a copy of the shipped case with its record book, free to be changed."""
    shutil.copytree(opened_case.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


@pytest.fixture
def shipped_text(tmp_path: Path) -> Path:
    """The data folder of a copy of the shipped case whose text nobody opened yet, free to be changed."""
    return copy_case(tmp_path)


def pytest_collection_finish() -> None:
    """Keep what was imported and collected out of the garbage collector's sight."""
    gc.freeze()


def absent(reason: str) -> None:
    """Fail where everything should be there, skip elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        absent("no chromium on the path")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is not installed")
    args = ["--no-sandbox", "--disable-background-networking", "--disable-quic"]
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=chromium, args=args)
        yield opened
        opened.close()
