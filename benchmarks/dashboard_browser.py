"""The dashboard in a browser: first content, first chart, what moves meanwhile, the longest task and what is loaded."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.dashboard_clients import serving_shipped_case

PAGES: Final = ("/", "/issue?issue=neutrality", "/documents")
VISITS: Final = 5
"""Visits with an empty profile, and as many with a warm one."""
PATIENCE: Final = 180_000
"""Most milliseconds for which anything is waited for: a machine that does much else is slow, not broken."""
WARMING: Final = 3
"""Visits until a browser has kept a page's files and what it compiled of them."""
GOALS: Final = {"content": (0.8, 0.8), "chart": (1.5, 0.8), "shift": (0.05, 0.05), "task": (0.2, 0.2)}
"""The most, with an empty profile and with a warm one: seconds, share of the screen, seconds."""
WATCH: Final = """() => {
  const seen = window.seen = {shift: 0, task: 0, chart: 0, app: 0};
  const observe = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add))
    .observe({type, buffered: true});
  observe('layout-shift', (one) => { if (!one.hadRecentInput) { seen.shift += one.value; } });
  observe('longtask', (one) => { seen.task = Math.max(seen.task, one.duration / 1000); });
  const look = () => {
    const now = performance.now() / 1000;
    if (!seen.chart && document.querySelector('.drawing svg')) { seen.chart = now; }
    const isThere = document.querySelector('#react-entry-point #page') && !document.getElementById('first');
    if (!seen.app && isThere) { seen.app = now; }
    window.requestAnimationFrame(look);
  };
  look();
}"""
TELL: Final = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const bytes = {};
  [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].forEach((one) => {
    const path = new URL(one.name).pathname;
    const kind = /plotly/.test(path) ? 'plotly' : /\\.js$/.test(path) ? 'other scripts'
      : /\\.css$/.test(path) ? 'styles' : one.entryType === 'navigation' ? 'page' : 'answers';
    bytes[kind] = (bytes[kind] || 0) + one.transferSize;
  });
  const content = paint ? paint.startTime / 1000 : 0;
  // What stands in the page is seen with the first paint.
  return {...window.seen, content, chart: window.seen.chart && Math.max(window.seen.chart, content), bytes};
}"""


@dataclass(frozen=True)
class Visit:
    """One visit to a page: seconds to the first content, chart and app (0: none), of the longest task; the rest.

    ``shift`` is the sum of layout shifts, ``bytes`` what was loaded by kind.
    """

    content: float
    chart: float
    app: float
    task: float
    shift: float
    bytes: dict[str, int]


def visit(context: Any, address: str, *, has_chart: bool) -> Visit:
    """Open a page and wait until everything on it is drawn and nothing is asked any more."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => window.seen.app > 0")
    if has_chart:
        page.wait_for_selector(".drawing svg", state="attached")
    page.wait_for_load_state("networkidle")
    told = page.evaluate(TELL)
    page.close()
    return Visit(**told)


def visits(player: Any, address: str, *, has_chart: bool, runs: int) -> tuple[list[Visit], list[Visit]]:
    """Return visits with an empty profile each, and as many with a profile that has seen the page before."""
    cold, warm = [], []
    for count, found in ((1, cold), (WARMING + runs, warm)):
        for _ in range(runs if count == 1 else 1):
            with tempfile.TemporaryDirectory() as profile:
                context = player.chromium.launch_persistent_context(
                    profile,
                    executable_path=shutil.which("chromium"),
                    args=["--no-sandbox", "--disable-background-networking", "--disable-quic"],
                    viewport={"width": 1280, "height": 900},
                )
                context.set_default_timeout(PATIENCE)
                context.add_init_script(f"({WATCH})()")
                found += [visit(context, address, has_chart=has_chart) for _ in range(count)]
                context.close()
    return cold, warm[WARMING:]


def tell(name: str, found: Sequence[Visit], place: int) -> None:
    """Print the medians of some visits, and the goals; ``place`` 0 is an empty profile, 1 a warm one."""
    parts = []
    for what, words in (("content", "first content"), ("chart", "first chart"), ("app", "app")):
        if seconds := statistics.median(getattr(one, what) for one in found):
            goal = f" (≤ {GOALS[what][place]})" if what in GOALS else ""
            parts.append(f"{words} {seconds:.2f} s{goal}")
    parts.append(f"shift {max(one.shift for one in found):.3f} (≤ {GOALS['shift'][place]})")
    parts.append(f"longest task {statistics.median(one.task for one in found):.2f} s (≤ {GOALS['task'][place]})")
    print(f"  {name:14} {' · '.join(parts)}", flush=True)


def run(*, smoke: bool) -> None:
    """Visit pages of the shipped case; ``smoke`` two of them once."""
    if shutil.which("chromium") is None:
        print("dashboard in a browser: no chromium here")
        return
    from playwright.sync_api import sync_playwright

    with serving_shipped_case() as address, sync_playwright() as player:
        for path in PAGES[::2] if smoke else PAGES:
            has_chart = path != "/documents"
            before = os.getloadavg()[0]
            cold, warm = visits(player, address.rstrip("/") + path, has_chart=has_chart, runs=1 if smoke else VISITS)
            print(f"{path}: load {before:.1f} to {os.getloadavg()[0]:.1f}")
            tell("empty profile", cold, 0)
            tell("warm profile", warm, 1)
            loaded = ", ".join(f"{kind} {size / 1000:.0f} kB" for kind, size in sorted(cold[0].bytes.items()))
            print(f"  loaded         {loaded}", flush=True)
