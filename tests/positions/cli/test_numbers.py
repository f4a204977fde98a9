"""Numbers of the command line are written in ASCII digits, and paths name something."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from positions.cli.commands import COMMANDS
from positions.cli.options import PathName, PlainDigits
from tests.positions.cli.test_cli import run

__all__ = ["run"]


def parameters(command: click.Command) -> Iterator[click.Parameter]:
    yield from command.params
    for part in getattr(command, "commands", {}).values():
        yield from parameters(part)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_number_and_path_of_a_command_is_read_by_our_types(name: str) -> None:
    command = getattr(import_module(COMMANDS[name][0]), f"{name.replace('-', '_')}_command")
    for one in parameters(command):
        if one.type.to_info_dict()["param_type"] in ("Int", "IntRange", "Float", "FloatRange"):
            assert isinstance(one.type, PlainDigits), one.name
        elif isinstance(one.type, click.Path):
            assert isinstance(one.type, PathName), one.name


@pytest.mark.parametrize(
    "words",
    [
        ("log", "-n", "\u0661"),
        ("log", "-n", "1_0"),
        ("log", "-n", " 1"),
        ("log", "-n", "9" * 5_000),
        ("undo", "\u0967"),
        ("retract", "003-22", "--reason", "why", "--replaces", "\uff11"),
        ("codebook", "diff", "\u0661"),
        ("dashboard", "--port", "\u0668\u0660"),
        ("extract", "x.txt", "--jobs", "\u0661"),
        ("reliability", "a", "b", "--resamples", "\u0661"),
    ],
    ids=ascii,
)
def test_other_digits_are_refused(run: Any, shipped: Path, words: tuple[str, ...]) -> None:
    before = (shipped / "statements.jsonl").read_bytes()
    told = run(*words)
    assert told.code == 2
    assert "Traceback" not in told.err
    assert "digits 0 to 9" in told.err or "No such" in told.err
    assert (shipped / "statements.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("import", ""),
        ("load", ""),
        ("verify", "--data", ""),
        ("export", ""),
        ("backup", ""),
        ("plan", ""),
        ("snapshot", "-o", ""),
    ],
    ids=" ".join,
)
def test_an_empty_path_is_refused_in_words(run: Any, shipped: Path, words: tuple[str, ...]) -> None:
    files = sorted(shipped.iterdir())
    told = run(*words)
    assert told.code == 2
    assert "found an empty text, allowed: the path of a file or a folder" in told.err
    assert sorted(shipped.iterdir()) == files
