"""The page that explains the numbers: its worked example is what the code computes."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from positions.analysis.distance import compare
from tests.examples import golden_codebook, golden_state

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "semantics.md"


def example() -> list[dict[str, str]]:
    """The rows of the page's table, by the words of its head."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(head, row, strict=True)) for row in rows]


def number(cell: str) -> float | None:
    return None if cell == "–" else float(Fraction(cell))


@pytest.mark.parametrize("row", example(), ids=lambda row: row["Russia and Ukraine"])
def test_the_worked_example_is_what_the_code_computes(row: dict[str, str]) -> None:
    found = compare(golden_state(row["Russia and Ukraine"]), golden_codebook(), "RUS", "UKR")
    for name in ("neutrality", "venue", "preconditions", "military-aid"):
        issue = found.issue(name)
        assert issue is not None
        assert issue.distance == pytest.approx(number(row[name]))
    told = (found.distance, found.lo, found.hi, found.coverage)
    assert told == pytest.approx([number(row[name]) for name in ("D", "lo", "hi", "coverage")])


def test_every_section_that_the_code_cites_is_there() -> None:
    sections = set(re.findall(r"^## (\d)\.", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    for path in sorted((ROOT / "positions").rglob("*.py")):
        for cited in re.findall(r"semantics\.md`` §(\d)", path.read_text(encoding="utf-8")):
            assert cited in sections, f"{path.name} cites §{cited}"
