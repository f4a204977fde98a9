"""`positions status`: what is in the log, in the text, in neither."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from positions.workspace import open_workspace
from positions.workspace.status import read_status
from tests.positions.cli.test_cli import run

__all__ = ["run"]


def test_after_every_write_text_and_log_are_in_step(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording(coder="anna") as book:
            book.correct("000-01", stance=1, reason="read again")
        head = workspace.head
    status = read_status(shipped)
    assert (status.in_step, status.log_only, status.text_only, status.head) == (True, (), (), head)


def test_what_only_one_of_them_has_is_told_and_left_alone(shipped: Path) -> None:
    open_workspace(shipped).close()
    path = shipped / "statements.jsonl"
    first, second, *rest = path.read_text().splitlines(keepends=True)
    path.write_text(
        second.replace('"confidence": 0.', '"confidence": 0.1') + "".join(rest) + first.replace("-01", "-98")
    )
    content = path.read_bytes()
    status = read_status(shipped)
    assert status.in_step is False
    assert status.log_only == (("statement", "000-01", 1),)
    assert status.text_only == (("statement", "000-98", 1),)
    assert status.changed == (("statement", "000-02", 1),)
    assert path.read_bytes() == content


def test_a_file_that_no_document_names_is_in_neither(shipped: Path) -> None:
    (shipped.parent / "seeds" / "new.txt").write_text("not yet recorded\n")
    status = read_status(shipped)
    assert [Path(name).name for name in status.unrecorded] == ["new.txt"]
    assert status.in_step


def test_text_that_cannot_be_read_is_not_in_step(shipped: Path) -> None:
    with (shipped / "statements.jsonl").open("a") as text:
        text.write("no JSON\n")
    status = read_status(shipped)
    assert (status.in_step, status.findings) == (False, 1)


def test_the_command_says_so_to_people_and_programs(run: Any) -> None:
    assert "in step" in run("status").out
    found = run("status", "--format", "json").json
    assert {name: found[name] for name in ("in_step", "log_only", "text_only")} == {
        "in_step": True,
        "log_only": [],
        "text_only": [],
    }
    assert found["head"] == run("log", "--format", "json").json["head"]


def test_a_lost_database_is_made_anew_by_it_too(run: Any, shipped: Path, caplog: pytest.LogCaptureFixture) -> None:
    run("status")
    (shipped / "positions.db").unlink()
    assert run("status", "--format", "json").json["in_step"]
    assert "made anew from the text" in caplog.text


@pytest.mark.postgres
def test_a_team_s_book_is_declared_database_only(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.positions.store.conftest import postgres_url

    monkeypatch.setenv("POSITIONS_DATABASE", postgres_url())
    assert "database-only" in run("status").out
    assert run("status", "--format", "json").json["in_step"] is None
