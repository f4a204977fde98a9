"""The options that choose an extractor and where it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from positions.cli.extract_options import ExtractOptions, make_extractor, open_pool
from positions.errors import QueryError
from positions.workspace import open_workspace
from tests.positions.cli.test_cli import run

__all__ = ["run"]

RULES: dict[str, Any] = {
    "extractor": "rules",
    "judge": "rules",
    "min_probability": None,
    "model": None,
    "base_url": None,
    "api_key_env": None,
    "timeout": 1.0,
    "cache": None,
    "passes": 1,
    "price": None,
    "max_cost": None,
    "max_tokens": None,
    "estimate": False,
    "jobs": 1,
    "scheduler": None,
}
MODEL = RULES | {"extractor": "llm", "model": "small", "base_url": "http://127.0.0.1:9"}


def test_the_rules_need_no_session(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        extractor, session = make_extractor(ExtractOptions(**RULES), workspace)
    assert extractor.name.startswith("rules ")
    assert session is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": None}, "--extractor llm needs --model and --base-url"),
        ({"scheduler": "tcp://127.0.0.1:9"}, "--scheduler does not go with --extractor llm"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(shipped: Path, changes: dict[str, Any], message: str) -> None:
    with open_workspace(shipped) as workspace, pytest.raises(click.UsageError, match=message):
        make_extractor(ExtractOptions(**MODEL | changes), workspace)


def test_a_key_must_be_in_the_environment(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    with open_workspace(shipped) as workspace, pytest.raises(QueryError, match="variable NO_SUCH_KEY is not set"):
        make_extractor(ExtractOptions(**MODEL | {"api_key_env": "NO_SUCH_KEY"}), workspace)


@pytest.mark.parametrize(
    ("changes", "shared", "ahead"),
    [({}, True, 0), ({"jobs": 3}, False, 6), ({"jobs": 3, "extractor": "llm"}, True, 6)],
)
def test_rules_run_in_processes_and_models_in_threads(changes: dict[str, Any], shared: bool, ahead: int) -> None:
    with open_pool(ExtractOptions(**RULES | changes)) as pool:
        assert (pool.shared, pool.ahead) == (shared, ahead)


WRONG_FOR_ALL = [
    (("--published-on", "1970-13-45"), "--published-on: found '1970-13-45'"),
    (("--published-on", "2099-01-01"), "--published-on: found 2099-01-01, which is yet to come"),
    (("--published-on", "1500"), "--published-on: found 1500, allowed: a date from 1600 on"),
    (("--published-on", ""), "--published-on: found ''"),
    (("--published-on", "٢٠٢٢-٠٢-٠١"), "--published-on: found '٢٠٢٢-٠٢-٠١'"),
    (("--outlet", "\u200b"), "--outlet: found '\\u200b', allowed: text that can be seen"),
]
"""Options that are wrong whatever the files hold."""
WRONG_FOR_DOCUMENTS = [
    *WRONG_FOR_ALL,
    (("--fetched-on", "2099-01-01"), "--fetched-on: found 2099-01-01, which is yet to come"),
    (("--fetched-on", ""), "--fetched-on: found ''"),
    (("--published-on-basis", "guessed"), "--published-on-basis: found 'guessed'"),
    (("--language", "no such"), "--language: found 'no such'"),
    (("--url", "javascript:alert(1)"), "--url: found 'javascript:alert(1)'"),
]


@pytest.mark.parametrize(
    ("command", "options", "message"),
    [
        *(("extract", *case) for case in WRONG_FOR_ALL),
        *(("add-document", *case) for case in WRONG_FOR_DOCUMENTS),
    ],
)
def test_an_option_that_is_wrong_for_all_files_is_said_once(
    run: Any, tmp_path: Path, command: str, options: tuple[str, str], message: str
) -> None:
    (tmp_path / "new").mkdir()
    for number in range(3):
        (tmp_path / "new" / f"{number}.txt").write_text(f"Zelensky said that talks {number} are welcome.\n")
    result = run(command, tmp_path / "new", "--published-on", "2022-02-27", "--outlet", "The Example", *options)
    assert (result.code, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert line.startswith(f"positions: {message}")
