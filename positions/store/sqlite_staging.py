"""Entries of a long transaction on their way into a SQLite log: in a temporary file until the commit.

SQLite writes to the log's file as soon as a transaction outgrows its memory for pages, and shuts every reader out from
then on: for most of the time of a long import. What is kept apart until the end is copied in seconds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from positions.store.entry import LogRow

STAGED_BYTES: Final = 32_000_000
"""How much a transaction writes to the log itself before the rest is kept apart; less than the memory for pages."""
ROW_BYTES: Final = 4_096
"""What an entry takes of that memory beside its content: a page of an index, since ids come in no order."""

_COLUMNS: Final = ", ".join(LogRow._fields)
# Of the same types as the log's: only then the database looks a value up in both by their indexes.
_TYPED: Final = ", ".join(f"{name} {'INTEGER' if name in ('seq', 'number') else 'TEXT'}" for name in LogRow._fields)
_MARKS: Final = ", ".join("?" * len(LogRow._fields))
_OPEN: Final = (
    f"CREATE TEMP TABLE staged ({_TYPED}, PRIMARY KEY (seq), UNIQUE (kind, id, number))",
    "CREATE INDEX temp.staged_document ON staged (json_extract(content, '$.document')) WHERE kind = 'candidate'",
    # Queries of a table without the name of its database see this one first, which has both.
    "CREATE TEMP VIEW revision AS SELECT * FROM main.revision UNION ALL SELECT * FROM staged",
)
_COPY: Final = f"INSERT INTO main.revision ({_COLUMNS}) SELECT {_COLUMNS} FROM staged ORDER BY seq"  # noqa: S608 own names
_CLOSE: Final = ("DROP VIEW temp.revision", "DROP TABLE temp.staged")


class Staging:
    """The entries that one connection's transaction has appended; those after some bytes wait beside the log.

    Its queries see both. A transaction that is rolled back, or ends with the process, takes the temporary table along.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._bytes = 0
        self._is_open = False

    def append(self, rows: Sequence[LogRow]) -> None:
        """Add entries to the log, or to those that wait."""
        if not self._is_open and self._bytes > STAGED_BYTES:
            self._run(_OPEN)
            self._is_open = True
        table = "temp.staged" if self._is_open else "main.revision"
        self._connection.executemany(f"INSERT INTO {table} ({_COLUMNS}) VALUES ({_MARKS})", rows)  # noqa: S608
        self._bytes += sum(ROW_BYTES + len(row.content or "") for row in rows)

    def copy(self) -> None:
        """Copy what waits to the log, as the last thing before the commit."""
        if self._is_open:
            self._run((_COPY, *_CLOSE))

    def forget(self) -> None:
        """Begin anew after the end of a transaction."""
        self._bytes, self._is_open = 0, False

    def _run(self, commands: Sequence[str]) -> None:
        for command in commands:
            self._connection.execute(command)
