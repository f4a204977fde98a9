"""The options that choose an extractor and where it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from positions.cli.extract_options import ExtractOptions, make_extractor, open_pool
from positions.errors import QueryError
from positions.workspace import open_workspace

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
