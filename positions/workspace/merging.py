"""Merge into a workspace, and settle the conflicts that a merge leaves open."""

from __future__ import annotations

from contextlib import suppress

from positions.errors import PositionsError
from positions.store.merging.merge import (
    SIDES,
    ConflictVersion,
    MergeResult,
    OpenConflict,
    Side,
    merge_books,
    settle,
)
from positions.store.merging.versions import LogHistory
from positions.workspace.duplicates import duplicate_findings
from positions.workspace.merge_source import read_merge_source
from positions.workspace.workspace import Workspace

__all__ = ["SIDES", "ConflictVersion", "MergeResult", "OpenConflict", "Side", "merge_into", "settle"]


class DryMergeError(PositionsError):
    """Rolls back the transaction of a dry run."""


def merge_into(workspace: Workspace, source: str, *, coder: str | None = None, is_dry: bool = False) -> MergeResult:
    """Merge a colleague's changes since the common past, from a folder, a database or a file of published lines.

    Lines and records with errors are listed in the result; all others are merged. With ``is_dry`` nothing is recorded.
    """
    own = LogHistory(workspace._log)
    histories, findings = read_merge_source(source, own)
    result = MergeResult()
    with suppress(DryMergeError), workspace.recording(coder=coder) as book:
        result = merge_books(book, histories, own=own)
        result.duplicates += duplicate_findings(book, result.added)
        if is_dry:
            raise DryMergeError
    result.refused[:0] = findings
    return result
