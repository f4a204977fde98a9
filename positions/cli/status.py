"""``positions status``: how the record book and the text beside it stand to each other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from positions.cli.options import data_option, format_option
from positions.cli.output import print_line, print_table
from positions.cli.screen import print_json_text
from positions.model.lists import count_words
from positions.store.log import RevisionKey
from positions.wording.serialise import json_text
from positions.workspace.status import TextStatus, read_status

_MOST: Final = 30
"""How many revisions the table lists."""


@click.command("status")
@format_option("table", "json")
@data_option
def status_command(form: str, data: Path | None) -> None:
    """Show what only the record book has, only the text beside it, or neither.

    The next command takes in what the text has; what the book made of merged lines goes into the text with the next
    write.
    """
    status = read_status(data)
    if form == "json":
        print_json_text(json_text(_status_rows(status)))
        return
    if rows := [(what, *map(str, key)) for what, keys in _groups(status) for key in keys]:
        print_table(["where", "kind", "id", "revision"], rows[:_MOST])
        if len(rows) > _MOST:
            print_line(f"… and {count_words(len(rows) - _MOST, 'more revision')}; --format json lists all")
    for path in status.unrecorded:
        print_line(f"not recorded: {path}")
    print_line(_summary(status))
    print_line(f"head {status.head}")


def _groups(status: TextStatus) -> list[tuple[str, tuple[RevisionKey, ...]]]:
    return [
        ("only in the record book", status.log_only),
        ("only in the text", status.text_only),
        ("different in the text", status.changed),
    ]


def _summary(status: TextStatus) -> str:
    if status.is_database_only:
        return "The record book is database-only: it lies in PostgreSQL, and no text beside it follows it."
    if status.in_step:
        return "The record book and the text are in step."
    parts = [f"{count_words(len(keys), 'revision')} {where}" for where, keys in _groups(status) if keys]
    if status.findings:
        parts.append(f"{count_words(status.findings, 'finding')} in the text (`positions validate` lists them)")
    if status.is_merged:
        parts.append("two people's lines side by side in the text, which the next command merges")
    return f"Not in step: {', '.join(parts)}."


def _status_rows(status: TextStatus) -> dict[str, object]:
    return {
        "in_step": status.in_step,
        "log_only": _names(status.log_only),
        "text_only": _names(status.text_only),
        "changed": _names(status.changed),
        "unrecorded": list(status.unrecorded),
        "findings": status.findings,
        "database_only": status.is_database_only,
        "head": str(status.head),
    }


def _names(keys: tuple[RevisionKey, ...]) -> list[dict[str, object]]:
    return [{"kind": kind, "id": record_id, "revision": number} for kind, record_id, number in keys]
