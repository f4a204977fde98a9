"""Commands that look back: ``history``, ``log``, ``show`` and ``diff``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from positions.analysis.changes import recorded_between, state_changes
from positions.analysis.state import State
from positions.cli.candidates import show_candidate
from positions.cli.options import WholeNumberWithin, data_option, format_option, known_options
from positions.cli.output import print_json, print_line, print_table
from positions.cli.screen import echo
from positions.errors import QueryError
from positions.model.dates import parse_day, parse_instant
from positions.model.query import Query
from positions.model.revision import Revision
from positions.store.renumbered import notify_renumbered
from positions.wording.codebook import version_row
from positions.wording.documents import describe_document
from positions.wording.positions import change_words
from positions.wording.rows import revision_row
from positions.wording.serialise import revisions_answer, state_changes_answer
from positions.wording.statements import statement_text
from positions.workspace import Workspace, open_workspace
from positions.workspace.record_ids import current_record_id, unknown_record


@click.command("history")
@click.argument("record_id", metavar="ID")
@format_option("table", "json")
@data_option
def history_command(record_id: str, form: str, data: Path | None) -> None:
    """Print every revision of ID: what changed, when, by whom and why."""
    with open_workspace(data) as workspace:
        revisions = workspace.history(record_id)
        if not revisions:
            raise unknown_record(workspace, record_id)
        _show_revisions(revisions, form, str(workspace.head))


@click.command("log")
@click.option("-n", "most", type=WholeNumberWithin(1), default=20, show_default=True, help="How many, the last first.")
@click.option("--since", metavar="TIME", help="Only what was recorded after this instant.")
@format_option("table", "json")
@data_option
def log_command(most: int, since: str | None, form: str, data: Path | None) -> None:
    """Print who changed what, when, the last change first."""
    after = parse_instant(since, name="--since") if since else None
    with open_workspace(data) as workspace:
        revisions = [revision for revision in workspace.revisions() if after is None or revision.recorded_at > after]
        _show_revisions(revisions[::-1][:most], form, str(workspace.head))


_COLUMNS = ("recorded_at", "recorded_by", "action", "id", "revision", "told", "reason")


def _show_revisions(
    revisions: Sequence[Revision], form: str, head: str, *, versions: Sequence[dict[str, Any]] = ()
) -> None:
    """Print revisions; ``versions`` of the codebook are listed apart."""
    if form == "json":
        codebook_versions = {"codebook": versions} if versions else {}
        print_json({**revisions_answer(revisions, head=head), **codebook_versions})
        return
    rows = [revision_row(revision) for revision in revisions]
    heads = [column.replace("_", " ") for column in _COLUMNS]
    print_table(heads, [[str(row[name]) for name in _COLUMNS] for row in rows])
    for version in versions:
        changes = f": {version['changes']}" if version["changes"] else ""
        print_line(f"{version['id']} version {version['version']} ({version['reason']}){changes}")
    print_line(f"head {head}")


@click.command("show")
@click.argument("record_id", metavar="ID")
@known_options
@format_option("text", "json")
@data_option
def show_command(record_id: str, query: Query, form: str, data: Path | None) -> None:
    """Print a statement with its quote in context, a document, or what a program proposed (ID of a candidate)."""
    with open_workspace(data) as workspace:
        in_force = workspace.known(query)
        if query.known_at is None and (now := current_record_id(workspace, record_id)) != record_id:
            notify_renumbered(record_id, now)
            record_id = now
        statement = next((record.statement for record in in_force.records if record.statement.id == record_id), None)
        record = statement or in_force.documents.get(record_id)
        if record is None and _is_candidate(workspace, record_id):
            show_candidate(workspace, record_id, form)
        elif record is None and not workspace.history(record_id):
            raise unknown_record(workspace, record_id)
        elif record is None:
            raise QueryError(
                f"id: found {record_id!r}, which is not in force; `positions history {record_id}` tells why"
            )
        elif form == "json":
            print_json(record.model_dump(mode="json"))
        elif statement:
            document = in_force.documents[statement.document]
            echo(statement_text(statement, document, workspace.codebook_for(query)))
        else:
            echo(describe_document(in_force.documents[record_id]))


def _is_candidate(workspace: Workspace, record_id: str) -> bool:
    return any(revision.kind == "candidate" for revision in workspace.history(record_id))


@dataclass(frozen=True, slots=True)
class _Span:
    """The ends of a comparison: two days of the world, or two instants of what was known."""

    first: str | None
    last: str | None
    known_from: str | None
    known_to: str | None

    @property
    def is_of_world(self) -> bool:
        """Whether it spans two days; raises ``click.UsageError`` if it is neither or both, or half of one."""
        world, knowledge = bool(self.first or self.last), bool(self.known_from or self.known_to)
        if world == knowledge:
            either = "give either --from and --to (the world) or --known-from and --known-to (our knowledge)"
            raise click.UsageError(either)
        if world and not (self.first and self.last):
            raise click.UsageError("--from and --to go together")
        if knowledge and not self.known_from:
            raise click.UsageError("--known-from is missing")
        return world


@click.command("diff")
@click.option("--from", "first", metavar="DAY", help="State on this day …")
@click.option("--to", "last", metavar="DAY", help="… against the state on this one.")
@click.option("--known-from", metavar="TIME", help="What was known then …")
@click.option("--known-to", metavar="TIME", help="… against what was known then (default: now).")
@known_options
@format_option("table", "json")
@data_option
def diff_command(query: Query, form: str, data: Path | None, **options: str | None) -> None:
    """List what changed in the world (--from DAY --to DAY) or in our knowledge (--known-from TIME --known-to TIME)."""
    span = _Span(**options)
    if span.is_of_world:
        days = parse_day(span.first or "", name="--from"), parse_day(span.last or "", name="--to")
        with open_workspace(data) as workspace:
            before, after = (workspace.state(query, as_of=day) for day in days)
            _show_changes(before, after, workspace, form)
    else:
        start = parse_instant(span.known_from or "", name="--known-from")
        end = parse_instant(span.known_to, name="--known-to") if span.known_to else datetime.max.replace(tzinfo=UTC)
        with open_workspace(data) as workspace:
            revisions = recorded_between(workspace.revisions(), start, end)
            # A new version of the codebook is not a change of a party.
            versions = [version_row(revision) for revision in revisions if revision.kind == "codebook"]
            records = [revision for revision in revisions if revision.kind != "codebook"]
            _show_revisions(records, form, str(workspace.head), versions=versions)


def _show_changes(before: State, after: State, workspace: Workspace, form: str) -> None:
    changes, codebook = state_changes(before, after), workspace.codebook_for(before.query)
    if form == "json":
        print_json(state_changes_answer(changes, first=before.as_of, last=after.as_of, head=str(workspace.read_head)))
        return
    rows = [
        (codebook.path_label(*change.key[1:]), codebook.party(change.key[0]).name, *change_words(change, codebook))
        for change in changes
        if all(position is None or position.said_of == position.element for position in (change.before, change.after))
    ]
    print_table(["issue", "party", "what", "before", "after", "by"], rows)
