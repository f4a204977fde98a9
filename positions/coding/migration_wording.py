"""What a migration of the codebook touches, in rows and words: for the terminal, for programs and for the browser."""

from __future__ import annotations

from typing import Any, Final

from positions.coding.codebook_migration import Migration
from positions.model.lists import count_words
from positions.store.codebook_undo import VersionUndo

TOUCHED_COLUMNS: Final = ("id", "kind", "becomes")


def touched_rows(migration: Migration) -> list[dict[str, str]]:
    """Return every statement and candidate that a migration touches as a row of :data:`TOUCHED_COLUMNS`."""
    return [
        {"id": one.before.id, "kind": type(one.before).__name__.lower(), "becomes": one.fate}
        for one in migration.touched
    ]


def migration_words(migration: Migration, *, head: str, dry_run: bool = False) -> str:
    """Say what a migration touched, or of a dry run what it would: operation, counts and where the log ends."""
    statements = count_words(len(migration.statements), "statement")
    candidates = count_words(len(migration.touched) - len(migration.statements), "candidate")
    verb = "would touch" if dry_run else "touched"
    return f"{migration.operation.words()}: {verb} {statements} and {candidates}, head {head}"


def migration_answer(migration: Migration, *, head: str, dry_run: bool = False) -> dict[str, Any]:
    """Return what a migration touched, or would, for programs."""
    return {
        "operation": migration.operation.words(),
        "dry_run": dry_run,
        "touched": touched_rows(migration),
        "head": head,
    }


def version_undo_words(undo: VersionUndo, *, head: str, dry_run: bool = False) -> str:
    """Say which version is undone, or would be, and how many records are put back."""
    version = undo.undone
    by = f"version {version.number} by {version.recorded_by} ({version.reason})"
    records = count_words(len(undo.records), "record")
    return f"{'would undo' if dry_run else 'undone'}: {by}, {records} put back, head {head}"
