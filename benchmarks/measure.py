"""Timing two sides in turn, and telling the ratio."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], *, runs: int) -> tuple[float, float, float]:
    """Median seconds of both sides, run in turn, and the median ratio ours / theirs pair by pair."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    ratio = statistics.median(one / two for one, two in pairs)
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs), ratio


def peak_mib() -> float:
    """The largest memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def told(what: str, ours: float, theirs: float, ratio: float, goal: str) -> None:
    """Print one row: what, our seconds, the peer's, the ratio ours / theirs and what is aimed at."""
    print(f"{what:62} {ours:9.3f} s {theirs:9.3f} s   {ratio:7.2f}   {goal}", flush=True)
