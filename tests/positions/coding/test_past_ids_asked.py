"""Whoever asks with an id of the past is answered about what it is now: in plan files and in filters of candidates."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from positions.analysis.plans import read_plan
from positions.cli import main
from positions.coding.codebook_migration import migrate
from positions.coding.codebook_operation import build_addition, build_operation
from positions.errors import DataError, QueryError
from positions.model.statement import Statement
from positions.store.candidates import match_statements, matching_candidates
from positions.store.importing import import_file
from positions.workspace import Workspace, open_workspace
from tests.conftest import copy_case
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


@pytest.fixture(scope="module")
def renamed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case with candidates, and a codebook whose ids changed since: made once, to be copied."""
    data = copy_case(tmp_path_factory.mktemp("renamed"))
    propose(data)
    with open_workspace(data) as workspace:
        for operation in RENAMES:
            migrate(workspace, operation)
    return data


@pytest.fixture
def renamed(renamed_once: Path, tmp_path: Path) -> Path:
    """A copy of that case, free to be changed."""
    shutil.copytree(renamed_once.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


def written(folder: Path) -> Path:
    path = folder / "plan.toml"
    path.write_text(PLAN)
    return path


def test_a_plan_of_the_past_is_read_with_the_ids_of_now(renamed: Path, caplog: pytest.LogCaptureFixture) -> None:
    with open_workspace(renamed) as workspace:
        codebook = workspace.codebook
        plan = read_plan(written(renamed), codebook, current_id=workspace.id_now)
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
        read_plan(path, workspace.codebook, current_id=workspace.id_now)


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


def quote_of(workspace: Workspace) -> dict[str, Any]:
    """What a statement on Gomel says, in ids of the past."""
    known = workspace.known().records
    one = next(record.statement for record in known if record.statement.element == "homel")
    past = {"holder": "UKR", "issue": "venue", "element": "gomel", "stance": 1, "said_on_basis": "explicit"}
    return past | {"document": one.document, "quote": one.quote, "start": one.start, "said_on": str(one.said_on)}


def test_what_is_recorded_and_corrected_in_ids_of_the_past_is_in_those_of_now(
    renamed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_workspace(renamed) as workspace, workspace.recording() as book:
        made = book.add(**quote_of(workspace))
        assert (made.holder, made.issue, made.element) == ("UA", "place", "homel")
        assert "element venue/gomel is place/homel now" in caplog.text
        changed = book.correct(made.id, holder="UKR", element="gomel", stance=2)
        assert isinstance(changed, Statement)
        assert (changed.holder, changed.element, changed.stance) == ("UA", "homel", 2)


def test_a_file_coded_in_ids_of_the_past_is_imported_once(renamed: Path) -> None:
    with open_workspace(renamed) as workspace:
        path = renamed / "more.jsonl"
        path.write_text(json.dumps(quote_of(workspace)) + "\n")
        for count in (1, 0):
            with workspace.recording() as book:
                assert import_file(book, path) == count
        assert not workspace.verify()


def test_a_new_word_may_refer_to_ids_of_the_past(renamed: Path) -> None:
    with open_workspace(renamed) as workspace:
        migrate(workspace, build_addition("element", "place/harbor", {"parent": "gomel"}))
        migrate(workspace, build_addition("element", "preconditions/port", {"addressees": ("UKR",)}))
        place, conditions = workspace.codebook.issue("place"), workspace.codebook.issue("preconditions")
        assert next(one.parent for one in place.elements if one.id == "harbor") == "homel"
        assert next(one.addressees for one in conditions.elements if one.id == "port") == ("UA",)


def test_a_report_is_limited_to_ids_of_the_past(
    renamed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = ("--party", "RUS", "--party", "UKR", "--issue", "talks")
    monkeypatch.setattr("sys.argv", ["positions", "snapshot", *limits, "--format", "json", "--data", str(renamed)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (0, None)
    report = json.loads(capsys.readouterr().out)
    assert report["asked"]["parties"] == ["RUS", "UA"]
    assert report["asked"]["issues"] == ["negotiations"]
