"""Logs for the tests of the panel: any history of a few records, random negotiations, and the golden example."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from positions.analysis.state import State, state_at
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.query import Query
from positions.model.revision import Revision, select_in_force
from positions.store.columns import Columns, build_columns
from positions.store.entry import EMPTY, Entry, Head, LogRow, content_text, read_row, seal_entry
from tests import oracle_strategies as strategies
from tests.examples import golden_records

START = datetime(2026, 1, 1, tzinfo=UTC)


class History:
    """A log being written: the rows of the store, numbered and sealed."""

    def __init__(self) -> None:
        self.rows: list[LogRow] = []
        self.numbers: dict[tuple[str, str], int] = {}

    def tell(self, kind: Any, name: str, content: Any, *, first: datetime | None = None) -> None:
        """Record a revision, a minute after the last one; ``first`` is when another book first recorded it."""
        number = self.numbers[kind, name] = self.numbers.get((kind, name), 0) + 1
        action: Any = "retract" if content is None else "add" if number == 1 else "correct"
        at = START + timedelta(minutes=len(self.rows))
        head = Head(len(self.rows), self.rows[-1].hash) if self.rows else EMPTY
        entry = Entry(kind, name, number, action, content_text(content), at, "x", "", first)
        self.rows.append(seal_entry(entry, after=head))

    def document(self, name: str, published: PartialDate | str | None) -> None:
        content = None
        if published is not None:
            fields = {"id": name, "title": name, "outlet": "The Example", "published_on_basis": "explicit"}
            content = Document.model_validate({**fields, "published_on": str(published)})
        self.tell("document", name, content)

    def revisions(self) -> list[Revision]:
        return [read_row(row) for row in self.rows]

    def columns(self) -> Columns:
        return build_columns(self.rows)


Case = tuple[Codebook, History]


def history_of(revisions: Iterable[Revision], *, merged: Sequence[datetime | None] = ()) -> History:
    """The log of some revisions; ``merged`` are the instants at which another book first recorded them."""
    history = History()
    for place, revision in enumerate(revisions):
        history.tell(revision.kind, revision.id, revision.content, first=merged[place] if merged else None)
    return history


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A random negotiation whose documents are corrected and retracted too; some of it comes from another book."""
    codebook, revisions = draw(strategies.negotiations())
    others = [None, START - timedelta(days=1), START - timedelta(days=2)]
    merged = [draw(st.sampled_from(others)) for _ in revisions] if draw(st.booleans()) else []
    history = history_of(revisions, merged=merged)
    documents = [revision.content for revision in revisions if isinstance(revision.content, Document)]
    for document in documents:
        fate = draw(st.integers(0, 5))
        if fate == 1:
            history.document(document.id, None)
        elif fate == 2:
            history.document(document.id, draw(st.sampled_from(["2022-01-04", "2022-02-01"])))
    return codebook, history


@st.composite
def questions(draw: st.DrawFn) -> Query:
    """Any ``known_at`` and ``public_by``."""
    known_at = START + timedelta(minutes=draw(st.integers(-1, 40))) if draw(st.booleans()) else None
    return Query(None, known_at, draw(st.sampled_from([None, None, *strategies.DAYS])))


def calendar(history: History) -> list[date]:
    """The days about the statements of a negotiation: what happens on them, and when it becomes stale."""
    said = [row.statement.said_on.last for row in select_in_force(history.revisions()).records]
    days = {strategies.FIRST - timedelta(days=1), *strategies.DAYS}
    return sorted(days | {day + timedelta(days=more) for day in said for more in (0, 1, 4, 30)})


def states(case: Case, days: Sequence[date], asked: Query) -> dict[date, State]:
    codebook, history = case
    records = select_in_force(history.revisions(), asked).records
    return {day: state_at(records, codebook, as_of=day) for day in days}


def golden_history() -> History:
    history = History()
    history.document("doc", "2022-03-31")
    for record in golden_records():
        history.tell("statement", record.statement.id, record.statement)
    return history
