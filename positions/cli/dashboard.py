"""``positions dashboard``: serve the pages, on this machine or for others."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from positions.cli.options import data_option
from positions.workspace import open_workspace


@click.command("dashboard")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8050, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--edit", is_flag=True, help="Add the pages that code and review; on this machine unless --token is set.")
@click.option("--token", envvar="POSITIONS_TOKEN", help="What the editing pages ask for (default: $POSITIONS_TOKEN).")
@click.option("--coder", help="Whose name is recorded (default: your user name).")
@data_option
def dashboard_command(host: str, port: int, no_browser: bool, data: Path | None, **editing: Any) -> None:
    """Serve the dashboard and open it in a browser; Ctrl+C ends it."""
    # By name: the toolkit itself imports no dashboard, only this command starts it.
    serving, settings = import_module("dashboard.server.serve"), import_module("dashboard.settings")
    with open_workspace(data) as workspace:
        serving.serve_workspace(
            workspace, host=host, port=port, open_browser=not no_browser, settings=settings.Settings(**editing)
        )
