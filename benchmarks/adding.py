"""Adding: many writers at once, and one add with its text kept in step, in a long book and in a short one."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import side_by_side, told
from benchmarks.store import start_book
from benchmarks.synthetic import codebook, fill, statements, write_text
from positions.store.book import Book
from positions.store.published import row_line
from positions.store.sqlite import SqliteLog
from positions.store.text_copy import TextCopy
from positions.store.verify import verify_log
from positions.workspace import Workspace


def _open(path: Path) -> Workspace:
    """Open a book with its text beside it, in step."""
    return Workspace(path.parent, codebook(), SqliteLog(path), text=TextCopy(path.parent, path))


def _write(path: str, count: int, name: str) -> None:
    with _open(Path(path)) as workspace:
        for _ in range(count):
            with workspace.recording(coder=name) as book:
                book.add(**_statement())


def _statement() -> dict[str, Any]:
    fields = next(statements(codebook(), 1))
    return {name: value for name, value in fields.items() if name not in ("id", "coder")}


def writers(folder: Path, *, processes: int, each: int) -> None:
    """Several processes write at once, each record acknowledged once it is in the log and in the text."""
    path = folder / "writers" / "positions.db"
    start_book(path)
    workers = [multiprocessing.Process(target=_write, args=(str(path), each, f"w{n}")) for n in range(processes)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    spent = time.perf_counter() - start
    log = SqliteLog(path)
    rows = [row for row in log.rows() if row.kind == "statement"]
    assert all(worker.exitcode == 0 for worker in workers)
    assert len({row.id for row in rows}) == len(rows) == processes * each
    assert (path.parent / "statements.jsonl").read_text() == "".join(map(row_line, rows))
    assert verify_log(log) == ()
    log.close()
    rate = f"{len(rows) / spent:.0f} commits/s"
    print(f"{processes} processes × {each} writes: {rate}, none lost in log or text, chain valid (goal ≥ 100)")


def add_in_step(folder: Path, *, small: int, large: int) -> None:
    """One add with the text kept in step against one without, and in a long book against a short one."""
    workspaces = [_filled(folder / f"step{count}" / "positions.db", count) for count in (large, small)]
    plain = Workspace(folder, codebook(), fill(folder / "plain.db", codebook(), small))

    def adding(workspace: Workspace) -> None:
        with workspace.recording(coder="x") as book:
            book.add(**_statement())

    for workspace in (*workspaces, plain):
        adding(workspace)
    ours, bare, ratio = side_by_side(lambda: adding(workspaces[1]), lambda: adding(plain), runs=101)
    told(f"one add with its text at {small:,} against one without", ours, bare, ratio, "≤ 2")
    long, short, ratio = side_by_side(lambda: adding(workspaces[0]), lambda: adding(workspaces[1]), runs=101)
    told(f"one add with its text at {large:,} against {small:,} revisions", long, short, ratio, "≤ 1.5")
    for workspace in (*workspaces, plain):
        workspace.close()


def _filled(path: Path, count: int) -> Workspace:
    path.parent.mkdir()
    fill(path, codebook(), count).close()
    write_text(path.parent, path)
    return _open(path)


def one_add(folder: Path, *, small: int, large: int) -> None:
    """One durable add in a long log against one in a short log."""
    logs = [fill(folder / f"add{count}.db", codebook(), count) for count in (large, small)]

    def adding(log: SqliteLog) -> None:
        with log.writing():
            Book(log, codebook(), coder="x").add(**_statement())

    for log in logs:
        adding(log)
    long, short, ratio = side_by_side(lambda: adding(logs[0]), lambda: adding(logs[1]), runs=31)
    told(f"one durable add at {large:,} against {small:,} revisions", long, short, ratio, "≤ 1.5")
    for log in logs:
        log.close()


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    large = 2_000 if smoke else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        writers(folder, processes=2 if smoke else 8, each=20 if smoke else 500)
        one_add(folder, small=large // 100, large=large)
        add_in_step(folder, small=large // 100, large=large)
