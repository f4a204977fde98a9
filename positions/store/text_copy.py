"""The published text of a folder, synchronised with the log beside it.

The log is authoritative and is written first; the text follows before the command returns. It is only appended to: a
line for each new entry, in the log's order. The note beside the database makes this cheap and safe
(:mod:`positions.store.text_note`):

* if head, sizes and times are as noted, text and log are in step, and nothing is read;
* if a writer was killed after its commit, what follows the noted size is the beginning of the lines that are due: they
  are finished (:meth:`TextCopy.finish`), however long the files are;
* otherwise somebody else changed the text, or the database is another one: see :mod:`positions.store.in_step`.

The text is not flushed to the disk: after a power cut the note does not fit, and the text is repaired from the log.
"""

from __future__ import annotations

import json
import os
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from positions.errors import DataError, Finding, WorkspaceError
from positions.files.lock import exclusive_lock
from positions.files.reading import CUT_OFF, read_bytes
from positions.files.writing import write_new
from positions.model.document import Document, same_text
from positions.store.entry import EMPTY, Head, LogRow
from positions.store.local_lines import read_local_lines, text_fields, write_local_lines
from positions.store.log import Log, batched, holds_entry
from positions.store.published import FILES, row_line
from positions.store.text_note import NOTE, FileNote, TextNote, checksum, file_stamp, measure_file, read_note, save_note

LOCK: Final = ".lock"
"""Suffix of the lock's name after the database's."""


class TextCopy:
    """The text files of one folder, as the copy of the log in ``database`` beside them."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.folder = folder
        self._database = database
        self._note_path = database.with_name(database.name + NOTE)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock under which log and text are written together."""
        with exclusive_lock(self._database.with_name(self._database.name + LOCK), mode=self.mode):
            yield

    @property
    def mode(self) -> int:
        """The permissions of new files: those of the database, so that a private book stays private."""
        try:
            return self._database.stat().st_mode & 0o666
        except OSError:
            return 0o666

    def note(self) -> TextNote | None:
        """Return the last note; ``None`` if it is missing or truncated."""
        return read_note(self._note_path)

    def is_current(self, head: Head) -> bool:
        """Return whether text and log are as they were left, by sizes and times alone; nothing is read."""
        note = self.note()
        return (
            note is not None
            and note.head == head
            and all(note.file(name).stamp == file_stamp(self.folder / name) for name in FILES.values())
        )

    def is_whole(self, head: Head) -> bool:
        """Return whether text and log are as they were left in step, whatever their times, as in a copy; reads all."""
        note = self.note()
        if note is None or note.head != head:
            return False
        measured = self.measure(head)
        return all(note.file(name)[:2] == measured.file(name)[:2] for name in FILES.values())

    def extend(self, log: Log) -> None:
        """Append a line for each entry since the noted head, and the texts of new documents; then note the new head.

        Call it only under the lock and with a synchronised text. Raises ``WorkspaceError`` if the text cannot be
        written; the next command finishes it.
        """
        note = self.note() or TextNote(EMPTY, {})
        self._append(log.rows(after=note.head.seq), note)

    def finish(self, log: Log) -> bool:
        """Finish the write of a process killed after its commit; return whether text and log then agree.

        If there is another difference, nothing is written.
        """
        note = self.note()
        if note is None or not holds_entry(log, note.head):
            return False
        if not all(self._begins_as_noted(name, note.file(name)) for name in FILES.values()):
            return False
        cursors = {name: _Cursor(self.folder / name, note.file(name)) for name in FILES.values()}
        try:
            if not all(cursors[FILES[row.kind]].passes(row_line(row)) for row in log.rows(after=note.head.seq)):
                return False
            if not all(cursor.is_at_end() for cursor in cursors.values()):
                return False
        finally:
            for cursor in cursors.values():
                cursor.close()
        for name, cursor in cursors.items():
            self._cut(name, cursor.place)
        files = {name: FileNote(cursor.place, cursor.crc) for name, cursor in cursors.items()}
        self._append(log.rows(after=note.head.seq), replace(note, files=files), passed=cursors)
        return True

    def add_missing(self, log: Log, *, derived: bool = True) -> int:
        """Append a line for each entry whose revision the text does not have; return how many. Reads the whole text.

        Without ``derived`` what a merge made of the text's lines, and is noted as local, is left out. Raises
        ``DataError`` if a file that lacks some ends in a line that somebody cut off: nothing is appended to that.
        """
        if log.head() == EMPTY:
            return 0
        self._cut_unfinished(log)
        local = frozenset() if derived else read_local_lines(self.folder).keys
        missing = [row for row in self.missing_rows(log) if (row.kind, row.id, row.number) not in local]
        self._require_whole_lines(dict.fromkeys(FILES[row.kind] for row in missing))
        # Not noted: whoever goes on from a note takes all before it for right, and the rest is still to be looked at.
        self._write_rows(missing, self.measure(EMPTY))
        return len(missing)

    def missing_rows(self, log: Log) -> list[LogRow]:
        """Return the entries whose revision the text does not have. Reads the whole text."""
        present = {name: self._keys(name) for name in FILES.values()}
        return [row for row in log.rows() if (row.id, row.number) not in present[FILES[row.kind]]]

    def tells_all_times(self) -> bool:
        """Return whether every line says when it was recorded; whoever reads another one dates it anew."""
        contents = [_content(self.folder / name) for name in FILES.values()]
        return all(content.count(b'"recorded_at"') >= content.count(b"\n") for content in contents)

    def note_differences(self, log: Log) -> bool:
        """Note which lines of the text are not as this log has them, and those that it has instead. Reads all.

        Return whether the text lacks a revision.
        """
        lines = text_fields((kind, self.folder / name) for kind, name in FILES.items())
        return write_local_lines(self.folder, lines, ((row, row_line(row)) for row in log.rows()), mode=self.mode)

    def measure(self, head: Head) -> TextNote:
        """Return the note of the current text, synchronised with ``head``. Reads all files."""
        return TextNote(head, {name: measure_file(self.folder / name) for name in FILES.values()})

    def save(self, note: TextNote) -> None:
        """Write the note, under the lock."""
        save_note(self._note_path, note, mode=self.mode)

    def refuse(self, documents: Iterable[Document]) -> None:
        """Raise ``DataError`` for new documents whose file holds another text, ``WorkspaceError`` for a locked file."""
        findings = [
            Finding(
                document.id,
                "file",
                f"found {document.file}, which is there with another text; give the file a name of its own",
            )
            for document in documents
            if document.text is not None and document.file and not self._may_hold(document)
        ]
        if findings:
            raise DataError(findings)
        for name in FILES.values():
            if (path := self.folder / name).exists() and not os.access(path, os.W_OK):
                raise WorkspaceError(f"{path}: cannot be written; nothing was recorded")

    def _may_hold(self, document: Document) -> bool:
        path = self.folder / str(document.file)
        return not path.exists() or same_text(read_bytes(path), str(document.sha256)) is not None

    def _append(self, rows: Iterable[LogRow], note: TextNote, *, passed: Mapping[str, _Cursor] | None = None) -> None:
        """Append the lines of ``rows``, but for those that a cursor passed already, and save the note."""
        self.save(self._write_rows(rows, note, passed=passed))

    def _write_rows(
        self, rows: Iterable[LogRow], note: TextNote, *, passed: Mapping[str, _Cursor] | None = None
    ) -> TextNote:
        files = {name: note.file(name) for name in FILES.values()}
        skip = {name: cursor.passed for name, cursor in (passed or {}).items()}
        head = note.head
        for batch in batched(rows):
            lines: dict[str, list[str]] = defaultdict(list)
            for row in batch:
                if row.kind == "document":
                    self._write_source(row)
                name = FILES[row.kind]
                if skip.get(name, 0):
                    skip[name] -= 1
                else:
                    lines[name].append(row_line(row))
            for name in lines:
                files[name] = self._write(name, "".join(lines[name]).encode(), files[name])
            head = Head(batch[-1].seq, batch[-1].hash)
        stamps = {name: file._replace(stamp=self._stamp_of(name, file)) for name, file in files.items()}
        return replace(note, head=head, files=stamps)

    def _write(self, name: str, content: bytes, before: FileNote) -> FileNote:
        path = self.folder / name
        try:
            with open(path, "ab", buffering=0, opener=self._opener) as target:
                rest = memoryview(content)
                while rest:
                    rest = rest[target.write(rest) :]
        except OSError as error:
            message = f"{path}: recorded in {self._database.name}, but the text cannot be written: {error.strerror}"
            raise TextBehindError(f"{message}; the next command finishes it") from None
        return FileNote(before.size + len(content), zlib.crc32(content, before.crc))

    def _opener(self, path: str, flags: int) -> int:
        return os.open(path, flags, self.mode)

    def _stamp_of(self, name: str, file: FileNote) -> tuple[int, ...]:
        """Return a file's times if it has the size that was written; else somebody wrote too: it is looked at again."""
        stamp = file_stamp(self.folder / name)
        return stamp if not stamp or stamp[0] == file.size else (-1,)

    def _write_source(self, row: LogRow) -> None:
        """Write a document's text if its file is missing."""
        fields = json.loads(row.content or "{}")
        if fields.get("text") is not None and fields.get("file"):
            path = self.folder / fields["file"]
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_new(path, fields["text"].encode(), mode=self.mode)

    def _begins_as_noted(self, name: str, file: FileNote) -> bool:
        path = self.folder / name
        stamp = file_stamp(path)
        if stamp == file.stamp:
            return True
        return (stamp[0] if stamp else 0) >= file.size and checksum(path, file.size) == file.crc

    def _cut(self, name: str, size: int) -> None:
        path = self.folder / name
        if path.exists() and path.stat().st_size > size:
            os.truncate(path, size)

    def _cut_unfinished(self, log: Log) -> None:
        """Cut off an unfinished last line if it is the beginning of a line that the log has."""
        for name in FILES.values():
            content = _content(self.folder / name)
            start = content.rfind(b"\n") + 1
            if (rest := content[start:]) and any(
                FILES[row.kind] == name and row_line(row).encode().startswith(rest) for row in log.rows()
            ):
                self._cut(name, start)

    def _require_whole_lines(self, names: Iterable[str]) -> None:
        contents = {name: _content(self.folder / name) for name in names}
        last_lines = [
            (name, content.count(b"\n") + 1) for name, content in contents.items() if content[-1:].strip(b"\n")
        ]
        message = f"{CUT_OFF}; complete the line or delete it"
        findings = [Finding(f"{name}:{number}", "", message) for name, number in last_lines]
        if findings:
            raise DataError(findings)

    def _keys(self, name: str) -> set[tuple[str, int]]:
        """Return id and number of each revision in a file, of lines that can be read."""
        keys = set()
        for line in _content(self.folder / name).split(b"\n"):
            if line.strip():
                try:
                    fields = json.loads(line)
                    keys.add((fields["id"], fields.get("revision", 1)))
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    continue
        return keys


class TextBehindError(WorkspaceError):
    """The record book has what the text beside it lacks, and the text cannot be written, as on a full disk."""


class _Cursor:
    """A position in a text file that advances while the file has the expected lines."""

    def __init__(self, path: Path, file: FileNote) -> None:
        self._source: IO[bytes] | None = path.open("rb") if path.is_file() else None
        self.place, self.crc, self.passed = file.size, file.crc, 0
        self._is_short = False
        if self._source:
            self._source.seek(file.size)

    def passes(self, line: str) -> bool:
        """Move past a line; where the file ends in it, or before it, stay; return whether the file can go on so."""
        content = line.encode()
        read = self._source.read(len(content)) if self._source and not self._is_short else b""
        if read == content:
            self.place, self.crc, self.passed = self.place + len(read), zlib.crc32(read, self.crc), self.passed + 1
            return True
        self._is_short = True
        return len(read) < len(content) and content.startswith(read)

    def is_at_end(self) -> bool:
        """Return whether nothing follows that was not asked about."""
        return self._is_short or not self._source or not self._source.read(1)

    def close(self) -> None:
        """Close the file."""
        if self._source:
            self._source.close()


def _content(path: Path) -> bytes:
    return read_bytes(path) if path.exists() else b""
