"""Writers that are killed at any moment leave text and log that agree after the next command."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from positions.workspace.scaffold import make_workspace

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_hundred_kills_of_two_writers_at_once_lose_nothing_in_either_place(tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    make_workspace(folder)
    shutil.copy(ROOT / "data" / "codebook.toml", folder)
    killing = [sys.executable, "-m", "tests.positions.store.kills", str(folder), "50"]
    told = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    numbers = re.fullmatch(r"100 kills, (\d+) acknowledged, (\d+) times behind\n", told.stdout)
    assert numbers is not None
    assert int(numbers[1]) > 0
