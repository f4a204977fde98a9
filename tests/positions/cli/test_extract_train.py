"""Teaching the judge from the command line, and what its candidates carry afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from positions.extract.judges.coefficients import JUDGE, shipped_coefficients
from tests.conftest import ROOT
from tests.positions.cli.test_cli import run
from tests.positions.coding.test_judge_training import TEXT

__all__ = ["run"]


@pytest.fixture
def reviewed(run: Any, tmp_path: Path) -> None:
    """Four articles whose candidates are decided: what Ukraine holds is right, what Russia does is not."""
    for name in ("one", "two", "three", "four"):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{name}\n\nKYIV, March 3, 2022 - {TEXT}")
        assert run("extract", path, "--judge", "model", "--min-probability", "0.1", "--record").code == 0
    for candidate in run("candidates", "list", "--status", "open", "--format", "json").json["candidates"]:
        decision = ["accept", candidate["id"]]
        if candidate["holder"] != "UKR" or candidate["stance"] is None:
            decision = ["reject", candidate["id"], "--reason", "not Ukraine's"]
        assert run("candidates", *decision).code == 0


@pytest.mark.usefixtures("reviewed")
def test_decisions_teach_the_judge_and_deleting_its_file_undoes_it(run: Any, shipped: Path, tmp_path: Path) -> None:
    own = shipped / JUDGE
    article = tmp_path / "one.txt"
    before = run("extract", article, "--judge", "model", "--format", "jsonl").out
    assert f'"coder": "model {shipped_coefficients().version}/' in before
    told = run("extract", "train", "--from-decisions")
    assert told.code == 0
    first, *_ = told.out.splitlines()
    assert first.endswith(" wrong")
    assert " decisions in 4 documents: " in first
    assert "as shipped" in told.out
    assert "learned" in told.out
    version = told.out.partition("judge.toml: model ")[2][:8]
    assert f'"coder": "model {version}/' in run("extract", article, "--judge", "model", "--format", "jsonl").out
    assert run("extract", "train", "--from-decisions").out == told.out
    own.unlink()
    assert run("extract", article, "--judge", "model", "--format", "jsonl").out == before


def test_without_decisions_nothing_is_written(run: Any, shipped: Path) -> None:
    told = run("extract", "train", "--from-decisions")
    assert told.code == 2
    assert "decisions: found none to learn from" in told.err
    assert not (shipped / JUDGE).exists()
    assert run("extract", "train", "--from-decisions", "--gold", "x").code == 2


def test_what_errs_no_less_than_before_is_written_only_if_forced(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "own.toml"
    gold = ROOT / "tests" / "unseen" / "second" / "dev" / "gold.jsonl"
    told = run("extract", "train", "--gold", gold, "-o", target)
    assert told.code == 0
    assert "in 10 documents: " in told.out
    assert "the rules" in told.out
    assert told.out.endswith("so nothing is written; --force writes it all the same.\n")
    assert not target.exists()
    assert run("extract", "train", "--gold", gold, "-o", target, "--force").code == 0
    assert 'trained_on = "10 documents with ' in target.read_text()


def test_a_file_named_train_is_extracted_by_its_path(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("train").write_text(f"Kyiv\n\nKYIV, March 3, 2022 - {TEXT}")
    told = run("extract", "./train", "--min-probability", "0.6")
    assert "1 document, " in told.err


def test_a_judge_keeps_what_is_probable_enough(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(f"Kyiv\n\nKYIV, March 3, 2022 - {TEXT}")

    def found(*options: str) -> list[float]:
        rows = run("extract", path, "--format", "json", *options).json
        return [row["confidence"] for row in rows]

    every, likely = found("--judge", "model", "--min-probability", "0"), found("--judge", "model")
    assert len(every) > len(likely) > 0
    assert min(likely) >= shipped_coefficients().threshold > min(every)
    assert found("--judge", "rules") == found()
    told = run("evaluate", "--judge", "model", "--resamples", "0")
    assert told.out.startswith(f"model {shipped_coefficients().version}/1/")
