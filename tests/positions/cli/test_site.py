"""``positions site``: what it prints and refuses; what it writes is tested with the dashboard."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from positions.cli.group import commands
from tests.command_line import at_home, call_command


def test_an_empty_workspace_says_what_to_do_and_writes_nothing(tmp_path: Path) -> None:
    with at_home(tmp_path, os.environ):
        assert call_command("init", "data").code == 0
        answer = call_command("site", "site", "--data", "data")
    assert answer.code == 2
    assert b"no statement is recorded yet; `positions add-document` takes in a document" in answer.err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("option", ["--since", "--address", "--force", "--dry-run", "--known-at", "--public-by"])
def test_the_help_names_every_option(option: str) -> None:
    assert option in CliRunner().invoke(commands, ["site", "--help"]).output
