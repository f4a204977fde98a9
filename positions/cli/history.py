"""Commands that look back: ``history``, ``log``, ``show`` and ``diff``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from positions.cli.candidates import show_candidate
from positions.cli.options import data_option, format_option, known_options
from positions.cli.output import print_line, print_table, visible
from positions.errors import QueryError
from positions.model.codebook_version import CodebookVersion
from positions.model.dates import instant_text, parse_day, parse_instant
from positions.model.query import Query
from positions.model.revision import Revision
from positions.wording.codebook import version_row
from positions.wording.serialise import json_text
from positions.workspace import Workspace, open_workspace


@click.command("history")
@click.argument("record_id", metavar="ID")
@format_option("table", "json")
@data_option
def history_command(record_id: str, form: str, data: Path | None) -> None:
    """Print every revision of ID: what changed, when, by whom and why."""
    with open_workspace(data) as workspace:
        revisions = workspace.history(record_id)
        if not revisions:
            raise QueryError(f"id: found {record_id!r}, which was never recorded")
        _print_revisions(revisions, form, str(workspace.head))


@click.command("log")
@click.option("-n", "most", type=click.IntRange(1), default=20, show_default=True, help="How many, the last first.")
@click.option("--since", metavar="TIME", help="Only what was recorded after this instant.")
@format_option("table", "json")
@data_option
def log_command(most: int, since: str | None, form: str, data: Path | None) -> None:
    """Print who changed what, when, the last change first."""
    after = parse_instant(since, name="--since") if since else None
    with open_workspace(data) as workspace:
        revisions = workspace.revisions()
        found = [revision for revision in revisions if after is None or revision.recorded_at > after]
        _print_revisions(found[::-1][:most], form, str(workspace.head))


def _print_revisions(
    revisions: Sequence[Revision], form: str, head: str, *, versions: Sequence[dict[str, Any]] = ()
) -> None:
    """Print revisions; ``versions`` of the codebook are listed apart."""
    rows = [_revision_row(revision) for revision in revisions]
    if form == "json":
        apart = {"codebook": versions} if versions else {}
        click.echo(json_text({"head": head, "revisions": rows, **apart}), nl=False)
        return
    columns = ("recorded_at", "recorded_by", "action", "id", "revision", "told", "reason")
    print_table(
        [column.replace("_", " ") for column in columns], [[str(row[name]) for name in columns] for row in rows]
    )
    for version in versions:
        told = f": {version['changes']}" if version["changes"] else ""
        print_line(visible(f"{version['id']} version {version['version']} ({version['reason']}){told}"))
    print_line(f"head {head}")


def _revision_row(revision: Revision) -> dict[str, Any]:
    content = revision.content
    return {
        "recorded_at": instant_text(revision.recorded_at),
        "recorded_by": revision.recorded_by,
        "action": revision.action,
        "id": revision.id,
        "revision": revision.number,
        "kind": revision.kind,
        "told": _told(content),
        "reason": revision.reason,
        "first_recorded_at": instant_text(revision.first_recorded_at) if revision.first_recorded_at else None,
        "content": content.model_dump(mode="json", exclude={"text"}) if content else None,
    }


def _told(content: Any) -> str:
    if content is None:
        return ""
    if isinstance(content, CodebookVersion):
        return f"{content.id} {content.sha256[:12]}"
    if not hasattr(content, "holder"):
        return str(content.title if hasattr(content, "title") else getattr(content, "record", ""))
    about = "/".join(filter(None, (content.issue, content.element)))
    stances = (content.stance, content.stance_to)
    stance = " to ".join(f"{value:+d}" for value in stances if value is not None) or "unresolved"
    status = f", {content.status}" if hasattr(content, "status") else ""
    return f"{content.holder} {about} {stance}, {content.voice}, {content.said_on}{status}"


@click.command("show")
@click.argument("record_id", metavar="ID")
@known_options
@format_option("text", "json")
@data_option
def show_command(record_id: str, query: Query, form: str, data: Path | None) -> None:
    """Print a statement with its quote in context, a document, or what a program proposed (ID of a candidate)."""
    from positions.wording.statements import statement_text

    with open_workspace(data) as workspace:
        known = workspace.known(query)
        statement = next((record.statement for record in known.records if record.statement.id == record_id), None)
        record = statement or known.documents.get(record_id)
        if record is None and _is_candidate(workspace, record_id):
            show_candidate(workspace, record_id, form)
        elif record is None:
            raise QueryError(
                f"id: found {record_id!r}, which is not in force; `positions history {record_id}` tells why"
            )
        elif form == "json":
            click.echo(json_text(record.model_dump(mode="json")), nl=False)
        elif statement:
            document = known.documents[statement.document]
            click.echo(visible(statement_text(statement, document, workspace.codebook_for(query))))
        else:
            click.echo(known.documents[record_id].text or "(no text is held)")


def _is_candidate(workspace: Workspace, record_id: str) -> bool:
    return any(revision.kind == "candidate" for revision in workspace.history(record_id))


@click.command("diff")
@click.option("--from", "first", metavar="DAY", help="State on this day …")
@click.option("--to", "last", metavar="DAY", help="… against the state on this one.")
@click.option("--known-from", metavar="TIME", help="What was known then …")
@click.option("--known-to", metavar="TIME", help="… against what was known then (default: now).")
@known_options
@format_option("table", "json")
@data_option
def diff_command(
    first: str | None,
    last: str | None,
    known_from: str | None,
    known_to: str | None,
    query: Query,
    form: str,
    data: Path | None,
) -> None:
    """List what changed in the world (--from DAY --to DAY) or in our knowledge (--known-from TIME --known-to TIME)."""
    world, knowledge = bool(first or last), bool(known_from or known_to)
    if world == knowledge:
        raise click.UsageError("give either --from and --to (the world) or --known-from and --known-to (our knowledge)")
    with open_workspace(data) as workspace:
        if world:
            if not (first and last):
                raise click.UsageError("--from and --to go together")
            states = [
                workspace.state(query, as_of=parse_day(text, name=name))
                for name, text in (("--from", first), ("--to", last))
            ]
            _print_changes(states, workspace, form)
        else:
            if not known_from:
                raise click.UsageError("--known-from is missing")
            _print_knowledge(workspace, known_from, known_to, form)


def _print_changes(states: list[Any], workspace: Any, form: str) -> None:
    from positions.analysis.changes import state_changes
    from positions.wording.positions import change_words
    from positions.wording.rows import change_row

    found = state_changes(*states)
    if form == "json":
        days = {
            "from": states[0].as_of.isoformat(),
            "to": states[1].as_of.isoformat(),
            "head": str(workspace.read_head),
        }
        click.echo(json_text({**days, "changes": [change_row(change) for change in found]}), nl=False)
        return
    codebook = workspace.codebook_for(states[0].query) if hasattr(states[0], "query") else workspace.codebook
    rows = [
        (codebook.path_label(*change.place[1:]), codebook.party(change.place[0]).name, *change_words(change, codebook))
        for change in found
        if all(position is None or position.said_of == position.element for position in (change.before, change.after))
    ]
    print_table(["issue", "party", "what", "before", "after", "by"], rows)


def _print_knowledge(workspace: Any, known_from: str, known_to: str | None, form: str) -> None:
    from datetime import UTC, datetime

    from positions.analysis.changes import recorded_between

    until = parse_instant(known_to, name="--known-to") if known_to else datetime.max.replace(tzinfo=UTC)
    found = recorded_between(workspace.revisions(), parse_instant(known_from, name="--known-from"), until)
    # A codebook that reads otherwise is nothing that was learned of a party.
    versions = [version_row(revision) for revision in found if revision.kind == "codebook"]
    records = [revision for revision in found if revision.kind != "codebook"]
    _print_revisions(records, form, str(workspace.head), versions=versions)
