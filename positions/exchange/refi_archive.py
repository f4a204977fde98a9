"""The parts of a ``.qdpx`` file: the project, whatever it is called, and the texts of its sources."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Final

from positions.errors import DataError, Finding
from positions.files.unpacking import UNPACKING_ERRORS

_LARGEST: Final = 500_000_000
"""The most bytes of an archive's texts when they are unpacked."""
_IN_UTF8: Final = 0x800
"""The bit of a file in an archive whose name is in UTF-8; without it zipfile takes code page 437."""
_SCHEMES: Final = ("internal://", "relative://", "absolute://")


class RefiArchive:
    """An open ``.qdpx`` file; raises ``DataError`` for one that is no archive or has no project."""

    def __init__(self, content: bytes, *, where: str) -> None:
        self._where = where
        self._left = _LARGEST
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self._error(f"is no .qdpx file, which is a zip archive: {error}") from None
        entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        entries = [entry for entry in entries if not entry.filename.startswith("__MACOSX")]
        self._by_name = {_base_name(name): entry for entry in reversed(entries) for name in _names_of(entry)}

    def project(self) -> bytes:
        """Return the project's XML: ``project.qde``, or the one file of that ending."""
        names = sorted(name for name in self._by_name if name.endswith(".qde"))
        if not names:
            raise self._error("has no project in it (a file that ends in .qde)")
        return self._read(self._by_name["project.qde" if "project.qde" in names else names[0]])

    def source(self, path: str) -> bytes | None:
        """Return the bytes of a source by the path that the project gives; ``None`` if it is not in the archive.

        Only the name counts, whatever folder or drive a tool wrote before it: nothing outside is ever read.
        """
        entry = self._by_name.get(_base_name(path))
        return None if entry is None else self._read(entry)

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.file_size > self._left:
            raise self._error(f"unpacked its texts have over {_LARGEST:,} bytes")
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(self._left + 1)
        except UNPACKING_ERRORS as error:
            raise self._error(f"{entry.filename}: cannot be unpacked: {error}") from None
        self._left -= len(content)
        if self._left < 0:
            raise self._error(f"unpacked its texts have over {_LARGEST:,} bytes")
        return content

    def _error(self, message: str) -> DataError:
        return DataError([Finding(self._where, "", message)])


def _names_of(entry: zipfile.ZipInfo) -> Iterator[str]:
    """Yield the name of a file, also as it is in the code pages that tools write without saying so."""
    if not entry.flag_bits & _IN_UTF8:
        for encoding in ("cp1252", "utf-8"):
            with suppress(UnicodeError):
                yield entry.filename.encode("cp437").decode(encoding)
    yield entry.filename


def _base_name(path: str) -> str:
    for scheme in _SCHEMES:
        path = path.removeprefix(scheme)
    return path.replace("\\", "/").rpartition("/")[2].casefold()
