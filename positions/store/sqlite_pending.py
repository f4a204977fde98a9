"""Entries of a long transaction in a SQLite log: committed in parts that nobody sees until the last one.

SQLite shuts every reader out while it writes a commit to the log's file. A long import would do that for most of its
time, so its entries are committed part by part, each in a fraction of a second. The row of ``pending`` names the entry
after which nothing counts yet. It goes with the commit that moves the head; if the process ends before, whoever writes
next deletes what it left.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext, suppress
from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.files.lock import exclusive_lock
from positions.store.entry import LogRow

PART_BYTES: Final = 24_000_000
"""How much is committed at once: what outgrows the memory for pages is written, and shuts readers out, before that."""
ROW_BYTES: Final = 4_096
"""What an entry takes of that memory beside its content: a page of an index, since ids come in no order."""
ROWS_AT_ONCE: Final = 4_000
"""How many entries of an interrupted transaction are deleted in one commit."""
LOCK: Final = ".long"
"""Suffix of the name of the file that a long transaction locks, after the database's."""

_COLUMNS: Final = ", ".join(LogRow._fields)
_INSERT: Final = f"INSERT INTO main.revision ({_COLUMNS}) VALUES ({', '.join('?' * len(LogRow._fields))})"  # noqa: S608


class PendingEntries:
    """The entries that a connection's transaction has appended, and those that another left unfinished.

    ``database`` is the log's file, ``None`` for a log in memory, which nobody else reads. Queries of the connection see
    the entries that count, and all entries of its own transaction.
    """

    def __init__(self, connection: sqlite3.Connection, database: Path | None) -> None:
        self._connection = connection
        self._database = database
        self._owner = secrets.token_hex(8)
        self._bytes = 0
        self._lock = ExitStack()
        self._is_open = False

    def hide(self) -> None:
        """Let the connection's queries see only what counts: a table is named after the view that comes first."""
        self._connection.execute(
            f"CREATE TEMP VIEW revision AS SELECT {_COLUMNS} FROM main.revision WHERE seq <= coalesce("  # noqa: S608
            f"(SELECT seq FROM main.pending WHERE owner <> '{self._owner}'), {2**63 - 1})"
        )

    def show(self) -> None:
        """Let the connection's queries see all entries again."""
        self._connection.execute("DROP VIEW temp.revision")

    def append(self, rows: Sequence[LogRow]) -> None:
        """Add entries, and commit a part if they are many."""
        self._connection.executemany(_INSERT, rows)
        self._bytes += sum(ROW_BYTES + len(row.content or "") for row in rows)
        if self._bytes > PART_BYTES and self._database is not None and self._open(self._database):
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")
            self._bytes = 0

    def _open(self, database: Path) -> bool:
        """Note that the entries from here on do not count yet; return whether that could be done.

        Others wait for the lock that is held until the end. Who holds it now is about to find that there is nothing to
        delete, and waits for this transaction.
        """
        if not self._is_open:
            try:
                self._lock.enter_context(exclusive_lock(_lock_of(database), seconds=0))
            except WorkspaceError:
                return False
            self._connection.execute(
                "INSERT INTO pending SELECT 1, coalesce((SELECT seq FROM head), 0), ?", (self._owner,)
            )
            self._is_open = True
        return True

    def count_all(self) -> None:
        """Let all entries count, as the last thing before the commit."""
        if self._is_open:
            self._connection.execute("DELETE FROM pending")

    def take_back(self) -> None:
        """Delete what was committed in parts, after a rollback; if that fails, the next writer does it."""
        if self._is_open:
            with suppress(sqlite3.Error):
                self._delete()

    def forget(self) -> None:
        """Begin anew after the end of a transaction."""
        self._bytes, self._is_open = 0, False
        self._lock.close()

    def is_left(self) -> bool:
        """Return whether another transaction has committed parts and not ended; ask it under the write lock."""
        return bool(self._connection.execute("SELECT count(*) FROM pending").fetchone()[0])

    def delete_left(self) -> None:
        """Wait for the end of the transaction that committed parts; delete what it left if its process is gone."""
        with exclusive_lock(_lock_of(self._database)) if self._database else nullcontext():
            self._delete()

    def _delete(self) -> None:
        """Delete entries that do not count from the last one back, in several commits: readers go on between them."""
        while self._delete_some():
            pass

    def _delete_some(self) -> bool:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            query = "SELECT seq, (SELECT max(seq) FROM main.revision) FROM pending"
            if (row := execute(query).fetchone()) is None:
                return False
            start, last = row[0], row[1] or 0
            execute("DELETE FROM main.revision WHERE seq > ?", (max(start, last - ROWS_AT_ONCE),))
            if last - ROWS_AT_ONCE <= start:
                execute("DELETE FROM pending")
            execute("COMMIT")
            return True
        finally:
            if self._connection.in_transaction:
                execute("ROLLBACK")


def _lock_of(database: Path) -> Path:
    return database.with_name(database.name + LOCK)
