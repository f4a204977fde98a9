"""The shipped case, exported and edited by a colleague."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from positions.exchange.content import collect_content
from positions.exchange.edits import EditResult, record_edits
from positions.exchange.formats import choose_format, read_formats, reader_of, written_formats
from positions.exchange.incoming import ImportSource
from positions.exchange.writing import export_content
from positions.workspace import Workspace

Rows = list[dict[str, str]]


def export_book(workspace: Workspace, path: Path) -> Path:
    """Export what is in force in the format of a name's ending."""
    export_content(collect_content(workspace), path, form=choose_format(path, None, written_formats()))
    return path


def edit_csv(path: Path, edit: Callable[[Rows], None], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    """Edit the rows of an export as a colleague does, and save it under the same name."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    columns = list(rows[0])
    edit(rows)
    with path.open("w", encoding=encoding, newline="") as target:
        writer = csv.DictWriter(target, columns, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def take_back(workspace: Workspace, path: Path, *, retract: bool = False, coder: str = "anna") -> EditResult:
    """Import an edited table."""
    with workspace.recording(coder=coder) as book:
        incoming = reader_of(choose_format(path, None, read_formats()))(ImportSource(path, book.codebook))
        return record_edits(book, incoming, removed="retract" if retract else "keep")
