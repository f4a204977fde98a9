"""What every log can do, whatever database holds it: the two backends pass the same conformance tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from positions.store.entry import Head, Row

Check: TypeAlias = Iterator[str]
"""Lines that each name one thing wrong in the database's own structure."""

COLUMNS: Final = ", ".join(Row._fields)
"""The table's columns in the order of :class:`~positions.store.entry.Row`."""


class Log(Protocol):
    """An append-only sequence of entries in a database. ``name`` tells a person which one."""

    name: str

    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lock; commit at the end, roll everything back on any error."""

    def append(self, row: Row) -> bool:
        """Add one entry, or return ``False`` where its revision is here already; only inside :meth:`writing`."""

    def head(self) -> Head:
        """Return where the log ends, as the last commit left it."""

    def last_recorded_at(self) -> str:
        """Return the last entry's recorded_at, empty when there is none."""

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Yield the entries after a sequence number, in order, without holding them all."""

    def revisions_of(self, record_id: str) -> list[Row]:
        """Return all entries of an id, documents first, by number."""

    def last_of(self, kind: str, record_id: str) -> Row | None:
        """Return the last revision of an id, ``None`` where it was never recorded."""

    def revision(self, kind: str, record_id: str, number: int) -> Row | None:
        """Return one revision of an id, ``None`` where it was never recorded."""

    def source(self, name: str) -> str:
        """Return what was noted of a data source when it was last loaded, empty when it never was."""

    def note_source(self, name: str, digest: str) -> None:
        """Note a loaded data source; only inside :meth:`writing`."""

    def check(self) -> Check:
        """Yield what the database itself finds wrong with its structure."""

    def backup(self, target: Path) -> None:
        """Write a consistent copy into a new SQLite file while others go on writing."""

    def close(self) -> None:
        """Close the connection."""
