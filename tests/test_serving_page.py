"""The page on serving is true: its options, variables and commands are those of the program."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.editing.cookies import NAME
from dashboard.settings import Settings
from positions.cli.dashboard import dashboard_command
from positions.workspace.open import URL, VARIABLE
from tests.test_readme import ROOT

PAGE = (ROOT / "docs" / "serving.md").read_text()
OPTIONS = {name for option in dashboard_command.params for name in option.opts}
VALUES = {
    "POSITIONS_EDIT": "1",
    "POSITIONS_TOKEN": "secret",
    "POSITIONS_KEY": "key",
    "POSITIONS_HOSTS": "book.example.org other.example.org",
    "POSITIONS_EMBED_FROM": "https://news.example.org",
    "POSITIONS_PROXY": "127.0.0.1",
}
"""The variables that the settings read, each with a value."""


def rows() -> dict[str, str]:
    """The variables of the page's table and the option beside each, empty without one."""
    found = re.findall(r"^\| (?:`(--[a-z-]+)` )?\| `(POSITIONS_[A-Z_]+)", PAGE, re.MULTILINE)
    return {variable: option for option, variable in found}


def test_the_table_names_every_variable_and_the_option_that_does_the_same() -> None:
    assert set(rows()) == {*VALUES, VARIABLE, URL}
    assert {option for option in rows().values() if option} <= OPTIONS


@pytest.mark.parametrize("name", VALUES)
def test_each_variable_of_the_page_changes_a_setting(name: str) -> None:
    assert Settings.from_environment({name: VALUES[name]}) != Settings()
    assert Settings.from_environment({}) == replace(Settings())


def test_the_commands_of_the_page_are_the_programs() -> None:
    lines = "".join(re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)).replace("\\\n", "").splitlines()
    assert len(lines) == 4
    for line in lines:
        words = shlex.split(line)
        variables = {word.partition("=")[0] for word in words if word.startswith("POSITIONS_")}
        assert variables <= set(rows())
        if "positions" in words:
            assert {word for word in words if word.startswith("--")} <= OPTIONS
        else:
            assert "dashboard:create_app()" in words


def test_whatever_the_page_mentions_exists() -> None:
    assert set(re.findall(r"`(--[a-z-]+)", PAGE)) <= OPTIONS
    assert set(re.findall(r"POSITIONS_[A-Z_]+", PAGE)) <= set(rows())
    assert f"`{NAME}`" in PAGE
    assert Path(ROOT / "docs" / "serving.md").name in (ROOT / "README.md").read_text()
