"""Extractions run one at a time beside the answers to others; nobody waits for ever, whatever happens."""

from __future__ import annotations

from threading import Event

import pytest

from dashboard.editing.extraction_runs import MOST_REMEMBERED, MOST_WAITING, ExtractionRuns
from positions.errors import BusyError, ServiceError
from positions.store.candidates import RecordCounts


def finished(runs: ExtractionRuns, name: str) -> tuple[str, str]:
    """Wait until an extraction has ended; return its status and problem."""
    patience = Event()
    for _ in range(1000):
        run = runs.run_of(name)
        if run and run.status != "waiting":
            return run.status, run.problem
        patience.wait(0.01)
    raise AssertionError(f"{name} waits for ever")


def test_a_run_gives_its_counts_or_says_what_went_wrong() -> None:
    runs = ExtractionRuns()
    assert runs.run_of("a") is None

    def fail() -> RecordCounts:
        raise ServiceError("too slow")

    def break_down() -> RecordCounts:
        raise ZeroDivisionError("by zero")

    for name, work in (("a", lambda: RecordCounts(new=3)), ("b", fail), ("c", break_down)):
        runs.start(name, work)
    assert finished(runs, "a") == ("done", "")
    assert runs.run_of("a").counts.new == 3  # type: ignore[union-attr]
    assert finished(runs, "b") == ("failed", "too slow")
    assert finished(runs, "c") == ("failed", "it failed: ZeroDivisionError: by zero")


def test_one_works_at_a_time_and_a_document_that_waits_is_not_begun_twice() -> None:
    runs, go, begun = ExtractionRuns(), Event(), []

    def work() -> RecordCounts:
        begun.append(1)
        go.wait(30)
        return RecordCounts()

    for name in ("a", "a", "b"):
        runs.start(name, work)
    assert {runs.run_of(name).status for name in ("a", "b")} == {"waiting"}  # type: ignore[union-attr]
    go.set()
    assert (finished(runs, "a"), finished(runs, "b")) == (("done", ""), ("done", ""))
    assert len(begun) == 2


def test_too_many_are_refused_and_what_ended_long_ago_is_forgotten() -> None:
    runs, go = ExtractionRuns(), Event()
    for number in range(MOST_WAITING):
        runs.start(f"w{number}", lambda: RecordCounts(new=int(go.wait(30))))
    with pytest.raises(BusyError, match=f"{MOST_WAITING} documents are waiting"):
        runs.start("one more", RecordCounts)
    go.set()
    for number in range(MOST_WAITING):
        finished(runs, f"w{number}")
    for number in range(MOST_REMEMBERED + 5):
        name = f"d{number}"
        runs.start(name, RecordCounts)
        finished(runs, name)
    assert runs.run_of("w0") is None
    assert runs.run_of(f"d{MOST_REMEMBERED + 4}") is not None
