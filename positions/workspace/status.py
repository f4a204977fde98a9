"""Compare the record book with the published text before anything is taken in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from positions.errors import DataError
from positions.files.reading import read_bytes
from positions.files.writing import is_writable
from positions.model.document import OWN_FILES, Document, same_text
from positions.store.entry import Head, content_text, read_row
from positions.store.log import Log, RevisionKey
from positions.store.merging.lines import read_lines
from positions.store.published import chain_findings, read_published
from positions.store.sqlite import SqliteLog
from positions.store.text_copy import TextBehindError, TextCopy
from positions.workspace.open import DATABASE, database_url, find_folder, open_workspace


@dataclass(frozen=True, slots=True)
class TextStatus:
    """The differences between the log and the text of a folder; revisions are named by kind, id and number.

    ``changed`` are revisions that both have, with different content. ``unrecorded`` are files in the documents' folders
    that no document names, ``findings`` counts the errors in the text. If the text ``is_merged`` two people's lines
    stand in it side by side, as git merges them, which is not an error: the next command merges what they say. A
    database-only book (PostgreSQL) is not compared: the text beside it is not its copy.
    """

    head: Head
    log_only: tuple[RevisionKey, ...] = ()
    text_only: tuple[RevisionKey, ...] = ()
    changed: tuple[RevisionKey, ...] = ()
    unrecorded: tuple[str, ...] = ()
    findings: int = 0
    is_database_only: bool = False
    is_merged: bool = False

    @property
    def in_step(self) -> bool | None:
        """Whether both have the same revisions; ``None`` if the book is database-only."""
        if self.is_database_only:
            return None
        return not (self.log_only or self.text_only or self.changed or self.findings or self.is_merged)


def read_status(folder: Path | None = None, *, database: str | None = None) -> TextStatus:
    """Compare a workspace's log and text as :func:`positions.workspace.open_workspace` would find them.

    An interrupted write is finished and a missing database is created; nothing else is taken in or written.
    """
    data = find_folder(folder)
    if url := database_url(database):
        from positions.store.postgres import PostgresLog

        return _status_of_database(PostgresLog(url))
    path = data / DATABASE
    with suppress(DataError):
        if not path.exists() or not path.stat().st_size:
            open_workspace(data).close()  # a lost database is made anew, as by every command
    log = SqliteLog(path, in_memory=not path.exists() or not is_writable(path))
    try:
        return _compare(log, TextCopy(data, path))
    finally:
        log.close()


def _status_of_database(log: Log) -> TextStatus:
    try:
        return TextStatus(log.head(), is_database_only=True)
    finally:
        log.close()


def _compare(log: Log, text: TextCopy) -> TextStatus:
    if not text.is_current(log.head()) and not log.in_memory:
        with suppress(TextBehindError), text.locked():
            text.finish(log)
    files = set(_source_files(log, text.folder))
    note = text.note()
    is_behind = note is not None and note.is_behind
    missing = dict.fromkeys((row.kind, row.id, row.number) for row in text.missing_rows(log)) if is_behind else {}
    if text.is_current(log.head()):
        return TextStatus(log.head(), tuple(missing), unrecorded=tuple(_unrecorded_files(text.folder, files)))
    recorded: dict[RevisionKey, tuple[str, str | None]] = {
        (row.kind, row.id, row.number): (row.action, row.content) for row in log.rows()
    }
    published = read_published(text.folder)
    lines: dict[RevisionKey, tuple[str, str | None]] = {}
    for _, revision in published.lines:
        lines[revision.kind, revision.id, revision.number] = revision.action, content_text(revision.content)
        if isinstance(revision.content, Document) and revision.content.file:
            files.add(revision.content.file)
    histories = read_lines(published.lines)
    is_merged = len(histories.histories) > 1 and not histories.findings
    beside = set(chain_findings(published.lines)) if is_merged else set()
    return TextStatus(
        log.head(),
        tuple(key for key in recorded if key not in lines or key in missing),
        tuple(key for key in lines if key not in recorded),
        tuple(key for key in lines if key in recorded and lines[key] != recorded[key]),
        tuple(_unrecorded_files(text.folder, files)),
        sum(finding not in beside for finding in published.findings),
        is_merged=is_merged,
    )


def _source_files(log: Log, folder: Path) -> Iterator[str]:
    """Yield the files that documents in force name, relative to the data folder, and those that others did.

    In a file of the past somebody may have put a text since that no document has: that one is left out.
    """
    texts, past = set[str](), set[str]()
    for last in log.claims("document"):
        rows = [last] if last.content is not None else log.revisions_of(last.id)
        for document in [content for row in rows if isinstance(content := read_row(row).content, Document)]:
            texts.add(str(document.sha256))
            if document.file and last.content is None:
                past.add(document.file)
            elif document.file:
                yield document.file
    for name in past:
        if (folder / name).is_file() and any(same_text(read_bytes(folder / name), sha256) for sha256 in texts):
            yield name


def _unrecorded_files(folder: Path, files: set[str]) -> Iterator[str]:
    """Yield the files in the documents' folders that no document names."""
    known_paths = {(folder / name).resolve() for name in files}
    for sources in sorted({path.parent for path in known_paths} | {(folder / "seeds").resolve()}):
        if sources.is_dir():
            own = OWN_FILES if sources == folder.resolve() else None
            for path in sorted(sources.iterdir()):
                if path.is_file() and path not in known_paths and not (own and own.fullmatch(path.name)):
                    yield str(path)
