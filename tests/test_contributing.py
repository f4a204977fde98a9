"""The guide to changing the code names files that are there."""

from __future__ import annotations

import re

from tests.conftest import ROOT


def test_every_file_that_the_guide_names_is_there() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text()
    named = set(re.findall(r"`((?:positions|dashboard|data|tests)/[\w./]*)`", text))
    assert len(named) > 10
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_guide_names_every_room() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text()
    rooms = {path.name for path in (ROOT / "positions").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert {room for room in rooms if f"`{room}`" not in text} == set()
