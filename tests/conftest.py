from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("suite", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """The data folder of a copy of the shipped case, free to be changed."""
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("positions.db*"))
    return tmp_path / "data"
