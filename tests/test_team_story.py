"""The story of ``docs/team.md`` is true: played again, every command prints what stands below it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.team_story import STORY, Stage, play


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_story_of_two_analysts_happens_as_it_is_told(tmp_path: Path) -> None:
    told = STORY.read_text()
    assert play(told, Stage(tmp_path)) == told
    for named in ("codebook rename", "git pull", "merge --settle", "rm positions.db", "the same, byte for byte"):
        assert named in told
