"""A workspace: one negotiation's data folder and the record book that answers questions about it.

The folder holds ``codebook.toml``, ``documents.jsonl`` and ``statements.jsonl``; the working database
``positions.db`` lies beside them, is made from them on first use and takes in what is new in them later.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from positions.codebook import Codebook
from positions.dates import day_in_words, end_of_day, instant_text
from positions.distance import Comparison, compare
from positions.errors import DataError, QueryError, WorkspaceError
from positions.reading import read_bytes
from positions.revision import Known, Revision, known
from positions.state import State, state_at
from positions.store.book import load
from positions.store.entry import Head, from_row
from positions.store.sqlite import SqliteLog
from positions.store.text import CODEBOOK, FILES, read_codebook, read_published

DATABASE: Final = "positions.db"
VARIABLE: Final = "POSITIONS_DATA"
EXAMPLE: Final = Path(__file__).parent / "example"
"""Where a built wheel carries the shipped case; a checkout has it at the top instead."""


class Workspace:
    """A door to one workspace for reading; open it with :func:`open_workspace` and use it as a context manager."""

    def __init__(self, folder: Path, codebook: Codebook, log: SqliteLog) -> None:
        self.folder = folder
        self.codebook = codebook
        self._log = log
        self._seen: Head | None = None
        self._revisions: tuple[Revision, ...] = ()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the record book."""
        self._log.close()

    @property
    def head(self) -> Head:
        """Where the log ends; it names the whole log, so the same head gives the same answers."""
        return self._log.head()

    def revisions(self) -> tuple[Revision, ...]:
        """Return the whole history in recorded order; rows that were read before are not read again."""
        head = self.head
        if head != self._seen:
            fresh = (from_row(row) for row in self._log.rows(after=len(self._revisions)))
            self._revisions = (*self._revisions, *fresh)
            self._seen = head
        return self._revisions

    def known(self, *, known_at: datetime | None = None, public_by: date | None = None) -> Known:
        """Return the documents and statements in force; ``known_at`` in the future is refused (``QueryError``)."""
        # A day means its end, so the rest of today is allowed: nothing later is recorded yet.
        if known_at is not None and known_at > end_of_day(datetime.now(UTC).date()):
            raise QueryError(f"known-at: found {instant_text(known_at)}, which is in the future")
        return known(self.revisions(), known_at=known_at, public_by=public_by)

    def days(self, *, known_at: datetime | None = None, public_by: date | None = None) -> tuple[date, ...]:
        """Return the days on which something was said (the last days of vague dates), in order."""
        records = self.known(known_at=known_at, public_by=public_by).records
        return tuple(sorted({record.statement.said_on.last for record in records}))

    def state(
        self, *, as_of: date | None = None, known_at: datetime | None = None, public_by: date | None = None
    ) -> State:
        """Resolve all positions as of a day (default: the last on which something was said).

        Raises ``QueryError`` for a day in the future or before anything was said, and where nothing is known.
        """
        found = self.known(known_at=known_at, public_by=public_by)
        days = sorted({record.statement.said_on.last for record in found.records})
        day = _answerable(as_of, days)
        return state_at(found.records, self.codebook, as_of=day, known_at=known_at, public_by=public_by)

    def compare(
        self,
        party: str,
        other: str,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        public_by: date | None = None,
    ) -> Comparison:
        """Measure the distance of two parties as of a day; see :func:`positions.distance.compare`."""
        return compare(self.state(as_of=as_of, known_at=known_at, public_by=public_by), self.codebook, party, other)


def _answerable(as_of: date | None, days: list[date]) -> date:
    if not days:
        raise QueryError("nothing is known yet: no statement was recorded and published by then")
    if as_of is None:
        return days[-1]
    if as_of > datetime.now(UTC).date():
        raise QueryError(f"as-of: found {as_of}, which is in the future")
    if as_of < days[0]:
        raise QueryError(f"as-of: found {as_of}, before the first statement on {day_in_words(days[0])}: all are silent")
    return as_of


def open_workspace(folder: str | Path | None = None) -> Workspace:
    """Open a workspace and bring its database up to date with its text.

    ``folder`` defaults to the environment's ``POSITIONS_DATA``, then to ``data`` or the current folder where a
    codebook lies there, then to a copy of the shipped example. Where the folder cannot be written the database is
    kept in memory. Raises ``DataError`` with every finding when the text breaks a rule; nothing is taken in then.
    """
    place = find_folder(folder)
    codebook = read_codebook(place)
    writable = os.access(place, os.W_OK) or (place / DATABASE).exists()
    log = SqliteLog(place / DATABASE if writable else None)
    try:
        _catch_up(place, log)
    except BaseException:
        log.close()
        raise
    return Workspace(place, codebook, log)


def _catch_up(folder: Path, log: SqliteLog) -> None:
    digest = _digest(folder)
    if log.source("data") == digest:
        return
    published = read_published(folder)
    if published.findings:
        raise DataError(published.findings)
    with log.writing():
        load(log, published.lines)
        log.set_source("data", digest)


def _digest(folder: Path) -> str:
    """Hash the names and contents of the folder's text, so that a changed file is noticed whatever its times say."""
    total = hashlib.sha256()
    for name in (CODEBOOK, *FILES.values()):
        path = folder / name
        content = read_bytes(path) if name == CODEBOOK or path.exists() else b""
        total.update(f"{name}:{len(content)}:".encode() + content)
    return total.hexdigest()


def find_folder(folder: str | Path | None = None) -> Path:
    """Return the data folder that is meant; raise ``WorkspaceError`` where a named one is no workspace."""
    if named := folder or os.environ.get(VARIABLE):
        for place in (Path(named), Path(named) / "data"):
            if (place / CODEBOOK).is_file():
                return place
        raise WorkspaceError(f"{named}: no workspace, {CODEBOOK} is missing; `positions init {named}` makes one")
    for place in (Path("data"), Path()):
        if (place / CODEBOOK).is_file():
            return place
    return _example_copy()


def _example_copy() -> Path:
    """Return the data folder of a copy of the shipped example, made once for each content of the example."""
    source = EXAMPLE if EXAMPLE.is_dir() else Path(__file__).parent.parent
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "positions"
    target = base / f"example-{_digest(source / 'data')[:12]}"
    if not target.exists():
        try:
            base.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(dir=base))
        except OSError:
            scratch = Path(tempfile.mkdtemp())
            target = scratch
        for name in ("data", "seeds"):
            shutil.copytree(source / name, scratch / name, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
        if target != scratch:
            try:
                scratch.rename(target)
            except OSError:  # another process was first; its copy is the same
                shutil.rmtree(scratch)
    return target / "data"
