"""What is empty to the eye is no reason, no coder and no name, wherever it is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError
from positions.files.reading import parse_toml
from positions.model.codebook import Codebook
from tests.conftest import ROOT
from tests.positions.cli.test_cli import run

__all__ = ["run"]

UNSEEN = ["\u200b", "\u00a0", "\u2060", "\u3164", "\u202e"]
CODEBOOK = (ROOT / "tests" / "examples" / "golden.toml").read_text()


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize(
    "words",
    [
        ("retract", "003-22", "--reason", "@"),
        ("retract", "003-22", "--reason", "why", "--coder", "@"),
        ("correct", "003-22", "--note", "n", "--coder", "@"),
        ("correct", "003", "--outlet", "@"),
        ("correct", "003", "--origin", "@"),
        ("correct", "003-22", "--coder", "@", "--note", "n"),
        ("codebook", "rename", "venue/gomel", "homel", "--coder", "@"),
        ("codebook", "rename", "venue/gomel", "homel", "--reason", "@"),
        ("codebook", "undo", "--reason", "@"),
        ("correct", "003-22", "--note", "n", "--reason", "@"),
        ("correct", "003-22", "--note", "@"),
        ("correct", "003", "--note", "@"),
        ("correct", "003", "--title", "@"),
        ("correct", "003", "--author", "@"),
    ],
    ids=" ".join,
)
def test_nothing_is_recorded_by_nobody_or_for_no_reason(run: Any, shipped: Path, words: Any, unseen: str) -> None:
    before = (shipped / "statements.jsonl").read_bytes()
    told = run(*(word.replace("@", unseen) for word in words))
    assert told.code in (1, 2)
    assert "Traceback" not in told.err
    assert "coder" in told.err or "reason" in told.err or "allowed: text that can be seen" in told.err
    assert (shipped / "statements.jsonl").read_bytes() == before


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("field", ["title", "name", "label"])
def test_no_word_of_the_codebook_is_unseen(field: str, unseen: str) -> None:
    old = next(line for line in CODEBOOK.split("\n") if line.startswith(f"{field} = "))
    content = CODEBOOK.replace(old, f"{field} = {json.dumps(unseen)}", 1).encode()
    with pytest.raises(DataError, match=rf"{field}: found .*, allowed: text that can be seen"):
        parse_toml(content, Codebook, name="codebook.toml")


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "-1.0", "1e999"])
def test_no_salience_is_other_than_a_finite_number_from_zero_up(number: str) -> None:
    content = CODEBOOK.replace("{ RUS = 1,", f"{{ RUS = {number},", 1).encode()
    with pytest.raises(DataError, match="saliences.RUS: found"):
        parse_toml(content, Codebook, name="codebook.toml")


def test_a_party_has_no_colour_of_its_own() -> None:
    party = next(line for line in CODEBOOK.split("\n") if line.startswith("[[parties]]"))
    content = CODEBOOK.replace(party, f'{party}\ncolour = "red;background:url(//x)"', 1).encode()
    with pytest.raises(DataError, match="parties.colour: unknown field"):
        parse_toml(content, Codebook, name="codebook.toml")
