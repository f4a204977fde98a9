"""Write an export: one file or a folder of files, all or none."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from positions.errors import QueryError, WorkspaceError
from positions.exchange.content import NO_OPTIONS, ONLY, BookContent, Exported, ExportOptions
from positions.exchange.formats import FileFormat, writer_of, written_formats
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

    ``mode`` are the files' permissions. Raises ``WorkspaceError`` if a file exists, unless ``force``, and
    ``QueryError`` for an option that the format has no use for.
    """
    _check_options(content.options, form)
    exported = writer_of(form)(content)
    if set(exported.files) == {ONLY}:
        write_new(target, exported.files[ONLY], force=force, mode=mode)
        return exported
    paths = {target / name: written for name, written in exported.files.items()}
    if not force and (there := next((path for path in paths if path.exists()), None)):
        raise WorkspaceError(f"{there}: exists already; --force overwrites it")
    write_files(paths, mode=mode)
    return exported


def _check_options(options: ExportOptions, form: FileFormat) -> None:
    for field in fields(options):
        if field.name not in form.takes and getattr(options, field.name) != getattr(NO_OPTIONS, field.name):
            takers = ", ".join(other.name for other in written_formats() if field.name in other.takes)
            raise QueryError(f"{form.name}: takes no {field.name}, which goes with {takers}")
