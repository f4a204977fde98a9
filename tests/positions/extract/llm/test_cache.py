"""Answers on disk: what was stored comes back, what was damaged does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from positions.extract.llm.cache import AnswerCache

ANSWER = {"claims": [{"quote": "Нет, „nie“"}]}


def test_an_answer_comes_back_under_its_own_parts_only(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "answers")
    cache.put(ANSWER, "document", "prompt", "model")
    assert cache.get("document", "prompt", "model") == ANSWER
    assert cache.get("document", "prompt", "another") is None


@pytest.mark.parametrize("content", ["", "[]", '{"parts": 1}', '{"parts": ["d"], "answer": {}, "sha256": "0"}'])
def test_a_damaged_file_counts_as_missing(tmp_path: Path, content: str) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(ANSWER, "d")
    (file,) = tmp_path.rglob("*.json")
    file.write_text(content)
    assert cache.get("d") is None
