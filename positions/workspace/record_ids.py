"""Records by ids of the past."""

from __future__ import annotations

from positions.errors import QueryError
from positions.store.renumbered import MOST_STEPS
from positions.store.unknown_record import unknown_record_words
from positions.workspace.workspace import Workspace


def unknown_record(workspace: Workspace, record_id: str) -> QueryError:
    """Return the error for an id that was never recorded; it asks whether the nearest one was meant."""
    return QueryError(f"id: {unknown_record_words(workspace.open_log(), record_id)}")


def current_record_id(workspace: Workspace, record_id: str) -> str:
    """Return the id that a record has now, another one if its own was given up because two records had it."""
    now = record_id
    for _ in range(MOST_STEPS):
        later = [one.reason for one in workspace.history(now) if one.action == "renumber"]
        if not later:
            break
        now = later[-1]
    return now
