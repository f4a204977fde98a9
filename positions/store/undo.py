"""Undoing: what a person wrote last is taken back by new revisions; nothing is deleted.

What was written in one go (one command, one transaction) is undone in one go. Its entries are told by their instants:
each comes a microsecond after the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from positions.errors import ConflictError, DataError, Finding, QueryError
from positions.model.document import Document
from positions.model.revision import NOT_RECORDED, Action
from positions.model.statement import Claim
from positions.store.book import Book
from positions.store.chain import TICK
from positions.store.codebook_undo import last_standing_version, undo_version
from positions.store.codebook_versions import UNDO_OF
from positions.store.entry import Entry, LogRow, entry_content
from positions.store.log import Log
from positions.store.renumbered import current_row
from positions.store.unknown_record import unknown_record_words

_WINDOW: Final = 1000
"""How many of the last entries are looked at first; more if those are not enough."""
_UNDONE: Final = re.compile(rf"{UNDO_OF}([0-9]+)(?:$|: )")


class UndoneRecord(NamedTuple):
    """One record that was taken back: ``is_withdrawn`` if it was new, else it is as revision ``number`` again."""

    kind: str
    id: str
    number: int
    is_withdrawn: bool


def undo_writes(book: Book, count: int = 1) -> list[UndoneRecord]:
    """Take back what the book's coder wrote last, ``count`` times; what was undone before is passed over.

    Of a migration of the codebook the text comes back with the records that it touched
    (:func:`positions.store.codebook_undo.undo_version`). Raises ``QueryError`` if there is not so much to undo, and
    ``ConflictError`` if somebody changed it since.
    """
    groups = _own_groups(book, count)
    if len(groups) < count:
        raise QueryError(f"undo: found {count}, allowed: up to {len(groups)}, what {book.coder} wrote and did not undo")
    return [undone for group in groups for undone in _undo_group(book, group)]


def restore_record(book: Book, record_id: str, *, reason: str = "") -> int:
    """Bring a retracted record back as it was, by a new revision; return the number of the one that it is like."""
    rows = [row for row in book.log.revisions_of(record_id) if row.kind in ("statement", "document")]
    if not rows:
        raise QueryError(unknown_record_words(book.log, record_id), field="id")
    last = current_row(book.log, rows[-1])
    if last.id != record_id:
        return restore_record(book, last.id, reason=reason)
    if last.content is not None:
        raise QueryError(f"found {record_id!r}, which is not retracted", field="id")
    before = next(row for row in reversed(rows) if row.content is not None)
    _record(book, last, before.content, "restore", reason or f"as revision {before.number}")
    return before.number


def _own_groups(book: Book, count: int) -> list[list[LogRow]]:
    """Return the last groups of entries that the coder wrote and did not undo yet, the last first."""
    end, window = book.log.head().seq, _WINDOW
    while True:
        start = max(0, end - window)
        groups = list(_groups(book.log, start))
        if start and groups:
            # The first one may have begun earlier.
            del groups[0]
        own = _to_undo(groups, book.coder)
        if len(own) >= count or start == 0:
            return own[:count]
        window *= 10


def _groups(log: Log, start: int) -> Iterator[list[LogRow]]:
    group: list[LogRow] = []
    for row in log.rows(after=start):
        if group and datetime.fromisoformat(row.recorded_at) - datetime.fromisoformat(group[-1].recorded_at) != TICK:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _to_undo(groups: list[list[LogRow]], coder: str) -> list[list[LogRow]]:
    revisions, undone = [], set()
    for group in reversed(groups):
        marks = {int(match[1]) for row in group if (match := _UNDONE.match(row.reason))}
        undone |= marks
        if (
            not marks
            and not undone.intersection(row.seq for row in group)
            and all(row.recorded_by == coder and row.action != "renumber" for row in group)
        ):
            revisions.append(group)
    return revisions


def _undo_group(book: Book, group: list[LogRow]) -> Iterator[UndoneRecord]:
    first = group[0].seq
    migrated = list(_undo_migration(book, group))
    yield from migrated
    known = {(one.kind, one.id) for one in migrated}
    if migrated:
        known |= {("codebook", row.id) for row in group}
    for kind, record_id in reversed(dict.fromkeys((row.kind, row.id) for row in group if row.kind != "conflict")):
        if (kind, record_id) in known:
            continue
        last = book.log.last_of(kind, record_id)
        assert last is not None
        if last.seq > group[-1].seq and not _UNDONE.match(last.reason):
            if last.action == "renumber":
                raise ConflictError(f"{record_id}: cannot be undone, a merge gave it the id {last.reason} since")
            by = f"revision {last.number} by {last.recorded_by} at {last.recorded_at}"
            raise ConflictError(f"{record_id}: cannot be undone, it was changed since by {by}")
        rows = [row for row in book.log.revisions_of(record_id) if row.kind == kind and row.seq < first]
        content = rows[-1].content if rows else None
        if kind == "codebook" and not rows:
            continue
        action: Action = "recode" if last.action == "recode" else "correct"
        if content is None:
            action = "retract"
        elif last.content is None:
            action = "restore"
        _record(book, last, content, action, f"{UNDO_OF}{first}")
        yield UndoneRecord(kind, record_id, rows[-1].number if rows else 0, content is None)


def _undo_migration(book: Book, group: list[LogRow]) -> Iterator[UndoneRecord]:
    """Take back the version of the codebook among some entries, if there is one beside the first, as it was made."""
    versions = [row for row in group if (row.kind, row.id) == ("codebook", "codebook") and row.number > 1]
    if not versions:
        return
    standing = last_standing_version(book)
    if standing is None or standing.number != versions[-1].number:
        by = f" by {standing.recorded_by} ({standing.reason})" if standing else ""
        raise ConflictError(f"codebook: cannot be undone, it was changed since{by}; undo that first")
    undo = undo_version(book)
    yield UndoneRecord("codebook", "codebook", undo.restored, False)
    for kind, record_id, number in undo.records:
        yield UndoneRecord(kind, record_id, number, not number)


def _record(book: Book, last: LogRow, content: str | None, action: Action, reason: str) -> None:
    """Record the next revision of an id, checked by the rules that hold for whatever is recorded."""
    entry = Entry(last.kind, last.id, last.number + 1, action, content, NOT_RECORDED, "", reason, None)
    record = entry_content(entry)
    if isinstance(record, Claim | Document) and (findings := book.findings(record, last.id)):
        raise DataError([*findings, Finding(last.id, "", "cannot be brought back as it was")])
    book.record_entries([entry])
