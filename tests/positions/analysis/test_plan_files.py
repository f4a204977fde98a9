from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from positions.analysis.plans import Clause, Plan, read_plan
from positions.errors import DataError, WorkspaceError
from positions.store.published import read_codebook
from tests.conftest import ROOT
from tests.examples import golden_codebook

BOOK = golden_codebook()


def clause(about: str, stance: int, to: int | None = None) -> Clause:
    issue, _, element = about.partition("/")
    return Clause(issue=issue, element=element or None, stance=stance, stance_to=to)


def plan(*clauses: Clause, title: str = "A plan") -> Plan:
    return Plan(title=title, clauses=clauses)


GOOD = 'title = "A plan"\n\n[[clauses]]\nissue = "neutrality"\nstance = 2\n'


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ('title = "Empty"\n', ["plan.toml:1 clauses: missing"]),
        ('title = "Empty"\nclauses = []\n', ["plan.toml:2 clauses: found no clause"]),
        ("[[clauses]]\n" + GOOD.split("\n", 3)[3], ["plan.toml:1 title: missing"]),
        (GOOD.replace("neutrality", "nuetrality"), ["plan.toml:4 clauses.issue: found 'nuetrality', allowed: mil"]),
        (GOOD.replace("2", "3"), ["plan.toml:5 clauses.stance: found 3, allowed: -1, -2, 0, 1, 2"]),
        (GOOD + "stance_to = 2\n", ["plan.toml:6 clauses.stance_to: found 2, allowed: above stance 2"]),
        (GOOD + 'element = "minsk"\n', ["plan.toml:6 clauses.element: found 'minsk', allowed: none"]),
        (GOOD + 'stanze = "minsk"\n', ["plan.toml:6 clauses.stanze: unknown field"]),
        (GOOD + 'date = "2022-02-30"\n', ["plan.toml:6 clauses.date: unknown field"]),
        ('date = "2022-02-30"\n' + GOOD, ["plan.toml:1 date: found '2022-02-30', which is no day"]),
        (GOOD + "\n[[clauses]]\n" + GOOD.split("\n", 3)[3], ["plan.toml:8 clauses.issue: found 'neutrality' twice"]),
        (
            'title = "x"\n[[clauses]]\nissue = "venue"\nstance = 0\n[[clauses]]\nelement = "x"\nissue = "venue"\n'
            "stance = 1\nstance_to = 2\n",
            [
                "plan.toml:2 clauses.element: found None",
                "plan.toml:4 clauses.stance: found 0, allowed: -1, -2, 1, 2",
                "plan.toml:6 clauses.element: found 'x'",
                "plan.toml:9 clauses.stance_to: found 2, allowed: none",
            ],
        ),
        (
            'title = "x"\nclauses = [{ issue = "peace", stance = 2 }]\n',
            ["plan.toml clauses.issue: found 'peace', allowed: military-aid"],
        ),
        ("title = \n", ["plan.toml:1: not TOML"]),
    ],
)
def test_every_finding_names_its_line_and_field(tmp_path: Path, text: str, findings: list[str]) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text)
    with pytest.raises(DataError, match=f"^{re.escape(findings[0])}") as told:
        read_plan(path, BOOK)
    lines = str(told.value).split("\n")
    assert len(lines) == len(findings)
    assert all(line.startswith(finding) for line, finding in zip(lines, findings, strict=True)), lines


def test_a_clause_whose_places_all_have_their_own_is_found(tmp_path: Path) -> None:
    places = "".join(
        f'[[clauses]]\nissue = "venue"\nelement = "{place}"\nstance = 1\n'
        for place in ("turkey", "istanbul", "antalya")
    )
    path = tmp_path / "plan.toml"
    path.write_text(f'title = "x"\n{places}')
    with pytest.raises(DataError, match="plan.toml:4 clauses.element: found 'turkey', but all in it have clauses"):
        read_plan(path, BOOK)


def test_a_plan_that_is_not_there_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be read"):
        read_plan(tmp_path / "none.toml", BOOK)


def test_a_plan_is_frozen_and_never_empty() -> None:
    with pytest.raises(ValidationError, match="found no clause, allowed: one or more"):
        plan()
    with pytest.raises(ValidationError, match="Instance is frozen"):
        plan(clause("neutrality", 2)).title = "Another"  # type: ignore[misc]


def test_the_example_plans_are_sound_and_have_a_wording_each() -> None:
    codebook = read_codebook(ROOT / "data")
    paths = sorted((ROOT / "docs").glob("plan-*.toml"))
    assert len(paths) >= 2
    for path in paths:
        found = read_plan(path, codebook)
        assert found.date
        assert found.note
        assert all(one.text for one in found.clauses)
