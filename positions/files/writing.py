"""Writing files so that a reader sees the old content or the new one, never half of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
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


def is_writable(path: Path) -> bool:
    """Return whether a file, and files beside it such as a database's journal, can be written."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def write_new(path: Path, content: bytes, *, force: bool = False, mode: int = 0o666) -> None:
    """Write a file at once or not at all; refuse to overwrite one unless ``force`` (``WorkspaceError``).

    A device or a pipe is written to and stays what it is; a link stays a link, and the file that it leads to is
    replaced. ``mode`` are the file's permissions, before the user's mask is taken from them.
    """
    if path.exists() and not force:
        raise WorkspaceError(f"{path}: exists already; --force overwrites it")
    try:
        # Asked of the path as given: what /dev/stdout leads to need not have a name of its own.
        kind = path.stat().st_mode if path.exists() else 0
        if stat.S_ISFIFO(kind) or stat.S_ISCHR(kind):
            with path.open("wb") as stream:
                stream.write(content)
        else:
            _replace(path.resolve() if path.is_symlink() else path, content, mode=mode)
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


def write_files(contents: Mapping[Path, bytes], *, mode: int = 0o666) -> None:
    """Write several files: all are whole before the first takes its place, and after an error none was begun.

    Files that exist are replaced; folders that are missing are made, and go again on an error. ``mode`` as in
    :func:`write_new`. Raises ``WorkspaceError``.
    """
    folders_made: list[Path] = []
    staged: list[tuple[Path, Path]] = []
    try:
        for path, content in contents.items():
            missing = [folder for folder in reversed(path.parents) if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            folders_made += missing
            staged.append((_stage(path, content, mode=mode), path))
        for scratch, path in staged:
            scratch.replace(path)
    except BaseException as error:
        for scratch, _ in staged:
            scratch.unlink(missing_ok=True)
        for folder in reversed(folders_made):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise WorkspaceError(f"{path}: cannot be written: {error.strerror}") from None
        raise


def _replace(path: Path, content: bytes, *, mode: int) -> None:
    """Write beside the file and rename, so that its old content stays until the new one is whole."""
    scratch = _stage(path, content, mode=mode)
    try:
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def _permissions(path: Path, mode: int) -> int:
    """Return a new file's permissions; one that replaces another is open to nobody whom that one was closed to."""
    try:
        return mode & stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return mode & ~_umask()


def _stage(path: Path, content: bytes, *, mode: int) -> Path:
    """Write what is to become a file whole under another name beside it; nothing stays on an error."""
    import tempfile  # not at every start: few commands write files

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        scratch.chmod(_permissions(path, mode))
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    return scratch


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
