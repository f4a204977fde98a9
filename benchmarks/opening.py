"""Opening: from the start of a process to the dashboard's first chart, from a long log in a file or in PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.dashboard import QUESTION, Browser
from benchmarks.measure import side_by_side, told
from benchmarks.synthetic import codebook, fill, statements
from dashboard import create_app
from dashboard.server.collection import collect_less_often, freeze_objects
from dashboard.settings import Settings
from positions.store.log import Log, batched
from positions.store.sqlite import SqliteLog
from positions.workspace import Workspace

ROOT = Path(__file__).parent.parent
DATABASE = "positions.db"
SERVER = os.environ.get("POSITIONS_TEST_POSTGRES")
"""The URL of a PostgreSQL server that the tests may use; without one that row is left out."""


def show_first_chart(folder: str, url: str = "") -> None:
    """Open a workspace and answer what a browser asks for first."""
    path = Path(folder)
    log: Log = SqliteLog(path / DATABASE)
    if url:
        from positions.store.postgres import PostgresLog

        log = PostgresLog(url)
    with Workspace(path, codebook(), log) as workspace:
        collect_less_often()
        browser = Browser(create_app(workspace, Settings(refresh_seconds=0), on_load=freeze_objects))
        browser.values |= {QUESTION: "/", "head.data": str(workspace.head)}
        browser.ask("parts.data", QUESTION)


@contextmanager
def server_copy(log: Log, server: str) -> Iterator[str]:
    """Copy a log into a schema of its own on the server; yield its URL and drop it afterwards."""
    import psycopg

    from positions.store.postgres import PostgresLog

    schema = f"bench_{uuid.uuid4().hex[:12]}"
    url = f"{server}?options=-csearch_path%3D{schema}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {schema}".encode())
        try:
            with closing(PostgresLog(url)) as copy, copy.writing():
                for rows in batched(log.rows()):
                    copy.append(rows)
            yield url
        finally:
            admin.execute(f"DROP SCHEMA {schema} CASCADE".encode())


def opening(folder: Path, *, count: int, runs: int) -> None:
    """Open a log of ``count`` statements whose column cache is there, against pandas reading the same statements."""
    lines = folder / "statements.jsonl"
    with lines.open("w") as target:
        for fields in statements(codebook(), count):
            target.write(json.dumps(fields) + "\n")
    theirs = [sys.executable, "-c", f"import pandas; pandas.read_json({str(lines)!r}, lines=True)"]
    with closing(fill(folder / DATABASE, codebook(), count)) as log:
        _compare("a file", folder, "", theirs, count=count, runs=runs)
        if SERVER:
            with server_copy(log, SERVER) as url:
                _compare("PostgreSQL", folder, url, theirs, count=count, runs=runs)


def _compare(what: str, folder: Path, url: str, theirs: list[str], *, count: int, runs: int) -> None:
    words = f"from benchmarks.opening import show_first_chart; show_first_chart({str(folder)!r}, {url!r})"
    ours = [sys.executable, "-c", words]
    subprocess.run(ours, check=True, cwd=ROOT)  # makes the column cache
    spent, peer, ratio = side_by_side(
        lambda: subprocess.run(ours, check=True, cwd=ROOT),
        lambda: subprocess.run(theirs, check=True, cwd=ROOT),
        runs=runs,
    )
    goal = f"≤ {20 if url else 8} s" if count == 1_000_000 else ""
    told(f"first chart of {count:,} from {what} against pandas.read_json", spent, peer, ratio, goal)


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    for count in (2_000,) if smoke else (100_000, 1_000_000):
        with tempfile.TemporaryDirectory() as name:
            opening(Path(name), count=count, runs=1 if smoke else 3)
