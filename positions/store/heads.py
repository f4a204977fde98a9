"""Heads that somebody looked at: whether a record was changed since."""

from __future__ import annotations

from positions.errors import ConflictError
from positions.model.revision import RecordKind
from positions.store.log import Log, entries_up_to


def require_unchanged(log: Log, kind: RecordKind, record_id: str, *, head: str) -> None:
    """Raise ``ConflictError`` if a record was changed after a head: the message names by whom and how.

    A head that the log does not have says nothing of what was looked at, so it is refused too.
    """
    entries = entries_up_to(log, head)
    if entries is None:
        raise ConflictError(f"{record_id}: this was made from another state of the record book than the one here")
    last = log.last_of(kind, record_id)
    if last is not None and last.seq > entries:
        by = f"revision {last.number} by {last.recorded_by} at {last.recorded_at}"
        raise ConflictError(f"{record_id}: was changed since, by {by} ({last.action}: {last.reason or 'no reason'})")
