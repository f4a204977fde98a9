"""The log in PostgreSQL, for teams on many machines; the same table, chain and rules as in SQLite.

Needs the extra ``postgres``. Writers take one advisory lock for the length of their transaction, so that entries are
numbered and dated one after the other; readers never wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from positions.errors import WorkspaceError
from positions.files.writing import new_file
from positions.store.entry import LogRow
from positions.store.log import Check, batched
from positions.store.postgres_connection import LOCK_SECONDS, Connection, PostgresConnection, psycopg
from positions.store.sql_log import COLUMNS, SELECT, SqlLog

_LOCK: Final = 5_057_310_622
"""The advisory lock's key: any fixed number that other programs of the database do not use."""

_DOCUMENT: Final = """substring(content from '"document":"([^"]*)"')"""
MIGRATIONS: Final = (
    """
    CREATE TABLE revision (
      seq BIGINT PRIMARY KEY,
      kind TEXT COLLATE "C" NOT NULL,
      id TEXT COLLATE "C" NOT NULL,
      number INTEGER NOT NULL,
      action TEXT NOT NULL,
      content TEXT,
      recorded_at TEXT NOT NULL,
      recorded_by TEXT NOT NULL,
      reason TEXT NOT NULL,
      first_recorded_at TEXT,
      hash TEXT NOT NULL,
      UNIQUE (kind, id, number)
    );
    CREATE FUNCTION revision_append_only() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
    CREATE TRIGGER revision_no_change BEFORE UPDATE OR DELETE ON revision
      FOR EACH ROW EXECUTE FUNCTION revision_append_only();
    CREATE TRIGGER revision_no_truncate BEFORE TRUNCATE ON revision
      FOR EACH STATEMENT EXECUTE FUNCTION revision_append_only();
    CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq BIGINT NOT NULL, hash TEXT NOT NULL);
    CREATE TABLE source (name TEXT PRIMARY KEY, digest TEXT NOT NULL);
    """,
    f"""
    CREATE INDEX candidate_document ON revision (({_DOCUMENT})) WHERE kind = 'candidate';
    """,
)
"""One script for each step of the schema, applied in one transaction; the table ``format`` counts them."""

_INSERT: Final = f"INSERT INTO revision ({COLUMNS}) VALUES ({', '.join(['%s'] * len(LogRow._fields))})"  # noqa: S608


class PostgresLog(SqlLog):
    """A log in a PostgreSQL database; see :class:`~positions.store.log.Log`."""

    document = _DOCUMENT

    def __init__(self, url: str) -> None:
        self._url = url
        self._server = PostgresConnection(url)
        self.name = self._server.name
        self.in_memory = False
        self._ending: LogRow | None = None
        self._readers: list[PostgresLog] = []
        try:
            # Who only reads neither waits for a writer nor needs the right to write.
            if self._version() != len(MIGRATIONS):
                self._migrate()
        except BaseException as error:
            self._server.close()
            if not isinstance(error, psycopg.Error):
                raise
            message = f"{self.name}: cannot be opened as a record book: {self._server.line(error)}"
            raise WorkspaceError(message) from None

    @property
    def _connection(self) -> Connection:
        return self._server.current()

    def _version(self) -> int:
        if self._one("SELECT to_regclass('format')")[0] is None:
            return 0
        version = int(self._one("SELECT max(version) FROM format")[0] or 0)
        if version > len(MIGRATIONS):
            raise WorkspaceError(
                f"{self.name}: written by a newer positions (format {version}, this program knows "
                f"{len(MIGRATIONS)}); update the program"
            )
        return version

    def _migrate(self) -> None:
        with self._server.transaction() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            connection.execute("CREATE TABLE IF NOT EXISTS format (version INTEGER NOT NULL)")
            for script in MIGRATIONS[self._version() :]:
                connection.execute(script.encode())
            connection.execute("INSERT INTO format VALUES (%s)", (len(MIGRATIONS),))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, roll everything back on any error (see ``Log``)."""
        try:
            with self._server.transaction() as connection:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                self.check_end()
                yield
                if self._ending is not None:
                    connection.execute(
                        "INSERT INTO head VALUES (1, %s, %s) "
                        "ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
                        (self._ending.seq, self._ending.hash),
                    )
        except psycopg.errors.LockNotAvailable:
            raise WorkspaceError(
                f"{self.name}: nothing was written: somebody else has been writing for {LOCK_SECONDS} seconds"
            ) from None
        except psycopg.Error as error:
            raise WorkspaceError(f"{self.name}: nothing was written: {self._server.line(error)}") from None
        finally:
            self._ending = None

    def append(self, rows: Sequence[LogRow]) -> None:
        """Add entries (see ``Log``)."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_INSERT.encode(), rows)
        self._ending = rows[-1] if rows else self._ending

    def rows(self, *, after: int = 0) -> Iterator[LogRow]:
        """Yield the entries after a sequence number, from one snapshot (see ``Log``)."""
        try:
            with self._server.transaction() as connection, connection.cursor(name="rows") as cursor:
                cursor.itersize = 5000
                cursor.execute(f"{SELECT} WHERE seq > %s ORDER BY seq".encode(), (after,))
                yield from map(LogRow._make, cursor)
        except psycopg.Error as error:
            raise WorkspaceError(f"{self.name}: cannot be read: {self._server.line(error)}") from None

    def check(self) -> Check:
        """Yield nothing: PostgreSQL's own checksums are its administrator's; the chain is checked by ``verify``."""
        yield from ()

    def backup(self, target: Path) -> None:
        """Write a consistent copy into a new SQLite file (see ``Log``)."""
        from positions.store.sqlite import SqliteLog

        with new_file(target):
            copy = SqliteLog(target)
            try:
                with copy.writing():
                    for rows in batched(self.rows()):
                        copy.append(rows)
            finally:
                copy.close()

    def open_reader(self) -> PostgresLog:
        """Open another connection; here readers never wait for writers (see ``Log``)."""
        self._readers.append(reader := PostgresLog(self._url))
        return reader

    def close(self) -> None:
        """Close the connection."""
        for reader in self._readers:
            reader.close()
        self._server.close()

    def _all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            return self._server.fetch(query.replace("?", "%s"), values)
        except psycopg.Error as error:
            raise WorkspaceError(f"{self.name}: cannot be read: {self._server.line(error)}") from None
