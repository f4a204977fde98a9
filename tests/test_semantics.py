"""The page that explains the numbers: its worked example is what the code computes, to exact fractions."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from positions.analysis.distance import compare
from positions.analysis.movement import Movement, movement_between
from tests.examples import golden_codebook, golden_records, golden_state

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "semantics.md"
ISSUES = ("neutrality", "venue", "preconditions", "military-aid")
Row = dict[str, str]


def tables() -> dict[str, list[Row]]:
    """The page's tables by the word of their first column."""
    found = {}
    for is_table, lines in groupby(PAGE.read_text(encoding="utf-8").splitlines(), lambda line: line.startswith("|")):
        if is_table:
            head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            found[head[0]] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


TABLES = tables()


def exact(text: str) -> Any:
    """A cell's fraction; ``None`` for a dash."""
    return None if text == "–" else pytest.approx(float(Fraction(text.replace("−", "-"))), abs=1e-12)


def bounded(cell: str) -> tuple[Any, Any, Any]:
    """A distance with its bounds, which are left out if they are the distance itself."""
    point, _, bounds = cell.partition(" ")
    lo, hi = bounds.strip("[]").split(", ") if bounds else (point, point)
    return exact(point), exact(lo), exact(hi)


@pytest.mark.parametrize("row", TABLES["pair"], ids=lambda row: f"{row['pair']} {row['as of']}")
def test_the_distances_of_the_worked_example_are_what_the_code_computes(row: Row) -> None:
    comparison = compare(golden_state(row["as of"]), golden_codebook(), *row["pair"].split("–"))
    for name in ISSUES:
        issue = comparison.issue(name)
        assert issue is not None
        assert (issue.distance, issue.lo, issue.hi) == bounded(row[name]), name
    assert (comparison.distance, comparison.lo, comparison.hi) == bounded(f"{row['D']} {row['bounds']}")
    assert comparison.coverage == exact(row["coverage"].removesuffix(" thin"))
    assert comparison.thin == row["coverage"].endswith("thin")


def movement(pair: str) -> Movement:
    days = {"start": date(2022, 3, 5), "end": date(2022, 3, 15)}
    return movement_between(golden_records(), golden_codebook(), *pair.split("–"), **days)


@pytest.mark.parametrize("row", TABLES["moved"], ids=lambda row: row["moved"])
def test_the_movements_of_the_worked_example_are_what_the_code_computes(row: Row) -> None:
    found = movement(row["moved"])
    assert found.change == exact(row["change of D"])
    for name in ("movement", "entered", "left", "framing"):
        assert getattr(found.parts, name) == exact(row[name]), name
    assert found.level_band == exact(row["level band"])
    assert found.verdict == row["verdict"]
    assert found.rests_on == (("The Example",) if found.verdict == "closer" else ())


@pytest.mark.parametrize("row", TABLES["issue"], ids=lambda row: f"{row['issue']} {row['pair']}")
def test_the_shares_of_the_worked_example_are_what_the_code_computes(row: Row) -> None:
    [issue] = [issue for issue in movement(row["pair"]).issues if issue.issue == row["issue"]]
    assert issue.contribution == exact(row["adds"])
    assert issue.shares is not None
    assert list(issue.shares.values()) == [exact(row["share of the first"]), exact(row["share of the second"])]


def test_what_entered_in_the_worked_example_is_what_the_page_says() -> None:
    assert movement("RUS–USA").entered == {"preconditions": exact("5/48"), "military-aid": exact("5/24")}
    assert movement("RUS–UKR").entered == {"military-aid": exact("41/312")}


def test_every_section_that_the_code_cites_is_there() -> None:
    sections = set(re.findall(r"^## (\d)\.", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    for path in sorted((ROOT / "positions").rglob("*.py")):
        for cited in re.findall(r"semantics\.md`` §(\d)", path.read_text(encoding="utf-8")):
            assert cited in sections, f"{path.name} cites §{cited}"
