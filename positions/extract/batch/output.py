"""The file that results are written to: complete or not at all, or continued from where an earlier run stopped."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

from positions.errors import WorkspaceError


class ResultFile:
    """A file open for results; use it as a context manager.

    Without ``resume`` the results go to a scratch file that replaces it at the end, so nobody sees half of them. With
    ``resume``, the length in bytes at which an earlier run's last safe result ended, the file is cut to that length
    and new results are appended durably. A device or a pipe is written to directly: to replace it with a file would
    take it away from every other program. Raises ``WorkspaceError`` if the file exists, unless ``force`` or resumed,
    and if it cannot be written.
    """

    def __init__(self, path: Path, *, resume: int | None = None, force: bool = False) -> None:
        self._path = path
        self._scratch: Path | None = None
        self.resumed = bool(resume)
        special = path.exists() and not path.is_file()
        if path.is_dir() or (special and resume is not None):
            raise WorkspaceError(f"{path}: is not a file that can be written")
        if path.exists() and not (force or resume or special):
            raise WorkspaceError(f"{path}: exists already; --force overwrites it")
        self._is_plain = not special
        try:
            self._file: IO[bytes]
            if special:
                self._file = path.open("wb")
            else:
                self._file = self._open_scratch(path) if resume is None else self._open_resumed(path, resume)
        except OSError as error:
            raise WorkspaceError(f"{path}: cannot be written: {error.strerror}") from None

    def __enter__(self) -> ResultFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
            if self._scratch is not None and error is None:
                self._scratch.replace(self._path.resolve())
        except OSError as closing:
            # Only the first error is raised.
            if error is None:
                raise WorkspaceError(f"{self._path}: cannot be written: {closing.strerror}") from None
        finally:
            if self._scratch is not None:
                self._scratch.unlink(missing_ok=True)

    def write(self, text: str) -> int:
        """Write a text and return the file's length in bytes; a file that can be resumed reaches the disk at once."""
        try:
            self._file.write(text.encode())
            self._file.flush()
            if self._scratch is None and self._is_plain:
                os.fsync(self._file.fileno())
        except OSError as error:
            raise WorkspaceError(f"{self._path}: cannot be written: {error.strerror}") from None
        return self._file.tell() if self._is_plain else 0

    def _open_scratch(self, path: Path) -> IO[bytes]:
        # In the folder of the file that a link names, so that the link stays a link.
        handle, scratch = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
        self._scratch = Path(scratch)
        mask = os.umask(0)
        os.umask(mask)
        self._scratch.chmod(0o666 & ~mask)
        return os.fdopen(handle, "wb")

    def _open_resumed(self, path: Path, end: int) -> IO[bytes]:
        if end and (not path.exists() or path.stat().st_size < end):
            raise WorkspaceError(f"{path}: is shorter than its manifest says; remove both to begin anew")
        file = path.open("r+b" if path.exists() else "w+b")
        file.truncate(end)
        file.seek(end)
        return file
