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
_PAUSES: Final = (0.0002, 0.02)
"""The first and the longest pause between two attempts, in seconds."""


@contextmanager
def exclusive_lock(path: Path, *, mode: int = 0o666, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold a lock that no other process or thread holds; the file at ``path`` is made if it is missing.

    Waits up to ``seconds``, and says so once after :data:`PATIENCE`. Raises ``WorkspaceError`` if the lock cannot be
    had.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, mode)
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be locked for writing: {error.strerror}") from None
    try:
        _wait(handle, path, seconds)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, path: Path, seconds: float) -> None:
    start, pause, is_told = time.monotonic(), _PAUSES[0], False
    while True:
        try:
            _lock(handle)
        except OSError:
            waited = time.monotonic() - start
        else:
            return
        if waited > seconds:
            raise WorkspaceError(f"{path}: another process has been writing for {seconds:.0f} s; nothing was written")
        if waited > PATIENCE and not is_told:
            notify(waiting_words(path.parent))
            is_told = True
        time.sleep(pause)
        pause = min(pause * 2, _PAUSES[1])


def waiting_words(what: object) -> str:
    """Word the line that is said while a writer waits."""
    return f"waiting for another process that is writing to {what}"
