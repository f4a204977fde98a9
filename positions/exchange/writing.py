"""Write an export: one file or a folder of files, all or none."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from positions.errors import QueryError, WorkspaceError
from positions.exchange.content import NO_OPTIONS, ONLY, BookContent, Exported, ExportOptions
from positions.exchange.formats import FileFormat, writer_of, written_formats
from positions.files.writing import write_files, write_new
from positions.model.query import Query


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
    ``QueryError`` as :func:`prepare_export` does.
    """
    exported = prepare_export(content, form)
    if set(exported.files) == {ONLY}:
        write_new(target, exported.files[ONLY], force=force, mode=mode)
        return exported
    paths = {target / name: written for name, written in exported.files.items()}
    if not force and (there := next((path for path in paths if path.exists()), None)):
        raise WorkspaceError(f"{there}: exists already; --force overwrites it")
    write_files(paths, mode=mode)
    return exported


def prepare_export(content: BookContent, form: FileFormat) -> Exported:
    """Return the files that an export would write; raise ``QueryError`` for an option that the format has no use for.

    The query's day is one, too: only formats of positions take it.
    """
    asked = [name for name in asked_options(content.options, content.query) if name not in form.takes]
    for name in asked:
        takers = ", ".join(other.name for other in written_formats() if name in other.takes)
        raise QueryError(f"{form.name}: takes no {name}, which goes with {takers}")
    return writer_of(form)(content)


def asked_options(options: ExportOptions, query: Query) -> list[str]:
    """Return the names of what only some formats take and was asked for."""
    given = {field.name: getattr(options, field.name) for field in fields(options)}
    asked = [name for name, value in given.items() if value != getattr(NO_OPTIONS, name)]
    return [*asked, "as_of"] if query.as_of is not None else asked
