"""Open a workspace: find its folder, or copy the shipped example, and bring its database up to date with the text."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from positions.errors import WorkspaceError
from positions.files.model_cache import cache_folder
from positions.files.notice import notify
from positions.files.reading import read_bytes
from positions.files.writing import is_writable
from positions.model.codebook import Codebook
from positions.model.codebook_version import CODEBOOK
from positions.store.codebook_versions import last_version
from positions.store.in_step import bring_in_step, take_in
from positions.store.log import Log
from positions.store.published import FILES, read_codebook
from positions.store.sqlite import SqliteLog
from positions.store.text_copy import TextBehindError, TextCopy
from positions.workspace.scaffold import example_folder
from positions.workspace.versions import user_name
from positions.workspace.workspace import Workspace

VARIABLE: Final = "POSITIONS_DATA"
URL: Final = "POSITIONS_DATABASE"
DATABASE: Final = "positions.db"
_COPY: Final = "positions-example-"
"""Name of the folder with a copy of the shipped example."""


def open_workspace(folder: str | Path | None = None, *, database: str | None = None, settle: bool = True) -> Workspace:
    """Open a workspace and bring its database up to date with its text.

    ``folder`` defaults to the environment's ``POSITIONS_DATA``, then to ``data`` or the current folder if a codebook
    lies there, then to a copy of the shipped example. ``database`` is the URL of a team's PostgreSQL record book
    (default: the environment's ``POSITIONS_DATABASE``). If the folder cannot be written the database is kept in memory.
    A codebook that was edited by hand is recorded as a version, or refused if statements in force do not fit it;
    without ``settle`` the last version counts and the edit is ignored. Raises ``DataError`` with every finding if the
    text breaks a rule; then nothing is recorded.
    """
    data = find_folder(folder)
    codebook = read_codebook(data)
    if url := database_url(database):
        from positions.store.postgres import PostgresLog

        return _settle_codebook(Workspace(data, codebook, PostgresLog(url)), settle=settle)
    path = data / DATABASE
    log = SqliteLog(path, in_memory=not is_writable(path))
    text = TextCopy(data, path)
    try:
        version = last_version(log, "codebook")
        _catch_up(text, log, version.codebook if version else codebook)
    except BaseException:
        log.close()
        raise
    return _settle_codebook(Workspace(data, codebook, log, text=text, is_example=_is_example_copy(data)), settle=settle)


def _settle_codebook(workspace: Workspace, *, settle: bool) -> Workspace:
    try:
        workspace.settle_codebook(edits=settle)
    except BaseException:
        workspace.close()
        raise
    return workspace


def database_url(database: str | None = None) -> str | None:
    """Return the URL of the team's record book, ``None`` for the folder's own book."""
    return database or os.environ.get(URL)


def _catch_up(text: TextCopy, log: Log, codebook: Codebook) -> None:
    """Synchronise log and text if either may have changed; a log in memory only takes in the text."""
    if text.is_current(log.head()):
        return
    if log.in_memory:
        take_in(text, log, codebook, coder=user_name())
        return
    try:
        with text.locked():
            bring_in_step(text, log, codebook, coder=user_name())
    except TextBehindError as error:  # what the book holds can be read all the same
        notify(str(error))


def find_folder(folder: str | Path | None = None) -> Path:
    """Return the data folder to open; raise ``WorkspaceError`` if a named one is not a workspace."""
    if named := folder or os.environ.get(VARIABLE):
        for path in (Path(named), Path(named) / "data"):
            if (path / CODEBOOK).is_file():
                return path
        raise WorkspaceError(f"{named}: no workspace, {CODEBOOK} is missing; `positions init {named}` makes one")
    for path in (Path("data"), Path()):
        if (path / CODEBOOK).is_file():
            return path
    return _example_copy()


def _example_copy() -> Path:
    """Return the data folder of a copy of the shipped example; a new copy is made when the example changes."""
    import shutil
    import tempfile

    source = example_folder()
    base = cache_folder()
    target = base / f"{_COPY}{_digest(source / 'data')[:12]}"
    if not target.exists():
        try:
            base.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(dir=base))
        except OSError:
            target = scratch = Path(tempfile.mkdtemp(prefix=_COPY))
        for name in ("data", "seeds"):
            shutil.copytree(source / name, scratch / name, ignore=shutil.ignore_patterns("positions.db*"))
        if target != scratch:
            try:
                scratch.rename(target)
            except OSError:  # another process was first; its copy is the same
                shutil.rmtree(scratch)
    notify("reading a copy of the shipped example; `positions init --example DIR` makes one of your own to change")
    return target / "data"


def _is_example_copy(folder: Path) -> bool:
    return folder.parent.name.startswith(_COPY)


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in [*sorted(folder.glob("*.toml")), *(folder / name for name in FILES.values())]:
        if path.exists():
            total.update(read_bytes(path))
    return total.hexdigest()
