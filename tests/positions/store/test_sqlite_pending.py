"""A long transaction on SQLite: readers go on until its commit, and it is all or nothing like a short one."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from positions.errors import ConflictError, WorkspaceError
from positions.store import sqlite, sqlite_pending
from positions.store.entry import LogRow
from positions.store.sqlite import SqliteLog
from positions.store.verify import verify_log
from tests.positions.store.conftest import SAYS, book, document

ROWS = 3_000
"""Statements that are more than the memory for pages in these tests."""
SMALL_PARTS = 100_000
"""Bytes of a part, in these tests: about 20 statements."""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteLog]:
    """A log whose memory for pages some hundred entries outgrow, and which commits them in parts before."""
    monkeypatch.setattr(sqlite, "CACHE_KIB", 200)
    monkeypatch.setattr(sqlite_pending, "PART_BYTES", SMALL_PARTS)
    with closing(SqliteLog(tmp_path / "positions.db")) as opened:
        yield opened


def add_many(log: SqliteLog, count: int) -> None:
    """Append statements on one document, inside a transaction."""
    writer = book(log)
    writer.add_document(document())
    for number in range(count):
        writer.add(**(SAYS | {"note": f"number {number}"}))


def test_a_reader_is_answered_for_as_long_as_a_long_transaction_writes(log: SqliteLog) -> None:
    with log.writing():
        book(log).add_document(document(name="first"))
    reader, before = log.open_reader(), log.head()
    with log.writing():
        add_many(log, ROWS)
        assert [row.id for row in reader.rows()] == ["first"]
        assert reader.head() == before
    assert len(list(reader.rows())) == ROWS + 2
    assert reader.head() == log.head() != before


def test_in_one_commit_the_same_entries_shut_the_reader_out(log: SqliteLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above would pass with any program if these entries fitted into the memory for pages."""
    monkeypatch.setattr(sqlite_pending, "PART_BYTES", 10**12)
    reader = log.open_reader()
    with log.writing():
        add_many(log, ROWS)
        with pytest.raises(WorkspaceError, match="cannot be read while another program writes"):
            list(reader.rows())


def test_a_long_transaction_records_the_same_as_a_short_one(
    log: SqliteLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with log.writing():
        add_many(log, 200)
    monkeypatch.setattr(sqlite_pending, "PART_BYTES", 10**12)
    with closing(SqliteLog(tmp_path / "short.db")) as short, short.writing():
        add_many(short, 200)
        assert _without_clock(log.rows()) == _without_clock(short.rows())
    assert verify_log(log) == ()
    assert log.head().seq == 201


def _without_clock(rows: Iterator[LogRow]) -> list[Sequence[object]]:
    return [row[:6] for row in rows]


def test_what_does_not_count_yet_is_seen_by_its_own_transaction(log: SqliteLog) -> None:
    with log.writing():
        add_many(log, 200)
        last = f"doc-{200:02}"
        assert log.last_of("statement", last) is not None
        assert [row.id for row in log.revisions_of(last)] == [last]
        assert set(log.held([("statement", "doc-01", 1), ("statement", last, 1)])) == {
            ("statement", "doc-01", 1),
            ("statement", last, 1),
        }
        assert [row.seq for row in log.entries([2, 201])] == [2, 201]
        assert len(list(log.claims("statement"))) == 200
        assert len(list(log.claims("statement", documents=["doc"]))) == 200
        with pytest.raises(ConflictError, match="doc-150"):
            book(log).add(**(SAYS | {"id": "doc-150", "note": "another"}))
        assert log.last_recorded_at() == list(log.rows())[-1].recorded_at


def test_an_error_takes_all_of_a_long_transaction_back(log: SqliteLog) -> None:
    with pytest.raises(RuntimeError, match="stop"), log.writing():
        add_many(log, 200)
        raise RuntimeError("stop")
    assert list(log.rows()) == []
    with log.writing():
        add_many(log, 200)
    assert log.head().seq == 201
    assert verify_log(log) == ()


def test_a_reader_answers_while_a_long_transaction_commits(log: SqliteLog) -> None:
    """Its last commit is small: what it makes count was written before."""
    with log.writing():
        book(log).add_document(document(name="first"))
    reader, sizes = log.open_reader(), []
    with log.writing():
        add_many(log, 200)
        sizes.append(database_of(log).stat().st_size)
        assert [row.id for row in reader.rows()] == ["first"]
        assert [row.id for row in reader.claims("document")] == ["first"]
        assert reader.revisions_of("doc-50") == []
        assert reader.last_of("statement", "doc-50") is None
        assert reader.held([("statement", "doc-50", 1)]) == {}
        assert reader.last_recorded_at() == next(reader.rows()).recorded_at
    assert len(list(reader.rows())) == 202
    sizes.append(database_of(log).stat().st_size)
    assert sizes[1] - sizes[0] <= SMALL_PARTS


def test_a_backup_made_meanwhile_holds_what_counts(log: SqliteLog, tmp_path: Path) -> None:
    with log.writing():
        book(log).add_document(document(name="first"))
    with log.writing():
        add_many(log, 200)
        with closing(SqliteLog(database_of(log))) as other:
            other.backup(tmp_path / "copy.db")
    with closing(SqliteLog(tmp_path / "copy.db")) as copy:
        assert verify_log(copy) == ()
        with copy.writing():
            book(copy).add_document(document(name="second"))
        assert [row.id for row in copy.rows()] == ["first", "second"]
        assert verify_log(copy) == ()


def test_a_copy_in_memory_made_meanwhile_holds_what_counts(log: SqliteLog) -> None:
    with log.writing():
        add_many(log, 200)
        with closing(SqliteLog(database_of(log), in_memory=True)) as copy, copy.writing():
            book(copy).add_document(document(name="first"))
            assert [row.id for row in copy.rows()] == ["first"]


def test_another_writer_waits_for_the_end_of_a_long_transaction(log: SqliteLog) -> None:
    def write() -> None:
        with closing(SqliteLog(database_of(log))) as other:
            opened.set()
            with other.writing():
                book(other).add_document(document(name="second"))

    opened = threading.Event()
    thread = threading.Thread(target=write)
    with log.writing():
        thread.start()
        assert opened.wait(30)
        add_many(log, 200)
    thread.join(30)
    assert [row.id for row in log.rows()][-2:] == ["doc-200", "second"]
    assert verify_log(log) == ()


def test_what_counts_cannot_be_deleted_while_a_long_transaction_writes(log: SqliteLog) -> None:
    with log.writing():
        book(log).add_document(document(name="first"))
    with log.writing():
        add_many(log, 200)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            log._connection.execute("DELETE FROM main.revision WHERE seq = 1")


def test_a_log_of_the_format_before_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(SqliteLog(tmp_path / "positions.db")) as log, log.writing():
        add_many(log, 3)
    with closing(sqlite3.connect(tmp_path / "positions.db")) as connection:
        connection.executescript(
            f"DROP TABLE pending; DROP TRIGGER revision_no_delete; {TRIGGER}; PRAGMA user_version=2"
        )
    with closing(SqliteLog(tmp_path / "positions.db")) as log:
        monkeypatch.setattr(sqlite_pending, "PART_BYTES", SMALL_PARTS)
        with log.writing():
            writer = book(log)
            for number in range(100):
                writer.add_document(document(name=f"other-{number}"))
        assert len(list(log.rows())) == 104
        assert verify_log(log) == ()


TRIGGER = """CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""
"""As the format before had it."""

WRITE_AND_END = """
import os, signal, sys
from pathlib import Path
from positions.store import sqlite_pending
from positions.store.sqlite import SqliteLog
from tests.positions.store.conftest import book, document
from tests.positions.store.test_sqlite_pending import add_many
sqlite_pending.PART_BYTES, sqlite_pending.ROWS_AT_ONCE = 100_000, 50
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
log = SqliteLog(Path(sys.argv[1]))
if sys.argv[2] == "last":
    log._pending.count_all, count_all = lambda: (count_all(), kill()), log._pending.count_all
delete_some, deleted = log._pending._delete_some, []
def delete() -> bool:
    deleted.append(delete_some())
    return kill() if len(deleted) == 2 else True
log._pending._delete_some = delete
with log.writing():
    add_many(log, 200)
    if sys.argv[2] == "part":
        kill()
    if sys.argv[2] == "taking back":
        raise RuntimeError
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("moment", ["part", "last", "taking back"])
def test_a_writer_that_is_killed_in_a_long_transaction_leaves_nothing(
    log: SqliteLog, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_pending, "ROWS_AT_ONCE", 50)
    with log.writing():
        book(log).add_document(document(name="first"))
    killed = subprocess.run(
        [sys.executable, "-c", WRITE_AND_END, str(database_of(log)), moment],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert log._pending.is_left()
    assert [row.id for row in log.rows()] == ["first"]
    assert verify_log(log) == ()
    with log.writing():
        book(log).add_document(document(name="second"))
    assert [row.id for row in log.rows()] == ["first", "second"]
    assert verify_log(log) == ()
    assert not log._pending.is_left()
    assert log._connection.execute("SELECT count(*) FROM main.revision").fetchone() == (2,)


def database_of(log: SqliteLog) -> Path:
    """Return the file of a log."""
    return Path(log.name)
