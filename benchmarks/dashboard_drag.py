"""The slider in a browser: from a movement of the mouse to the frame that shows the page on the day under it."""

from __future__ import annotations

import os
import shutil
from typing import Any, Final

import numpy as np

from benchmarks.dashboard_clients import serving_shipped_case

PAGES: Final = ("/", "/movement", "/issue?issue=talks")
GOAL: Final = 50
"""Most milliseconds of a step until it is seen, 95th of 100."""
ROUNDS: Final = 4
"""How often the handle is dragged over all days and back."""
PAUSE: Final = 60
"""Milliseconds between two steps: as fast as a hand moves from stop to stop."""
FETCHED: Final = """() => performance.getEntriesByType('resource').some(
  (one) => one.name.includes('days.json') && one.responseEnd)"""
WATCH: Final = """() => {
  const steps = window.steps = [], seen = new MutationObserver(() => { window.changed = true; });
  seen.observe(document.getElementById('day'), {subtree: true, childList: true, characterData: true});
  document.addEventListener('pointermove', (event) => {
    window.changed = false;
    requestAnimationFrame(() => {
      // What is posted within a frame is answered once the frame was laid out and painted.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { if (window.changed) { steps.push(performance.now() - event.timeStamp); } };
      channel.port2.postMessage(0);
    });
  }, true);
}"""


def drag(page: Any, *, rounds: int) -> tuple[list[float], float]:
    """Drag the handle of the day looked at over all days, back and forth.

    Return the milliseconds of each step, and those of the processor that the page's own thread takes for one: they do
    not grow with what else the machine does.
    """
    handle = page.locator("[data-handle=as_of]")
    last = int(handle.get_attribute("aria-valuemax"))
    box, line = handle.bounding_box(), page.locator("#slider").bounding_box()
    height = box["y"] + box["height"] / 2
    page.evaluate(f"({WATCH})()")
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _busy(metrics)
    page.mouse.move(box["x"] + box["width"] / 2, height)
    page.mouse.down()
    way = [*range(last - 1, -1, -1), *range(1, last + 1)]
    for stop in way * rounds:
        page.mouse.move(line["x"] + line["width"] * stop / last, height)
        page.wait_for_timeout(PAUSE)
    spent = _busy(metrics) - before
    page.mouse.up()
    steps: list[float] = page.evaluate("() => window.steps")
    return steps, 1000 * spent / max(1, len(steps))


def _busy(metrics: Any) -> float:
    found = metrics.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == "TaskDuration"))


def run(*, smoke: bool) -> None:
    """Drag over the days of the shipped case on some pages; ``smoke`` on one, once."""
    if shutil.which("chromium") is None:
        print("dragging in a browser: no chromium here")
        return
    from playwright.sync_api import sync_playwright

    with serving_shipped_case() as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for path in PAGES[:1] if smoke else PAGES:
            page.goto(address.rstrip("/") + path)
            page.wait_for_selector("#page:not(.waiting)")
            page.wait_for_function(FETCHED)
            page.wait_for_load_state("networkidle")
            before = os.getloadavg()[0]
            steps, busy = drag(page, rounds=1 if smoke else ROUNDS)
            middle, slow = np.percentile(steps, (50, 95))
            load = f"load {before:.1f} to {os.getloadavg()[0]:.1f}"
            print(f"dragging on {path}, {len(steps)} steps; {load}")
            print(f"  until it is seen   median {middle:.0f} ms, 95th {slow:.0f} ms (≤ {GOAL})")
            print(f"  the page's thread  {busy:.0f} ms of the processor a step", flush=True)
        browser.close()
