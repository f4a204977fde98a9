"""The panel: every place on every day, all pairs on all days, one date, one new statement, each against its peers."""

from __future__ import annotations

import gc
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import seconds, side_by_side, told
from benchmarks.panel_data import Ints, World, world
from benchmarks.panel_duck import duck_distances, load_states
from benchmarks.panel_peers import (
    ARRAYS,
    bearing,
    duck,
    duck_panel,
    pandas_distances,
    pandas_panel,
    pandas_state,
    touch_every_byte,
    value_frames,
)
from positions.analysis.panel import (
    SILENT,
    IncrementalPanel,
    Panel,
    build_index,
    build_panel,
    distance_frame,
    pair_distances,
)
from positions.model.dates import day_of
from positions.model.query import Query
from positions.store.columns import Columns
from positions.store.entry import Head


def extra_mib(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of one run, and the most memory in MiB that this process had beyond what it had before."""
    pages = Path("/proc/self/statm")

    def resident() -> float:
        return int(pages.read_text().split()[1]) * 4096 / 2**20

    gc.collect()
    before, most, done = resident(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            most[0] = max(most[0], resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    spent = seconds(work)
    done.set()
    watcher.join()
    return spent, most[0] - before


def same_as_pandas(panel: Panel, frame: Any) -> None:
    """Hold the panel against the merged frame, value by value."""
    for name in ARRAYS:
        theirs = frame[name].to_numpy().reshape(len(panel.days), -1).T
        assert np.array_equal(getattr(panel, name), theirs), name


def same_as_duck(panel: Panel, base: Any) -> None:
    """Hold the panel against DuckDB's table, which has no rows for silence."""
    found = base.execute("SELECT * FROM panel").fetchnumpy()
    assert len(found["day"]) == (panel.low != SILENT).sum()
    at = found["cell"], found["day"] - panel.days[0]
    for name in ARRAYS:
        assert np.array_equal(getattr(panel, name)[at], found[name]), name


def panels(made: World, *, runs: int) -> Panel:
    """The panel against merge_asof, DuckDB's interval query and the floor."""
    count = f"panel of {len(made.columns):,} revisions"
    panel = build_panel(made.columns, made.book)
    days = panel.days
    base = duck(made, days)
    same_as_pandas(panel, pandas_panel(made, days))
    for joined in (True, False):
        duck_panel(base, made, days, joined=joined)
        same_as_duck(panel, base)
    best = min((seconds(lambda: duck_panel(base, made, days, joined=way)), way) for way in (True, False))[1]  # noqa: B023
    ours = lambda: build_panel(made.columns, made.book)  # noqa: E731
    for what, theirs, goal in (
        ("pandas merge_asof", lambda: pandas_panel(made, days), "≤ 0.125"),
        ("DuckDB arg_max and lead", lambda: duck_panel(base, made, days, joined=best), "≤ 0.33"),
        ("touching every byte in numpy", lambda: touch_every_byte(made, panel), "≤ 12"),
    ):
        told(f"{count} against {what}", *side_by_side(ours, theirs, runs=runs), goal)
    base.close()
    return panel


def past(made: World, *, runs: int) -> None:
    """The panel as known at past instants against now, on the same days."""
    panel = build_panel(made.columns, made.book)
    days = [day_of(number) for number in panel.days]
    for share in (0.25, 0.5, 0.75, 0.99):
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(len(made.columns) * share))
        then = lambda at=at: build_panel(made.columns, made.book, Query(known_at=at), days=days)  # noqa: E731
        now = lambda: build_panel(made.columns, made.book, days=days)  # noqa: E731
        told(f"panel as known after {share:.0%} of the log against now", *side_by_side(then, now, runs=runs), "≤ 1.2")


def large(count: int, small: World) -> None:
    """The largest panel, once: time and memory against merge_asof, and time against the tenth of it."""
    made = world(count)
    spent, memory = extra_mib(lambda: build_panel(made.columns, made.book))
    tenth = statistics.median(seconds(lambda: build_panel(small.columns, small.book)) for _ in range(3))
    spent = min(spent, *(seconds(lambda: build_panel(made.columns, made.book)) for _ in range(2)))
    what = f"panel of {count:,} against {len(small.columns):,} revisions"
    told(what, spent, tenth, spent / tenth, "≤ 11")
    panel = build_panel(made.columns, made.book)
    kept: list[Any] = []
    peer, peer_memory = extra_mib(lambda: kept.append(pandas_panel(made, panel.days)))
    same_as_pandas(panel, kept.pop())
    told(f"panel of {count:,} revisions against pandas merge_asof", spent, peer, spent / peer, "≤ 0.05")
    print(f"  extra memory {memory:,.0f} MiB against {peer_memory:,.0f} MiB: {memory / peer_memory:.2f} (goal ≤ 0.25)")


def distances(made: World, panel: Panel, *, runs: int) -> None:
    """All pairs on all days against a pandas loop over pairs and against DuckDB self-joins."""
    frames = value_frames(panel)
    base = duck(made, panel.days)
    load_states(base, made, panel)
    duck_distances(base)
    # The peers leave out what contested positions may come to.
    ours = pair_distances(replace(panel, contested=np.zeros_like(panel.contested)), made.book)
    same_distances(ours, pandas_distances(made, frames))
    same_distances(ours, base.execute("SELECT * FROM distances ORDER BY i, j, day").df())
    what = f"{len(ours.pairs)} pairs on {len(ours.days):,} days against"
    for peer, theirs, goal in (
        ("a pandas loop over pairs", lambda: pandas_distances(made, frames), "≤ 0.25"),
        ("DuckDB self-joins", lambda: duck_distances(base), "≤ 0.125"),
    ):
        told(f"{what} {peer}", *side_by_side(lambda: distance_frame(panel, made.book), theirs, runs=runs), goal)
    base.close()


def same_distances(ours: Any, theirs: Any) -> None:
    """Hold all distances against a peer's frame; a day without agenda has no row there."""
    for name in ("distance", "lo", "hi", "coverage"):
        mine = getattr(ours, name).ravel()
        other = theirs[name].to_numpy(dtype=float, na_value=np.nan)
        if len(other) < len(mine):
            mine = mine[~np.isnan(ours.coverage).ravel()]
        assert np.allclose(mine, other, rtol=0, atol=1e-12, equal_nan=True), name


def one_date(made: World, *, runs: int) -> None:
    """The state at one date from a kept index against pandas sorting and dropping duplicates."""
    index = build_index(made.columns, made.book)
    said = bearing(made)
    days: Ints = np.linspace(said["said"].min(), said["said"].max(), 9).astype(int)
    for day in days:
        theirs = pandas_state(said, int(day))
        ours = index.at(day_of(int(day))).entry[:, 0]
        assert np.array_equal(ours[theirs["cell"]], theirs["row"])
        assert (ours >= 0).sum() == len(theirs)
    middle = int(days[4])
    one, two, ratio = side_by_side(lambda: index.at(day_of(middle)), lambda: pandas_state(said, middle), runs=runs)
    told(f"state at one date of {len(made.columns):,} against pandas", one, two, ratio, "≤ 0.02")
    print(f"  that is {one * 1000:.2f} ms, {1 / ratio:.0f} times as fast (goal ≥ 50)")


def first_of(columns: Columns, count: int) -> Columns:
    """The log's first entries, over the same memory."""
    return Columns(Head(count, "0" * 64), {n: a[:count] for n, a in columns.arrays.items()}, columns.names, ids=())


def one_statement(made: World, *, new: int) -> None:
    """One new entry into a kept panel, the result held against a panel made anew."""
    everything = build_panel(made.columns, made.book)
    days = [day_of(number) for number in everything.days]
    start = len(made.columns) - new
    kept = IncrementalPanel(first_of(made.columns, start), made.book, days=days)
    spent = []
    for end in range(start + 1, len(made.columns) + 1):
        grown = first_of(made.columns, end)
        begin = time.perf_counter()
        kept.follow(grown)
        if made.columns["document"][end - 1] < 0 or made.columns["holder"][end - 1] >= 0:
            spent.append((time.perf_counter() - begin) * 1000)
    for name in ARRAYS:
        assert np.array_equal(getattr(kept.panel, name), getattr(everything, name)), name
    told_ms = f"median {statistics.median(spent):.2f} ms, 99th {np.percentile(spent, 99):.2f}, most {max(spent):.2f} ms"
    within = np.mean(np.array(spent) <= 1)
    print(f"one new statement into a kept panel of {start:,}: {told_ms}; {within:.1%} within 1 ms (the goal)")


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    for count in (10_000,) if smoke else (10_000, 100_000):
        panels(world(count), runs=3)
    made = world(10_000 if smoke else 1_000_000)
    panel = panels(made, runs=1 if smoke else 5)
    past(made, runs=1 if smoke else 5)
    one_date(made, runs=3 if smoke else 9)
    one_statement(made, new=100 if smoke else 2_000)
    distances(made, panel, runs=1 if smoke else 3)
    large(100_000 if smoke else 10_000_000, made)
