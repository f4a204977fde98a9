"""A workspace: one negotiation's data folder and the record book that answers questions about it.

The folder holds ``codebook.toml``, ``documents.jsonl``, ``statements.jsonl`` and, where a program proposed some,
``candidates.jsonl``; the working database
``positions.db`` lies beside them, is made from them on first use and takes in what is new in them later. A team's
record book lies in PostgreSQL instead, named by URL; it takes in text only when told to (``load``).
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from positions.errors import QueryError
from positions.model.candidate import CandidateStatus
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, end_of_day, instant_text
from positions.model.document import Document
from positions.model.revision import InForce, Revision, known
from positions.store.book import Book
from positions.store.entry import Head, from_row
from positions.store.log import Log, no_collection, settling
from positions.store.published import read_codebook, sound_lines
from positions.store.sqlite import SqliteLog
from positions.workspace.location import find_folder, text_signature

# Not at every start: a command that writes needs none of these.
if TYPE_CHECKING:
    import pandas as pd

    from positions.analysis.distance import Comparison
    from positions.analysis.state import State
    from positions.store.candidates import CandidateRecord
    from positions.store.columns import Columns

DATABASE: Final = "positions.db"
CACHE: Final = "positions.columns.npz"
MANY: Final = 10_000
"""Entries read at a time from which on it pays to keep the garbage collector away from them."""
URL: Final = "POSITIONS_DATABASE"


class Workspace:
    """A door to one workspace; open it with :func:`open_workspace` and use it as a context manager.

    It reads; to write, ask it for a book (:meth:`recording`).
    """

    def __init__(self, folder: Path, codebook: Codebook, log: Log) -> None:
        self.folder = folder
        self.codebook = codebook
        self.log = log
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
        self.log.close()

    @property
    def head(self) -> Head:
        """Where the log ends; it names the whole log, so the same head gives the same answers."""
        return self.log.head()

    @contextmanager
    def recording(self, *, coder: str | None = None) -> Iterator[Book]:
        """Hand out the record book for writing: all that is told it is recorded at the end, or nothing on an error.

        ``coder`` is who writes (default: the user's name).
        """
        with self.log.writing():
            yield Book(self.log, self.codebook, coder=coder or user_name())

    def revisions(self) -> tuple[Revision, ...]:
        """Return the whole history in recorded order; rows that were read before are not read again."""
        head = self.head
        if head != self._seen:
            with settling(many=head.seq - len(self._revisions) > MANY):
                fresh = (from_row(row) for row in self.log.rows(after=len(self._revisions)))
                self._revisions = (*self._revisions, *fresh)
            self._seen = head
        return self._revisions

    def known(self, *, known_at: datetime | None = None, public_by: date | None = None) -> InForce:
        """Return the documents and statements in force; ``known_at`` in the future is refused (``QueryError``)."""
        # A day means its end, so the rest of today is allowed: nothing later is recorded yet.
        if known_at is not None and known_at > end_of_day(datetime.now(UTC).date()):
            raise QueryError(f"known-at: found {instant_text(known_at)}, which is in the future")
        revisions = self.revisions()
        with no_collection():
            return known(revisions, known_at=known_at, public_by=public_by)

    def columns(self) -> Columns:
        """Return the whole log as integer columns; kept on disk beside the database when it is long."""
        from positions.store.columns import log_columns

        return log_columns(self.log, self.folder / CACHE if is_writable(self.folder / CACHE) else None)

    def document(self, document_id: str) -> Document | None:
        """Return a document in force with its text, ``None`` where it was never recorded or is retracted."""
        row = self.log.last_of("document", document_id)
        content = from_row(row).content if row else None
        return content if isinstance(content, Document) else None

    def candidates(
        self,
        *,
        status: CandidateStatus | None = None,
        document: str | None = None,
        issue: str | None = None,
        holder: str | None = None,
    ) -> tuple[CandidateRecord, ...]:
        """Return what programs proposed, in order of document and place; no position comes of it by itself.

        ``status`` is open, accepted or rejected (default: all). Raises ``QueryError`` for a document, an issue or a
        holder that there is not.
        """
        from positions.store.candidates import proposals

        if document is not None and self.log.last_of("document", document) is None:
            raise QueryError(f"document: found {document!r}, which was never recorded")
        if issue is not None:
            self.codebook.issue(issue)
        if holder is not None:
            self.codebook.party(holder)
        return proposals(self.log, status=status, document=document, issue=issue, holder=holder)

    def days(self, *, known_at: datetime | None = None, public_by: date | None = None) -> tuple[date, ...]:
        """Return the days on which something was said (the last days of vague dates), in order."""
        return said_days(self.known(known_at=known_at, public_by=public_by))

    def state(
        self, *, as_of: date | None = None, known_at: datetime | None = None, public_by: date | None = None
    ) -> State:
        """Resolve all positions as of a day (default: the last on which something was said).

        Raises ``QueryError`` for a day in the future or before anything was said, and where nothing is known.
        """
        from positions.analysis.state import state_at

        found = self.known(known_at=known_at, public_by=public_by)
        day = answerable(as_of, said_days(found))
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
        """Measure the distance of two parties as of a day; see :func:`positions.analysis.distance.compare`."""
        from positions.analysis.distance import compare

        return compare(self.state(as_of=as_of, known_at=known_at, public_by=public_by), self.codebook, party, other)

    def statements(self, *, known_at: datetime | None = None, public_by: date | None = None) -> pd.DataFrame:
        """Return the statements in force as a :func:`positions.workspace.statement_frame.build_statement_frame`."""
        from positions.workspace.statement_frame import build_statement_frame

        return build_statement_frame(self.known(known_at=known_at, public_by=public_by).records)


def said_days(found: InForce) -> tuple[date, ...]:
    """Return the days on which something was said, in order; a vague date counts as its last day."""
    return tuple(sorted({record.statement.said_on.last for record in found.records}))


def answerable(as_of: date | None, days: tuple[date, ...]) -> date:
    """Return the day asked about, or the last with a statement; raise ``QueryError`` where it has no answer."""
    if not days:
        raise QueryError("nothing is known yet: no statement was recorded and published by then")
    if as_of is None:
        return days[-1]
    if as_of > datetime.now(UTC).date():
        raise QueryError(f"as-of: found {as_of}, which is in the future")
    if as_of < days[0]:
        raise QueryError(f"as-of: found {as_of}, before the first statement on {day_in_words(days[0])}: all are silent")
    return as_of


def open_workspace(folder: str | Path | None = None, *, database: str | None = None) -> Workspace:
    """Open a workspace and bring its database up to date with its text.

    ``folder`` defaults to the environment's ``POSITIONS_DATA``, then to ``data`` or the current folder where a
    codebook lies there, then to a copy of the shipped example. ``database`` is the URL of a team's PostgreSQL record
    book (default: the environment's ``POSITIONS_DATABASE``). Where the folder cannot be written the database is kept in
    memory. Raises ``DataError`` with every finding when the text breaks a rule; nothing is taken in then.
    """
    place = find_folder(folder)
    codebook = read_codebook(place)
    if url := database or os.environ.get(URL):
        from positions.store.postgres import PostgresLog

        return Workspace(place, codebook, PostgresLog(url))
    log = SqliteLog(place / DATABASE, in_memory=not is_writable(place / DATABASE))
    try:
        _catch_up(place, log, codebook)
    except BaseException:
        log.close()
        raise
    return Workspace(place, codebook, log)


def _catch_up(folder: Path, log: Log, codebook: Codebook) -> None:
    signature = text_signature(folder)
    if log.source("data") == signature:
        return
    from positions.store.importing import published_lines, take_all

    lines = sound_lines(folder)
    with log.writing():
        take_all(Book(log, codebook, coder=user_name()), published_lines(lines))
        log.note_source("data", signature)


def is_writable(database: Path) -> bool:
    """Tell whether a database and the journal beside it can be written here."""
    return os.access(database.parent, os.W_OK) and (not database.exists() or os.access(database, os.W_OK))


def user_name() -> str:
    """Return the user's name, the default coder; ``unknown`` where the machine does not tell."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
