"""The key that signs the editing pages' cookies, the same in all processes that serve one book."""

from __future__ import annotations

import hmac
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from dashboard.settings import Settings

NAME: Final = "positions.db-key"
"""The key's file beside the book; git ignores it like the database."""
BYTES: Final = 32
TRIES: Final = 100
"""How often a key is read that another process is writing, every hundredth of a second."""


def session_key(settings: Settings, folder: Path) -> bytes:
    """Return the key of the settings, else the one kept beside the book, which is made on first use.

    It depends on the token, so that a new token ends all sessions. Where no file can be written, as beside a book in
    PostgreSQL whose folder belongs to somebody else, each process has a key of its own.
    """
    root = settings.key.encode() if settings.key else _kept_key(folder / NAME)
    return hmac.digest(root, (settings.token or "").encode(), "sha256")


def _kept_key(path: Path) -> bytes:
    key = secrets.token_hex(BYTES).encode()
    try:
        with suppress(FileExistsError):  # another process was first
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(handle, key)
            os.close(handle)
        for _ in range(TRIES):
            if len(kept := path.read_bytes()) == len(key):
                return kept
            time.sleep(0.01)  # the other process has not written it yet
    except OSError:
        pass
    return key
