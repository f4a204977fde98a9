"""The note beside the database on the published text as it was when it last agreed with the log.

It shows whether the text must be read at all, and where to continue: the head up to which the text was written, and
each file's size, checksum and times then. It also gives the last head of a lost database.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from positions.errors import WorkspaceError
from positions.store.entry import Head

NOTE: Final = ".head"
"""Suffix of the note's name after the database's; git ignores both."""

_LENGTH: Final = 1024
"""Bytes of a note, blanks included; a longer one grows."""


class FileNote(NamedTuple):
    """A text file as it was left: its size in bytes, the CRC-32 of its content, and its size, times and inode."""

    size: int = 0
    crc: int = 0
    stamp: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextNote:
    """The state of the text when it last agreed with the log: the log's head, and its files by name.

    If it ``is_behind`` the log has revisions that a merge made of the text's lines: the next write adds them to the
    text, and until then they are among the book's local lines.
    """

    head: Head
    files: Mapping[str, FileNote]
    is_behind: bool = False

    def file(self, name: str) -> FileNote:
        """Return a file's note; a file that did not exist counts as empty."""
        return self.files.get(name, FileNote())


def read_note(path: Path) -> TextNote | None:
    """Read a note; ``None`` if it is missing or truncated."""
    try:
        fields = json.loads(path.read_bytes())
        files = {name: FileNote(size, crc, tuple(stamp)) for name, (size, crc, stamp) in fields["files"].items()}
        return TextNote(Head(fields["seq"], fields["hash"]), files, bool(fields.get("is_behind")))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def save_note(path: Path, note: TextNote, *, mode: int) -> None:
    """Write a note, under the lock. ``mode`` are a new file's permissions.

    It is written over the old one at once and not flushed: a rename would wait for the disk. After a power cut an old
    note, or a cut one, costs only a second look.
    """
    files = {name: tuple(file) for name, file in note.files.items()}
    fields = {"seq": note.head.seq, "hash": note.head.hash, "files": files, "is_behind": note.is_behind}
    content = json.dumps(fields).encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, mode)
        try:
            # Padded with blanks, so that it overwrites a longer note completely.
            os.write(handle, content.ljust(max(_LENGTH, os.fstat(handle).st_size)))
        finally:
            os.close(handle)
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be written: {error.strerror}") from None


def measure_file(path: Path) -> FileNote:
    """Return the note of a file's current content; reads all of it."""
    stamp = file_stamp(path)
    size = stamp[0] if stamp else 0
    return FileNote(size, checksum(path, size), stamp)


def file_stamp(path: Path) -> tuple[int, ...]:
    """Return a file's size, times and inode, which no edit leaves as they are; nothing if there is no file."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def checksum(path: Path, size: int) -> int:
    """Return the CRC-32 of a file's first ``size`` bytes; it goes on from there as the file grows."""
    crc = 0
    if size:
        with path.open("rb") as source:
            while size and (piece := source.read(min(size, 1 << 20))):
                crc, size = zlib.crc32(piece, crc), size - len(piece)
    return crc
