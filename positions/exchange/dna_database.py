"""The database of the Discourse Network Analyzer, read and never written: tables as they lie there, of either schema.

It is somebody else's file. It is opened read-only and as one that nobody changes, only its own tables are asked, and
nothing in it is run: no view, no trigger, no function.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from positions.errors import DataError, Finding, WorkspaceError
from positions.files.reading import require_file

_MAGIC: Final = b"SQLite format 3\x00"
_NEEDED: Final = {
    "DOCUMENTS": ("ID", "Title", "Text", "Author", "Source", "Section", "Notes", "Type", "Date"),
    "STATEMENTS": ("ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "Variable", "DataType", "StatementTypeId"),
}
_VALUES: Final = ("DATASHORTTEXT", "DATALONGTEXT", "DATAINTEGER", "DATABOOLEAN")
_COUNTED: Final = ("REGEXES", "VARIABLELINKS", "STATEMENTLINKS", "CODERRELATIONS", "SETTINGS")
_READ: Final = frozenset({*_NEEDED, *_VALUES, *_COUNTED, "CODERS", "ENTITIES", "ATTRIBUTES", "ATTRIBUTEVALUES"})
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_PRAGMAS: Final = frozenset({"trusted_schema", "integrity_check", "table_xinfo"})
_STEPS: Final = 200_000_000
"""The most instructions of its machine that SQLite may spend on one question; a table of a gigabyte takes fewer."""

Row = tuple[Any, ...]


class DnaTables(NamedTuple):
    """What is read of a database, each row as it lies there.

    ``values`` are (statement, variable, value); ``coders`` the names by id; ``counts`` how many rows the tables have
    that are not read, by their names in capitals, 0 for one that is not there.
    """

    documents: Sequence[Row]
    statements: Sequence[Row]
    types: dict[Any, str]
    variables: Sequence[Row]
    values: Sequence[Row]
    entities: Sequence[tuple[Any, str]]
    coders: dict[Any, str]
    counts: dict[str, int]


def read_tables(path: Path) -> DnaTables:
    """Read a database; raise ``DataError`` for one that is damaged or no database of the Analyzer.

    ``WorkspaceError`` if it is being written to at the moment: what lies in its log beside it would be missed.
    """
    require_file(path)
    for ending in ("-wal", "-journal"):
        log = path.with_name(path.name + ending)
        if log.exists() and log.stat().st_size:
            raise WorkspaceError(f"{path}: is open in another program ({log.name}); close it there first")
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise DataError([Finding(path.name, "", "is no SQLite database, as the Discourse Network Analyzer writes")])
    try:
        with _opened(path) as connection:
            return _read(connection, path.name)
    except sqlite3.Error as error:
        raise DataError([Finding(path.name, "", f"is damaged: {error}")]) from None


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.set_authorizer(_authorize)
        connection.set_progress_handler(lambda: 1, _STEPS)
        connection.execute("pragma trusted_schema = off")
        problems = [str(words) for (words,) in connection.execute("pragma integrity_check(3)") if words != "ok"]
        if problems:
            raise sqlite3.DatabaseError("; ".join(problems))
        yield connection


def _authorize(action: int, name: str | None, *_: object) -> int:
    """Allow questions to tables and the two settings above; deny functions, as a computed column would call them."""
    is_ours = action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and name in _PRAGMAS)
    return sqlite3.SQLITE_OK if is_ours else sqlite3.SQLITE_DENY


def _read(connection: sqlite3.Connection, name: str) -> DnaTables:
    listed = connection.execute("select name, sql from sqlite_master where type = 'table'")
    declared = {
        str(table).upper(): str(sql) for table, sql in listed if not str(sql).upper().startswith("CREATE VIRTUAL")
    }
    computed = [table for table in declared if table in _READ and _is_computed(connection, table)]
    if computed:
        raise DataError(Finding(name, table, "has computed columns, which are not run") for table in computed)
    missing = [table for table in (*_NEEDED, *_VALUES) if table not in declared]
    if missing:
        raise DataError(Finding(name, table, "missing, or no table of its own") for table in missing)
    has_entities = "ENTITIES" in declared
    values = [row for table in _VALUES for row in _values(connection, table, has_entities=has_entities)]
    coders = _rows(connection, "CODERS", ("ID", "Name")) if "CODERS" in declared else []
    return DnaTables(
        documents=_rows(connection, "DOCUMENTS", _NEEDED["DOCUMENTS"]),
        statements=_rows(connection, "STATEMENTS", _NEEDED["STATEMENTS"]),
        types={row[0]: str(row[1]) for row in _rows(connection, "STATEMENTTYPES", _NEEDED["STATEMENTTYPES"])},
        variables=_rows(connection, "VARIABLES", _NEEDED["VARIABLES"]),
        values=values,
        entities=_entities(connection, declared),
        coders={row[0]: str(row[1]) for row in coders},
        counts=_counts(connection, declared),
    )


def _is_computed(connection: sqlite3.Connection, table: str) -> bool:
    """Return whether a table has columns that its schema computes."""
    return any(row[-1] for row in connection.execute(f"pragma table_xinfo({table})"))


def _rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> list[Row]:
    listed = ", ".join(columns)
    return connection.execute(f"select {listed} from {table} order by ID").fetchall()  # noqa: S608, names of ours


def _values(connection: sqlite3.Connection, table: str, *, has_entities: bool) -> list[Row]:
    """Return a table's values; of short texts the third schema has the number of an entity, the second the text."""
    if table == "DATASHORTTEXT" and has_entities:
        return connection.execute(
            "select t.StatementId, t.VariableId, e.Value from DATASHORTTEXT t, ENTITIES e "
            "where e.ID = t.Entity order by t.ID"
        ).fetchall()
    columns = "StatementId, VariableId, Value"
    return connection.execute(f"select {columns} from {table} order by ID").fetchall()  # noqa: S608, names of ours


def _entities(connection: sqlite3.Connection, declared: dict[str, str]) -> list[tuple[Any, str]]:
    table = next((name for name in ("ENTITIES", "ATTRIBUTES") if name in declared), None)
    if table is None:
        return []
    return [(variable, str(value)) for _, variable, value in _rows(connection, table, ("ID", "VariableId", "Value"))]


def _counts(connection: sqlite3.Connection, declared: dict[str, str]) -> dict[str, int]:
    counts = {
        name: len(connection.execute(f"select 1 from {name}").fetchall()) if name in declared else 0  # noqa: S608
        for name in _COUNTED
    }
    described = {
        "ATTRIBUTEVALUES": "select 1 from ATTRIBUTEVALUES where AttributeValue <> ''",
        "ATTRIBUTES": "select 1 from ATTRIBUTES where Type <> '' or Alias <> '' or Notes <> ''",
        "ENTITIES": "select 1 from ENTITIES where ChildOf is not null",
    }
    for name, query in described.items():
        counts[name] = len(connection.execute(query).fetchall()) if name in declared else 0
    return counts
