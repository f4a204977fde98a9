"""A second connection to a log in a SQLite file, for a reader that has others to answer and cannot wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from positions.errors import BusyError
from positions.files.lock import LOCK_SECONDS
from positions.store.entry import Head
from positions.store.sqlite import SqliteLog

READ_SECONDS: Final = 1.0
"""How long a read waits for a writer that shuts readers out: most do so for as long as one write to the disk takes."""
AGAIN_SECONDS: Final = 0.02
"""How long a read waits if the one before it waited in vain."""


class SqliteReader(SqliteLog):
    """A connection that only reads; see :meth:`positions.store.log.Log.open_reader`.

    A writer shuts readers out while it commits. One that writes more than its memory for pages holds, as a long import
    does, shuts them out for all of the time from then on.
    """

    _patience = LOCK_SECONDS

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._last_head: Head | None = None
        self._set_patience(READ_SECONDS)

    def _set_patience(self, seconds: float) -> None:
        if seconds != self._patience:
            self._patience = seconds
            self._wait_at_most(seconds)

    def head(self) -> Head:
        """Return the end of the log, or the last one read while readers are shut out (see ``Log``)."""
        try:
            self._last_head = super().head()
        except BusyError:
            if self._last_head is None:
                raise
        return self._last_head

    def _all(self, query: str, *values: Any) -> Iterator[Any]:
        try:
            for row in super()._all(query, *values):
                self._set_patience(READ_SECONDS)
                yield row
        except BusyError:
            self._set_patience(AGAIN_SECONDS)
            raise
        self._set_patience(READ_SECONDS)
