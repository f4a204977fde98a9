"""The move ledger: which statement changed whose position, and by how much the distance (``semantics.md`` §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from positions.analysis.distance import issue_distance
from positions.analysis.state import State, state_at
from positions.analysis.statement_table import order_of
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.position import Position, PositionKey
from positions.model.revision import Record
from positions.model.statement import Statement


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A statement that changed its holder's position, and by how much it changed the issue's distance.

    ``before`` and ``after`` are the holder's stance (low, high) on the statement's subject, ``None`` for silence;
    ``before_of`` is the element that the stance before was said of, a wider one if the holder had not spoken of this
    one. ``distances`` are δ before and after, in [0, 1], ``None`` where the issue cannot be compared;
    ``contribution`` is δ after − δ before, counted from the last δ that there was, ``None`` if there is none.
    ``recoded``: the statement was corrected, so an earlier ledger may show it differently.
    """

    statement: str
    said_on: PartialDate
    holder: str
    issue: str
    element: str | None
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    before_of: str | None
    distances: tuple[float | None, float | None]
    contribution: float | None
    recoded: bool


def ledger_between(
    records: Sequence[Record], codebook: Codebook, pair: tuple[str, str], *, start: date, end: date
) -> tuple[LedgerEntry, ...]:
    """Replay what two parties said after ``start`` and up to ``end``; return an entry for each statement that moved.

    Statements come in order of (last day of said_on, recorded at, id). If an issue can be compared throughout, its
    entries add up to its change exactly.
    """
    by_issue: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=order_of):
        statement = record.statement
        if statement.voice == "self" and statement.holder in pair and statement.said_on.counts_by(end):
            by_issue[statement.issue].append(record)
    order = {record.statement.id: place for place, record in enumerate(sorted(records, key=order_of))}
    # A statement moves nobody on another issue.
    entries = (
        entry for on_issue in by_issue.values() for entry in _replay(on_issue, codebook, pair, start=start, end=end)
    )
    return tuple(sorted(entries, key=lambda entry: order[entry.statement]))


def _replay(
    records: Sequence[Record], codebook: Codebook, pair: tuple[str, str], *, start: date, end: date
) -> Iterator[LedgerEntry]:
    """Yield the entries of one issue, whose statements are in the order of the replay."""
    said = [record for record in records if record.statement.said_on.counts_by(start)]
    issue = codebook.issue(records[0].statement.issue)
    before = state_at(said, codebook, as_of=end)
    last = previous = _distance(before, codebook, issue.id, pair)
    for record in records[len(said) :]:
        said.append(record)
        after = state_at(said, codebook, as_of=end)
        delta = _distance(after, codebook, issue.id, pair)
        if _moved(record.statement, before, after):
            contribution = None if delta is None or last is None else delta - last
            entry = _entry(record, (before, after), codebook)
            yield replace(entry, distances=(previous, delta), contribution=contribution)
        # While a distance is missing its last value is kept, so that the entries add up.
        last = last if delta is None else delta
        before, previous = after, delta


def _distance(state: State, codebook: Codebook, issue: str, pair: tuple[str, str]) -> float | None:
    measured = issue_distance(state, codebook.issue(issue), pair)
    return measured.distance if measured else None


def _moved(statement: Statement, before: State, after: State) -> bool:
    keys = [key for key in after.positions if key[:2] == (statement.holder, statement.issue)]
    return any(_stance(before, key) != _stance(after, key) for key in keys)


def _entry(record: Record, states: tuple[State, State], codebook: Codebook) -> LedgerEntry:
    """Return an entry that says what the holder held before and after, without the distances."""
    statement = record.statement
    before, after = (_holder_position(state, statement, codebook) for state in states)
    return LedgerEntry(
        *(statement.id, statement.said_on, statement.holder, statement.issue, statement.element),
        before=(before.stance, before.highest) if before else None,
        after=(after.stance, after.highest) if after else None,
        before_of=before.said_of if before else None,
        distances=(None, None),
        contribution=None,
        recoded=record.number > 1,
    )


def _stance(state: State, key: PositionKey) -> tuple[int, int] | None:
    position = state.positions.get(key)
    return (position.stance, position.highest) if position else None


def _holder_position(state: State, statement: Statement, codebook: Codebook) -> Position | None:
    """Return what the holder holds on a statement's subject, if need be on an element that contains it."""
    path = codebook.issue(statement.issue).path(statement.element)
    positions = (state.position(statement.holder, statement.issue, step) for step in path)
    return next((position for position in positions if position), None)
