"""A record book as an Excel workbook, and back: into a book without statements, and into the one that it is from."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import peak_mib, seconds, told
from benchmarks.store import start_book
from benchmarks.synthetic import codebook, fill
from positions.exchange.content import BookContent
from positions.exchange.edits import record_edits
from positions.exchange.incoming import ImportSource
from positions.exchange.xlsx_read import read_xlsx
from positions.exchange.xlsx_write import write_xlsx
from positions.model.revision import select_in_force
from positions.store.book import Book
from positions.store.chain import read_revisions
from positions.store.entry import EMPTY
from positions.store.sqlite import SqliteLog

GOAL = 60
"""Seconds for both ways together."""


def export_from(database: Path, target: Path) -> None:
    """Write a database's statements as a workbook and print the memory that it took."""
    log = SqliteLog(database)
    revisions, head = read_revisions(log, after=EMPTY, head=log.head())
    known = select_in_force(revisions)
    content = BookContent(codebook(), tuple(known.documents.values()), known.records, str(head))
    before = peak_mib()
    target.write_bytes(write_xlsx(content).files[""])
    size = target.stat().st_size / 2**20
    _print_cost(f"{len(known.records):,} exported, {size:.0f} MiB", before)
    log.close()


def import_into(database: Path, path: Path) -> None:
    """Take a workbook back into a database and print the memory that it took."""
    log = SqliteLog(database)
    before = peak_mib()
    with log.writing():
        result = record_edits(Book(log, codebook(), coder="x"), read_xlsx(ImportSource(path, codebook())))
    words = f"{result.statements:,} new, {len(result.corrected)} corrected, {len(result.removed)} removed"
    _print_cost(words, before)
    log.close()


def _print_cost(words: str, before: float) -> None:
    memory = f"peak memory {peak_mib():.0f} MiB, {before:.0f} MiB before"
    print(f"  {words}, {memory}, {time.process_time():.1f} s of CPU", flush=True)


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    count = 1_000 if smoke else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full, empty, workbook = folder / "full.db", folder / "empty" / "positions.db", folder / "book.xlsx"
        fill(full, codebook(), count).close()
        start_book(empty)
        out = _process("export_from", full, workbook)
        back = _process("import_into", empty, workbook)
        told(f"{count:,} statements to xlsx and back into another book, against the goal", out + back, GOAL,
             (out + back) / GOAL, "≤ 1")  # fmt: skip
        again = _process("import_into", full, workbook)
        told(f"{count:,} statements to xlsx and back into their book, against the goal", out + again, GOAL,
             (out + again) / GOAL, "≤ 1")  # fmt: skip


def _process(function: str, database: Path, path: Path) -> float:
    """Return how long one of these functions takes in a process of its own."""
    call = f"{function}(Path({str(database)!r}), Path({str(path)!r}))"
    words = [sys.executable, "-c", f"from benchmarks.spreadsheet import {function}; from pathlib import Path; {call}"]
    return seconds(lambda: subprocess.run(words, check=True))
