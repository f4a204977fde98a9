"""Writers that are killed at any moment leave text and log that agree after the next command.

They record, migrate the codebook, merge, settle and undo. ``POSITIONS_KILLS`` says how many are killed (default: 30).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from positions.workspace.scaffold import make_workspace

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_kills_of_two_writers_at_once_lose_nothing_in_either_place(tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    make_workspace(folder)
    shutil.copy(ROOT / "data" / "codebook.toml", folder)
    rounds = (int(os.environ.get("POSITIONS_KILLS", "30")) + 1) // 2
    killing = [sys.executable, "-m", "tests.positions.store.kills", str(folder), str(rounds)]
    told = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, timeout=60 + 20 * rounds)
    assert told.returncode == 0, told.stderr
    numbers = re.fullmatch(rf"{2 * rounds} kills, (\d+) acknowledged, (\d+) times behind\n", told.stdout)
    assert numbers is not None
    assert int(numbers[1]) > 0
