"""Records by ids of the past."""

from __future__ import annotations

from positions.store.renumbered import MOST_STEPS
from positions.workspace.workspace import Workspace


def current_record_id(workspace: Workspace, record_id: str) -> str:
    """Return the id that a record has now, another one if its own was given up because two records had it."""
    now = record_id
    for _ in range(MOST_STEPS):
        later = [one.reason for one in workspace.history(now) if one.action == "renumber"]
        if not later:
            break
        now = later[-1]
    return now
