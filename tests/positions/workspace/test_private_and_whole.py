"""What is written beside the book: private if the book is, whole or not at all; and a writer that waits says so."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from positions.cli import main
from positions.errors import WorkspaceError
from positions.files import writing
from positions.files.lock import exclusive_lock
from positions.files.writing import write_new
from positions.store.sqlite import SqliteLog
from positions.workspace import open_workspace
from positions.workspace.export import write_folder
from positions.workspace.scaffold import copy_example
from tests.positions.exchange.exporting import write_statements


def permissions(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_private_book_has_private_backups_and_exports(shipped: Path, tmp_path: Path) -> None:
    open_workspace(shipped).close()
    (shipped / "positions.db").chmod(0o600)
    with open_workspace(shipped) as workspace:
        mode = workspace.file_mode
        workspace.backup(tmp_path / "copy.db")
        codebook = shipped / "codebook.toml"
        write_folder(tmp_path / "out" / "data", workspace.revisions(), codebook=codebook, mode=mode)
        write_statements(tmp_path / "all.csv", workspace.known().records, mode=mode)
    written = [tmp_path / "copy.db", tmp_path / "all.csv", *(tmp_path / "out").rglob("*.*")]
    assert {permissions(path) for path in written} == {0o600}
    assert permissions(shipped / "positions.db.head") & 0o077 == 0o044  # made before, when the book was not private


def test_a_failed_backup_leaves_nothing(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_log: SqliteLog, _query: str, target: str) -> object:
        Path(target).write_bytes(b"half")
        raise WorkspaceError("database or disk is full")

    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    with open_workspace(shipped) as workspace:
        monkeypatch.setattr(SqliteLog, "_one", fail)
        with pytest.raises(WorkspaceError, match="disk is full"):
            workspace.backup(target)
    assert list(target.parent.iterdir()) == []


def test_a_backup_overwrites_nothing(shipped: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with open_workspace(shipped) as workspace, pytest.raises(WorkspaceError, match="exists already"):
        workspace.backup(target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interrupted_export_leaves_no_parts(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    real, calls = writing._stage, []

    def stage(path: Path, content: bytes, *, mode: int) -> Path:
        calls.append(path)
        if len(calls) > 3:
            raise error
        return real(path, content, mode=mode)

    monkeypatch.setattr(writing, "_stage", stage)
    target = tmp_path / "deep" / "out" / "data"
    with open_workspace(shipped) as workspace, pytest.raises((KeyboardInterrupt, WorkspaceError), match="No space|^$"):
        write_folder(target, workspace.revisions(), codebook=shipped / "codebook.toml")
    assert not (tmp_path / "deep").exists()


def test_a_writer_that_waits_for_another_one_says_so_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "book.lock"
    with exclusive_lock(path):
        waiting = threading.Thread(target=lambda: exclusive_lock(path).__enter__())
        waiting.start()
        with caplog.at_level(logging.WARNING):
            time.sleep(1.4)
    waiting.join()
    assert [record.message for record in caplog.records] == [
        f"positions: waiting for another process that is writing to {tmp_path}"
    ]


def test_a_lock_that_is_never_free_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "book.lock"
    waiting = exclusive_lock(path, seconds=0.05)
    with exclusive_lock(path), pytest.raises(WorkspaceError, match="another process has been writing"), waiting:
        pytest.fail("the lock was held twice")


def test_a_database_that_another_program_keeps_is_waited_for_and_that_is_said(
    shipped: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_workspace(shipped) as workspace:
        other = sqlite3.connect(shipped / "positions.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(1.3, other.execute, ["ROLLBACK"]).start()
        with workspace.recording(coder="anna") as book:
            book.retract("000-01", reason="coded twice")
        other.close()
    assert "waiting for another process that is writing to" in caplog.text


def test_the_example_is_copied_into_a_folder_of_the_users_and_can_be_changed_there(tmp_path: Path) -> None:
    copy_example(tmp_path / "mine")
    with open_workspace(tmp_path / "mine") as workspace, workspace.recording(coder="anna") as book:
        book.retract("000-01", reason="coded twice")
    assert "merge=union" in (tmp_path / "mine" / ".gitattributes").read_text()
    with pytest.raises(WorkspaceError, match="is not empty; nothing was changed"):
        copy_example(tmp_path / "mine")


def test_the_hidden_copy_of_the_example_refuses_every_write_and_says_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POSITIONS_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with open_workspace() as workspace:
        assert "reading a copy of the shipped example" in caplog.text
        with pytest.raises(WorkspaceError, match="`positions init --example DIR`"), workspace.recording():
            pytest.fail("the example was handed out for writing")


def test_a_file_that_replaces_a_private_one_is_private(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_text("old")
    path.chmod(0o600)
    write_new(path, b"new", force=True)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)


def test_exporting_a_book_into_its_own_folder_writes_nothing(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_workspace(shipped) as workspace, workspace.recording(coder="anna") as book:
        book.correct("000-01", note="read again")
    before = (shipped / "statements.jsonl").read_bytes()
    monkeypatch.setattr("sys.argv", ["positions", "export", str(shipped), "--force", "--data", str(shipped)])
    with pytest.raises(SystemExit):
        main()
    assert "in step with it: nothing to write" in capsys.readouterr().out
    assert (shipped / "statements.jsonl").read_bytes() == before
