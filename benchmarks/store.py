"""The record book: many writers, one add in a long log, a long import, reopening, and how fast a command starts."""

from __future__ import annotations

import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import peak_mib, seconds, side_by_side, told
from benchmarks.synthetic import codebook, documents, fill, statements, write_text
from positions.store.book import Book
from positions.store.column_copy import log_columns
from positions.store.columns import build_columns
from positions.store.importing import import_file
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


def _start(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    log = SqliteLog(path)
    with log.writing():
        book = Book(log, codebook(), coder="x")
        for document in documents(5):
            book.add_document(document)
    log.close()
    write_text(path.parent, path)


def writers(folder: Path, *, processes: int, each: int) -> None:
    """Several processes write at once, each record acknowledged once it is in the log and in the text."""
    path = folder / "writers" / "positions.db"
    _start(path)
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


def bulk_import(folder: Path, *, count: int) -> None:
    """A validated import of JSON lines against pandas reading them unvalidated, each in a process of its own."""
    path = folder / "many.jsonl"
    with path.open("w") as target:
        for fields in statements(codebook(), count):
            target.write(json.dumps(fields) + "\n")
    database = folder / "import" / "positions.db"
    _start(database)
    module = "from benchmarks.store import import_into; from pathlib import Path; "
    ours = [sys.executable, "-c", f"{module}import_into(Path({str(database)!r}), Path({str(path)!r}))"]
    theirs = [sys.executable, "-c", f"import pandas; pandas.read_json({str(path)!r}, lines=True)"]
    spent = seconds(lambda: subprocess.run(ours, check=True))
    peer = seconds(lambda: subprocess.run(theirs, check=True))
    told(f"validated import of {count:,} lines against pandas.read_json", spent, peer, spent / peer, "≤ 1")
    path.unlink()


def import_into(database: Path, path: Path) -> None:
    """Import a file into a database and print the memory that it took."""
    log = SqliteLog(database)
    before = peak_mib()
    with log.writing():
        new = import_file(Book(log, codebook(), coder="x"), path)
    print(f"  {new:,} imported, peak memory {peak_mib():.0f} MiB, {before:.0f} MiB before the first line")
    log.close()


def reopening(folder: Path, *, count: int) -> None:
    """Opening a long log by its column cache against reading all its rows."""
    log = fill(folder / "reopen.db", codebook(), count)
    cache = folder / "positions.columns.npz"
    log_columns(log, cache)
    pairs = []
    for _ in range(3):
        cached = seconds(lambda: log_columns(log, cache))
        rows = seconds(lambda: build_columns(log.rows()))
        pairs.append((cached, rows))
    cached, rows = (statistics.median(side) for side in zip(*pairs, strict=True))
    told(f"reopening {count:,} revisions by the cache against reading all rows", cached, rows, cached / rows, "≤ 0.1")
    log.close()


def start_up() -> None:
    """How long a command takes to start, as whole processes."""
    bare = [sys.executable, "-c", "pass"]
    help_ = [sys.executable, "-m", "positions", "--help"]
    script = str(Path(sys.executable).parent / "positions")
    if Path(script).exists():
        help_ = [script, "--help"]
    add = [help_[0], *help_[1:-1], "add", "--document", "003", "--quote", "At the moment, we're saying no to Minsk,"]
    add += ["--speaker", "zelensky", "--holder", "UKR", "--issue", "venue", "--element", "border", "--stance", "-2"]
    add += ["--said-on", "2022-02-27", "--said-on-basis", "inherited", "--dry-run"]
    pandas = [sys.executable, "-c", "import pandas"]
    for what, ours, theirs, goal in (
        ("positions --help against a bare interpreter", help_, bare, "≤ 4"),
        ("positions add against import pandas", add, pandas, "≤ 0.5"),
    ):
        one, two, ratio = side_by_side(
            lambda ours=ours: subprocess.run(ours, check=True, capture_output=True),  # type: ignore[misc]
            lambda theirs=theirs: subprocess.run(theirs, check=True, capture_output=True),  # type: ignore[misc]
            runs=9,
        )
        told(what, one, two, ratio, goal)


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    many = 2_000 if smoke else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start_up()
        writers(folder, processes=2 if smoke else 8, each=20 if smoke else 500)
        one_add(folder, small=many // 100, large=many)
        add_in_step(folder, small=many // 100, large=many)
        bulk_import(folder, count=many)
        reopening(folder, count=many)
