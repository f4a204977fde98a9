"""Writing files so that a reader sees the old content or the new one, never half of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError

_GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a cell begins that a spreadsheet would run, and the apostrophe that keeps it from that."""


def guard_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; :func:`restore_cell` takes it away."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def restore_cell(cell: str) -> str:
    """Return the text of a cell that :func:`guard_cell` wrote; a person's own apostrophe before a word stays."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_GUARDED) else cell


def write_new(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file at once or not at all; refuse to overwrite one unless ``force`` (``WorkspaceError``).

    A device or a pipe is written to and stays what it is; a link stays a link, and the file that it leads to is
    replaced.
    """
    if path.exists() and not force:
        raise WorkspaceError(f"{path}: exists already; --force overwrites it")
    try:
        # Asked of the path as given: what /dev/stdout leads to need not have a name of its own.
        mode = path.stat().st_mode if path.exists() else 0
        if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
            with path.open("wb") as stream:
                stream.write(content)
        else:
            _replace(path.resolve() if path.is_symlink() else path, content)
    except (OSError, RuntimeError) as error:
        raise WorkspaceError(f"{path}: cannot be written: {getattr(error, 'strerror', error)}") from None


@contextmanager
def new_file(path: Path, *, mode: int = 0o666) -> Iterator[None]:
    """Make an empty file for others to fill, with these permissions; on an error nothing of it stays.

    Raises ``WorkspaceError`` if it exists already or cannot be made.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    except FileExistsError:
        raise WorkspaceError(f"{path}: exists already; nothing was overwritten") from None
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be written: {error.strerror}") from None
    try:
        yield
    except BaseException:
        for part in (path, path.with_name(f"{path.name}-journal")):
            part.unlink(missing_ok=True)
        raise


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that its old content stays until the new one is whole."""
    import tempfile  # not at every start: few commands write files

    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:200]}.")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(scratch).chmod(0o666 & ~_umask())
        Path(scratch).replace(path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
