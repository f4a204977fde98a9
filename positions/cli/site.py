"""``positions site``: write the dashboard as files that need no server."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from positions.cli.options import PathName, data_option, known_options
from positions.cli.screen import echo
from positions.model.lists import count_words
from positions.model.query import Query
from positions.workspace import open_workspace


@click.command("site")
@click.argument("folder", metavar="DIR", type=PathName(path_type=Path))
@click.option(
    "--since",
    default="",
    metavar="DAY|HEAD",
    help="Leave the pages on years before this day, or before all that entries after this head touch, as they are.",
)
@click.option("--address", default="", help="Where it will be on the web, for its feed and for links that are shared.")
@click.option("--force", is_flag=True, help="Write into a folder that is not a site, and over files that were changed.")
@click.option("--dry-run", is_flag=True, help="Only list what would be written and removed.")
@known_options
@data_option
def site_command(folder: Path, query: Query, data: Path | None, dry_run: bool, **options: Any) -> None:
    """Write the dashboard into DIR as files: every page on every day, quotes in their documents, data, a feed.

    They open from the folder itself, without a server, a network or a script. Run it again to update them: only what
    changed is written, and files that are not the site's stay.
    """
    # By name: the toolkit itself imports no dashboard, only this command does.
    sites, publishing = import_module("dashboard.site.update"), import_module("dashboard.site.publishing")
    with open_workspace(data) as workspace:
        chosen = sites.SiteOptions(made=datetime.now(UTC).date(), query=query, **options)
        change = sites.plan_site(workspace, folder, chosen)
    if dry_run:
        lines = [f"write   {path}  {len(content):,} bytes" for path, content in sorted(change.written.items())]
        echo("\n".join([*lines, *(f"remove  {path}" for path in change.removed)]) or "nothing would change")
        return
    publishing.apply_change(folder, change)
    unchanged = f", {change.unchanged} unchanged" if change.unchanged else ""
    removed = f", {len(change.removed)} removed" if change.removed else ""
    echo(f"wrote {count_words(len(change.written), 'file')}{unchanged}{removed}: {folder / 'index.html'}", err=True)
    for path in change.kept:
        echo(f"{folder / path}: belongs to the site no longer and was changed; it stays", err=True)
