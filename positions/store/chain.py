"""The hash chain of a log: check it while reading, and extend it in number, time and hash while writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from positions.errors import DataError, Finding, WorkspaceError
from positions.files.characters import is_visible
from positions.model.dates import instant_text, is_ahead
from positions.model.revision import NOT_RECORDED, Revision
from positions.store.entry import Entry, Head, LogRow, hash_entry, read_row
from positions.store.log import Log


def broken_chain(name: str, what: str) -> WorkspaceError:
    """Return the error for a log that was changed or damaged."""
    return WorkspaceError(
        f"{name}: was changed or is damaged: {what}; `positions verify` tells all, nothing is read or written until it "
        "is replaced by a backup or made anew from the text"
    )


def check_chain(rows: Iterable[LogRow], *, after: Head, name: str) -> Iterator[LogRow]:
    """Yield the rows that follow ``after`` as long as each fits the one before it.

    Raises ``WorkspaceError`` naming the first entry that is missing or is not as it was recorded.
    """
    seq, digest = after.seq, after.hash
    for row in rows:
        try:
            fits = row.seq == seq + 1 and row.hash == hash_entry(row[:-1], previous=digest)
        except (TypeError, UnicodeError):  # a damaged file may have numbers for text, or invalid text
            fits = False
        if not fits:
            raise broken_chain(name, f"entry {seq + 1} is not as it was recorded")
        seq, digest = row.seq, row.hash
        yield row


def read_revisions(log: Log, *, after: Head, head: Head) -> tuple[list[Revision], Head]:
    """Return the revisions recorded after an entry, and the last entry read.

    ``head`` is where the log ended when it was last asked; more may have been recorded since. Raises ``WorkspaceError``
    if an entry is not as it was recorded, or if the log ends before ``head`` or elsewhere.
    """
    revisions, end = [], after
    for row in read_rows_after(log, after=after, head=head):
        revisions.append(read_row(row))
        end = Head(row.seq, row.hash)
    return revisions, end


def read_rows_after(log: Log, *, after: Head, head: Head) -> Iterator[LogRow]:
    """Yield the rows recorded after an entry; arguments and errors as in :func:`read_revisions`."""
    end = after
    for row in check_chain(log.rows(after=after.seq), after=after, name=log.name):
        end = Head(row.seq, row.hash)
        yield row
    if end.seq < head.seq or (end.seq == head.seq and end != head):
        raise broken_chain(log.name, f"it ends at {end}, but {head} was recorded last")


TICK: Final = timedelta(microseconds=1)
"""The smallest step of recorded_at between entries, even if the clock steps back."""


def system_clock() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


class Chain:
    """The end of a log, which moves on with each new entry.

    ``last`` is the last entry's recorded_at as text, empty without entries; ``coder`` is recorded for entries that name
    nobody. A log that was empty, or that gets back what it lost (``keeps_times``), keeps the recorded_at of its
    entries. In any other log they get a new one, or past answers would change, and keep their own as first_recorded_at.
    """

    def __init__(self, head: Head, last: str, *, coder: str) -> None:
        if not is_visible(coder):
            raise DataError([Finding("", "coder", f"found {coder!r}, allowed: a name that can be seen")])
        self.head = head
        self._last = datetime.fromisoformat(last) if last else NOT_RECORDED
        if is_ahead(self._last):  # a clock that ran ahead dates nothing that follows
            self._last = NOT_RECORDED
        self.keeps_times = head.seq == 0
        self._coder = coder

    def place_entries(self, entries: Iterable[Entry], *, now: datetime) -> list[LogRow]:
        """Return the rows of new entries; those that keep no time of their own are dated from ``now`` on."""
        rows = []
        seq, digest, last = self.head.seq, self.head.hash, self._last
        second, its_end = "", NOT_RECORDED
        for kind, record_id, number, action, content, recorded_at, recorded_by, reason, first_recorded_at in entries:
            moment, first = now, first_recorded_at
            if recorded_at > NOT_RECORDED:
                moment, first = recorded_at if self.keeps_times else now, first or recorded_at
            last = max(moment, last + TICK)
            if last > its_end:  # a second is written once, which is quicker than every instant whole
                second, its_end = instant_text(last)[:-7], last.replace(microsecond=999_999)
            seq += 1
            at, by = f"{second}{last.microsecond:06d}Z", recorded_by or self._coder
            before = instant_text(first) if first and first != last else None
            fields = (seq, kind, record_id, number, action, content, at, by, reason, before)
            digest = hash_entry(fields, previous=digest)
            rows.append(LogRow._make((*fields, digest)))
        self.head, self._last = Head(seq, digest), last
        return rows

    def __repr__(self) -> str:
        return f"Chain({self.head}, last {instant_text(self._last)})"
