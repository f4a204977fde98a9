"""What a record book survives: kills, cuts, flipped bits, forgers, full disks, read-only folders."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from positions.errors import PositionsError, WorkspaceError
from positions.store.entry import LogRow
from positions.store.sqlite import SqliteLog
from positions.store.verify import verify_log
from positions.workspace import open_workspace
from tests.positions.exchange.exporting import write_statements
from tests.positions.store.conftest import SAYS, book, document

KILLING = """
import os, random, signal, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.positions.store.conftest import SAYS, book
from positions.store.sqlite import SqliteLog

def write(number, acknowledged):
    log = SqliteLog(Path({path!r}))
    while True:
        with log.writing():
            writer = book(log)
            for place in range({batch}):
                writer.add(**(SAYS | {{"id": f"k{{number}}-{{place}}"}}))
        os.write(acknowledged, f"k{{number}}\\n".encode())
        number += 1

chance = random.Random({batch})
for kill in range(25):
    mine, theirs = os.pipe()
    if (writer := os.fork()) == 0:
        try:
            write(kill * 1000, theirs)
        finally:
            os._exit(1)
    os.close(theirs)
    with open(mine) as acknowledged:
        first = acknowledged.readline()
        time.sleep(chance.uniform(0, 0.05))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the writer ended by itself"
        print(first + acknowledged.read(), end="")
"""
"""Kills writers, each a copy of this program that has all that it needs; prints what they acknowledged."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with the example document and forty statements."""
    path = tmp_path / "positions.db"
    log = SqliteLog(path)
    with log.writing():
        writer = book(log)
        writer.add_document(document())
        for _ in range(40):
            writer.add(**SAYS)
    log.close()
    return path


def rows(path: Path) -> list[LogRow]:
    log = SqliteLog(path)
    try:
        return list(log.rows())
    finally:
        log.close()


def findings(path: Path) -> list[str]:
    log = SqliteLog(path)
    try:
        return [str(finding) for finding in verify_log(log)]
    finally:
        log.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("batch", [1, 200])
def test_killed_25_times_every_acknowledged_batch_is_there_and_whole(path: Path, batch: int) -> None:
    code = KILLING.format(root=str(Path(__file__).parent.parent.parent.parent), path=str(path), batch=batch)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600)
    assert told.returncode == 0, told.stderr
    acknowledged = set(told.stdout.split())
    assert len({int(name[1:]) // 1000 for name in acknowledged}) == 25, (
        "each writer wrote something before it was killed"
    )
    found = {row.id for row in rows(path) if row.id.startswith("k")}
    batches = {name.partition("-")[0] for name in found}
    assert acknowledged <= batches
    assert found == {f"{name}-{place}" for name in batches for place in range(batch)}
    assert findings(path) == []


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", range(4))
def test_a_failure_at_any_step_of_a_commit_leaves_the_old_state(path: Path, step: int, moment: str) -> None:
    before = rows(path)
    log = SqliteLog(path)
    append, count = log.append, 0

    def failing(rows: list[LogRow]) -> None:
        nonlocal count
        if moment == "after":
            append(rows)
        count += 1
        if count == step + 1:
            raise OSError("the machine is unwell")
        if moment == "before":
            append(rows)

    log.append = failing  # type: ignore[method-assign]
    with pytest.raises(OSError, match="unwell"), log.writing():
        writer = book(log)
        for _ in range(4):
            writer.add(**SAYS)
    log.close()
    assert rows(path) == before
    assert findings(path) == []


@pytest.mark.parametrize("word", ["INSERT OR REPLACE INTO head", "COMMIT"])
def test_a_failure_of_the_commit_itself_is_told_and_leaves_the_old_state(path: Path, word: str) -> None:
    before = rows(path)
    log = SqliteLog(path)
    real = log._connection

    class Failing:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def execute(self, command: str, *values: Any) -> Any:
            if command.strip().startswith(word):
                raise sqlite3.OperationalError("disk I/O error")
            return real.execute(command, *values)

    log._connection = Failing()  # type: ignore[assignment]
    with pytest.raises(WorkspaceError, match="nothing was written: disk I/O error"), log.writing():
        book(log).add(**SAYS)
    log.close()
    assert rows(path) == before


def test_a_journal_cut_anywhere_is_rolled_back_or_named_never_silently_wrong(path: Path, tmp_path: Path) -> None:
    """Copy the files in the midst of a large commit, as a power cut leaves them, and cut the journal."""
    before = rows(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size=5")  # forces pages out to the file before the commit
    connection.execute("BEGIN IMMEDIATE")
    last = before[-1]
    for extra in range(200):
        row = last._replace(seq=last.seq + 1 + extra, id=f"x{extra}")
        connection.execute(f"INSERT INTO revision VALUES ({','.join('?' * len(row))})", row)
    journal = Path(f"{path}-journal")
    whole_db, whole_journal = path.read_bytes(), journal.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    chance = random.Random(1)
    cuts = [len(whole_journal), 0, *(chance.randrange(len(whole_journal)) for _ in range(25))]
    for number, cut in enumerate(cuts):
        copy = tmp_path / f"cut{number}" / "positions.db"
        copy.parent.mkdir()
        copy.write_bytes(whole_db)
        Path(f"{copy}-journal").write_bytes(whole_journal[:cut])
        try:
            named = findings(copy)
            same = rows(copy) == before
        except PositionsError as error:
            named, same = [str(error)], False
        assert same or named, cut
    assert rows(tmp_path / "cut0" / "positions.db") == before


def test_one_flipped_bit_is_named_or_changes_no_answer(path: Path, tmp_path: Path) -> None:
    before, whole = rows(path), path.read_bytes()
    chance = random.Random(2)
    named = 0
    for _ in range(150):
        place = chance.randrange(len(whole) * 8)
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        copy = tmp_path / "flipped.db"
        copy.write_bytes(flipped)
        Path(f"{copy}-journal").unlink(missing_ok=True)
        try:
            told = findings(copy)
            same = not told and rows(copy) == before
        except PositionsError as error:
            told, same = [str(error)], False
        assert told or same, place
        named += bool(told)
    # The rest hit bytes that hold nothing: the unused parts of pages.
    assert named > 50


def forge(path: Path, *commands: str) -> None:
    connection = sqlite3.connect(path)
    for name in ("revision_no_update", "revision_no_delete"):
        connection.execute(f"DROP TRIGGER {name}")
    for command in commands:
        connection.execute(command)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("commands", "told"),
    [
        (["UPDATE revision SET content = replace(content, 'UKR', 'RUS') WHERE seq = 7"], "entry 7 (statement doc-06"),
        (
            ["UPDATE revision SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 9"],
            "entry 9 (statement doc-08",
        ),
        (["DELETE FROM revision WHERE seq = 5"], "entry 6 (statement doc-05 revision 1): comes after entry 4"),
        (["DELETE FROM revision WHERE seq > 39"], "entries at its end are missing or changed"),
        (["UPDATE revision SET recorded_by = 'nobody' WHERE seq = 41"], "entry 41 (statement doc-40"),
    ],
)
def test_what_a_forger_changes_with_the_triggers_dropped_is_named(path: Path, commands: list[str], told: str) -> None:
    forge(path, *commands)
    assert told in "\n".join(findings(path))


def test_a_tail_deleted_with_its_head_is_named_by_a_report_s_head(path: Path) -> None:
    log = SqliteLog(path)
    report = str(log.head())
    log.close()
    shorter = rows(path)[38]
    forge(path, "DELETE FROM revision WHERE seq > 39", f"UPDATE head SET seq = 39, hash = '{shorter.hash}'")
    log = SqliteLog(path)
    assert verify_log(log) == ()
    assert f"does not hold the head {report}" in str(verify_log(log, expected=report)[0])
    log.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes; skipped where this user may not make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)], capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"cannot make a small file system here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_during_an_import_is_told_and_leaves_the_old_state(small_disk: Path, path: Path) -> None:
    target = small_disk / "positions.db"
    shutil.copy(path, target)
    before = rows(target)
    log = SqliteLog(target)
    with pytest.raises(WorkspaceError, match=r"full|disk"), log.writing():
        writer = book(log)
        for _ in range(2_000):
            writer.add(**(SAYS | {"note": "x" * 5000}))
    log.close()
    assert rows(target) == before
    assert findings(target) == []


def test_a_full_disk_during_an_export_is_told_and_leaves_the_old_file(small_disk: Path, shipped: Path) -> None:
    target = small_disk / "all.jsonl"
    target.write_text("the old file")
    (small_disk / "filler").write_bytes(b"x" * (2_000_000))
    with open_workspace(shipped) as workspace:
        records = workspace.known().records * 5
    with pytest.raises(WorkspaceError, match="No space left"):
        write_statements(target, records, force=True)
    assert target.read_text() == "the old file"
    assert sorted(item.name for item in small_disk.iterdir()) == ["all.jsonl", "filler"]


def test_a_folder_that_cannot_be_written_answers_from_a_copy_in_memory(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(shipped) as workspace, workspace.recording(coder="anna") as writer:
        writer.retract("000-01", reason="coded twice")
    before = (shipped / "positions.db").read_bytes()
    real = os.access
    monkeypatch.setattr(os, "access", lambda where, mode: mode != os.W_OK and real(where, mode))
    with open_workspace(shipped) as workspace:
        assert len(workspace.known().records) == 116
        assert "in memory" in workspace.name
    assert (shipped / "positions.db").read_bytes() == before


def test_a_backup_taken_while_others_write_opens_clean(path: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        log = SqliteLog(path)
        while not stop.is_set():
            with log.writing():
                book(log).add(**SAYS)
        log.close()

    writer = threading.Thread(target=write)
    writer.start()
    source = SqliteLog(path)
    try:
        for number in range(5):
            source.backup(tmp_path / f"copy{number}.db")
            assert findings(tmp_path / f"copy{number}.db") == []
    finally:
        stop.set()
        writer.join()
        source.close()


def test_a_document_edited_in_the_book_is_named_by_its_hash(path: Path) -> None:
    content = json.loads(rows(path)[0].content or "{}")
    forge(
        path, f"UPDATE revision SET content = json_set(content, '$.text', '{content['text'][:-5]} no\n') WHERE seq = 1"
    )
    assert "the document's text does not have its SHA-256" in "\n".join(findings(path))
