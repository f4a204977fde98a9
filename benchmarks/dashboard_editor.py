"""The dashboard while somebody edits: many clients dragging the slider at once, and one editor who records."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

import numpy as np

from benchmarks.dashboard_clients import PAUSE as DRAGGING
from benchmarks.dashboard_clients import ROOT, dragged_by_many, serving
from positions.workspace import open_workspace

CLIENTS, SECONDS = 50, 30.0
PAUSE = 1.0
"""Seconds between two changes of the editor."""
READING = 2.0
"""Seconds between two steps of a client who reads what the step shows."""
GOAL = 1000
"""Most milliseconds of a request, 99th of 100."""


class Editor:
    """Somebody who retracts one statement after the other through the editing pages."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._cookie = ""
        self.spent: list[float] = []
        self.failed: list[str] = []

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        connection = HTTPConnection(self._host, timeout=90)
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        self._cookie = (answer.headers.get("Set-Cookie") or self._cookie).partition(";")[0]
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def retract(self, record: str) -> None:
        """Load the page of a statement and send the form that retracts it."""
        path = f"/edit/statement/{record}"
        _, page = self._ask("GET", path)
        form = dict(re.findall(r'name="(secret|replaces)" value="([^"]+)"', page))
        begin = time.perf_counter()
        status, _ = self._ask("POST", f"{path}/retract", {**form, "reason": "the benchmark"})
        self.spent.append((time.perf_counter() - begin) * 1000)
        if status != 303:
            self.failed.append(f"{record}: {status}")

    def work(self, records: list[str], over: Event) -> None:
        """Retract statements, one after the other, until it is over."""
        for record in records:
            if over.wait(PAUSE):
                return
            self.retract(record)


def run(*, smoke: bool) -> None:
    """Serve the shipped case with editing, to clients that drag and to clients that read; ``smoke`` for a moment."""
    clients, seconds = (4, 3.0) if smoke else (CLIENTS, SECONDS)
    for doing, pause in (("dragging", DRAGGING), ("reading", READING)):
        edited(doing, clients=clients, seconds=seconds, pause=pause)


def edited(doing: str, *, clients: int, seconds: float, pause: float) -> None:
    """Let clients move the slider, with a pause between two steps, while one edits."""
    with tempfile.TemporaryDirectory() as name:
        for part in ("data", "seeds"):
            shutil.copytree(ROOT / part, Path(name) / part, ignore=shutil.ignore_patterns("*.db*"))
        folder, over = Path(name) / "data", Event()
        with open_workspace(folder) as workspace:
            records = [one.id for one in workspace.claims("statement")]
        with serving(folder, "--edit", "--coder", "anna") as address:
            editor = Editor(address)
            thread = Thread(target=editor.work, args=(records, over))
            thread.start()
            spent, failed = dragged_by_many(folder, address, clients=clients, seconds=seconds, pause=pause)
            over.set()
            thread.join()
    failed += editor.failed
    half, most = np.percentile(np.array(spent).ravel(), (50, 99))
    print(f"{clients} clients {doing} for {seconds:.0f} s while one edits: {len(spent):,} steps, {len(failed)} errors")
    print(f"  a request  half within {half:5.0f} ms, 99 of 100 within {most:5.0f} ms (goal ≤ {GOAL} ms)")
    print(f"  {len(editor.spent)} changes  slowest {max(editor.spent):5.0f} ms", flush=True)
    assert not failed, failed[:3]
    assert editor.spent
