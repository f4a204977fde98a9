"""Read the sources of a merge: a data folder, a database file, a file of published lines, a team's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from positions.errors import Finding, WorkspaceError
from positions.model.revision import KINDS, RecordKind
from positions.store.merging.lines import KnownLine, known_line, read_lines
from positions.store.merging.versions import BookHistory, LogHistory
from positions.store.published import FILES, PublishedLine, folder_fields, parse_fields, text_folder
from positions.store.sqlite import SqliteLog
from positions.store.text_copy import TextCopy
from positions.workspace.open import DATABASE, find_folder

SERVERS: Final = ("postgres://", "postgresql://")


def read_merge_source(source: str, own: LogHistory) -> tuple[list[BookHistory], list[Finding]]:
    """Return a source's histories and a finding for each line that cannot be read; nothing is written to it.

    ``own`` is this book's history: what a text repeats of it is not checked again. Raises ``WorkspaceError`` if
    the source is not one of these.
    """
    if source.startswith(SERVERS):
        from positions.store.postgres import PostgresLog

        with closing(PostgresLog(source)) as server:
            return [LogHistory(server).current()], []
    path = Path(source)
    if path.is_dir():
        return _read_folder(find_folder(path), own)
    if not path.is_file():
        raise WorkspaceError(f"{source}: no such folder, database or file")
    if path.suffix.lower() in (".jsonl", ".json"):
        named = [kind for kind in KINDS if FILES[kind] == path.name]
        return _read_text(path, named or ["statement"], own)
    with closing(SqliteLog(path, in_memory=True)) as other:
        return [LogHistory(other).current()], []


def _read_folder(folder: Path, own: LogHistory) -> tuple[list[BookHistory], list[Finding]]:
    """Read a folder's database, and its text unless that is known to say the same."""
    database = folder / DATABASE
    if not database.exists():
        return _read_text(folder, list(KINDS), own)
    with closing(SqliteLog(database, in_memory=True)) as other:
        book = LogHistory(other).current()
        if TextCopy(folder, database).is_whole(other.head()):
            return [book], []
    texts, findings = _read_text(folder, list(KINDS), own)
    return [book, *texts], findings


def _read_text(path: Path, kinds: list[RecordKind], own: LogHistory) -> tuple[list[BookHistory], list[Finding]]:
    ours = own.current()
    findings: list[Finding] = []

    def sound_lines() -> Iterator[PublishedLine | KnownLine]:
        for kind in kinds:
            for item in _text_lines(path, kind, ours):
                if isinstance(item, Finding):
                    findings.append(item)
                else:
                    yield item

    text = read_lines(sound_lines())
    return text.histories, [*findings, *text.findings]


def _text_lines(path: Path, kind: RecordKind, ours: BookHistory) -> Iterator[PublishedLine | KnownLine | Finding]:
    folder = text_folder(path)
    for where, fields in folder_fields(path, kind):
        if isinstance(fields, Finding):
            yield fields
        elif known := known_line(where, fields, kind, ours):
            yield known
        else:
            yield from parse_fields(fields, kind=kind, where=where, folder=folder)
