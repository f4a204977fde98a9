"""The dashboard as it is used: many clients dragging the slider at once."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from benchmarks.dashboard import Browser
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.workspace import open_workspace

ROOT = Path(__file__).parent.parent
CLIENTS, SECONDS = 20, 30.0
PAUSE = 0.1
"""Seconds between two steps of one client: as fast as a hand moves from stop to stop."""
GOAL = 500
"""Most milliseconds of a request with all clients at once, 95th of 100."""


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status_code: int
    data: bytes

    def get_json(self) -> Any:
        """Return the answer read as JSON."""
        return json.loads(self.data)


class Http:
    """One connection to a server, kept open, with as much of Flask's test client as a browser's part takes."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=60)

    def get(self, path: str) -> Answer:
        """Ask for a path."""
        return self._asked("GET", path, None, {})

    def post(self, path: str, *, json: Any, headers: dict[str, str]) -> Answer:
        """Send values as JSON."""
        return self._asked("POST", path, _encoded(json), {**headers, "Content-Type": "application/json"})

    def _asked(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        self._connection.request(method, path, body, headers)
        found = self._connection.getresponse()
        return Answer(found.status, found.read())


def _encoded(values: Any) -> bytes:
    return json.dumps(values).encode()


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """Serve a workspace as ``positions dashboard`` does, in a process of its own; hand out its address."""
    command = [sys.executable, "-m", "positions", "dashboard", "--no-browser", "--port", "0", "--data", str(folder)]
    command += options
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            told = server.stdout.readline() if server.stdout else ""
            yield next(word for word in told.split() if word.startswith("http"))
        finally:
            server.terminate()


@contextmanager
def serving_shipped_case() -> Iterator[str]:
    """Serve a copy of the shipped case in a process of its own; yields its address."""
    with tempfile.TemporaryDirectory() as name:
        for part in ("data", "seeds"):
            shutil.copytree(ROOT / part, Path(name) / part, ignore=shutil.ignore_patterns("*.db*"))
        open_workspace(Path(name) / "data").close()
        with serving(Path(name) / "data") as address:
            yield address


def dragged_by_many(
    folder: Path, address: str, *, clients: int, seconds: float, pause: float = PAUSE
) -> tuple[list[list[float]], list[str]]:
    """Let some clients drag the slider for some seconds, each as fast as it is answered, with a pause between steps.

    Return the milliseconds of each step's requests, and the errors.
    """
    with open_workspace(folder) as workspace:
        source = CaseStore(workspace)
        days, head = source.case(View()).days, source.head
    spent: list[list[float]] = []
    failed: list[str] = []
    until = time.perf_counter() + seconds

    def drag(seed: int) -> None:
        chance = random.Random(seed)
        browser = Browser(SimpleNamespace(server=SimpleNamespace(test_client=lambda: Http(address))))
        stop = chance.randrange(len(days))
        while time.perf_counter() < until:
            stop = max(0, min(len(days) - 1, stop + chance.choice((-1, 1))))
            try:
                spent.append([took * 1000 for took, _ in browser.step(days[stop], head)])
            except (OSError, AssertionError) as error:
                failed.append(repr(error))
            time.sleep(pause)

    threads = [Thread(target=drag, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent, failed


def tell_clients(spent: list[list[float]], failed: list[str], *, clients: int, seconds: float) -> None:
    """Print how fast many clients were answered."""
    print(f"{clients} clients dragging for {seconds:.0f} s: {len(spent):,} steps of 2 requests, {len(failed)} errors")
    times = {"a request": np.array(spent).ravel(), "a step": np.array(spent).sum(axis=1)}
    for name, took in times.items():
        half, most = np.percentile(took, (50, 95))
        goal = f" (goal ≤ {GOAL} ms)" if name == "a request" else ""
        print(f"  {name:10} half within {half:5.0f} ms, 95 of 100 within {most:5.0f} ms{goal}", flush=True)
    assert not failed, failed[:3]


def run(*, smoke: bool) -> None:
    """Run it on the shipped case; ``smoke`` for a moment only."""
    with tempfile.TemporaryDirectory() as name:
        for part in ("data", "seeds"):
            shutil.copytree(ROOT / part, Path(name) / part, ignore=shutil.ignore_patterns("*.db*"))
        folder = Path(name) / "data"
        open_workspace(folder).close()
        with serving(folder) as address:
            many = {"clients": 4, "seconds": 2.0} if smoke else {"clients": CLIENTS, "seconds": SECONDS}
            spent, failed = dragged_by_many(folder, address, **many)  # type: ignore[arg-type]
            tell_clients(spent, failed, **many)  # type: ignore[arg-type]
