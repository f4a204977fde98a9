"""Commands that take back: ``undo`` and ``restore``."""

from __future__ import annotations

from typing import Any

import click

from positions.cli.record import writing_options


@click.command("undo")
@click.argument("count", metavar="[N]", type=click.IntRange(1), default=1)
@writing_options
def undo_command(book: Any, count: int) -> list[str]:
    """Take back what you wrote last, N times (default: once), by new revisions; nothing is deleted.

    What one command recorded is undone together; a second undo goes further back. What somebody else changed since is
    refused.
    """
    from positions.store.undo import undo_writes

    return [
        f"withdrawn {one.kind} {one.id}"
        if one.is_withdrawn
        else f"put {one.kind} {one.id} back to revision {one.number}"
        for one in undo_writes(book, count)
    ]


@click.command("restore")
@click.argument("record_id", metavar="ID")
@click.option("--reason", default="", help="Why.")
@writing_options
def restore_command(book: Any, record_id: str, reason: str) -> list[str]:
    """Bring ID back after a retraction, as it was, by a new revision."""
    from positions.store.undo import restore_record

    number = restore_record(book, record_id, reason=reason)
    return [f"restored {record_id} as revision {number} had it"]
