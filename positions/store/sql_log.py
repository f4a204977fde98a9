"""The queries that both backends share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from positions.model.revision import KINDS, RecordKind
from positions.store.chain import broken_chain, check_chain
from positions.store.entry import EMPTY, GENESIS, Head, LogRow
from positions.store.log import RevisionKey

COLUMNS: Final = ", ".join(LogRow._fields)
"""The table's columns in the order of :class:`~positions.store.entry.LogRow`."""
SELECT: Final = f"SELECT {COLUMNS} FROM revision"  # noqa: S608 own names


class SqlLog(ABC):
    """The reading half of a :class:`~positions.store.log.Log` in a database that speaks SQL.

    ``document`` is how it reads the document that a statement or candidate is about, as its index has it.
    """

    document: str
    name: str

    @abstractmethod
    def _all(self, query: str, *values: Any) -> Iterable[Any]:
        """Run a query with ``?`` placeholders and return its rows."""

    def head(self) -> Head:
        """Return the end of the log (see ``Log``)."""
        row = self._one("SELECT seq, hash FROM head")
        return Head(*row) if row else EMPTY

    def last_recorded_at(self) -> str:
        """Return the last entry's recorded_at (see ``Log``)."""
        row = self._one("SELECT seq, recorded_at FROM revision ORDER BY seq DESC LIMIT 1")
        return str(row[1]) if row else ""

    def entries(self, numbers: Sequence[int]) -> list[LogRow]:
        """Return some entries (see ``Log``)."""
        marks = ", ".join("?" * len(numbers)) or "NULL"
        rows = {row[0]: LogRow._make(row) for row in self._all(f"{SELECT} WHERE seq IN ({marks})", *numbers)}
        before = self._all(
            f"SELECT seq, hash FROM revision WHERE seq IN ({marks})",  # noqa: S608 marks
            *(number - 1 for number in numbers),
        )
        hashes = {0: GENESIS, **dict(before)}
        if missing := [number for number in numbers if number not in rows]:
            raise broken_chain(self.name, f"entry {missing[0]} is missing")
        return [self._follow(rows[number], hashes.get(number - 1, "")) for number in sorted(set(numbers))]

    def revisions_of(self, record_id: str) -> list[LogRow]:
        """Return all entries of an id (see ``Log``)."""
        kinds = ", ".join(f"'{kind}'" for kind in KINDS)
        query = f"{SELECT} WHERE kind IN ({kinds}) AND id = ? ORDER BY kind, number"
        return [self._sound(LogRow._make(row)) for row in list(self._all(query, record_id))]

    def check_end(self) -> None:
        """Raise ``WorkspaceError`` if the last entry is not as it was recorded: nothing may be appended to it."""
        head = self.head()
        row = self._one(f"{SELECT} ORDER BY seq DESC LIMIT 1")
        last = self._sound(LogRow._make(row)) if row else None
        if (Head(last.seq, last.hash) if last else EMPTY) != head:
            raise broken_chain(self.name, f"it ends at entry {last.seq if last else 0}, but {head} was recorded last")

    def _sound(self, row: LogRow) -> LogRow:
        """Return an entry that follows from the one before it; raise ``WorkspaceError`` for any other."""
        before = self._one("SELECT hash FROM revision WHERE seq = ?", row.seq - 1) if row.seq > 1 else (GENESIS,)
        return self._follow(row, before[0] if before else "")

    def _follow(self, row: LogRow, before: str) -> LogRow:
        return next(check_chain([row], after=Head(row.seq - 1, before), name=self.name))

    def claims(self, kind: RecordKind, *, documents: Sequence[str] | None = None, after: int = 0) -> Iterator[LogRow]:
        """Yield the last revision of every id of a kind (see ``Log``)."""
        query = f"{SELECT} WHERE kind = ?"
        values: tuple[Any, ...] = (kind,)
        if documents is not None:
            marks = ", ".join("?" * len(documents)) or "NULL"
            # Candidates have an index by document. Statements have none and lie after ``after``: with the column as it
            # is, the database would look through all of their kind instead.
            column = "kind" if kind == "candidate" else "kind || ''"
            about = f"SELECT id FROM revision WHERE seq > ? AND {column} = '{kind}' AND {self.document} IN ({marks})"  # noqa: S608
            query += f" AND id IN ({about})"
            values += (after, *documents)
        rows = map(LogRow._make, self._all(f"{query} ORDER BY id, number", *values))
        for _, revisions in groupby(rows, key=attrgetter("id")):
            yield deque(revisions, maxlen=1)[0]

    def last_of(self, kind: str, record_id: str) -> LogRow | None:
        """Return the last revision of an id (see ``Log``)."""
        row = self._one(f"{SELECT} WHERE kind = ? AND id = ? ORDER BY number DESC LIMIT 1", kind, record_id)
        return self._sound(LogRow._make(row)) if row else None

    def named(self, kind: RecordKind, start: str) -> Iterator[LogRow]:
        """Yield the last revision of every id that begins so (see ``Log``)."""
        # No sign of an id comes after the tilde.
        query = f"{SELECT} WHERE kind = ? AND id >= ? AND id < ? ORDER BY id, number"
        rows = map(LogRow._make, self._all(query, kind, start, f"{start}~"))
        for _, revisions in groupby(rows, key=attrgetter("id")):
            yield deque(revisions, maxlen=1)[0]

    def held(self, keys: Sequence[RevisionKey]) -> dict[RevisionKey, tuple[str, str | None]]:
        """Return those revisions that are here (see ``Log``)."""
        wanted = ", ".join(["(?, ?, ?)"] * len(keys))
        # Joined from the few that are wanted: asked with IN, SQLite would look through the whole table.
        query = (
            f"WITH wanted (k, i, n) AS (VALUES {wanted}) SELECT kind, id, number, action, content "  # noqa: S608 places
            "FROM wanted CROSS JOIN revision WHERE kind = k AND id = i AND number = n"
        )
        rows = self._all(query, *(value for key in keys for value in key)) if keys else ()
        return {(kind, name, number): (action, content) for kind, name, number, action, content in rows}

    def _one(self, query: str, *values: Any) -> Any:
        return next(iter(self._all(query, *values)), None)
