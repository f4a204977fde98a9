from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def shipped(shipped_text: Path) -> Path:
    """The shipped case as git has it: what its first opening does is what is tested here."""
    return shipped_text
