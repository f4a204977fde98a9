"""Merging into a workspace and settling what a merge left open."""

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
from positions.workspace.duplicates import duplicate_findings
from positions.workspace.merge_source import read_merge_source
from positions.workspace.workspace import Workspace

__all__ = ["SIDES", "ConflictVersion", "MergeResult", "OpenConflict", "Side", "merge_into", "settle"]


class DryMergeError(PositionsError):
    """Ends the transaction of a merge that was only to be shown."""


def merge_into(workspace: Workspace, source: str, *, coder: str | None = None, is_dry: bool = False) -> MergeResult:
    """Take in what a colleague did since the common past from a folder, a database or a file of published lines.

    What is wrong with a line or a record is in the result; the rest is taken in all the same. Nothing is kept of a dry
    one.
    """
    histories, findings = read_merge_source(source)
    result = MergeResult()
    with suppress(DryMergeError), workspace.recording(coder=coder) as book:
        result = merge_books(book, histories)
        result.duplicates += duplicate_findings(book, result.added)
        if is_dry:
            raise DryMergeError
    result.refused[:0] = findings
    return result
