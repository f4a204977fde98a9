"""docs/statistics.md holds: its commands run, and its code names files and columns that are there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from tests.command_line import at_home, call_command

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "statistics.md").read_text()
COLUMN = re.compile(r"(statements|positions|distances|pair)\$(\w+)")


def blocks(language: str) -> str:
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all commands of the page were run."""
    home = tmp_path_factory.mktemp("statistics")
    for name in ("data", "seeds"):
        shutil.copytree(
            ROOT / name, home / name, ignore=shutil.ignore_patterns("positions.db*", "positions.local.jsonl")
        )
    with at_home(home, os.environ):
        for line in blocks("sh").splitlines():
            program, *words = shlex.split(line.partition("#")[0])
            assert program == "positions"
            answer = call_command(*words)
            assert answer.code == 0, (line, answer.err.decode())
    return home


@pytest.fixture(scope="module")
def columns(folder: Path) -> dict[str, set[str]]:
    distances = set(pd.read_parquet(folder / "distances.parquet").columns)
    return {
        "statements": set(pyreadstat.read_dta(str(folder / "statements.dta"))[0].columns),
        "distances": distances,
        "pair": distances,
        "positions": set(pd.read_csv(folder / "package" / "positions.csv").columns),
    }


def test_every_file_that_the_code_opens_is_written_by_the_commands(folder: Path) -> None:
    code = blocks("r") + blocks("stata") + blocks("spss")
    names = set(re.findall(r"[\w/-]+\.(?:dta|sav|parquet|csv)\b(?!\()", code))
    assert len(names) >= 4
    assert [name for name in names if not (folder / name).is_file()] == []


def test_every_column_that_the_code_names_is_in_its_file(columns: dict[str, set[str]]) -> None:
    named = COLUMN.findall(blocks("r"))
    assert len(named) >= 4
    assert [(table, name) for table, name in named if name not in columns[table]] == []
    for table, wanted in {
        "statements": {"holder", "issue", "said_on", "stance", "stance_words", "quote", "holder_code", "issue_code"},
        "distances": {"party", "other", "day", "distance"},
        "positions": {"value", "holder", "issue", "statement"},
    }.items():
        assert wanted <= columns[table], wanted - columns[table]


def test_the_page_lists_the_package_s_tables(folder: Path) -> None:
    told = set(re.findall(r"^\| `([\w.-]+\.csv)` \|", TEXT, re.MULTILINE))
    assert told == {path.name for path in (folder / "package").glob("*.csv")}
