"""The log in a SQLite file: durable, append-only, safe under several writing processes.

``BEGIN IMMEDIATE`` takes the write lock before anything is read, ``synchronous=FULL`` makes a commit survive a power
cut, and a rollback journal is used because write-ahead logging has a corruption race in the SQLite versions that
ship with Python 3.11. Triggers refuse what is not an append.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from positions.errors import BusyError, WorkspaceError
from positions.files.lock import LOCK_SECONDS, PATIENCE, waiting_words
from positions.files.notice import notify
from positions.files.writing import new_file
from positions.store.entry import LogRow
from positions.store.log import Check
from positions.store.sql_log import SELECT, SqlLog
from positions.store.sqlite_pending import PendingEntries

CACHE_KIB: Final = 65_536
"""Memory for pages, in KiB: with less, a long import writes its index again and again."""
READ_SECONDS: Final = 1.0
"""How long a reader waits for a writer that shuts readers out: most do for as long as one write to the disk takes."""
AGAIN_SECONDS: Final = 0.02
"""How long a reader waits if it waited in vain the last time."""
BATCH: Final = 2_000
"""How many entries a reader reads at a time."""

_DOCUMENT: Final = "json_extract(content, '$.document')"
MIGRATIONS: Final = (
    """
    CREATE TABLE revision (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      number INTEGER NOT NULL,
      action TEXT NOT NULL,
      content TEXT,
      recorded_at TEXT NOT NULL,
      recorded_by TEXT NOT NULL,
      reason TEXT NOT NULL,
      first_recorded_at TEXT,
      hash TEXT NOT NULL,
      UNIQUE (kind, id, number)
    ) STRICT;
    CREATE TRIGGER revision_no_update BEFORE UPDATE ON revision
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
    CREATE TABLE source (name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT;
    """,
    # Only for candidates, so that importing statements costs no more.
    f"""
    CREATE INDEX candidate_document ON revision ({_DOCUMENT}) WHERE kind = 'candidate';
    """,
    # Where a long transaction has committed parts: entries after that one do not count yet, and only they are deleted.
    """
    CREATE TABLE pending (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, owner TEXT NOT NULL) STRICT;
    DROP TRIGGER revision_no_delete;
    CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision
      WHEN OLD.seq <= coalesce((SELECT seq FROM pending), OLD.seq)
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    """,
)
"""One script for each step of the file's format, applied in one transaction; ``user_version`` counts them."""


class SqliteLog(SqlLog):
    """A log in one SQLite file; see :class:`~positions.store.log.Log`.

    With ``in_memory`` it is a copy of the file, or a new log if there is none, for folders that cannot be written; what
    is written to it is lost.
    """

    document = _DOCUMENT

    def __init__(self, path: Path, *, in_memory: bool = False) -> None:
        self.name = f"a copy of {path} in memory" if in_memory else str(path)
        self.in_memory = in_memory
        self._path = path
        self._ending: LogRow | None = None
        self._readers: list[SqliteLog] = []
        try:
            self._connection = sqlite3.connect(
                ":memory:" if in_memory else path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._pending = PendingEntries(self._connection, None if in_memory else path)
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            if not in_memory:
                self._connection.execute("PRAGMA journal_mode=PERSIST")
            elif path.exists():
                with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
                    source.backup(self._connection)
            self._migrate()
            self._pending.hide()
        except (
            sqlite3.Error,
            UnicodeDecodeError,
        ) as error:  # SQLite quotes the bytes of a damaged schema in its errors
            raise WorkspaceError(f"{self.name}: cannot be opened as a record book: {error}") from error

    def _migrate(self) -> None:
        if self._version() == len(MIGRATIONS):
            return
        with self._transaction():
            version = self._version()
            if version > len(MIGRATIONS):
                raise WorkspaceError(
                    f"{self.name}: written by a newer positions (format {version}, this program knows "
                    f"{len(MIGRATIONS)}); update the program"
                )
            for script in MIGRATIONS[version:]:
                for command in _commands(script):
                    self._connection.execute(command)
            self._connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")

    def _version(self) -> int:
        return int(self._one("PRAGMA user_version")[0])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, roll everything back on any error (see ``Log``)."""
        with self._transaction():
            self.check_end()
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._begin()
        except sqlite3.Error as error:
            raise WorkspaceError(f"{self.name}: cannot be written: {error}") from error
        try:
            yield
            if self._ending is not None:
                self._connection.execute(
                    "INSERT OR REPLACE INTO head VALUES (1, ?, ?)", (self._ending.seq, self._ending.hash)
                )
            self._pending.count_all()
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._pending.take_back()
            if isinstance(error, sqlite3.Error):
                raise WorkspaceError(f"{self.name}: nothing was written: {error}") from error
            raise
        finally:
            self._ending = None
            self._pending.forget()

    def _begin(self) -> None:
        """Take the write lock, after what an interrupted transaction left was deleted."""
        self._take_write_lock()
        while self._version() == len(MIGRATIONS) and self._pending.is_left():
            self._connection.execute("ROLLBACK")
            self._pending.delete_left()
            self._take_write_lock()

    def _take_write_lock(self) -> None:
        """Begin a transaction that writes; print a notice if another program does so for long."""
        try:
            self._wait_at_most(PATIENCE)
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            notify(waiting_words(self.name))
            self._wait_at_most(LOCK_SECONDS)
            self._connection.execute("BEGIN IMMEDIATE")
        finally:
            self._wait_at_most(LOCK_SECONDS)

    def _wait_at_most(self, seconds: float) -> None:
        self._connection.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")

    def append(self, rows: Sequence[LogRow]) -> None:
        """Add entries (see ``Log``)."""
        self._pending.append(rows)
        self._ending = rows[-1] if rows else self._ending

    def rows(self, *, after: int = 0) -> Iterator[LogRow]:
        """Yield the entries after a sequence number (see ``Log``); no writer waits until all of them were read."""
        query = f"{SELECT} WHERE seq > ? ORDER BY seq LIMIT {BATCH}"
        while batch := list(map(LogRow._make, self._all(query, after))):
            yield from batch
            after = batch[-1].seq

    def check(self) -> Check:
        """Yield the errors that SQLite finds in the file (see ``Log``)."""
        try:
            yield from (str(row[0]) for row in self._all("PRAGMA integrity_check(20)") if row[0] != "ok")
        except WorkspaceError as error:
            yield str(error)

    def backup(self, target: Path) -> None:
        """Write a consistent copy into a new file (see ``Log``)."""
        with new_file(target, mode=self._path.stat().st_mode & 0o666 if self._path.exists() else 0o666):
            self._pending.show()  # to SQLite the view's name is that of the table whose indexes it copies
            try:
                self._one("VACUUM INTO ?", str(target))
            finally:
                self._pending.hide()

    def open_reader(self) -> SqliteLog:
        """Open another connection to read with (see ``Log``)."""
        if self.in_memory:
            return self
        self._readers.append(reader := SqliteReader(self._path))
        return reader

    def close(self) -> None:
        """Close the file."""
        for reader in self._readers:
            reader.close()
        self._connection.close()

    def _all(self, query: str, *values: Any) -> Iterator[Any]:
        try:
            # Not `yield from`: it would close the cursor of a reader that stopped half-way, even after the connection.
            for row in self._connection.execute(query, values):  # noqa: UP028
                yield row
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: sqlite3.Error | UnicodeDecodeError) -> WorkspaceError:
        # The last byte is the kind of the error. Other errors have no number.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return BusyError(f"{self.name}: cannot be read while another program writes to it; try again in a moment")
        return WorkspaceError(f"{self.name}: cannot be read: {error}")


class SqliteReader(SqliteLog):
    """A connection that only reads; see :meth:`positions.store.log.Log.open_reader`.

    A writer shuts readers out while it commits: for a fraction of a second, since a long import is committed in parts
    (:mod:`positions.store.sqlite_pending`).
    """

    _patience = LOCK_SECONDS

    def _set_patience(self, seconds: float) -> None:
        if seconds != self._patience:
            self._patience = seconds
            self._wait_at_most(seconds)

    def _all(self, query: str, *values: Any) -> Iterator[Any]:
        try:
            for row in super()._all(query, *values):
                self._set_patience(READ_SECONDS)
                yield row
        except BusyError:
            self._set_patience(AGAIN_SECONDS)
            raise
        self._set_patience(READ_SECONDS)


def _commands(script: str) -> Iterator[str]:
    """Split a script into commands; ``executescript`` would commit the transaction that holds it together."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""
