"""A connection to PostgreSQL that outlives a restart of the server and a fork, and that never tells its password."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from positions.errors import MissingExtraError, WorkspaceError

try:
    import psycopg as psycopg
    from psycopg.conninfo import conninfo_to_dict
except ImportError as missing:  # pragma: no cover - told to the user where the extra is not installed
    raise MissingExtraError("PostgreSQL", "postgres") from missing

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"
CONNECT_SECONDS: Final = 10
"""How long a server may take to answer, if the address does not say."""
LOCK_SECONDS: Final = 60
"""How long a writer waits for another one before it gives up."""
_HOST: Final = re.compile(r"[\w.,:\-\[\]]*|(/[\w.\-]+)+", re.ASCII)
_DATABASE: Final = re.compile(r"[\w.\- ]*")
_PORT: Final = re.compile(r"[\d,]*", re.ASCII)


def parse_address(address: str) -> tuple[str, dict[str, Any]]:
    """Return how an address is named to people, host and database only, and its parameters.

    Raises ``WorkspaceError``, which repeats nothing of the address, if it cannot be read for certain: a password with
    an unencoded ``@`` or ``/`` would be taken for a part of the host or the database.
    """
    try:
        parameters: dict[str, Any] = dict(conninfo_to_dict(address))
    except psycopg.ProgrammingError:
        parameters = {"host": "@"}
    host, database, port = (str(parameters.get(name) or "") for name in ("host", "dbname", "port"))
    if not (_HOST.fullmatch(host) and _DATABASE.fullmatch(database) and _PORT.fullmatch(port)):
        raise WorkspaceError(
            "database: its address cannot be read, allowed: postgresql://USER:PASSWORD@HOST/DATABASE, with special "
            "characters of the password encoded (@ as %40, / as %2F, : as %3A)"
        )
    return f"postgresql://{host or 'localhost'}/{database}", parameters


class PostgresConnection:
    """Hands out one connection for each process, and a new one after the server has gone away.

    ``name`` is what people are told: host and database.
    """

    def __init__(self, address: str) -> None:
        self.name, self._parameters = parse_address(address)
        self._parameters.setdefault("connect_timeout", CONNECT_SECONDS)
        self._inherited: list[Connection] = []
        self._process = os.getpid()
        self._connection = self._connect()

    def _connect(self) -> Connection:
        try:
            connection = psycopg.connect(**self._parameters, autocommit=True)
            connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'".encode())
        except (psycopg.Error, ValueError) as error:
            raise WorkspaceError(f"{self.name}: cannot be opened as a record book: {self.line(error)}") from None
        return connection

    def current(self) -> Connection:
        """Return a connection that this process may use.

        A forked process gets its own: answers on a shared one would go to whoever reads first.
        """
        if self._process != os.getpid():
            # Kept, so that nothing in this process says goodbye to the server in the parent's name.
            self._inherited.append(self._connection)
            self._process, self._connection = os.getpid(), self._connect()
        elif self._connection.closed or self._connection.broken:
            self._connection = self._connect()
        return self._connection

    def fetch(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return the rows of a query; once more on a new connection if the server closed the old one."""
        connection = self.current()
        try:
            return connection.execute(query.encode(), values).fetchall()
        except psycopg.OperationalError:
            if not connection.closed or connection is not self._connection:
                raise
        return self.current().execute(query.encode(), values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hold a transaction open, on a new connection if the server closed the old one since."""
        connection = self.current()
        try:
            connection.execute(b"SELECT 1")
        except psycopg.OperationalError:
            connection = self.current()
        with connection.transaction():
            yield connection

    def line(self, error: Exception) -> str:
        """Return the first line of an error, without the password."""
        text = str(error).strip().partition("\n")[0]
        password = self._parameters.get("password")
        return text.replace(str(password), "***") if password else text

    def close(self) -> None:
        """Close this process's connection."""
        if self._process == os.getpid():
            self._connection.close()
