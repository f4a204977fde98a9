"""A workspace for a server: it answers from what it has read, whatever others write meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread
from typing import Final

from positions.analysis.state_index import StateIndex
from positions.errors import BusyError, PositionsError
from positions.model.query import Query, known_query
from positions.store.column_copy import log_columns
from positions.store.columns import Columns
from positions.store.entry import Head
from positions.store.log import Log
from positions.workspace.stored_index import build_stored_index
from positions.workspace.workspace import Workspace

MANY_ENTRIES: Final = 2_000
"""How many new entries are read while a question waits; more, which take longer than a tenth of a second, beside it."""


class WorkspaceReader(Workspace):
    """A second view of a workspace, to read while that one writes or waits; it is closed with it.

    Its answers rest on the entries up to one head until :meth:`follow` moves on, so that they fit together. Raises
    ``BusyError`` for what it has not read yet while another program shuts readers out of the book.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.folder, workspace.codebook, workspace.open_log())
        self._original = workspace
        self._thread: Thread | None = None
        self._ahead: Columns | PositionsError | None = None

    def follow_codebook(self) -> None:
        """Use the codebook that was recorded last."""
        self._follow_codebook()

    def columns(self) -> Columns:
        """Return the log's columns up to the head that is answered from."""
        return super().columns() if self._columns is None else self._columns

    @property
    def is_in_memory(self) -> bool:
        """Return whether the record book is a copy in memory, which has one connection for all."""
        return self._log.in_memory

    def prepare_index(self, query: Query, *, lock: AbstractContextManager[object]) -> Callable[[], StateIndex]:
        """Return a function that makes the index of a query (see ``Workspace.index``) while others use this workspace.

        It rests on the entries up to the head that is answered from now. ``lock`` is held while the log is read for a
        record. Raises ``QueryError`` for a ``known_at`` in the future.
        """
        query = known_query(query)
        columns, codebook = self.columns(), self.codebook_for(query)
        return lambda: build_stored_index(self._log, columns, codebook, query, lock=lock)

    def follow(self) -> Head:
        """Move on to what was recorded since, and return the head that is answered from.

        That is the one before as long as another program shuts readers out, and while many new entries are read.
        """
        if self._columns is None:
            return self.columns().head
        try:
            if self._thread is not None:
                self._take_ahead(self._thread)
            elif (head := self.head) == self._columns.head:
                return head
            elif not self._log.in_memory and head.seq - self._columns.head.seq > MANY_ENTRIES:
                self._thread = Thread(target=self._read_ahead, args=(self._columns,), daemon=True)
                self._thread.start()
            else:
                super().columns()
        except BusyError:
            pass
        return self._columns.head

    def _take_ahead(self, thread: Thread) -> None:
        """Use what was read beside the answers, once it was; raise the error if it could not be read."""
        if thread.is_alive():
            return
        ahead, self._ahead, self._thread = self._ahead, None, None
        if isinstance(ahead, PositionsError):
            raise ahead
        self._columns = ahead
        self._follow_codebook()

    def _read_ahead(self, known: Columns) -> None:
        log: Log | None = None
        try:
            log = self._original.open_log()
            self._ahead = log_columns(log, None, known=known)
        except PositionsError as error:
            self._ahead = error
        finally:
            if log is not None:
                log.close()
