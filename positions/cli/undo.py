"""Commands that take back: ``undo`` and ``restore``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from positions.cli.options import WholeNumberWithin
from positions.cli.record import writing_options

if TYPE_CHECKING:
    from positions.store.undo import UndoneRecord


@click.command("undo")
@click.argument("count", metavar="[N]", type=WholeNumberWithin(1), default=1)
@writing_options
def undo_command(book: Any, count: int) -> list[str]:
    """Take back what you wrote last, N times (default: once), by new revisions; nothing is deleted.

    What one command recorded is undone together; a second undo goes further back. What somebody else changed since is
    refused. A change of the codebook is undone with the records that it recoded, as `positions codebook undo` does.
    """
    from positions.store.undo import undo_writes

    return [_undo_words(one) for one in undo_writes(book, count)]


def _undo_words(undone: UndoneRecord) -> str:
    if undone.kind == "codebook":
        return f"put the {undone.id} back to version {undone.number}"
    if undone.is_withdrawn:
        return f"withdrawn {undone.kind} {undone.id}"
    return f"put {undone.kind} {undone.id} back to revision {undone.number}"


@click.command("restore")
@click.argument("record_id", metavar="ID")
@click.option("--reason", default="", help="Why.")
@writing_options
def restore_command(book: Any, record_id: str, reason: str) -> list[str]:
    """Bring ID back after a retraction, as it was, by a new revision."""
    from positions.store.undo import restore_record

    number = restore_record(book, record_id, reason=reason)
    return [f"restored {record_id} as revision {number} had it"]
