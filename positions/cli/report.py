"""Commands that make something to look at: ``snapshot`` and ``dashboard``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from positions.cli.options import Question, data_option, format_option, question_options
from positions.workspace import open_workspace


@click.command("snapshot")
@question_options
@format_option("html", "md", "json")
@click.option("-o", "--output", type=click.Path(path_type=Path), default="-", help="File to write; - prints it.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@data_option
def snapshot_command(question: Question, form: str, output: Path, force: bool, data: Path | None) -> None:
    """Write a report of a day: positions with their quotes, venues, demands, distances and sources."""
    from positions.snapshot.build import build_report
    from positions.snapshot.render import render_report
    from positions.writing import write_new

    with open_workspace(data) as workspace:
        known = workspace.known(known_at=question.known_at, public_by=question.public_by)
        state = workspace.state(as_of=question.as_of, known_at=question.known_at, public_by=question.public_by)
        report = build_report(
            known,
            workspace.codebook,
            as_of=state.as_of,
            head=workspace.head,
            known_at=question.known_at,
            public_by=question.public_by,
        )
        text = render_report(report, form)
    if str(output) == "-":
        click.echo(text, nl=False)
    else:
        write_new(output, text.encode(), force=force)
        click.echo(f"wrote {output}", err=True)


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
