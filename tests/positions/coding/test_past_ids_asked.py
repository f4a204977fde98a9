"""Whoever asks with an id of the past is answered about what it is now: in plan files and in filters of candidates."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from positions.analysis.plans import read_plan
from positions.coding.codebook_migration import migrate
from positions.coding.codebook_operation import build_operation
from positions.errors import DataError, QueryError
from positions.store.candidates import match_statements, matching_candidates
from positions.workspace import Workspace, open_workspace
from tests.positions.proposing import propose

PLAN = """title = "A meeting"

[[clauses]]
issue = "venue"
element = "gomel"
stance = 2

[[clauses]]
issue = "talks"
stance = 1
stance_to = 2
"""
RENAMES = (
    build_operation("rename", "element", "venue/gomel", ["homel"]),
    build_operation("rename", "issue", "venue", ["place"]),
    build_operation("rename", "issue", "talks", ["negotiations"]),
    build_operation("rename", "level", "negotiations:2", ["3"]),
    build_operation("rename", "party", "UKR", ["UA"]),
)


@pytest.fixture
def renamed(shipped: Path) -> Path:
    """The shipped case with candidates, and a codebook whose ids changed since."""
    propose(shipped)
    with open_workspace(shipped) as workspace:
        for operation in RENAMES:
            migrate(workspace, operation)
    return shipped


def written(folder: Path) -> Path:
    path = folder / "plan.toml"
    path.write_text(PLAN)
    return path


def test_a_plan_of_the_past_is_read_with_the_ids_of_now(renamed: Path, caplog: pytest.LogCaptureFixture) -> None:
    with open_workspace(renamed) as workspace:
        codebook = workspace.codebook
        plan = read_plan(written(renamed), codebook, current_id=partial(workspace.id_now, codebook=codebook))
        places = [(one.issue, one.element, one.stance, one.stance_to) for one in plan.clauses]
        assert places == [("place", "homel", 2, None), ("negotiations", None, 1, 3)]
        assert "element venue/gomel is place/homel now" in caplog.text
        assert "level talks:2 is negotiations:3 now" in caplog.text


def test_a_plan_of_nobodys_ids_is_refused_as_it_is_written(renamed: Path) -> None:
    path = written(renamed)
    path.write_text(PLAN.replace("gomel", "nowhere"))
    with (
        open_workspace(renamed) as workspace,
        pytest.raises(DataError, match=r"plan\.toml:5 clauses\.element: found 'nowhere'"),
    ):
        read_plan(path, workspace.codebook, current_id=partial(workspace.id_now, codebook=workspace.codebook))


def ids(workspace: Workspace, **words: str) -> list[str]:
    return [item.candidate.id for item in workspace.candidates(status="open", **words)]  # type: ignore[arg-type]


def test_candidates_are_found_by_ids_of_the_past(renamed: Path) -> None:
    with open_workspace(renamed) as workspace:
        assert ids(workspace, issue="talks") == ids(workspace, issue="negotiations") == ["border.1", "border.3"]
        assert ids(workspace, holder="UKR") == ids(workspace, holder="UA") == ["border.2", "border.3"]
        with pytest.raises(QueryError, match="found 'nobody', allowed"):
            ids(workspace, issue="nobody")


def test_a_filter_of_many_follows_too(renamed: Path) -> None:
    with open_workspace(renamed) as workspace, workspace.recording() as book:
        where = {"issue": "talks", "holder": "UKR"}
        assert [item.candidate.id for item in matching_candidates(book, where, statuses=["open"])] == ["border.3"]
        gomel = match_statements(book, {"issue": "venue", "element": "gomel"})
        assert gomel == match_statements(book, {"issue": "place", "element": "homel"}) == ["003-09", "003-12"]
