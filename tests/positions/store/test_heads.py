"""Whoever changes a record by what they looked at learns that somebody was faster."""

from __future__ import annotations

from pathlib import Path

import pytest

from positions.coding.codebook_migration import migrate
from positions.coding.codebook_operation import build_operation
from positions.errors import ConflictError
from positions.model.statement import Statement
from positions.store.candidates import match_statements
from positions.store.codebook_undo import undo_version
from positions.workspace import Workspace, open_workspace

GOMEL = build_operation("rename", "element", "venue/gomel", ["homel"])
MINSK = build_operation("rename", "element", "venue/minsk", ["mensk"])


def test_a_migration_made_from_an_older_codebook_is_refused_and_names_who_was_faster(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        head, last = str(workspace.head), workspace.versions()[-1].number
        migrate(workspace, GOMEL, coder="anna", reason="spelling", made_from=head)
        with pytest.raises(ConflictError, match=rf"since, by revision {last + 1} by anna at .*rename venue/gomel"):
            migrate(workspace, MINSK, coder="ben", made_from=head)
        with (
            pytest.raises(ConflictError, match=f"changed since, by revision {last + 1} by anna"),
            workspace.recording(coder="ben") as book,
        ):
            undo_version(book, made_from=head)
        assert workspace.versions()[-1].number == last + 1
        migrate(workspace, MINSK, coder="ben", made_from=str(workspace.head))


def test_a_statement_recorded_since_does_not_stand_in_the_way(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        head = str(workspace.head)
        with workspace.recording(coder="ben") as book:
            book.correct("003-22", note="read again")
        migrate(workspace, GOMEL, made_from=head)
        assert workspace.preview_undo().records == (("statement", "003-09", 1), ("statement", "003-12", 1))


@pytest.mark.parametrize("head", ["", "1", "x:0123456789ab", "1:000000000000", "9" * 40 + ":000000000000", "0:"])
def test_a_head_that_the_log_does_not_have_is_refused(shipped: Path, head: str) -> None:
    with (
        open_workspace(shipped) as workspace,
        pytest.raises(ConflictError, match="another state of the record book"),
    ):
        migrate(workspace, GOMEL, made_from=head)


def add_gomel(workspace: Workspace) -> Statement:
    one = next(one for one in workspace.claims("statement") if one.element == "gomel")
    with workspace.recording(coder="ben") as book:
        return book.add(**one.model_dump(exclude={"id", "coder", "note"}), note="told again")


@pytest.mark.parametrize("change", ["add", "correct", "retract"])
def test_a_migration_is_refused_if_a_record_that_it_touches_was_changed_since(shipped: Path, change: str) -> None:
    with open_workspace(shipped) as workspace:
        head = str(workspace.head)
        if change == "add":
            add_gomel(workspace)
        else:
            with workspace.recording(coder="ben") as book:
                if change == "correct":
                    book.correct("003-09", element="minsk", reason="misread")
                else:
                    book.retract("003-09", reason="misread")
        with pytest.raises(ConflictError, match=r"003-\d+: was changed since, by revision \d by ben"):
            migrate(workspace, GOMEL, made_from=head)
        migrate(workspace, GOMEL, made_from=str(workspace.head))


def test_what_many_are_corrected_by_is_refused_if_one_of_them_was_changed_since(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        head, where = str(workspace.head), {"element": "gomel"}
        with workspace.recording() as book:
            book.correct("003-22", note="read again")
            assert match_statements(book, where, made_from=head) == ["003-09", "003-12"]
            book.correct("003-12", element="minsk", reason="misread")
            with pytest.raises(ConflictError, match="003-12: was changed since, by revision 2"):
                match_statements(book, where, made_from=head)
