"""A workspace: the codebook of one negotiation and its record book, ready for queries.

All access goes through it: only :mod:`positions.store` and this package touch the log behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, Unpack

from positions.errors import Finding, WorkspaceError
from positions.files.writing import is_writable
from positions.model.candidate import Candidate, CandidateStatus
from positions.model.codebook import Codebook
from positions.model.codebook_version import VersionName, WordKind
from positions.model.document import Document
from positions.model.id_changes import PastIds
from positions.model.query import EVERYTHING, Query, QueryWords, known_query
from positions.model.revision import InForce, RecordKind, Revision, select_in_force
from positions.model.statement import Statement
from positions.store.chain import read_revisions, system_clock
from positions.store.codebook_versions import last_version, past_ids, version_history
from positions.store.entry import EMPTY, Head, read_row
from positions.store.in_step import bring_in_step
from positions.store.log import Log, documents_in_force, entries_up_to
from positions.store.text_copy import TextCopy
from positions.workspace.scaffold import is_under_git
from positions.workspace.versions import (
    codebook_at,
    current_id,
    recode_withdrawn,
    settle_files,
    settle_versions,
    user_name,
    write_versions,
)

# Not imported at every start: a command needs few of these.
if TYPE_CHECKING:
    import pandas as pd

    from positions.analysis.distance import Comparison
    from positions.analysis.state import State
    from positions.analysis.state_index import StateIndex
    from positions.store.book import Book
    from positions.store.candidates import CandidateRecord
    from positions.store.codebook_undo import VersionUndo
    from positions.store.columns import Columns
    from positions.store.merging.merge import OpenConflict

CACHE: Final = "positions.columns.npz"


class Workspace:
    """One workspace; open it with :func:`positions.workspace.open_workspace`, as a context manager.

    It only reads; to write, open its record book (:meth:`recording`). Methods that take a query also take its parts by
    name: ``workspace.state(as_of=day)`` is ``workspace.state(Query(as_of=day))``.
    """

    def __init__(
        self, folder: Path, codebook: Codebook, log: Log, *, text: TextCopy | None = None, is_example: bool = False
    ) -> None:
        self.folder = folder
        self.codebook = codebook
        self._log = log
        self._text = text
        self._is_example = is_example
        self._read = EMPTY
        self._revisions: tuple[Revision, ...] = ()
        self._columns: Columns | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the record book."""
        self._log.close()

    def open_log(self) -> Log:
        """Open another connection to the record book for :class:`positions.workspace.reader.WorkspaceReader`."""
        return self._log.open_reader()

    @property
    def name(self) -> str:
        """The record book's name for people: its file or its address."""
        return self._log.name

    @property
    def head(self) -> Head:
        """The end of the log; it identifies the whole log, so the same head gives the same answers."""
        return self._log.head()

    @contextmanager
    def recording(self, *, coder: str | None = None, clock: Callable[[], datetime] = system_clock) -> Iterator[Book]:
        """Open the record book for writing: at the end everything is recorded, or nothing after an error.

        When the block ends the records are in the log and in the folder's text. ``coder`` is who writes (default: the
        user's name). Raises ``WorkspaceError`` for a book that cannot be written (:meth:`require_writable`).
        """
        self.require_writable()
        with self._writing(coder or user_name(), clock) as book:
            yield book

    def keeps_text_in(self, folder: Path) -> bool:
        """Return whether a folder holds the text that this book keeps in step."""
        return self._text is not None and folder.exists() and folder.samefile(self.folder)

    @property
    def file_mode(self) -> int:
        """The permissions of files exported from this book: a private book's exports are private."""
        return self._text.mode if self._text else 0o666

    def require_writable(self) -> None:
        """Raise ``WorkspaceError`` for a book that is only read: a copy in memory, or of the shipped example."""
        if self._is_example:
            raise WorkspaceError(
                "the shipped example is only read; `positions init --example DIR` makes one of your own"
            )
        if self._log.in_memory:
            raise WorkspaceError(f"{self.folder}: cannot be written, so nothing can be recorded here")

    @contextmanager
    def _writing(self, coder: str, clock: Callable[[], datetime] = system_clock) -> Iterator[Book]:
        from positions.store.book import Book

        text = None if self._log.in_memory else self._text
        with text.locked() if text else nullcontext():
            if text is not None:
                bring_in_step(text, self._log, self.codebook, coder=coder, is_writing=True)
            with self._log.writing():
                self._follow_codebook()
                book = Book(self._log, self.codebook, coder=coder, clock=clock)
                book.is_shared = is_under_git(self.folder)
                if last_version(self._log, "codebook") is None:
                    settle_versions(self.folder, self._log, book)
                yield book
                if text is not None:
                    text.refuse(book.new_documents)
            write_versions(self.folder, book.versions.values())
            if text is not None:
                text.extend(self._log)
        self._follow_codebook()

    def settle_codebook(self, *, edits: bool = True) -> None:
        """Make log and files agree on the codebook and the lexicon; see :mod:`positions.workspace.versions`.

        Without ``edits`` hand edits are ignored.
        """
        settle_files(self.folder, self._log, self._writing, edits=edits)
        self._follow_codebook()

    def _follow_codebook(self) -> None:
        """Use the log's current codebook: another process may have migrated it."""
        if version := last_version(self._log, "codebook"):
            self.codebook = version.codebook

    def open_conflicts(self) -> tuple[OpenConflict, ...]:
        """Return the open conflicts, in order of record; :mod:`positions.workspace.merging` settles them."""
        from positions.store.merging.merge import open_conflicts

        return open_conflicts(self._log)

    def revisions(self) -> tuple[Revision, ...]:
        """Return the whole history in recorded order; only entries that are new since the last call are read."""
        head = self.head
        if head != self._read:
            new, end = read_revisions(self._log, after=self._read, head=head)
            self._revisions, self._read = (*self._revisions, *new), end
            self._follow_codebook()
        return self._revisions

    @property
    def read_head(self) -> Head:
        """The last entry that was read for answers; more may have been recorded since (:attr:`head`)."""
        self.revisions()
        return self._read

    def head_at(self, known_at: datetime | None) -> Head:
        """Return the last entry that was recorded by an instant (default: :attr:`read_head`).

        What was known then rests on the entries up to it, however many were recorded since.
        """
        if known_at is None:
            return self.read_head
        count = bisect_right(self.revisions(), known_at, key=attrgetter("recorded_at"))
        row = next(iter(self._log.rows(after=count - 1)), None) if count else None
        return Head(row.seq, row.hash) if row else EMPTY

    def history(self, record_id: str) -> tuple[Revision, ...]:
        """Return every revision of an id, by kind and number; empty if it was never recorded."""
        return tuple(map(read_row, self._log.revisions_of(record_id)))

    def claims(self, kind: RecordKind) -> Iterator[Statement | Candidate]:
        """Yield the last revision of every statement, or candidate, that is not retracted, in order of id."""
        for row in self._log.claims(kind):
            if isinstance(content := read_row(row).content, Statement | Candidate):
                yield content

    def versions(self, name: VersionName = "codebook") -> tuple[Revision, ...]:
        """Return the recorded versions of the codebook or of the lexicon, oldest first."""
        return version_history(self._log, name)

    def preview_undo(self) -> VersionUndo:
        """Return what :func:`positions.store.codebook_undo.undo_version` would undo, recording nothing."""
        from positions.store.book import Book
        from positions.store.codebook_undo import preview_undo

        return preview_undo(Book(self._log, self.codebook, coder=user_name()))

    def codebook_for(self, query: Query = EVERYTHING, **words: Unpack[QueryWords]) -> Codebook:
        """Return the codebook in force at a query's ``known_at``; the first version for earlier instants."""
        return codebook_at(self._log, query.narrow(**words).known_at) or self.codebook

    def id_now(self, word: WordKind, word_id: str, query: Query = EVERYTHING) -> str:
        """Return the id of a word in the codebook of a query, with a notice if it had another one."""
        return current_id(self._log, word, word_id, self.codebook_for(query), query.known_at)

    def past_ids(self, known_at: datetime | None = None) -> PastIds:
        """Return what the ids are that the codebook of an instant (default: now) does not declare."""
        return past_ids(self._log, known_at)

    def entries_to(self, head: str) -> int | None:
        """Return the number of entries up to a head such as ``140:61374d691ed0``; ``None`` if it is not this log's."""
        return entries_up_to(self._log, head)

    def known(self, query: Query = EVERYTHING, **words: Unpack[QueryWords]) -> InForce:
        """Return the documents and statements in force; raise ``QueryError`` for a ``known_at`` in the future."""
        return self.select(self.revisions(), known_query(query.narrow(**words)))

    def select(self, revisions: Iterable[Revision], query: Query = EVERYTHING) -> InForce:
        """Return what is in force of some of the book's revisions; withdrawn statements get current ids."""
        known = select_in_force(revisions, query)
        codebook = known.codebook or self.codebook
        return replace(known, withdrawn=recode_withdrawn(known.withdrawn, self._log, codebook, query.known_at))

    def columns(self) -> Columns:
        """Return the whole log as integer columns; those of a long log are cached beside the database."""
        from positions.store.column_copy import log_columns

        cache = self.folder / CACHE if is_writable(self.folder / CACHE) else None
        before, self._columns = self._columns, log_columns(self._log, cache, known=self._columns)
        if self._columns is not before:
            self._follow_codebook()
        return self._columns

    def index(self, query: Query = EVERYTHING, **words: Unpack[QueryWords]) -> StateIndex:
        """Return the statements in force indexed by position and day; their records are read when they are asked for.

        Answers are those of :meth:`known`, for the cost of the log's columns. Raises ``QueryError`` as :meth:`known`
        does.
        """
        from positions.workspace.stored_index import build_stored_index

        query = known_query(query.narrow(**words))
        columns = self.columns()
        return build_stored_index(self._log, columns, self.codebook_for(query), query)

    def documents(self) -> Iterator[Document]:
        """Yield the documents in force with their texts, in order of id, without holding them all."""
        return documents_in_force(self._log)

    def document(self, document_id: str) -> Document | None:
        """Return a document in force with its text, ``None`` if it was never recorded or is retracted."""
        row = self._log.last_of("document", document_id)
        content = read_row(row).content if row else None
        return content if isinstance(content, Document) else None

    def candidates(
        self,
        *,
        status: CandidateStatus | None = None,
        document: str | None = None,
        issue: str | None = None,
        holder: str | None = None,
    ) -> tuple[CandidateRecord, ...]:
        """Return the candidates that programs proposed, in order of document and offset; no position rests on them.

        ``status`` is open, accepted or rejected (default: all). Raises ``QueryError`` for an unknown document, issue or
        holder.
        """
        from positions.store.candidates import list_candidates

        if issue is not None:
            issue = self.codebook.issue(self.id_now("issue", issue)).id
        if holder is not None:
            holder = self.codebook.party(self.id_now("party", holder)).id
        return list_candidates(self._log, status=status, document=document, issue=issue, holder=holder)

    def candidate(self, candidate_id: str) -> CandidateRecord:
        """Return the last revision of a candidate; raise ``QueryError`` for an unknown id."""
        from positions.store.candidates import find_candidate

        return find_candidate(self._log, candidate_id)

    def days(self, query: Query = EVERYTHING, **words: Unpack[QueryWords]) -> tuple[date, ...]:
        """Return the days on which something was said (the last days of vague dates), in order."""
        return self.known(query, **words).days()

    def state(self, query: Query = EVERYTHING, **words: Unpack[QueryWords]) -> State:
        """Resolve all positions as of a day (default: the last on which something was said).

        Raises ``QueryError`` for a day in the future or before anything was said, and if nothing is known.
        """
        from positions.analysis.state import resolve_state

        return resolve_state(self.known(query, **words), self.codebook_for(query, **words))

    def compare(self, party: str, other: str, query: Query = EVERYTHING, **words: Unpack[QueryWords]) -> Comparison:
        """Measure the distance of two parties as of a day; see :func:`positions.analysis.distance.compare`."""
        from positions.analysis.distance import compare

        query = query.narrow(**words)
        parties = [self.id_now("party", one, query) for one in (party, other)]
        return compare(self.state(query), self.codebook_for(query), *parties)

    def statements(self, query: Query = EVERYTHING, **words: Unpack[QueryWords]) -> pd.DataFrame:
        """Return the statements in force as a :func:`positions.workspace.statement_frame.build_statement_frame`."""
        from positions.workspace.statement_frame import build_statement_frame

        return build_statement_frame(self.known(query, **words).records)

    def verify(self, *, head: str | None = None) -> tuple[Finding, ...]:
        """Return all findings on the record book; none means that every entry is as it was recorded.

        If ``head`` is given (a report's, ``140:61374d691ed0``), the log must still contain it.
        """
        from positions.store.verify import verify_log

        return verify_log(self._log, expected=head)

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the record book into a new SQLite file while others go on writing."""
        self._log.backup(target)
