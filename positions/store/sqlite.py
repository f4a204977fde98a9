"""The log in a SQLite file: durable, append-only, safe under several writing processes.

``BEGIN IMMEDIATE`` takes the write lock before anything is read, ``synchronous=FULL`` makes a commit survive a power
cut, and a rollback journal is used because write-ahead logging has a corruption race in the SQLite versions that
ship with Python 3.11. Triggers refuse what is not an append.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.store.entry import EMPTY, Head, Row

LOCK_SECONDS: Final = 60.0
"""How long a writer waits for another one before it gives up."""

MIGRATIONS: Final = (
    """
    CREATE TABLE revision (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('document', 'statement')),
      id TEXT NOT NULL,
      number INTEGER NOT NULL CHECK (number > 0),
      action TEXT NOT NULL CHECK (action IN ('add', 'correct', 'retract')),
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
    CREATE TABLE source (name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT;
    """,
)
"""One script for each step of the file's format, applied in one transaction; ``user_version`` counts them."""

_COLUMNS: Final = ", ".join(Row._fields)
_PLACES: Final = ", ".join("?" * len(Row._fields))


class SqliteLog:
    """A log in one SQLite file, or in memory where ``path`` is ``None``."""

    def __init__(self, path: Path | None) -> None:
        self.name = "memory" if path is None else str(path)
        try:
            self._connection = sqlite3.connect(
                path or ":memory:", timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA synchronous=FULL")
            if path is not None:
                self._connection.execute("PRAGMA journal_mode=PERSIST")
            self._migrate()
        except sqlite3.Error as error:
            raise WorkspaceError(f"{self.name}: cannot be opened as a record book: {error}") from error

    def _migrate(self) -> None:
        if self._version() == len(MIGRATIONS):
            return
        with self.writing():
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
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, roll everything back on any error."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise WorkspaceError(f"{self.name}: cannot be written: {error}") from error
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise WorkspaceError(f"{self.name}: nothing was written: {error}") from error
            raise

    def append(self, row: Row) -> None:
        """Add one entry; call it only inside :meth:`writing`."""
        self._connection.execute(f"INSERT INTO revision ({_COLUMNS}) VALUES ({_PLACES})", row)  # noqa: S608 own names

    def head(self) -> Head:
        """Return where the log ends."""
        found = self._connection.execute("SELECT seq, hash FROM revision ORDER BY seq DESC LIMIT 1").fetchone()
        return Head(*found) if found else EMPTY

    def last_recorded_at(self) -> str:
        """Return the last entry's recorded_at, empty when there is none."""
        found = self._connection.execute("SELECT recorded_at FROM revision ORDER BY seq DESC LIMIT 1").fetchone()
        return found[0] if found else ""

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Yield the entries after a sequence number, in order."""
        query = f"SELECT {_COLUMNS} FROM revision WHERE seq > ? ORDER BY seq"  # noqa: S608 own names
        for row in self._connection.execute(query, (after,)):
            yield Row(*row)

    def last_of(self, kind: str, record_id: str) -> Row | None:
        """Return the last revision of an id, ``None`` where it was never recorded."""
        query = f"SELECT {_COLUMNS} FROM revision WHERE kind = ? AND id = ? ORDER BY number DESC LIMIT 1"  # noqa: S608
        found = self._connection.execute(query, (kind, record_id)).fetchone()
        return Row(*found) if found else None

    def source(self, name: str) -> str:
        """Return the digest of a data file when it was last loaded, empty when it never was."""
        found = self._connection.execute("SELECT digest FROM source WHERE name = ?", (name,)).fetchone()
        return found[0] if found else ""

    def set_source(self, name: str, digest: str) -> None:
        """Remember a loaded data file's digest; call it only inside :meth:`writing`."""
        self._connection.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (name, digest))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _commands(script: str) -> Iterator[str]:
    """Split a script into commands; ``executescript`` would commit the transaction that holds it together."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""
