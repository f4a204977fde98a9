"""The dashboard's access to a workspace: one thread at a time, answers cached until the log grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import RLock
from typing import Any, Final, TypeVar

import pandas as pd

from dashboard.query.day_frames import (
    choose_pairs,
    days_frame,
    events_frame,
    marks_frame,
    rows_frame,
    table_frame,
    trend_frame,
)
from dashboard.query.view import View, ViewOptions, fit_view, last_stop
from positions.analysis.distance import Comparison
from positions.analysis.ledger import LedgerEntry, ledger_between
from positions.analysis.movement import Movement, resolve_movement
from positions.analysis.panel import Panel, build_panel
from positions.analysis.state import State
from positions.analysis.state_index import StateIndex
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.codebook_version import WordKind
from positions.model.document import Document
from positions.model.id_changes import is_declared
from positions.model.query import Query
from positions.model.revision import Record, Revision
from positions.workspace import Workspace

Key = TypeVar("Key")
Answer = TypeVar("Answer")
CACHED_ANSWERS: Final = 64
"""How many answers of a kind are cached; the oldest is dropped first."""


@dataclass(frozen=True)
class Case:
    """Everything known to one query: its documents, statements and days.

    ``head`` identifies the log that it was read from; ``index`` holds the statements by position key and day.
    ``calendar`` and ``trend`` are the frames of :func:`dashboard.query.day_frames.days_frame` and
    :func:`dashboard.query.day_frames.trend_frame`. ``editable``: the pages that change the book are served. ``lock`` is
    held while an answer is computed: neither the index nor the workspace serves two threads at once.
    """

    codebook: Codebook
    head: str
    index: StateIndex = field(repr=False, compare=False)
    panel_of: Callable[[Sequence[date]], Panel] = field(repr=False, compare=False)
    lock: RLock = field(repr=False, compare=False)
    editable: bool = False

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents in force by id."""
        return self.index.documents

    @property
    def records(self) -> Mapping[str, Record]:
        """The statements in force by id."""
        return self.index.by_id

    @cached_property
    def calendar(self) -> pd.DataFrame:
        """The days with statements and how many fall on each."""
        return days_frame(self.index.table.counting)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days with statements: the stops of the slider."""
        return tuple(self.calendar["day"])

    def stop_at(self, day: date | None) -> int | None:
        """Return the index of the last day with statements by a day; ``None`` if there is none."""
        return last_stop(day, self.days) if day else None

    @cached_property
    def trend(self) -> pd.DataFrame:
        """The distance on each day of the pairs that are compared if the reader chooses none."""
        return self.trend_of(choose_pairs(self.codebook))

    def trend_of(self, compared: tuple[tuple[str, str], ...]) -> pd.DataFrame:
        """Return the distance of the given pairs on each day."""
        return self.answer_once(
            ("trend", compared), lambda: trend_frame(self.panel, self.codebook, self.days, compared)
        )

    def events_of(self, compared: tuple[tuple[str, str], ...]) -> pd.DataFrame:
        """Return the days on which the distances of the given pairs changed most."""
        return self.answer_once(("events", compared), lambda: events_frame(self.trend_of(compared)))

    def answer_once(self, question: object, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, computed at most once while it is among the last ones asked."""
        with self.lock:
            if question not in self._answers:
                _cache_answer(self._answers, question, compute())
            known: Answer = self._answers[question]
            return known

    @cached_property
    def _answers(self) -> dict[object, Any]:
        return {}

    @cached_property
    def panel(self) -> Panel:
        """Every position key on every day with statements."""
        return self.panel_of(self.days)

    def movement(self, party: str, other: str, start: date, end: date) -> Movement:
        """Return the movement of two parties between two days, without its ledger (:meth:`ledger`)."""
        return self.answer_once(
            ("movement", party, other, start, end),
            lambda: resolve_movement(self.index, self.codebook, (party, other), start=start, end=end),
        )

    def ledger(self, movement: Movement) -> tuple[LedgerEntry, ...]:
        """Return the statements that moved the parties; it takes longer than the movement itself."""
        start, end = movement.start, movement.end
        return self.answer_once(
            ("ledger", movement.parties, start, end),
            lambda: ledger_between(
                self.index.own_word(movement.parties), self.codebook, movement.parties, start=start, end=end
            ),
        )

    @cached_property
    def view_options(self) -> ViewOptions:
        """The days and ids that a view can refer to."""
        names = [party.id for party in self.codebook.parties], [issue.id for issue in self.codebook.issues]
        return ViewOptions(self.days, self.records, self.documents, *names)


@dataclass(frozen=True)
class Picture:
    """A case on one day: state, frames, and comparisons in the order of ``choose_pairs``."""

    case: Case
    state: State
    comparisons: tuple[Comparison, ...]
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()

    def filter_rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows of the chosen parties and issues; all rows if none are chosen."""
        for column, names in (("holder", self.parties), ("issue", self.issues)):
            if names and column in frame:
                frame = frame[frame[column].isin(names)]
        return frame

    @cached_property
    def trend(self) -> pd.DataFrame:
        """The distance of the compared pairs on each day."""
        return self.case.trend_of(tuple(comparison.parties for comparison in self.comparisons))

    @cached_property
    def events(self) -> pd.DataFrame:
        """The days on which the compared pairs' distances changed most."""
        return self.case.events_of(tuple(comparison.parties for comparison in self.comparisons))

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The scale issues of the dumbbell chart, as :func:`dashboard.query.day_frames.rows_frame` lists them."""
        first = self.comparisons[0] if self.comparisons else None
        return self.filter_rows(rows_frame(self.state, self.case.codebook, first))

    @cached_property
    def marks(self) -> pd.DataFrame:
        """The marks of the dumbbell chart, as :func:`dashboard.query.day_frames.marks_frame` lists them."""
        return self.filter_rows(marks_frame(self.state, self.case.codebook, self.case.records))

    @cached_property
    def table(self) -> pd.DataFrame:
        """The positions, as :func:`dashboard.query.day_frames.table_frame` lists them."""
        return self.filter_rows(table_frame(self.state, self.case.codebook, self.case.records))


class CaseStore:
    """Thread-safe access to a workspace; each answer is computed once for each state of the log.

    ``editable``: the pages that change the book are served. ``on_load`` is called after records were read and sorted,
    so that a server can adjust its process.
    """

    def __init__(
        self, workspace: Workspace, *, editable: bool = False, on_load: Callable[[], None] = lambda: None
    ) -> None:
        self._workspace = workspace
        self._editable = editable
        self._on_load = on_load
        # The workspace has one database connection and one history in memory: one thread at a time.
        self._lock = RLock()
        self._cases: dict[tuple[str, Query], Case] = {}
        self._pictures: dict[tuple[object, ...], Picture] = {}

    @property
    def folder(self) -> str:
        """The workspace's folder."""
        return str(self._workspace.folder)

    @contextmanager
    def lock_workspace(self) -> Iterator[Workspace]:
        """Give one thread at a time the workspace itself, to write, or to read what no method here returns."""
        with self._lock:
            yield self._workspace

    @property
    def head(self) -> str:
        """The head of the log, as one word; it changes with every record."""
        with self._lock:
            return str(self._workspace.head)

    def case(self, view: View) -> Case:
        """Return everything known to a view's query; a ``known_at`` in the future counts as now."""
        with self._lock:
            query = replace(view.query, as_of=None)
            key = (self.head, query)
            if key not in self._cases:
                index = self._read_index(query)
                case = Case(
                    self._workspace.codebook_for(query),
                    key[0],
                    index,
                    self._panel_builder(query),
                    self._lock,
                    self._editable,
                )
                _cache_answer(self._cases, key, case)
                self._on_load()
            return self._cases[key]

    def revisions(self, statement: str) -> tuple[Revision, ...]:
        """Return all revisions of a statement in recorded order; empty if the id was never recorded."""
        with self._lock:
            history = self._workspace.history(statement)
        return tuple(revision for revision in history if revision.kind == "statement")

    def _panel_builder(self, query: Query) -> Callable[[Sequence[date]], Panel]:
        def build(days: Sequence[date]) -> Panel:
            with self._lock:
                return build_panel(self._workspace.columns(), self._workspace.codebook_for(query), query, days=days)

        return build

    def _read_index(self, query: Query) -> StateIndex:
        try:
            return self._workspace.index(query, lock=self._lock)
        except QueryError:
            # A known_at in the future counts as now; the links of the page go on naming it.
            index = self._workspace.index(query, lock=self._lock, known_at=None)
            index.query = query
            return index

    def fit_view(self, view: View) -> View:
        """Return the view with its day and ids limited to those that exist, as :func:`fit_view` does."""
        case = self.case(view)
        return fit_view(self._with_current_ids(view, case.codebook), case.view_options)

    def _with_current_ids(self, view: View, codebook: Codebook) -> View:
        """Return a view with the ids of its codebook in place of older or later ones: a link outlives a rename."""

        def current_id(word: WordKind, word_id: str) -> str:
            # The history of the codebook is read only for an id that it does not declare.
            if is_declared(codebook, word, word_id):
                return word_id
            with self._lock:
                return self._workspace.past_ids().resolve(word, word_id, codebook)

        return replace(
            view,
            issue=current_id("issue", view.issue) if view.issue else None,
            parties=tuple(current_id("party", party) for party in view.parties),
            issues=tuple(current_id("issue", issue) for issue in view.issues),
        )

    def picture(self, view: View) -> Picture | None:
        """Return the case on a view's day; ``None`` if nothing is known at all."""
        with self._lock:
            case, view = self.case(view), self.fit_view(view)
            day = view.as_of
            if day is None:
                return None
            key = (case.head, view.query, view.parties, view.issues)
            if key not in self._pictures:
                pairs = choose_pairs(case.codebook, view.parties)
                compared = tuple(case.index.compare(day, *pair) for pair in pairs)
                _cache_answer(
                    self._pictures, key, Picture(case, case.index.state(day), compared, view.parties, view.issues)
                )
            return self._pictures[key]


def _cache_answer(answers: dict[Key, Answer], key: Key, answer: Answer) -> None:
    while len(answers) >= CACHED_ANSWERS:
        answers.pop(next(iter(answers)))
    answers[key] = answer
