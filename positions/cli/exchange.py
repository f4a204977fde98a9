"""Commands that move records in and out: ``import``, ``load``, ``export``, ``verify`` and ``backup``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from positions.cli.options import PathName, data_option, known_options
from positions.cli.record import writing_options
from positions.cli.screen import echo
from positions.files.characters import show_controls
from positions.model.lists import count_words
from positions.model.query import Query
from positions.workspace import open_workspace


@click.command("import")
@click.argument("file", type=PathName(path_type=Path))
@writing_options
def import_command(book: Any, file: Path) -> list[str]:
    """Record the statements of FILE (.jsonl, or .csv with a header), all or none.

    Every finding names its line. Importing a file twice changes nothing.
    """
    from positions.errors import WorkspaceError
    from positions.store.importing import import_file

    if not file.is_file():
        raise WorkspaceError(f"{file}: is a folder, allowed: a file" if file.is_dir() else f"{file}: no such file")
    length = file.stat().st_size
    hidden = not sys.stderr.isatty() or length < 5_000_000
    bar: Any
    with click.progressbar(
        length=length, label=show_controls(f"importing {file.name}"), file=sys.stderr, hidden=hidden
    ) as bar:
        new = import_file(book, file, on_bytes=bar.update)
    return [f"imported {new} new from {file}"]


@click.command("load")
@click.argument("folder", type=PathName(path_type=Path))
@click.option("--coder", help="Who records it (default: your user name).")
@click.option("--dry-run", is_flag=True, help="Check and show what would be recorded, then record nothing.")
@data_option
def load_command(folder: Path, coder: str | None, dry_run: bool, data: Path | None) -> None:
    """Take in another data FOLDER: what is new or was corrected there; `merge` says more of what both changed.

    Loading twice changes nothing. Exit codes: 0 loaded, 1 a conflict is open or a record was refused.
    """
    from positions.wording.conflicts import renumbered_lines
    from positions.workspace.merging import merge_into

    with open_workspace(data) as workspace:
        result = merge_into(workspace, str(folder), coder=coder, is_dry=dry_run)
        would = "would have " if dry_run else ""
        echo(f"{would}loaded {result.revisions} new revisions from {folder}")
        for line in renumbered_lines(result):
            echo(line)
        for finding in result.refused:
            echo(f"left out {finding}", err=True)
        if still_open := workspace.open_conflicts():
            ids = ", ".join(conflict.conflict.record for conflict in still_open)
            echo(f"open conflicts: {ids}; settle them with `positions merge --settle`", err=True)
        echo(f"head {workspace.head}")
    sys.exit(1 if still_open or result.refused else 0)


@click.command("export")
@click.argument("name", metavar="TARGET", type=PathName())
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@known_options
@data_option
def export_command(name: str, force: bool, query: Query, data: Path | None) -> None:
    """Write the record book as text: a folder gets its whole history for git, a file the statements in force.

    The file's ending says how: .jsonl, .csv (safe for spreadsheets) or .parquet; a name without an ending, or with a
    slash behind it, is a folder. The same log gives the same bytes.
    """
    from positions.workspace.export import is_folder_name, write_folder, write_statements

    if not name:  # as of an unset variable; it would be the folder that one is in
        raise click.UsageError("TARGET: found an empty name, allowed: a file or a folder")
    is_folder, target = is_folder_name(name), Path(name)
    with open_workspace(data) as workspace:
        if not is_folder:
            in_force = workspace.known(query)
            count = write_statements(target, in_force.records, force=force, mode=workspace.file_mode)
            written = f"{count} statements"
        elif query.is_limited:
            raise click.UsageError("a folder gets the whole history; --known-at and --public-by go with a file")
        elif workspace.keeps_text_in(target):
            echo(f"{target} is this record book's own text and in step with it: nothing to write")
            return
        else:
            codebook, mode = workspace.folder / "codebook.toml", workspace.file_mode
            write_folder(target, workspace.revisions(), codebook=codebook, force=force, mode=mode)
            written = f"{len(workspace.revisions())} revisions"
        echo(f"wrote {written} to {target}, head {workspace.head}")


@click.command("verify")
@click.option("--head", "expected", metavar="HEAD", help="A head that a report carries; the log must hold it still.")
@data_option
def verify_command(expected: str | None, data: Path | None) -> None:
    """Check the chain of hashes, the database, the documents and every quote; name whatever is wrong."""
    with open_workspace(data) as workspace:
        findings = workspace.verify(head=expected)
        for finding in findings:
            echo(str(finding))
        count = count_words(len(findings), "finding")
        echo(f"{workspace.name}: {count}, head {workspace.head}", err=bool(findings))
    sys.exit(1 if findings else 0)


@click.command("backup")
@click.argument("file", type=PathName(path_type=Path))
@data_option
def backup_command(file: Path, data: Path | None) -> None:
    """Write a consistent copy of the record book to FILE while others go on writing."""
    with open_workspace(data) as workspace:
        workspace.backup(file)
    echo(f"wrote {file}")
