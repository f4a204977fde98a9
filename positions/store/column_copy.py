"""The copy of a log's columns on disk (``positions.columns.npz`` beside the database): disposable, and never trusted.

It carries the head of the log that it was made from, whose chain was checked then, and the hash of its own bytes. The
entries up to that head are not read again while the log still holds it: whoever shows one reads that one and checks it
(:mod:`positions.store.stored_records`). So damage to an entry changes no answer, but it is noticed only if the entry is
shown, if the whole log is read, or by ``positions verify``.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from positions.errors import WorkspaceError
from positions.files.writing import write_new
from positions.store.chain import read_rows_after
from positions.store.columns import NO_COLUMNS, TYPES, Columns, extend_columns
from positions.store.entry import Head
from positions.store.log import Log, holds_entry

ENOUGH: Final = 100_000
"""The number of entries from which a copy on disk is worth its space."""
LACKING: Final = 0.01
"""The share of a log's entries that its copy may lack before it is written again."""
FORMAT: Final = 5
_DIGEST: Final = hashlib.sha256().digest_size


def log_columns(log: Log, cache: Path | None, *, known: Columns | None = None) -> Columns:
    """Return a log's columns: those ``known``, else those of the copy on disk, and what was recorded since.

    A copy is written if the log has :data:`ENOUGH` entries and ``cache`` is given. Raises ``WorkspaceError`` if an
    entry that is read is not as it was recorded.
    """
    head = log.head()
    if known is not None and known.head == head:
        return known
    start = known if known is not None and holds_entry(log, known.head) else _read_copy(cache, log)
    if start.head == head:
        return start
    columns = extend_columns(start, read_rows_after(log, after=start.head, head=head))
    lacking = len(columns) - len(start)
    if cache is not None and len(columns) >= ENOUGH and lacking > LACKING * len(columns):
        # The copy only saves time: without it the result is the same.
        with suppress(WorkspaceError):
            write_new(cache, _pack(columns), force=True, mode=0o600)
    return columns


def _pack(columns: Columns) -> bytes:
    target = io.BytesIO()
    words = {"format": FORMAT, "seq": columns.head.seq, "hash": columns.head.hash, "names": columns.names}
    texts = {"words": json.dumps(words), "ids": "\n".join(columns.ids)}
    arrays: dict[str, Any] = {name: np.frombuffer(text.encode(), dtype=np.uint8) for name, text in texts.items()}
    arrays |= columns.arrays
    np.savez(target, **arrays)
    content = target.getvalue()
    return content + hashlib.sha256(content).digest()


def _read_copy(cache: Path | None, log: Log) -> Columns:
    """Read a copy on disk; no columns if it is missing, damaged or changed, or of another log."""
    try:
        content = memoryview(cache.read_bytes() if cache is not None else b"")
        if not content or hashlib.sha256(content[:-_DIGEST]).digest() != content[-_DIGEST:]:
            return NO_COLUMNS
        with np.load(io.BytesIO(content[:-_DIGEST])) as copy:
            words = json.loads(copy["words"].tobytes())
            head = Head(words["seq"], words["hash"])
            if words["format"] != FORMAT or not holds_entry(log, head):
                return NO_COLUMNS
            names = {name: tuple(known) for name, known in words["names"].items()}
            ids = tuple(copy["ids"].tobytes().decode().split("\n"))
            return Columns(head, {name: copy[name] for name in TYPES}, names, ids)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return NO_COLUMNS
