"""Commands that write reports: ``snapshot`` and ``render``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from positions.cli.completion import complete_ids
from positions.cli.options import PathName, chosen_format, data_option, file_format_option, optional_day, query_options
from positions.cli.screen import echo, print_data
from positions.errors import QueryError
from positions.model.lists import count_words
from positions.model.query import Query
from positions.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from positions.snapshot.report import Report

ANY_FILE = PathName(path_type=Path)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--format``, ``--template``, ``-o`` and ``--force``: how and where to write."""
    for option in (
        click.option("--force", is_flag=True, help="Overwrite the file if it exists."),
        click.option("-o", "--output", type=ANY_FILE, default="-", help="File to write; - prints it."),
        click.option("--template", type=ANY_FILE, help="Folder with templates that stand in for parts of the report."),
        file_format_option("html", "md", "json", "csv", "pdf", "docx"),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class _Options:
    """The scope of a report, the days of a series, and where and how it is written."""

    since: str | None
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    every: str | None
    first: str | None
    last: str | None
    check: Path | None
    form: str | None
    template: Path | None
    output: Path
    force: bool


@click.command("snapshot")
@query_options
@click.option("--since", metavar="DAY", help="Show what changed since the end of this day (default: a week before).")
@click.option(
    "--party",
    "parties",
    multiple=True,
    shell_complete=complete_ids("party"),
    help="Limit the report to this party; may be given again.",
)
@click.option(
    "--issue",
    "issues",
    multiple=True,
    shell_complete=complete_ids("issue"),
    help="Limit the report to this issue; may be given again.",
)
@click.option("--every", type=click.Choice(["day", "week", "month"]), help="Write a series into the folder -o.")
@click.option("--from", "first", metavar="DAY", help="First day of the series (default: the first with a statement).")
@click.option("--to", "last", metavar="DAY", help="Last day of the series (default: the last with a statement).")
@click.option("--check", type=ANY_FILE, metavar="FILE", help="Make a report's HTML or JSON again and compare.")
@output_options
@data_option
def snapshot_command(query: Query, data: Path | None, **options: Any) -> None:
    """Write a report of a day: positions with their quotes, what changed, demands, distances and sources.

    With --check, report whether the log still gives the same report, and which statements differ if not (exit code 1).
    """
    with open_workspace(data) as workspace:
        chosen = _with_current_ids(_Options(**options), workspace, query)
        if chosen.check:
            _check(chosen.check, workspace, chosen.template)
        elif chosen.every:
            _series(query, chosen.every, workspace, chosen)
        else:
            _snapshot(query, workspace, chosen)


def _with_current_ids(options: _Options, workspace: Workspace, query: Query) -> _Options:
    """Return the options with current ids in place of past ones, with a notice of each."""
    parties = tuple(workspace.id_now("party", one, query) for one in options.parties)
    issues = tuple(workspace.id_now("issue", one, query) for one in options.issues)
    return replace(options, parties=parties, issues=issues)


def _snapshot(query: Query, workspace: Workspace, options: _Options) -> None:
    from positions.snapshot.build import build_report
    from positions.snapshot.scope import ReportScope

    if options.first or options.last:
        raise QueryError("from, to: only a series has them; --every day, week or month makes one")
    in_force = workspace.known(query)
    as_of = in_force.answerable_day()
    scope = ReportScope(as_of, optional_day(options.since, name="--since"), options.parties, options.issues)
    report = build_report(
        in_force, in_force.codebook or workspace.codebook, scope, head=workspace.head_at(query.known_at)
    )
    _write(report, options.form, options.output, template=options.template, force=options.force)


def _series(query: Query, every: str, workspace: Workspace, options: _Options) -> None:
    """Write a report for every step and an index page into a folder."""
    from positions.snapshot.series import SeriesTarget, series_days, series_reports, series_scopes, write_series

    if str(options.output) == "-" or query.as_of or options.since:
        raise QueryError("every: a series needs a folder (-o DIR) and has no --as-of or --since; see --from and --to")
    in_force = workspace.known(query)
    last = in_force.answerable_day(optional_day(options.last, name="--to"))
    days = series_days(optional_day(options.first, name="--from") or in_force.days()[0], last, every)
    scopes = series_scopes(days, options.parties, options.issues)
    reports = series_reports(
        in_force, in_force.codebook or workspace.codebook, scopes, head=workspace.head_at(query.known_at)
    )
    write_series(
        reports, days, SeriesTarget(options.output, options.form or "html", options.template, force=options.force)
    )
    echo(f"wrote {count_words(len(days), 'report')} and {options.output / 'index.html'}", err=True)


def _check(path: Path, workspace: Workspace, template: Path | None) -> None:
    from positions.snapshot.recheck import check_report, is_reproduced, read_saved, recheck_words

    checked = check_report(read_saved(path), workspace, template=template)
    verdict, *lines = recheck_words(checked)
    echo("\n".join([f"{path}: {verdict}", *lines]))
    sys.exit(0 if is_reproduced(checked) else 1)


def _write(report: Report, form: str | None, output: Path, *, template: Path | None, force: bool) -> None:
    from positions.snapshot.output import BINARY, ENDINGS, report_bytes

    form = chosen_format(form, output, ENDINGS, default="html")
    if str(output) == "-":
        if form in BINARY and sys.stdout.isatty():
            raise QueryError(f"{form}: is not for the screen; -o FILE writes it")
        print_data(report_bytes(report, form, template=template))
        return
    from positions.files.writing import write_new

    write_new(output, report_bytes(report, form, template=template), force=force)
    echo(f"wrote {output}", err=True)


@click.command("render")
@click.argument("report", type=ANY_FILE)
@output_options
def render_command(report: Path, form: str | None, template: Path | None, output: Path, force: bool) -> None:
    """Write REPORT, a report as JSON, in another format; it needs no workspace."""
    from positions.snapshot.output import read_report

    _write(read_report(report), form, output, template=template, force=force)
