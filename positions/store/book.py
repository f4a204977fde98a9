"""Taking published text into a log: union by content, so that what is there stays and what is new is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from positions.errors import DataError, Finding
from positions.store.entry import content_text, to_row
from positions.store.sqlite import SqliteLog
from positions.store.text import NOT_RECORDED, Line

TICK = timedelta(microseconds=1)


def load(log: SqliteLog, lines: Sequence[Line]) -> int:
    """Add the revisions that the log does not have yet, all or none; return how many.

    An empty log keeps their recorded_at. In a log with entries new ones get a new recorded_at, or past answers would
    change, and keep their own as ``first_recorded_at``. The same revision with other content is refused with
    ``DataError``. Call it inside the log's ``writing``.
    """
    held = {(row.kind, row.id, row.number): row for row in log.rows()}
    findings = []
    fresh = []
    for line in lines:
        revision = line.revision
        row = held.get((revision.kind, revision.id, revision.number))
        if row is None:
            fresh.append(revision)
        elif (row.action, row.content) != (revision.action, content_text(revision.content)):
            findings.append(
                Finding(
                    f"{line.where} id",
                    f"{revision.id!r} revision {revision.number} is in the record book with other content; "
                    "record a correction instead of editing the line",
                )
            )
    if findings:
        raise DataError(findings)
    head = log.head()
    last = datetime.fromisoformat(log.last_recorded_at()) if held else NOT_RECORDED
    for revision in sorted(fresh, key=lambda item: (item.recorded_at, item.kind, item.id, item.number)):
        given = revision.recorded_at
        moment = max(datetime.now(UTC) if held or given == NOT_RECORDED else given, last + TICK)
        first = revision.first_recorded_at or (None if given in (moment, NOT_RECORDED) else given)
        row = to_row(replace(revision, recorded_at=moment, first_recorded_at=first), after=head)
        log.append(row)
        head, last = replace(head, seq=row.seq, hash=row.hash), moment
    return len(fresh)
