"""``merge``: take in what a colleague did, and settle what both changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from positions.cli.options import data_option, format_option
from positions.cli.screen import ask_choice, echo, print_json_text
from positions.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from positions.store.merging.merge import OpenConflict, Side


@click.command("merge")
@click.argument("source", metavar="FOLDER|DATABASE|FILE", required=False)
@click.option("--ours", "side", flag_value="ours", help="Settle open conflicts by this book's versions.")
@click.option("--theirs", "side", flag_value="theirs", help="Settle open conflicts by the other book's versions.")
@click.option("--settle", "asks", is_flag=True, help="Settle open conflicts one by one.")
@click.option("--id", "record_id", metavar="ID", help="Settle only the conflict of this record.")
@click.option("--reason", default="", help="Why that version; it is kept with what settles a conflict.")
@click.option("--coder", help="Who records it (default: your user name).")
@click.option("--dry-run", is_flag=True, help="Show what would be taken in, then record nothing.")
@format_option("text", "json")
@data_option
def merge_command(
    source: str | None,
    side: Side | None,
    asks: bool,
    record_id: str | None,
    reason: str,
    coder: str | None,
    dry_run: bool,
    form: str,
    data: Path | None,
) -> None:
    """Take in what a colleague did since the common past, from a data folder, a database or a file of its lines.

    New records get free ids, and the map is printed. What both corrected is a conflict: it is kept in the book until it
    is settled with --ours, --theirs or --settle; until then the version that was recorded last is in force. Without
    a source the open conflicts are listed. Merging twice changes nothing.

    Exit codes: 0 merged and nothing open, 1 a conflict is open or a record was refused.
    """
    from positions.store.merging.merge import MergeResult
    from positions.wording.conflicts import merge_lines, merge_row
    from positions.wording.serialise import json_text
    from positions.workspace.merging import merge_into

    with open_workspace(data) as workspace:
        result = merge_into(workspace, source, coder=coder, is_dry=dry_run) if source else MergeResult()
        if form == "text" and source:
            for line in merge_lines(result):
                echo(line)
        for finding in result.refused:
            echo(f"left out {finding!s}", err=True)
        if (side or asks) and not dry_run:
            _settle_all(workspace, side, record_id=record_id, coder=coder, reason=reason)
        still_open = workspace.open_conflicts()
        if form == "json":
            print_json_text(json_text(merge_row(result, still_open)))
        else:
            _print_open(still_open)
            echo(f"head {workspace.head}")
    sys.exit(1 if still_open or result.refused else 0)


def _print_open(conflicts: tuple[OpenConflict, ...]) -> None:
    from positions.wording.conflicts import conflict_lines

    for conflict in conflicts:
        for line in conflict_lines(conflict):
            echo(line)
    if conflicts:
        echo("settle them with --ours, --theirs or one by one: positions merge --settle")


def _settle_all(
    workspace: Workspace, side: Side | None, *, record_id: str | None, coder: str | None, reason: str
) -> None:
    """Settle the open conflicts, or one record's; ask about each if no side is named."""
    from positions.errors import QueryError
    from positions.workspace.merging import settle

    conflicts = workspace.open_conflicts()
    if record_id is not None:
        conflicts = tuple(one for one in conflicts if one.conflict.record == record_id)
        if not conflicts:
            raise QueryError(f"found {record_id!r}, which has no open conflict", field="id")
    for conflict in conflicts:
        chosen = side or _ask(conflict)
        if chosen is not None:
            with workspace.recording(coder=coder) as book:
                settle(book, conflict.conflict.record, chosen, reason=reason)
            echo(f"settled {conflict.conflict.record}", err=True)


def _ask(conflict: OpenConflict) -> int | None:
    """Ask which version counts; ``None`` to leave it open."""
    from positions.wording.conflicts import conflict_lines

    for line in conflict_lines(conflict):
        echo(line, err=True)
    numbers = [str(version.number) for version in conflict.versions]
    answer = ask_choice("which revision counts", [*numbers, "skip"])
    return None if answer == "skip" else int(answer)
