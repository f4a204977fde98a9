"""The end of a log while it is written to: each entry comes after the last in number, in time and in the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from positions.errors import WorkspaceError
from positions.model.dates import instant_text, is_ahead
from positions.model.revision import NOT_RECORDED, Revision
from positions.store.entry import Entry, Head, LogRow, from_row, seal
from positions.store.log import Log


def broken_chain(name: str, what: str) -> WorkspaceError:
    """Return the error that a changed or damaged log ends in, whoever notices it."""
    return WorkspaceError(
        f"{name}: was changed or is damaged: {what}; `positions verify` tells all, nothing is read or written until it "
        "is replaced by a backup or made anew from the text"
    )


def check_chain(rows: Iterable[LogRow], *, after: Head, name: str) -> Iterator[LogRow]:
    """Hand on the rows that follow ``after`` while each fits the one before it.

    Raises ``WorkspaceError`` that names the first entry which is missing, or is not as it was recorded.
    """
    seq, digest = after.seq, after.hash
    for row in rows:
        try:
            fits = row.seq == seq + 1 and row.hash == seal(row[:-1], previous=digest)
        except (TypeError, UnicodeError):  # a damaged file gives numbers for text, or text that is none
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
    for row in check_chain(log.rows(after=after.seq), after=after, name=log.name):
        revisions.append(from_row(row))
        end = Head(row.seq, row.hash)
    if end.seq < head.seq or (end.seq == head.seq and end != head):
        raise broken_chain(log.name, f"it ends at {end}, but {head} was recorded last")
    return revisions, end


TICK: Final = timedelta(microseconds=1)
"""The least that recorded_at grows from one entry to the next, even when the clock steps back."""


class Chain:
    """Where a log ends; it moves on with each entry that is given its place.

    ``last`` is the last entry's recorded_at as text, empty if there is none; ``coder`` is who records what tells
    nobody. A log that was empty, or that gets back what it lost (``keeps_times``), keeps the recorded_at that entries
    come with. In another they get a new one, or past answers would change, and keep their own as first_recorded_at.
    """

    def __init__(self, head: Head, last: str, *, coder: str) -> None:
        self.head = head
        self._last = datetime.fromisoformat(last) if last else NOT_RECORDED
        if is_ahead(self._last):  # a clock that ran ahead dates nothing that follows
            self._last = NOT_RECORDED
        self.keeps_times = head.seq == 0
        self._coder = coder

    def placed(self, entries: Iterable[Entry], *, now: datetime) -> list[LogRow]:
        """Give entries their places, those that are not kept at ``now`` and the microseconds after it."""
        rows = []
        seq, digest, last = self.head.seq, self.head.hash, self._last
        second, its_end = "", NOT_RECORDED
        for kind, record_id, number, action, content, given, told_by, reason, told_first in entries:
            moment, first = now, told_first
            if given > NOT_RECORDED:
                moment, first = given if self.keeps_times else now, first or given
            last = max(moment, last + TICK)
            if last > its_end:  # a second is written once, which is quicker than every instant whole
                second, its_end = instant_text(last)[:-7], last.replace(microsecond=999_999)
            seq += 1
            at, by = f"{second}{last.microsecond:06d}Z", told_by or self._coder
            before = instant_text(first) if first and first != last else None
            fields = (seq, kind, record_id, number, action, content, at, by, reason, before)
            digest = seal(fields, previous=digest)
            rows.append(LogRow._make((*fields, digest)))
        self.head, self._last = Head(seq, digest), last
        return rows

    def __repr__(self) -> str:
        return f"Chain({self.head}, last {instant_text(self._last)})"
