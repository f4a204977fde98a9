"""The story of ``docs/spreadsheets.md`` is true: played again, every command prints what stands below it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.spreadsheet_story import STORY, play_story


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_workbook_goes_to_a_colleague_and_comes_back_as_it_is_told(tmp_path: Path) -> None:
    told = STORY.read_text()
    assert play_story(told, tmp_path) == told
    for named in ("edit-workbook", "--removed retract", "keep or retract?", "changed since by anna"):
        assert named in told
