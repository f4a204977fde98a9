"""Extraction with a language model at the command line: as extractor, as complement and as judge, and what it costs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.positions.cli.test_cli import run
from tests.positions.cli.test_extract import article, many, rows
from tests.positions.extract.scripted import scripted

__all__ = ["article", "run"]


def test_a_model_finds_claims_and_the_report_tells_what_it_cost(run: Any, article: Path, tmp_path: Path) -> None:
    claim = {"speaker": "Volodymyr Zelensky", "holder": "UKR", "about": "neutrality", "stance": "-2"}
    quote = "We will never give up our right to join NATO"
    given = {"claims": [{"quote": quote, **claim}, {"quote": "He never said that at all.", **claim}]}
    with scripted(given) as script:
        words = ["extract", article, "--extractor", "llm", "--model", "small", "--base-url", script.url]
        words += ["--cache", tmp_path / "answers", "--format", "jsonl"]
        told = run(*words)
        again = run(*words, "--jobs", "2")
        assert len(script.asked) == 3
    assert told.code == 0, told.err
    assert [(row["quote"], row["stance"], row["directness"]) for row in rows(told.out)] == [(f"{quote},", -2, "direct")]
    assert "small: 3 requests, 300 tokens in, 30 out, cost unknown" in told.err
    assert "1 accepted, 3 refused (3 quote not in the document)" in told.err
    assert again.out == told.out
    assert "0 requests" in again.err


def test_a_model_is_asked_for_several_documents_at_once(run: Any, tmp_path: Path) -> None:
    folder = many(tmp_path / "many", 6)
    claim = {"speaker": "", "holder": "UKR", "about": "talks", "stance": "unresolved"}
    with scripted({"claims": [{"quote": "Kyiv would talk in Warsaw", **claim}]}) as script:
        words = ["extract", folder, "--extractor", "llm", "--model", "small", "--base-url", script.url]
        words += ["--format", "jsonl", "--cache"]
        one = run(*words, tmp_path / "one")
        three = run(*words, tmp_path / "three", "--jobs", "3")
    assert len(script.asked) == 12
    assert len(rows(one.out)) == 6
    assert three.out == one.out


def test_a_hybrid_settles_what_the_rules_left_open(run: Any, shipped: Path, tmp_path: Path) -> None:
    seeds = shipped.parent / "seeds"
    plain = rows(run("extract", seeds, "--format", "jsonl").out)
    with scripted({"stances": [{"number": 1, "stance": "-1"}]}) as script:
        words = ["--extractor", "hybrid", "--model", "small", "--base-url", script.url, "--cache", tmp_path / "answers"]
        told = run("extract", seeds, "--format", "jsonl", *words)
    assert told.code == 0, told.err
    found = rows(told.out)
    assert [row["quote"] for row in found] == [row["quote"] for row in plain]
    open_before = [row for row in plain if row["stance"] is None]
    assert open_before, "the rules leave some open"
    assert len([row for row in found if row["stance"] is None]) < len(open_before)
    settled = [(one, two) for one, two in zip(plain, found, strict=True) if one["stance"] is not None]
    assert all(one["stance"] == two["stance"] for one, two in settled)


def test_a_language_model_judges_what_is_proposed(run: Any, article: Path, tmp_path: Path) -> None:
    asked = ["extract", article, "--judge", "llm", "--model", "small", "--format", "jsonl", "--cache", tmp_path / "new"]
    shown = {"stance": "+1", "sure": "certain", "quote": "Kyiv would talk in Warsaw", "speaker": "the outlet"}
    with scripted({"answers": [{"number": 1, **shown}]}) as script:
        told = run(*asked, "--base-url", script.url)
        question = next(line for line in script.prompts(0).splitlines() if line.startswith("1. holder: "))
        assert "Answer all questions again:" in script.prompts(1)
    assert told.code == 0, told.err
    (row,) = rows(told.out)
    about = f"{row['issue']}/{row['element']}" if row["element"] else row["issue"]
    assert question.startswith(f"1. holder: {row['holder']}; about: {about} (")
    assert (row["stance"], row["confidence"], row["directness"]) == (1, 0.9, "framing")
    assert row["coder"].startswith("judge small ")
    assert "their confidences are not calibrated" in told.err


@pytest.mark.parametrize(
    ("words", "least"),
    [
        (["--extractor", "llm"], 1),
        (["--extractor", "llm", "--passes", "2"], 2),
        (["--judge", "llm"], 1),
        (["--extractor", "hybrid"], 1),
    ],
)
def test_every_way_of_asking_tells_its_cost_beforehand(run: Any, words: list[str], least: int) -> None:
    address = ["--model", "small", "--base-url", "http://127.0.0.1:9/v1", "--price", "2", "8", "--estimate"]
    told = run("extract", "001", *words, *address)
    assert told.code == 0, told.err
    each, whole = told.err.splitlines()[-2:]
    match = re.fullmatch(r"001\S*: (\d+) requests?, about [\d,]+ tokens in, [\d,]+ out, \$0\.\d{4}", each)
    assert match
    assert int(match[1]) >= least
    assert whole == f"estimate, nothing was asked: {each.partition(': ')[2]}"


def test_a_judge_that_would_cost_too_much_is_not_asked(run: Any, article: Path, tmp_path: Path) -> None:
    with scripted({"answers": []}) as script:
        words = ["--judge", "llm", "--model", "small", "--base-url", script.url, "--cache", tmp_path / "new"]
        told = run("extract", article, *words, "--max-tokens", "1000")
    assert told.code == 1
    assert "--max-tokens: not asked: 0 are used and this needs about" in told.err
    assert script.asked == []


def test_a_model_that_is_down_ends_the_run_in_one_line(run: Any, article: Path, tmp_path: Path) -> None:
    words = ["--extractor", "llm", "--model", "small", "--base-url", "http://127.0.0.1:9/v1", "--cache", tmp_path]
    told = run("extract", article, "001", *words)
    assert told.code == 2
    assert told.err.splitlines() == [
        "positions: --model small: http://127.0.0.1:9/v1 cannot be used: Connection error."
    ]
