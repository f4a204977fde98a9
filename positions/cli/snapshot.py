"""Commands that make something to look at: ``snapshot``, ``render`` and ``dashboard``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from positions.cli.options import Query, data_option, format_option, question_options
from positions.errors import QueryError
from positions.model.dates import parse_day
from positions.model.lists import count_words
from positions.workspace.workspace import Workspace, open_workspace

ANY_FILE = click.Path(path_type=Path)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--format``, ``--template``, ``-o`` and ``--force``: how and where to write."""
    for option in (
        click.option("--force", is_flag=True, help="Overwrite the file if it exists."),
        click.option("-o", "--output", type=ANY_FILE, default="-", help="File to write; - prints it."),
        click.option("--template", type=ANY_FILE, help="Folder with templates that stand in for parts of the report."),
        format_option("html", "md", "json", "csv", "pdf"),
    ):
        command = option(command)
    return command


@click.command("snapshot")
@question_options
@click.option("--since", metavar="DAY", help="Tell what changed since the end of this day (default: a week before).")
@click.option("--party", "parties", multiple=True, help="Tell only of this party; may be given again.")
@click.option("--issue", "issues", multiple=True, help="Tell only of this issue; may be given again.")
@click.option("--every", type=click.Choice(["day", "week", "month"]), help="Write a series into the folder -o.")
@click.option("--from", "first", metavar="DAY", help="First day of the series (default: the first with a statement).")
@click.option("--to", "last", metavar="DAY", help="Last day of the series (default: the last with a statement).")
@click.option("--check", type=ANY_FILE, metavar="FILE", help="Make a report's HTML or JSON again and compare.")
@output_options
@data_option
def snapshot_command(question: Query, check: Path | None, every: str | None, data: Path | None, **given: Any) -> None:
    """Write a report of a day: positions with their quotes, what changed, demands, distances and sources.

    With --check tell whether the log still gives the same report, and which statements differ if not (exit code 1).
    """
    with open_workspace(data) as workspace:
        if check:
            _check(check, workspace, given["template"])
        elif every:
            _series(question, every, workspace, given)
        else:
            _snapshot(question, workspace, given)


def _day(text: str | None, name: str) -> Any:
    return parse_day(text, name=name) if text else None


def _asked(question: Query, workspace: Workspace, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "head": workspace.head,
        "known_at": question.known_at,
        "public_by": question.public_by,
        "parties": given["parties"],
        "issues": given["issues"],
    }


def _snapshot(question: Query, workspace: Workspace, given: dict[str, Any]) -> None:
    from positions.snapshot.build import build_report
    from positions.snapshot.output import report_bytes
    from positions.workspace.workspace import answerable, said_days

    if given["first"] or given["last"]:
        raise QueryError("from, to: only a series has them; --every day, week or month makes one")
    known = workspace.known(known_at=question.known_at, public_by=question.public_by)
    asked = _asked(question, workspace, given)
    as_of = answerable(question.as_of, said_days(known))
    report = build_report(known, workspace.codebook, as_of=as_of, since=_day(given["since"], "--since"), **asked)
    _write(report_bytes(report, given["form"], template=given["template"]), given["output"], force=given["force"])


def _series(question: Query, every: str, workspace: Workspace, given: dict[str, Any]) -> None:
    """Write a report for every step and an index page into a folder."""
    from positions.snapshot.series import series_days, series_reports, write_series
    from positions.workspace.workspace import answerable, said_days

    if str(given["output"]) == "-" or question.as_of or given["since"]:
        raise QueryError("every: a series needs a folder (-o DIR) and has no --as-of or --since; see --from and --to")
    known = workspace.known(known_at=question.known_at, public_by=question.public_by)
    told = said_days(known)
    last = answerable(_day(given["last"], "--to"), told)
    days = series_days(_day(given["first"], "--from") or told[0], last, every)
    reports = series_reports(known, workspace.codebook, days, **_asked(question, workspace, given))
    where: Path = given["output"]
    write_series(reports, days, where, fmt=given["form"], template=given["template"], force=given["force"])
    click.echo(f"wrote {count_words(len(days), 'report')} and {where / 'index.html'}", err=True)


def _check(path: Path, workspace: Workspace, template: Path | None) -> None:
    from positions.cli.output import visible
    from positions.snapshot.recheck import check_report, check_words, holds, read_told

    checked = check_report(read_told(path), workspace, template=template)
    verdict, *lines = check_words(checked)
    click.echo(visible("\n".join([f"{path}: {verdict}", *lines])))
    sys.exit(0 if holds(checked) else 1)


def _write(content: bytes, output: Path, *, force: bool) -> None:
    if str(output) == "-":
        click.echo(content, nl=False)
        return
    from positions.files.writing import write_new

    write_new(output, content, force=force)
    click.echo(f"wrote {output}", err=True)


@click.command("render")
@click.argument("report", type=ANY_FILE)
@output_options
def render_command(report: Path, form: str, template: Path | None, output: Path, force: bool) -> None:
    """Write REPORT, a report as JSON, in another format; it needs no workspace."""
    from positions.snapshot.output import read_report, report_bytes

    _write(report_bytes(read_report(report), form, template=template), output, force=force)
