"""``positions dashboard``: serve the pages, on this machine or for others."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from positions.cli.options import PathName, WholeNumberWithin, data_option
from positions.errors import WorkspaceError
from positions.files.notice import notify
from positions.files.reading import decode, read_bytes
from positions.workspace import open_workspace


@click.command("dashboard")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8050, show_default=True, type=WholeNumberWithin(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--edit", is_flag=True, help="Add the pages that code and review; on this machine unless --token is set.")
@click.option("--token", help="What the editing pages ask for; others see it in the list of processes.")
@click.option(
    "--token-file",
    type=PathName(exists=True, dir_okay=False, path_type=Path),
    help="A file with the token (default: $POSITIONS_TOKEN).",
)
@click.option("--allow-host", "hosts", multiple=True, help="A name that the dashboard answers to, beside localhost.")
@click.option("--embed-from", multiple=True, help="An origin, https://example.org, whose pages may show it in a frame.")
@click.option("--proxy", help="Address of the proxy whose word on who asks is taken.")
@click.option("--coder", help="Whose name is recorded (default: your user name).")
@data_option
def dashboard_command(host: str, port: int, no_browser: bool, data: Path | None, **options: Any) -> None:
    """Serve the dashboard and open it in a browser; Ctrl+C ends it."""
    # By name: the toolkit itself imports no dashboard, only this command starts it.
    serving, settings = import_module("dashboard.server.serve"), import_module("dashboard.settings")
    options["token"] = _read_token(options["token"], options.pop("token_file"))
    chosen = {name: value for name, value in options.items() if value}
    with open_workspace(data) as workspace:
        serving.serve_workspace(
            workspace,
            host=host,
            port=port,
            open_browser=not no_browser,
            settings=replace(settings.Settings.from_environment(), **chosen),
        )


def _read_token(token: str | None, file: Path | None) -> str | None:
    """Return the token given in one of the two ways, ``None`` for the environment's."""
    if token is not None and file:
        raise click.UsageError("--token and --token-file: found both, allowed: one")
    if token is not None:
        notify(
            "warning: others on this machine see --token in the list of processes; use --token-file or POSITIONS_TOKEN"
        )
        if not token.strip():
            raise WorkspaceError("token: is empty; a secret is needed")
    if file:
        token = decode(read_bytes(file), where=str(file)).strip()
        if not token:
            raise WorkspaceError(f"{file}: is empty, allowed: a token")
    return token
