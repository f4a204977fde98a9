"""Logs for the tests of the panel: any history of a few records, and the golden example."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from positions.analysis.state import State, state_at
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.query import Query
from positions.model.revision import Revision, select_in_force
from positions.store.columns import Columns, build_columns
from positions.store.entry import EMPTY, Entry, Head, LogRow, content_text, read_row, seal_entry
from tests.examples import golden_codebook, golden_records
from tests.strategies import FIRST, books

START = datetime(2026, 1, 1, tzinfo=UTC)


SPAN = [FIRST + timedelta(days=n) for n in range(-2, 9)]


class History:
    """A log being written: the rows of the store, numbered and sealed."""

    def __init__(self) -> None:
        self.rows: list[LogRow] = []
        self.numbers: dict[tuple[str, str], int] = {}

    def tell(self, kind: Any, name: str, content: Any) -> None:
        number = self.numbers[kind, name] = self.numbers.get((kind, name), 0) + 1
        action: Any = "retract" if content is None else "add" if number == 1 else "correct"
        at = START + timedelta(minutes=len(self.rows))
        head = Head(len(self.rows), self.rows[-1].hash) if self.rows else EMPTY
        self.rows.append(
            seal_entry(Entry(kind, name, number, action, content_text(content), at, "x", "", None), after=head)
        )

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


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A log of adds, corrections and retractions of statements and documents, in any order of arrival."""
    history = History()
    records = draw(books(16))
    for place, record in enumerate(records):
        name = f"doc-{place % 5}"
        if ("document", name) not in history.numbers and draw(st.integers(0, 5)):
            history.document(name, record.published_on)
        said = record.statement.model_copy(update={"document": name})
        history.tell("statement", said.id, said)
        fate = draw(st.integers(0, 9))
        earlier = records[draw(st.integers(0, place))].statement
        if fate == 0:
            history.tell("statement", earlier.id, None)
        elif fate in (1, 2):
            history.tell("statement", earlier.id, said.model_copy(update={"id": earlier.id}))
        elif fate == 3:
            history.document(name, None)
        elif fate == 4:
            history.document(name, FIRST + timedelta(days=draw(st.integers(0, 6))))  # type: ignore[arg-type]
    return history


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """Any ``known_at`` and ``public_by``."""
    known_at = START + timedelta(minutes=draw(st.integers(-1, 25))) if draw(st.booleans()) else None
    return Query(None, known_at, FIRST + timedelta(days=draw(st.integers(-1, 8))) if draw(st.booleans()) else None)


def states(history: History, days: Sequence[date], asked: Query) -> dict[date, State]:
    records = select_in_force(history.revisions(), asked).records
    return {day: state_at(records, golden_codebook(), as_of=day) for day in days}


def golden_history() -> History:
    history = History()
    history.document("doc", "2022-03-31")
    for record in golden_records():
        history.tell("statement", record.statement.id, record.statement)
    return history
