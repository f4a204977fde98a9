"""The dashboard's access to a workspace: several threads at once, answers cached until the log grows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import BoundedSemaphore, RLock, local
from typing import Final

from dashboard.query.case import LASTING, LONG, Case, Picture, measure_answer
from dashboard.query.day_frames import choose_pairs
from dashboard.query.shared_cache import SharedCache
from dashboard.query.view import View, ViewOptions, fit_view
from positions.analysis.panel import Panel, build_panel
from positions.analysis.state_index import StateIndex
from positions.errors import BusyError, QueryError
from positions.model.codebook_version import WordKind
from positions.model.id_changes import is_declared
from positions.model.query import Query
from positions.model.revision import Revision
from positions.workspace import Workspace
from positions.workspace.reader import WorkspaceReader
from positions.workspace.record_ids import current_record_id

CASE_BYTES: Final = 128_000_000
"""About how much memory the cases of different queries take together; one alone may take more."""
ANSWER_BYTES: Final = 64_000_000
"""About how much memory the answers of all cases take together."""
FOLLOWED: Final = 4
"""Of how many queries the index is held until the log grows: the next one takes over what was not changed."""
WRITERS: Final = 4
"""How many editors wait for their turn to write at once: fewer than there are threads, which also answer readers."""


class CaseStore:
    """Thread-safe access to a workspace; each answer is computed once for each state of the log.

    A question that takes long stops only those who ask the same: the lock is held for what reads the log.
    Readers have a connection of their own, so that nobody waits for an editor, and go on with the last state that was
    read while another program shuts them out of the book (:class:`positions.workspace.reader.WorkspaceReader`).
    ``editable``, ``embeddable`` and ``served`` are as in :class:`dashboard.query.case.Case`. ``on_load`` is called
    after records were read and sorted, so that a server can adjust its process.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        editable: bool = False,
        embeddable: bool = False,
        served: bool = False,
        on_load: Callable[[], None] = lambda: None,
    ) -> None:
        self._editor = workspace
        self._editor_lock = RLock()
        self._waiting = BoundedSemaphore(WRITERS)
        self._workspace = WorkspaceReader(workspace)
        # A workspace has one database connection and one history in memory: one thread at a time.
        self._lock = RLock()
        self._desk: WorkspaceReader | None = None
        # A copy in memory has only one connection.
        self._desk_lock = self._lock if self._workspace.is_in_memory else RLock()
        self._uses = {"editable": editable, "embeddable": embeddable, "served": served}
        self._on_load = on_load
        self._cases = SharedCache(CASE_BYTES, Case.measure, on_drop=self._drop_answers)
        self._answers = SharedCache(ANSWER_BYTES, measure_answer)
        self._head = ""
        self._within = local()
        self._indexes: dict[Query, StateIndex] = {}

    @property
    def folder(self) -> str:
        """The workspace's folder."""
        return str(self._workspace.folder)

    @contextmanager
    def lock_workspace(self) -> Iterator[Workspace]:
        """Give one thread at a time a workspace, to read what no method here returns.

        It has a connection of its own: what editors look through for long stops nobody who reads pages.
        """
        with self._desk_lock:
            if self._desk is None:
                self._desk = WorkspaceReader(self._editor)
            self._desk.follow_codebook()
            yield self._desk

    @contextmanager
    def lock_for_writing(self) -> Iterator[Workspace]:
        """Give one editor at a time the workspace to write with, while readers go on.

        Raises ``BusyError`` at once if :data:`WRITERS` are here already: their requests occupy threads of the server.
        """
        if not self._waiting.acquire(blocking=False):
            raise BusyError("several others are writing to this record book; nothing was recorded, try again")
        try:
            with self._editor_lock:
                yield self._editor
        finally:
            self._waiting.release()

    @property
    def head(self) -> str:
        """The head of the log that is answered from, as one word; it changes with every record."""
        with self._lock:
            if not getattr(self._within, "has_followed", False):
                self._follow_log()
            return self._head

    @contextmanager
    def follow_once(self) -> Iterator[None]:
        """Look once for what was recorded since, not at each question of this thread within: for one page's answer."""
        self.head  # noqa: B018 its lookup is what the others save
        self._within.has_followed = True
        try:
            yield
        finally:
            self._within.has_followed = False

    def _follow_log(self) -> None:
        head = str(self._workspace.follow())
        if head != self._head:
            self._head = head
            # Nobody asks for the answers of an earlier head again, but for what outlasts it.
            for cache in (self._cases, self._answers):
                cache.drop_unless(lambda key: key[0] in (head, LASTING))

    def case(self, view: View) -> Case:
        """Return everything known to a view's query; a ``known_at`` in the future counts as now."""
        query, head = view.query_limits, self.head
        return self._cases.answer_once(
            (head, query), lambda: self._build_case(query), is_kept=lambda case: case.head == head
        )

    def _drop_answers(self, key: tuple[str, Query]) -> None:
        """Drop the answers and the index of a case that was dropped: they hold on to it."""
        self._indexes.pop(key[1], None)
        self._answers.drop_unless(lambda answered: answered[:2] != key)

    def _build_case(self, query: Query) -> Case:
        with self._lock:
            head, columns, codebook = self._head, self._workspace.columns(), self._workspace.codebook_for(query)
            build_index = self._prepare_index(query)
        index = build_index()
        if (before := self._indexes.get(query)) is not None:
            index.take_over(before)
        if len(index.table.ids) <= LONG:
            self._indexes = dict([*self._indexes.items(), (query, index)][-FOLLOWED:])

        def build(days: Sequence[date]) -> Panel:
            return build_panel(columns, codebook, query, days=days)

        case = Case(codebook, head, query, self._answers, index, build, **self._uses)
        self._on_load()
        return case

    def revisions(self, statement: str) -> tuple[Revision, ...]:
        """Return all revisions of a statement in recorded order; empty if the id was never recorded."""
        with self._lock:
            history = self._workspace.history(statement)
        return tuple(revision for revision in history if revision.kind == "statement")

    def _prepare_index(self, query: Query) -> Callable[[], StateIndex]:
        try:
            return self._workspace.prepare_index(query, lock=self._lock)
        except QueryError:
            # A known_at in the future counts as now; the links of the page go on naming it.
            build_index = self._workspace.prepare_index(replace(query, known_at=None), lock=self._lock)

        def build() -> StateIndex:
            index = build_index()
            index.query = query
            return index

        return build

    def fit_view(self, view: View) -> View:
        """Return the view with its day and ids limited to those that exist, as :func:`fit_view` does."""
        return self._fit_view(view, self.case(view))

    def _fit_view(self, view: View, case: Case) -> View:
        view = self._with_current_ids(view, case)
        return fit_view(self._with_current_records(view, case.view_options), case.view_options)

    def _with_current_records(self, view: View, options: ViewOptions) -> View:
        """Return a view with the ids that its statement and document have now, if they had others before a merge."""

        def current_id(record_id: str | None, known: Collection[str]) -> str | None:
            if record_id is None or record_id in known:
                return record_id
            with self._lock:
                return current_record_id(self._workspace, record_id)

        return replace(
            view,
            statement=current_id(view.statement, options.statements),
            document=current_id(view.document, options.documents),
        )

    def _with_current_ids(self, view: View, case: Case) -> View:
        """Return a view with the ids of its codebook in place of older or later ones: a link outlives a rename."""

        def current_id(word: WordKind, word_id: str) -> str:
            # The history of the codebook is read only for an id that it does not declare.
            if is_declared(case.codebook, word, word_id):
                return word_id
            with self._lock:
                return self._workspace.past_ids(case.query.known_at).resolve(word, word_id, case.codebook)

        return replace(
            view,
            issue=current_id("issue", view.issue) if view.issue else None,
            party=current_id("party", view.party) if view.party else None,
            parties=tuple(current_id("party", party) for party in view.parties),
            issues=tuple(current_id("issue", issue) for issue in view.issues),
        )

    def picture(self, view: View) -> Picture | None:
        """Return the case on a view's day; ``None`` if nothing is known at all."""
        case = self.case(view)
        view = self._fit_view(view, case)
        day = view.as_of
        if day is None:
            return None
        question = ("picture", day, view.parties, view.issues)
        return case.answer_once(question, lambda: _build_picture(case, day, view))


def _build_picture(case: Case, day: date, view: View) -> Picture:
    pairs = choose_pairs(case.codebook, view.parties)
    compared = tuple(case.index.compare(day, *pair) for pair in pairs)
    return Picture(case, case.index.state(day), compared, view.parties, view.issues)
