"""A long transaction on SQLite: readers go on until its commit, and it is all or nothing like a short one."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from positions.errors import ConflictError, WorkspaceError
from positions.store import sqlite, sqlite_staging
from positions.store.entry import LogRow
from positions.store.sqlite import SqliteLog
from positions.store.verify import verify_log
from tests.positions.store.conftest import SAYS, book, document

ROWS = 3_000
"""Statements that are more than the memory for pages in these tests."""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteLog]:
    """A log whose memory for pages some hundred entries outgrow; the first few are written straight on."""
    monkeypatch.setattr(sqlite, "CACHE_KIB", 200)
    monkeypatch.setattr(sqlite_staging, "STAGED_BYTES", 100_000)
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


def test_without_a_place_of_their_own_the_same_entries_shut_the_reader_out(
    log: SqliteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above would pass with any program if these entries fitted into the memory for pages."""
    monkeypatch.setattr(sqlite_staging, "STAGED_BYTES", 10**12)
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
    monkeypatch.setattr(sqlite_staging, "STAGED_BYTES", 10**12)
    with closing(SqliteLog(tmp_path / "short.db")) as short, short.writing():
        add_many(short, 200)
        assert _without_clock(log.rows()) == _without_clock(short.rows())
    assert verify_log(log) == ()
    assert log.head().seq == 201


def _without_clock(rows: Iterator[LogRow]) -> list[Sequence[object]]:
    return [row[:6] for row in rows]


def test_what_waits_is_seen_by_its_own_transaction(log: SqliteLog) -> None:
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


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_writer_that_is_killed_in_a_long_transaction_leaves_nothing(log: SqliteLog, tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from positions.store import sqlite_staging\n"
        "from positions.store.sqlite import SqliteLog\n"
        "from tests.positions.store.test_staging import add_many\n"
        "sqlite_staging.STAGED_BYTES = 100_000\n"
        "log = SqliteLog(Path(sys.argv[1]))\n"
        "with log.writing():\n"
        "    add_many(log, 200)\n"
        "    log._staging.copy()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "positions.db")],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert list(log.rows()) == []
    assert list(log.check()) == []
