"""Write an export: one file or a folder of files, all or none."""

from __future__ import annotations

from pathlib import Path

from positions.errors import WorkspaceError
from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.formats import FileFormat, writer_of
from positions.files.writing import write_files, write_new


def export_content(
    content: BookContent,
    target: Path,
    *,
    form: FileFormat,
    force: bool = False,
    mode: int = 0o666,
) -> Exported:
    """Write a book's content to a target in a format, and return what was written and what was left out.

    ``mode`` are the files' permissions. Raises ``WorkspaceError`` if a file exists, unless ``force``.
    """
    exported = writer_of(form)(content)
    if set(exported.files) == {ONLY}:
        write_new(target, exported.files[ONLY], force=force, mode=mode)
        return exported
    paths = {target / name: written for name, written in exported.files.items()}
    if not force and (there := next((path for path in paths if path.exists()), None)):
        raise WorkspaceError(f"{there}: exists already; --force overwrites it")
    write_files(paths, mode=mode)
    return exported
