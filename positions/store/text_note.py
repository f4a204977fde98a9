"""What the published text was when it was last in step with the log: the note that is kept beside the database.

It says whether a look at the text is needed at all, and where to go on: up to which head the text was written, and each
file's size, checksum and times then. It is also how the last head of a lost database is known.
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
"""What the note's name adds to the database's: it lies beside it, and git is told to leave both alone."""

_LENGTH: Final = 1024
"""Bytes of a note, blanks included; a longer one grows."""


class FileNote(NamedTuple):
    """A text file as it was left: its size in bytes, the CRC-32 of its content, and its size, times and inode."""

    size: int = 0
    crc: int = 0
    stamp: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextNote:
    """What the text was when it was last in step: the log's head, and its files by name."""

    head: Head
    files: Mapping[str, FileNote]

    def file(self, name: str) -> FileNote:
        """Return what was noted of a file; one that was not there was empty."""
        return self.files.get(name, FileNote())


def read_note(path: Path) -> TextNote | None:
    """Return what was noted; ``None`` if there is no note, or one that was cut."""
    try:
        fields = json.loads(path.read_bytes())
        files = {name: FileNote(size, crc, tuple(stamp)) for name, (size, crc, stamp) in fields["files"].items()}
        return TextNote(Head(fields["seq"], fields["hash"]), files)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save_note(path: Path, note: TextNote, *, mode: int) -> None:
    """Write a note, under the lock. ``mode`` are a new file's permissions.

    It is written over the old one at once and not flushed: a rename would wait for the disk. After a power cut an old
    note, or a cut one, costs only a second look.
    """
    files = {name: tuple(file) for name, file in note.files.items()}
    content = json.dumps({"seq": note.head.seq, "hash": note.head.hash, "files": files}).encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, mode)
        try:
            # Filled up with blanks, so that nothing of a longer note stays behind it.
            os.write(handle, content.ljust(max(_LENGTH, os.fstat(handle).st_size)))
        finally:
            os.close(handle)
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be written: {error.strerror}") from None


def measure_file(path: Path) -> FileNote:
    """Return the note of a file as it now is; reads it whole."""
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
