"""The interface of a log, whatever database holds it; both backends pass the same conformance tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, TypeAlias, TypeVar

from positions.model.document import Document
from positions.model.revision import RecordKind
from positions.store.entry import EMPTY, Head, LogRow, read_row

T = TypeVar("T")
Check: TypeAlias = Iterator[str]
"""Lines that each name one error in the database's own structure."""

RevisionKey: TypeAlias = tuple[str, str, int]
"""Kind, id and number of a revision."""
MANY: Final = 400
"""How many revisions are read, or taken in, at a time."""


def batched(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield items in lists of :data:`MANY`, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, MANY)):
        yield batch


class Log(Protocol):
    """An append-only sequence of entries in a database. ``name`` identifies it to people.

    A log ``in_memory`` is a copy for reading: what is written to it is lost.
    """

    name: str
    in_memory: bool

    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lock; commit at the end, roll everything back on any error."""

    def append(self, rows: Sequence[LogRow]) -> None:
        """Add entries; only inside :meth:`writing`."""

    def head(self) -> Head:
        """Return the end of the log after the last commit."""

    def last_recorded_at(self) -> str:
        """Return the last entry's recorded_at, empty for an empty log."""

    def rows(self, *, after: int = 0) -> Iterator[LogRow]:
        """Yield the entries after a sequence number, in order, without holding them all."""

    def entries(self, numbers: Sequence[int]) -> list[LogRow]:
        """Return the entries with these numbers, at most :data:`MANY`, in order; each follows from the one before it.

        Raises ``WorkspaceError`` naming one that is missing or does not.
        """

    def revisions_of(self, record_id: str) -> list[LogRow]:
        """Return all entries of an id, by kind and number."""

    def last_of(self, kind: str, record_id: str) -> LogRow | None:
        """Return the last revision of an id, ``None`` if it was never recorded."""

    def claims(self, kind: RecordKind, *, documents: Sequence[str] | None = None, after: int = 0) -> Iterator[LogRow]:
        """Yield the last revision of every id of a kind, in order of id; by default of all documents.

        With ``documents``, at most :data:`MANY`, of those that were about one of them in an entry after ``after``.
        """

    def named(self, kind: RecordKind, start: str) -> Iterator[LogRow]:
        """Yield the last revision of every id of a kind that begins with ``start``, in order of id."""

    def held(self, keys: Sequence[RevisionKey]) -> dict[RevisionKey, tuple[str, str | None]]:
        """Return action and content of the given revisions, at most :data:`MANY`, without those that are not here."""

    def check(self) -> Check:
        """Yield the errors that the database itself finds in its structure."""

    def backup(self, target: Path) -> None:
        """Write a consistent copy into a new SQLite file while others go on writing."""

    def open_reader(self) -> Log:
        """Open another connection, to read while this one writes or waits for its turn to write.

        Its reads wait only a moment for a writer that shuts readers out, then raise ``BusyError``. It is closed with
        this one. A log in memory is its own reader.
        """

    def close(self) -> None:
        """Close the connection."""


def holds_entry(log: Log, head: Head) -> bool:
    """Return whether a log holds an entry with this number and hash."""
    if head == EMPTY or log.head() == head:
        return True
    row = next(iter(log.rows(after=head.seq - 1)), None)
    return row is not None and (row.seq, row.hash) == (head.seq, head.hash)


def entries_up_to(log: Log, head: str) -> int | None:
    """Return the number of entries up to a head such as ``140:61374d691ed0``; ``None`` if another entry is there."""
    number, _, start = head.partition(":")
    # SQLite has no larger numbers than those of 19 digits.
    if not (number.isascii() and number.isdigit() and len(number) < 19) or len(start) < 12 or int(number) < 1:
        return None
    row = next(iter(log.rows(after=int(number) - 1)), None)
    return row.seq if row and row.seq == int(number) and row.hash.startswith(start) else None


def documents_in_force(log: Log) -> Iterator[Document]:
    """Yield the documents in force with their texts, in order of id, without holding them all."""
    for row in log.claims("document"):
        if isinstance(content := read_row(row).content, Document):
            yield content
