"""Heads that somebody looked at: whether a record was changed since."""

from __future__ import annotations

from collections.abc import Callable

from positions.errors import ConflictError
from positions.model.revision import RecordKind
from positions.model.statement import Claim
from positions.store.entry import read_row
from positions.store.log import Log, entries_up_to


def require_unchanged(log: Log, kind: RecordKind, record_id: str, *, head: str) -> None:
    """Raise ``ConflictError`` if a record was changed after a head: the message names by whom and how.

    A head that the log does not have says nothing of what was looked at, so it is refused too.
    """
    entries = _entries(log, record_id, head)
    last = log.last_of(kind, record_id)
    if last is not None and last.seq > entries:
        by = f"revision {last.number} by {last.recorded_by} at {last.recorded_at}"
        raise ConflictError(f"{record_id}: was changed since, by {by} ({last.action}: {last.reason or 'no reason'})")


def require_none_changed(log: Log, *, head: str, concerns: Callable[[Claim], bool]) -> None:
    """Raise ``ConflictError`` if a claim that it ``concerns``, as it is or as it was, was recorded or changed since.

    So whoever looked at all such claims at ``head`` knows that they are the same now.
    """
    for row in log.rows(after=_entries(log, "preview", head)):
        if row.kind in ("statement", "candidate"):
            rows = [one for one in log.revisions_of(row.id) if one.kind == row.kind and one.number >= row.number - 1]
            contents = [read_row(one).content for one in rows]
            if any(isinstance(content, Claim) and concerns(content) for content in contents):
                require_unchanged(log, row.kind, row.id, head=head)


def _entries(log: Log, what: str, head: str) -> int:
    entries = entries_up_to(log, head)
    if entries is None:
        raise ConflictError(f"{what}: this was made from another state of the record book than the one here")
    return entries
