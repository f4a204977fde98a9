"""Extractions that were asked for in the browser: one at a time, beside the answers to others, for a bounded time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final, Literal, TypeAlias

from positions.errors import BusyError, PositionsError
from positions.store.candidates import RecordCounts

RunStatus: TypeAlias = Literal["waiting", "done", "failed"]
MOST_WAITING: Final = 8
"""How many extractions wait for their turn at most."""
MOST_REMEMBERED: Final = 100
"""Of how many documents the last extraction is remembered."""


NO_CANDIDATES: Final = RecordCounts()


@dataclass(frozen=True, slots=True)
class ExtractionRun:
    """What became of an extraction: it waits for its turn or is at work, gave candidates, or failed with a problem."""

    status: RunStatus = "waiting"
    counts: RecordCounts = NO_CANDIDATES
    problem: str = ""


class ExtractionRuns:
    """The extractions of one server by document; a document that waits is not begun a second time."""

    def __init__(self) -> None:
        self._runs: dict[str, ExtractionRun] = {}
        self._lock = Lock()
        self._turn = Lock()

    def start(self, document_id: str, extract: Callable[[], RecordCounts]) -> None:
        """Begin an extraction, which records its candidates and returns how many there were.

        Raises ``BusyError`` if too many wait already.
        """
        with self._lock:
            waiting = [name for name, run in self._runs.items() if run.status == "waiting"]
            if document_id in waiting:
                return
            if len(waiting) >= MOST_WAITING:
                raise BusyError(f"{len(waiting)} documents are waiting to be looked through already; try again soon")
            self._runs.pop(document_id, None)
            self._runs[document_id] = ExtractionRun()
            for name in [name for name in self._runs if name not in waiting][:-MOST_REMEMBERED]:
                del self._runs[name]
        Thread(target=self._work, args=(document_id, extract), daemon=True).start()

    def run_of(self, document_id: str) -> ExtractionRun | None:
        """Return the last extraction from a document; ``None`` if there was none since the server started."""
        with self._lock:
            return self._runs.get(document_id)

    def _work(self, document_id: str, extract: Callable[[], RecordCounts]) -> None:
        with self._turn:
            try:
                run = ExtractionRun("done", extract())
            except PositionsError as error:
                run = ExtractionRun("failed", problem=str(error))
            except Exception as error:  # whatever happens, nobody may wait for ever
                run = ExtractionRun("failed", problem=f"it failed: {type(error).__name__}: {error}")
        with self._lock:
            self._runs[document_id] = run
