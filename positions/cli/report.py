"""Commands that make something to look at: ``snapshot``, ``render`` and ``dashboard``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from positions.cli.options import Question, data_option, format_option, question_options
from positions.dates import parse_day
from positions.workspace import open_workspace


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-o`` and ``--force``, where to write."""
    force = click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
    path = click.Path(path_type=Path)
    return click.option("-o", "--output", type=path, default="-", help="File to write; - prints it.")(force(command))


@click.command("snapshot")
@question_options
@click.option("--since", metavar="DAY", help="Tell what changed since the end of this day (default: a week before).")
@click.option("--party", "parties", multiple=True, help="Tell only of this party; may be given again.")
@click.option("--issue", "issues", multiple=True, help="Tell only of this issue; may be given again.")
@format_option("html", "md", "json", "csv", "pdf")
@output_options
@data_option
def snapshot_command(
    question: Question,
    since: str | None,
    parties: tuple[str, ...],
    issues: tuple[str, ...],
    form: str,
    output: Path,
    force: bool,
    data: Path | None,
) -> None:
    """Write a report of a day: positions with their quotes, what changed, demands, distances and sources."""
    from positions.snapshot.build import build_report
    from positions.snapshot.files import report_bytes
    from positions.workspace import answerable, said_days

    with open_workspace(data) as workspace:
        known = workspace.known(known_at=question.known_at, public_by=question.public_by)
        report = build_report(
            known,
            workspace.codebook,
            as_of=answerable(question.as_of, said_days(known)),
            since=parse_day(since, name="--since") if since else None,
            head=workspace.head,
            known_at=question.known_at,
            public_by=question.public_by,
            parties=parties,
            issues=issues,
        )
    _write(report_bytes(report, form), output, force=force)


def _write(content: bytes, output: Path, *, force: bool) -> None:
    if str(output) == "-":
        click.echo(content, nl=False)
        return
    from positions.writing import write_new

    write_new(output, content, force=force)
    click.echo(f"wrote {output}", err=True)


@click.command("render")
@click.argument("report", type=click.Path(path_type=Path))
@format_option("html", "md", "json", "csv", "pdf")
@output_options
def render_command(report: Path, form: str, output: Path, force: bool) -> None:
    """Write REPORT, a report as JSON, in another format; it needs no workspace."""
    from positions.snapshot.files import read_report, report_bytes

    _write(report_bytes(read_report(report), form), output, force=force)


@click.command("dashboard")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8050, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@data_option
def dashboard_command(host: str, port: int, no_browser: bool, data: Path | None) -> None:
    """Serve the dashboard and open it in a browser; Ctrl+C ends it."""
    # By name: the toolkit itself imports no dashboard, only this command starts it.
    serving = import_module("dashboard.serve")
    with open_workspace(data) as workspace:
        serving.serve_workspace(workspace, host=host, port=port, open_browser=not no_browser)
