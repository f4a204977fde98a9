"""A long file read by several processes: the same book as from one, and none of them left behind."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError, WorkspaceError
from positions.files import process_pool
from positions.model.checks import ClaimChecks
from positions.store import parallel_reader
from positions.store.entry import LogRow
from positions.store.importing import file_lines, import_file
from positions.store.log import Log
from positions.store.parallel_reader import read_piece
from positions.store.sqlite import SqliteLog
from positions.store.verify import verify_log
from tests.positions.store.conftest import SAYS, book, document, speaking_codebook

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
WHOLE = SAYS | {"start": 1, "end": 24, "voice": "self", "directness": "direct", "coder": "ben"}
LINES = [
    WHOLE | {"id": "a-1"},
    SAYS | {"stance": -1},
    WHOLE | {"id": "a-2", "note": "“ä” 🙂"},
    WHOLE | {"id": "a-2", "note": "“ä” 🙂"},
    WHOLE | {"id": "a-1", "action": "correct", "revision": 2, "stance": 2},
    {"id": "a-2", "action": "retract", "revision": 2, "reason": "coded twice"},
    *(WHOLE | {"id": f"b-{number}"} for number in range(60)),
]


@pytest.fixture
def started_processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Read every file in processes, in pieces of a few lines; what is started is listed here."""
    found: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def starting(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        found.append(start(*args, **options))
        return found[-1]

    monkeypatch.setattr(parallel_reader, "LONG", 0)
    monkeypatch.setattr(parallel_reader, "PIECE", 1500)
    monkeypatch.setattr(parallel_reader, "_cores", lambda: 2)
    monkeypatch.setattr(process_pool.subprocess, "Popen", starting)
    return found


def opened(path: Path) -> Log:
    log = SqliteLog(path)
    with log.writing():
        book(log, clock=lambda: NOON).add_document(document())
    return log


def imported(log: Log, path: Path) -> list[LogRow]:
    with log.writing():
        import_file(book(log, clock=lambda: NOON), path)
    return list(log.rows())


def written(path: Path, *rows: Any) -> Path:
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows))
    return path


def gone(processes: list[subprocess.Popen[bytes]]) -> bool:
    return len(processes) >= parallel_reader.WORKERS and all(process.returncode is not None for process in processes)


def test_the_log_is_the_same_from_one_process_and_from_several(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "many.jsonl", *LINES)
    monkeypatch.setattr(parallel_reader, "PIECE", 700)
    alone = imported(opened(tmp_path / "alone.db"), path)
    processes = request.getfixturevalue("started_processes")
    log = opened(tmp_path / "several.db")
    assert imported(log, path) == alone
    assert len(alone) == 1 + 65
    assert gone(processes)
    assert verify_log(log) == ()
    assert imported(log, path) == alone


def test_findings_come_in_the_order_of_the_lines_as_from_one_process(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = written(
        tmp_path / "many.jsonl",
        *LINES,
        WHOLE | {"id": "c-1", "stance": 9},
        "\n",
        "[" * 100_000 + "\n",
        WHOLE | {"id": "c-2", "quote": "We were ready for talks", "end": 24},
        SAYS | {"quote": "nobody said this"},
        WHOLE | {"id": "a-1", "stance": -2},
        WHOLE | {"id": "c-3", "said_on": "2022-03-05"},
        '{"id": "cut',
    )
    told = []
    for name in ("alone", "several"):
        if name == "several":
            request.getfixturevalue("started_processes")
        log = opened(tmp_path / f"{name}.db")
        with pytest.raises(DataError, match=r"^many\.jsonl:67 stance: found 9, allowed: ") as caught:
            imported(log, path)
        assert log.head().seq == 1
        told.append([str(finding) for finding in caught.value.findings])
    assert told[0] == told[1]
    assert [int(line.split(":")[1].split()[0]) for line in told[0]] == [67, 69, 70, 71, 72, 73, 74]


def test_a_process_that_is_killed_is_named_by_what_it_read_and_nothing_is_written(
    tmp_path: Path, started_processes: list[subprocess.Popen[bytes]]
) -> None:
    path = written(tmp_path / "many.jsonl", *(WHOLE | {"id": f"b-{number}"} for number in range(500)))
    log = opened(tmp_path / "positions.db")
    before = log.head()

    def kill(_: int) -> None:
        if all(process.poll() is None for process in started_processes):
            os.kill(started_processes[1].pid, signal.SIGKILL)

    told = r"many.jsonl: nothing was written: a process that read bytes [\d,]+ to [\d,]+ ended early \(code -9\)$"
    with pytest.raises(WorkspaceError, match=told), log.writing():
        import_file(book(log), path, on_bytes=kill)
    assert log.head() == before
    assert gone(started_processes)
    started_processes.clear()
    assert imported(log, path)[-1].id == "b-499"
    assert gone(started_processes)


def test_an_interrupt_leaves_the_book_as_it_was_and_no_process(
    tmp_path: Path, started_processes: list[subprocess.Popen[bytes]]
) -> None:
    path = written(tmp_path / "many.jsonl", *LINES)
    log = opened(tmp_path / "positions.db")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), log.writing():
        import_file(book(log), path, on_bytes=interrupt)
    assert log.head().seq == 1
    assert gone(started_processes)


def test_closing_the_lines_ends_the_processes(tmp_path: Path, started_processes: list[subprocess.Popen[bytes]]) -> None:
    path = written(tmp_path / "many.jsonl", *LINES)
    log = opened(tmp_path / "positions.db")
    with log.writing(), closing(file_lines(path, book(log))) as lines:
        next(lines)
    assert gone(started_processes)


@pytest.mark.parametrize(("name", "value"), [("LONG", 1 << 30), ("_cores", lambda: 1)])
def test_a_short_file_or_a_single_processor_starts_no_process(
    tmp_path: Path,
    started_processes: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: object,
) -> None:
    monkeypatch.setattr(parallel_reader, name, value)
    assert len(imported(opened(tmp_path / "positions.db"), written(tmp_path / "many.jsonl", *LINES))) == 1 + 65
    assert started_processes == []


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    log = opened(tmp_path / "positions.db")
    with log.writing(), pytest.raises(WorkspaceError, match="none.jsonl: cannot be read"):
        import_file(book(log), tmp_path / "none.jsonl")


@given(st.lists(st.text("a\r {}é", max_size=9), max_size=12), st.integers(1, 40), st.booleans())
def test_pieces_of_any_size_hold_each_line_once(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int, cut: bool
) -> None:
    content = "\n".join(lines).encode() + (b"" if cut else b"\n")
    path = tmp_path_factory.mktemp("pieces") / "x.jsonl"
    path.write_bytes(content)
    checks, before, found = ClaimChecks(speaking_codebook()), 0, []
    pieces = [read_piece(path, (first, first + size), checks) for first in range(0, len(content), size)]
    for piece in pieces:
        found += [(before + number, line) for number, line in piece.found]
        before += piece.lines
    assert sum(piece.size for piece in pieces) == len(content)
    assert found == [(number, line) for number, line in enumerate(io.BytesIO(content), 1) if line.strip()]
