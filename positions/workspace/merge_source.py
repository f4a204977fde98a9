"""Read the sources of a merge: a data folder, a database file, a file of published lines, a team's database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from positions.errors import Finding, WorkspaceError
from positions.model.revision import KINDS, RecordKind
from positions.store.merging.lines import read_lines
from positions.store.merging.versions import BookHistory, read_rows
from positions.store.published import FILES, folder_lines
from positions.store.sqlite import SqliteLog
from positions.workspace.open import DATABASE, find_folder

SERVERS: Final = ("postgres://", "postgresql://")


def read_merge_source(source: str) -> tuple[list[BookHistory], list[Finding]]:
    """Return a source's histories and a finding for each line that cannot be read; nothing is written to it.

    Raises ``WorkspaceError`` if the source is not one of these.
    """
    if source.startswith(SERVERS):
        from positions.store.postgres import PostgresLog

        with closing(PostgresLog(source)) as log:
            return [read_rows(log.rows())], []
    path = Path(source)
    if path.is_dir():
        return _read_folder(find_folder(path))
    if not path.is_file():
        raise WorkspaceError(f"{source}: no such folder, database or file")
    if path.suffix.lower() in (".jsonl", ".json"):
        named = [kind for kind in KINDS if FILES[kind] == path.name]
        return _read_text(path, named or ["statement"])
    return [_read_database(path)], []


def _read_folder(folder: Path) -> tuple[list[BookHistory], list[Finding]]:
    database = folder / DATABASE
    books = [_read_database(database)] if database.exists() else []
    texts, findings = _read_text(folder, list(KINDS))
    return [*books, *texts], findings


def _read_database(path: Path) -> BookHistory:
    with closing(SqliteLog(path, in_memory=True)) as log:
        return read_rows(log.rows())


def _read_text(path: Path, kinds: list[RecordKind]) -> tuple[list[BookHistory], list[Finding]]:
    items = [item for kind in kinds for item in folder_lines(path, kind)]
    findings = [item for item in items if isinstance(item, Finding)]
    text = read_lines(item for item in items if not isinstance(item, Finding))
    return text.histories, [*findings, *text.findings]
