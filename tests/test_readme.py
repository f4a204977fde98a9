"""The README is true: its commands run, its example prints what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests.command_line import Pipe, at_home, call_command

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text()
ELSEWHERE = {
    "make test": "is how this test runs",
    "make dashboard": "test_packaging starts it",
    "positions dashboard": "test_packaging starts it",
    "positions dashboard --edit --coder anna": "test_packaging starts it",
    "pip install --constraint constraints.txt .": "test_packaging installs the wheel",
}
"""Commands of the README that other tests run, and which."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[str]:
    for block in blocks("sh"):
        for line in block.splitlines():
            command = line.partition("#")[0].strip()
            if command and command not in ELSEWHERE:
                yield command


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the shipped case and the docs, as a reader of the README has it."""
    for name in ("data", "docs", "seeds"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("positions.db*", "positions.local.jsonl")
        )
    return tmp_path


def test_the_commands_of_the_readme_run_one_after_the_other(checkout: Path) -> None:
    found = list(commands())
    assert len(found) >= 8
    with at_home(checkout, os.environ):
        for command in found:
            program, *words = shlex.split(command)
            assert program == "positions"
            answer = call_command(*words)
            assert answer.code == 0, (command, answer.err.decode())
    assert (checkout / "report.html").stat().st_size > 1000


def examples() -> list[tuple[str, str, str]]:
    """Each Python example of the README and the docs: where it stands, its code, what it says it prints."""
    found = []
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        pairs = re.findall(r"^```python\n(.*?)^```.*?^```text\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL)
        found += [(f"{path.name} {number}", *pair) for number, pair in enumerate(pairs, 1)]
    return found


@pytest.mark.parametrize(("name", "code", "output"), examples(), ids=[name for name, _, _ in examples()])
def test_a_python_example_prints_what_it_says(checkout: Path, name: str, code: str, output: str) -> None:
    printed = Pipe()
    with at_home(checkout, os.environ), redirect_stdout(printed):
        exec(compile(code, name, "exec"), {"__name__": "__main__"})  # noqa: S102 it is the README's
    assert printed.text == output


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links
    for link in links:
        assert (ROOT / link).is_file(), link
