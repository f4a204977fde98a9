"""The record book: a long import, reopening, and how fast a command starts."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import peak_mib, seconds, side_by_side, told
from benchmarks.synthetic import codebook, documents, fill, statements, write_text
from positions.store.book import Book
from positions.store.column_copy import log_columns
from positions.store.columns import build_columns
from positions.store.importing import import_file
from positions.store.sqlite import SqliteLog


def start_book(path: Path) -> None:
    """Make a book of documents without statements, its text beside it."""
    path.parent.mkdir(exist_ok=True)
    log = SqliteLog(path)
    with log.writing():
        book = Book(log, codebook(), coder="x")
        for document in documents(5):
            book.add_document(document)
    log.close()
    write_text(path.parent, path)


def bulk_import(folder: Path, *, count: int) -> None:
    """A validated import of JSON lines against pandas reading them unvalidated, each in a process of its own."""
    path = folder / "many.jsonl"
    with path.open("w") as target:
        for fields in statements(codebook(), count):
            target.write(json.dumps(fields) + "\n")
    database = folder / "import" / "positions.db"
    start_book(database)
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
        bulk_import(folder, count=many)
        reopening(folder, count=many)
