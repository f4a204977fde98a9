"""The dashboard: one step of the slider through the whole app in this process, its time and the size of its answers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.synthetic import codebook, fill
from dashboard import create_app
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.server.collection import collect_less_often, freeze_objects
from dashboard.settings import Settings
from positions.workspace import Workspace

GOALS = {100_000: 50, 1_000_000: 150}
"""Most milliseconds of a step, 95th of 100, by statements."""
LARGEST = 60_000
"""Most bytes of an answer as sent."""


class Browser:
    """A browser's part in a step of the slider: the two requests that it sends."""

    def __init__(self, app: Any) -> None:
        self.client = app.server.test_client()
        self.calls = [call for call in self.client.get("/_dash-dependencies").get_json() if ".." in call["output"]]
        self.values: dict[str, Any] = {"url.pathname": "/"}

    def ask(self, output: str, changed: str) -> int:
        """Send what the callback that fills ``output`` asks for; return the bytes of the answer."""
        call = next(call for call in self.calls if output in call["output"])
        asked = {
            "output": call["output"],
            "outputs": [_place(name) for name in call["output"].strip(".").split("...")],
            "changedPropIds": [changed],
            "inputs": [self._filled(item) for item in call["inputs"]],
            "state": [self._filled(item) for item in call["state"]],
        }
        found = self.client.post("/_dash-update-component", json=asked, headers={"Accept-Encoding": "gzip"})
        assert found.status_code == 200, found.data[:400]
        return len(found.data)

    def _filled(self, item: Mapping[str, str]) -> dict[str, Any]:
        return {**item, "value": self.values.get(f"{item['id']}.{item['property']}")}

    def step(self, day: date, head: str) -> list[tuple[float, int]]:
        """Move the slider: seconds and bytes of each request."""
        self.values |= {"url.search": View(as_of=day).query_string(), "head.data": head}
        told = []
        for output, changed in (("days.data", "url.search"), ("..page.className", QUESTION)):
            begin = time.perf_counter()
            size = self.ask(output, changed)
            told.append((time.perf_counter() - begin, size))
            self.values["question.data"] = f"/{View(as_of=day).query_string()}"
        return told


QUESTION = "question.data"


def _place(name: str) -> dict[str, str]:
    return dict(zip(("id", "property"), name.split("@")[0].rsplit(".", 1), strict=True))


def dragged(count: int, *, steps: int) -> None:
    """Drag the slider over a log of ``count`` statements."""
    book = codebook()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(folder, book, fill(folder / "positions.db", book, count))
        begin = time.perf_counter()
        collect_less_often()
        app = create_app(workspace, Settings(refresh_seconds=0), on_load=freeze_objects)
        browser, source = Browser(app), CaseStore(workspace)
        days, head = source.case(View()).days, source.head
        browser.step(days[0], head)
        opened = time.perf_counter() - begin
        chance = np.random.default_rng(1)
        stops = chance.choice(len(days), min(steps, len(days)), replace=False).tolist()
        told = [browser.step(days[stop], head) for stop in stops]
        workspace.close()
    spent = np.array([[seconds * 1000 for seconds, _ in step] for step in told])
    slowest = np.percentile(spent, 95, axis=0)
    sizes = [max(step[place][1] for step in told) for place in range(2)]
    print(f"slider over {count:,} statements on {len(days):,} days, {len(stops)} steps; made ready in {opened:.1f} s")
    for name, milliseconds, size in zip(("address", "words, tables and charts"), slowest, sizes, strict=True):
        goals = f"goals ≤ {GOALS.get(count, 50)} ms, ≤ {LARGEST / 1000:.0f} kB"
        print(f"  {name:25} 95th {milliseconds:6.1f} ms, largest answer {size / 1000:6.1f} kB ({goals})", flush=True)


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    for count in (2_000,) if smoke else GOALS:
        dragged(count, steps=10 if smoke else 100)
