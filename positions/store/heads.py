"""Heads that somebody looked at: what a log holds up to one, and whether a record was changed since."""

from __future__ import annotations

from positions.errors import ConflictError
from positions.model.revision import RecordKind
from positions.store.log import Log


def entries_to(log: Log, head: str) -> int | None:
    """Return how many entries a head such as ``140:61374d691ed0`` ends; ``None`` if the log has another there."""
    number, _, start = head.partition(":")
    if not number.isascii() or not number.isdigit() or not 1 <= len(number) < 19 or len(start) < 12 or int(number) < 1:
        return None
    row = next(iter(log.rows(after=int(number) - 1)), None)
    return row.seq if row and row.seq == int(number) and row.hash.startswith(start) else None


def require_unchanged(log: Log, kind: RecordKind, record_id: str, *, head: str) -> None:
    """Raise ``ConflictError`` if a record was changed after a head: the message names by whom and how.

    A head that the log does not have says nothing of what was looked at, so it is refused too.
    """
    entries = entries_to(log, head)
    if entries is None:
        raise ConflictError(f"{record_id}: this was made from another state of the record book than the one here")
    last = log.last_of(kind, record_id)
    if last is not None and last.seq > entries:
        by = f"revision {last.number} by {last.recorded_by} at {last.recorded_at}"
        raise ConflictError(f"{record_id}: was changed since, by {by} ({last.action}: {last.reason or 'no reason'})")
