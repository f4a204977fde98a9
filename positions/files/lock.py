"""One process at a time: an advisory lock on a file, which ends with the process that holds it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.files.notice import notify

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


PATIENCE: Final = 1.0
"""Seconds of waiting after which a person is told what is waited for."""
LOCK_SECONDS: Final = 60.0
"""How long a writer waits for another one before it gives up."""
_PAUSE: Final = 0.001
"""Seconds between two attempts."""


@contextmanager
def exclusive_lock(path: Path, *, mode: int = 0o666, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold a lock that no other process or thread holds; the file at ``path`` is made if it is missing.

    Waits up to ``seconds``, and says so once after :data:`PATIENCE`. A second file beside it makes a queue of two: who
    had the lock last cannot take it again before the one that waits, however fast it comes back. Raises
    ``WorkspaceError`` if the lock cannot be had.
    """
    waiting = _LockWait(path, seconds)
    with _open_lock(path, mode) as handle:
        with _open_lock(path.with_name(f"{path.name}.next"), mode) as queue:
            waiting.take(queue)
            waiting.take(handle)
        yield


@contextmanager
def _open_lock(path: Path, mode: int) -> Iterator[int]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, mode)
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be locked for writing: {error.strerror}") from None
    try:
        yield handle
    finally:
        os.close(handle)


class _LockWait:
    """How long a writer has waited for the locks that it needs, and whether that was said."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._path, self._seconds = path, seconds
        self._start = time.monotonic()
        self._is_told = False

    def take(self, handle: int) -> None:
        while not self._is_locked(handle):
            waited = time.monotonic() - self._start
            if waited > self._seconds:
                message = f"another process has been writing for {self._seconds:.0f} s; nothing was written"
                raise WorkspaceError(f"{self._path}: {message}")
            if waited > PATIENCE and not self._is_told:
                notify(waiting_words(self._path.parent))
                self._is_told = True
            time.sleep(_PAUSE)

    def _is_locked(self, handle: int) -> bool:
        try:
            _lock(handle)
        except OSError:
            return False
        return True


def waiting_words(what: object) -> str:
    """Word the line that is said while a writer waits."""
    return f"waiting for another process that is writing to {what}"
