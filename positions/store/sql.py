"""What both backends ask of their database in the same words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Final

from positions.store.entry import EMPTY, Head, Row
from positions.store.log import Key

COLUMNS: Final = ", ".join(Row._fields)
"""The table's columns in the order of :class:`~positions.store.entry.Row`."""
SELECT: Final = f"SELECT {COLUMNS} FROM revision"  # noqa: S608 own names


class SqlLog(ABC):
    """The reading half of a :class:`~positions.store.log.Log` in a database that speaks SQL."""

    @abstractmethod
    def _all(self, query: str, *values: Any) -> Iterable[Any]:
        """Run a query whose places are marked ``?`` and return its rows."""

    def head(self) -> Head:
        """Return where the log ends (see ``Log``)."""
        found = self._one("SELECT seq, hash FROM head")
        return Head(*found) if found else EMPTY

    def last_recorded_at(self) -> str:
        """Return the last entry's recorded_at (see ``Log``)."""
        found = self._one("SELECT recorded_at FROM revision ORDER BY seq DESC LIMIT 1")
        return str(found[0]) if found else ""

    def revisions_of(self, record_id: str) -> list[Row]:
        """Return all entries of an id (see ``Log``)."""
        query = f"{SELECT} WHERE kind IN ('document', 'statement') AND id = ? ORDER BY kind, number"
        return list(map(Row._make, self._all(query, record_id)))

    def last_of(self, kind: str, record_id: str) -> Row | None:
        """Return the last revision of an id (see ``Log``)."""
        found = self._one(f"{SELECT} WHERE kind = ? AND id = ? ORDER BY number DESC LIMIT 1", kind, record_id)
        return Row._make(found) if found else None

    def held(self, keys: Sequence[Key]) -> dict[Key, tuple[str, str | None]]:
        """Return those revisions that are here (see ``Log``)."""
        wanted = ", ".join(["(?, ?, ?)"] * len(keys))
        # Joined from the few that are wanted: asked with IN, SQLite would look through the whole table.
        query = (
            f"WITH wanted (k, i, n) AS (VALUES {wanted}) SELECT kind, id, number, action, content "  # noqa: S608 places
            "FROM wanted CROSS JOIN revision WHERE kind = k AND id = i AND number = n"
        )
        found = self._all(query, *(value for key in keys for value in key)) if keys else ()
        return {(kind, name, number): (action, content) for kind, name, number, action, content in found}

    def source(self, name: str) -> str:
        """Return what was noted of a data source (see ``Log``)."""
        found = self._one("SELECT digest FROM source WHERE name = ?", name)
        return str(found[0]) if found else ""

    def _one(self, query: str, *values: Any) -> Any:
        return next(iter(self._all(query, *values)), None)
