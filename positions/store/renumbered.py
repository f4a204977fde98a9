"""Ids that were given up because two books had them for different records: what they are now."""

from __future__ import annotations

from typing import Final

from positions.files.notice import notify
from positions.store.entry import LogRow
from positions.store.log import Log

MOST_STEPS: Final = 20
"""How often a record may have been renumbered; a text that somebody edited may lead in a circle."""


def current_row(log: Log, row: LogRow) -> LogRow:
    """Return the last revision of the record that an id stood for, with a notice if that has another id now."""
    first = row
    for _ in range(MOST_STEPS):
        if row.action != "renumber" or (later := log.last_of(row.kind, row.reason)) is None:
            break
        row = later
    if row is not first:
        notify_renumbered(first.id, row.id)
    return row


def notify_renumbered(before: str, now: str) -> None:
    """Tell that an id was given up, and what it is now."""
    notify(f"{before} is {now} now: two records had that id")
