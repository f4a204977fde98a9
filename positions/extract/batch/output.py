"""The file that results are written to: whole or not at all, or continued where an earlier run stopped."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

from positions.errors import WorkspaceError


class ResultFile:
    """A file open for results; use it as a context manager.

    Without ``resume`` it is written beside its place and put there at the end, so nobody sees half of it. With
    ``resume``, the length at which an earlier run's last safe result ended, what lies behind that is cut off and new
    results follow durably. An existing file is refused unless ``force`` or resumed (``WorkspaceError``). A device or a
    pipe is written to as it is: a file put in its place would take it away from every other program.
    """

    def __init__(self, path: Path, *, resume: int | None = None, force: bool = False) -> None:
        self._path = path
        self._scratch: Path | None = None
        self.resumed = bool(resume)
        special = path.exists() and not path.is_file()
        if path.is_dir() or (special and resume is not None):
            raise WorkspaceError(f"{path}: is no file that can be written")
        if path.exists() and not (force or resume or special):
            raise WorkspaceError(f"{path}: exists already; --force overwrites it")
        self._is_plain = not special
        try:
            self._file: IO[bytes]
            if special:
                self._file = path.open("wb")
            else:
                self._file = self._fresh(path) if resume is None else self._continued(path, resume)
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
            # What could not be written is told once, by the first error.
            if error is None:
                raise WorkspaceError(f"{self._path}: cannot be written: {closing.strerror}") from None
        finally:
            if self._scratch is not None:
                self._scratch.unlink(missing_ok=True)

    def write(self, text: str) -> int:
        """Write and return how long the file is now; a file that can be resumed reaches the disk at once."""
        try:
            self._file.write(text.encode())
            self._file.flush()
            if self._scratch is None and self._is_plain:
                os.fsync(self._file.fileno())
        except OSError as error:
            raise WorkspaceError(f"{self._path}: cannot be written: {error.strerror}") from None
        return self._file.tell() if self._is_plain else 0

    def _fresh(self, path: Path) -> IO[bytes]:
        # Beside the file that is meant, so that a link stays a link.
        handle, scratch = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
        self._scratch = Path(scratch)
        mask = os.umask(0)
        os.umask(mask)
        self._scratch.chmod(0o666 & ~mask)
        return os.fdopen(handle, "wb")

    def _continued(self, path: Path, end: int) -> IO[bytes]:
        if end and (not path.exists() or path.stat().st_size < end):
            raise WorkspaceError(f"{path}: is shorter than its manifest says; remove both to begin anew")
        file = path.open("r+b" if path.exists() else "w+b")
        file.truncate(end)
        file.seek(end)
        return file
