"""What is known to one query, and its picture on one day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

import pandas as pd

from dashboard.query.day_frames import (
    choose_pairs,
    days_frame,
    marks_frame,
    rows_frame,
    table_frame,
    trend_frame,
)
from dashboard.query.shared_cache import SharedCache
from dashboard.query.view import ViewOptions, last_stop
from positions.analysis.distance import Comparison
from positions.analysis.explanation import DistanceExplanation, explain_distance, explain_issue
from positions.analysis.ledger import LedgerEntry, ledger_between
from positions.analysis.movement import Movement, resolve_movement
from positions.analysis.panel import Panel
from positions.analysis.search import SearchIndex
from positions.analysis.state import State
from positions.analysis.state_index import StateIndex
from positions.analysis.storyline import StoryMove, moves_between
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.query import Query
from positions.model.revision import Record
from positions.store.stored_records import StoredDocuments

Answer = TypeVar("Answer")
LASTING: Final = "lasting"
"""Stands in the place of a log's head in the questions whose answers outlast it."""
LONG: Final = 20_000
"""The most statements of a case of which all is shown at once."""
SMALL_CASE: Final = 1_000_000
STATEMENT_BYTES: Final = 400
RECORD_FACTOR: Final = 5
SMALL_ANSWER: Final = 20_000
CELL_BYTES: Final = 100
POSITION_BYTES: Final = 2_000
NODE_BYTES: Final = 5_000
"""Bytes of memory, measured: of a case without statements, for each statement that it indexes, for each character read
from the log; of an answer without rows, for each cell of a table, for each position of a picture, for
each part of a page in a list."""


class RestsOn(NamedTuple):
    """The statements that count by the end of a day: about some parties and on an issue if named, else all."""

    day: date
    parties: tuple[str, ...] | None = None
    issue: str | None = None


class PagePart(list[Any]):
    """A part of a page as serialised nodes, with about how many bytes they take."""

    def __init__(self, nodes: Sequence[Any]) -> None:
        super().__init__(nodes)
        self.size = NODE_BYTES + NODE_BYTES // 10 * _count_nodes(nodes)


class _SameObject:
    """Equals another only for the same object."""

    def __init__(self, one: object) -> None:
        self._one = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameObject) and self._one is other._one

    def __hash__(self) -> int:
        return id(self._one)


def _count_nodes(nodes: Sequence[Any]) -> int:
    return sum(1 if isinstance(node, str) else 1 + _count_nodes(node[2]) for node in nodes)


@dataclass(frozen=True)
class Case:
    """Everything known to one query: its documents, statements and days.

    ``head`` identifies the log that it was read from; ``index`` holds the statements by position key and day.
    ``calendar`` and ``trend`` are the frames of :func:`dashboard.query.day_frames.days_frame` and
    :func:`dashboard.query.day_frames.trend_frame`. ``editable``: the pages that change the book are served;
    ``embeddable``: some may show the pages in a frame; ``served``: a page can ask a server for the rest of what it
    says. ``answers`` are those of all cases.
    """

    codebook: Codebook
    head: str
    query: Query
    answers: SharedCache = field(repr=False, compare=False)
    index: StateIndex = field(repr=False, compare=False)
    panel_of: Callable[[Sequence[date]], Panel] = field(repr=False, compare=False)
    editable: bool = False
    embeddable: bool = False
    served: bool = False

    @property
    def is_long(self) -> bool:
        """Whether there are so many statements that what takes longer comes after all else, or is left out."""
        return len(self.index.table.ids) > LONG

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

    @property
    def trend(self) -> pd.DataFrame:
        """The distance on each day of the pairs that are compared if the reader chooses none."""
        return self.trend_of(choose_pairs(self.codebook))

    def trend_of(self, compared: tuple[tuple[str, str], ...]) -> pd.DataFrame:
        """Return the distance of the given pairs on each day."""
        if not self.days:
            return trend_frame(self.panel, self.codebook, self.days, compared)
        parties = tuple(dict.fromkeys(party for pair in compared for party in pair))
        return self.answer_by_content(
            ("trend", compared, self.days),
            RestsOn(self.days[-1], parties),
            lambda: trend_frame(self.panel, self.codebook, self.days, compared),
        )

    def answer_once(self, question: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, computed at most once while it is among the last ones asked."""
        return self.answers.answer_once((self.head, self.query, question), compute)

    def answer_by_content(self, question: Hashable, resting: RestsOn, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to a question that rests on some statements alone, computed at most once for these.

        A change of the book that leaves them as they are leaves it too; other queries that choose them share it.
        """
        digest = None if self.is_long else self.index.digest(*resting)
        if digest is None:
            return self.answer_once((question, resting), compute)
        return self.answers.answer_once((LASTING, digest, _SameObject(self.codebook), question, resting.day), compute)

    @property
    def panel(self) -> Panel:
        """Every position key on every day with statements."""
        return self.answer_once("panel", lambda: self.panel_of(self.days))

    def measure(self) -> int:
        """Return about how many bytes its index takes, with the records that were read for it so far."""
        documents = self.index.documents
        texts = documents.characters_read if isinstance(documents, StoredDocuments) else 0
        return SMALL_CASE + STATEMENT_BYTES * len(self.index.table.ids) + RECORD_FACTOR * texts

    def movement(self, party: str, other: str, start: date, end: date) -> Movement:
        """Return the movement of two parties between two days, without its ledger (:meth:`ledger`)."""
        return self.answer_by_content(
            ("movement", party, other, start),
            RestsOn(end, (party, other)),
            lambda: resolve_movement(self.index, self.codebook, (party, other), start=start, end=end),
        )

    def state_on(self, day: date) -> State:
        """Return all positions on a day."""
        return self.answer_once(("state", day), lambda: self.index.state(day))

    def ledger(self, movement: Movement) -> tuple[LedgerEntry, ...]:
        """Return the statements that moved the parties; it takes longer than the movement itself."""
        start, end = movement.start, movement.end
        return self.answer_once(
            ("ledger", movement.parties, start, end),
            lambda: ledger_between(
                self.index.own_word(movement.parties), self.codebook, movement.parties, start=start, end=end
            ),
        )

    def explanation(self, pair: tuple[str, str], day: date, issue: str | None = None) -> DistanceExplanation | None:
        """Return why a distance on a day is what it is, over all issues or on one; ``None`` off the agenda."""
        return self.answer_by_content(
            ("explanation", pair, issue),
            RestsOn(day, pair),
            lambda: (
                explain_issue(self.index, self.codebook, pair, issue, day)
                if issue
                else explain_distance(self.index, self.codebook, pair, day)
            ),
        )

    def moves(self, pairs: tuple[tuple[str, str], ...], start: date, end: date) -> tuple[StoryMove, ...]:
        """Return what the parties of some pairs changed by their own word between two days."""
        # What is said later changes nothing of it: one answer serves every later day that a reader goes through.
        last = max(end, self.days[-1])
        moves = self.answer_once(
            ("moves", pairs, start, last),
            lambda: moves_between(self.index, self.codebook, pairs, start=start, end=last),
        )
        return tuple(move for move in moves if move.said_on.last <= end)

    @cached_property
    def view_options(self) -> ViewOptions:
        """The days and ids that a view can refer to."""
        names = [party.id for party in self.codebook.parties], [issue.id for issue in self.codebook.issues]
        elements = [f"{issue.id}/{one.id}" for issue in self.codebook.issues for one in issue.elements]
        return ViewOptions(self.days, self.records, self.documents, *names, elements)


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

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The compared pairs."""
        return tuple(comparison.parties for comparison in self.comparisons)

    @property
    def trend(self) -> pd.DataFrame:
        """The distance of the compared pairs on each day."""
        return self.case.trend_of(self.pairs)

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


def measure_answer(answer: object) -> int:
    """Return about how many bytes an answer takes beside its case."""
    match answer:
        case pd.DataFrame():
            return SMALL_ANSWER + CELL_BYTES * answer.size
        case Panel():
            return SMALL_ANSWER + 3 * int(answer.entry.nbytes)
        case Picture():
            return SMALL_ANSWER + POSITION_BYTES * len(answer.state.positions)
        case SearchIndex():
            return SMALL_ANSWER + answer.measure()
        case str():
            return len(answer)
        case PagePart():
            return answer.size
        case dict():
            return sum(map(measure_answer, answer.values()))
        case list():
            return NODE_BYTES * len(answer)
        case tuple():
            return SMALL_ANSWER + CELL_BYTES * len(answer)
    return SMALL_ANSWER
