"""The state: each party's position on every issue and element, on one date, with its basis.

Rule ``LATEST`` (``semantics.md`` §2): what the holder's own side says decides; an outlet's framing only fills silence
and marks the position *reported*; claims by others never decide. Which statement of a voice decides is told by
:mod:`positions.analysis.resolution`. Silence stays silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from positions.analysis.position_statements import StatementRow, group_statements
from positions.analysis.resolution import resolve_position
from positions.analysis.statement_table import RecordTable, order_of
from positions.model.codebook import Codebook
from positions.model.dates import read_day
from positions.model.position import Position, PositionKey
from positions.model.query import EVERYTHING, Query
from positions.model.revision import InForce, Record
from positions.model.statement import VOICES

Rule: TypeAlias = Literal["LATEST"]
LATEST: Final = "LATEST"


@dataclass(frozen=True, slots=True)
class State:
    """All positions on one date: ``positions`` in codebook order, ``claims`` the ids of what others say.

    ``claims`` maps holder, issue and element to the ascribed statements about that position, and ``framings`` to the
    outlets' own words, in order of day; neither moves anyone. ``query`` is the query that chose the records.
    """

    as_of: date
    positions: Mapping[PositionKey, Position]
    claims: Mapping[PositionKey, tuple[str, ...]]
    framings: Mapping[PositionKey, tuple[str, ...]]
    rule: Rule = LATEST
    query: Query = EVERYTHING

    def position(self, holder: str, issue: str, element: str | None = None) -> Position | None:
        """Return a holder's position, or ``None`` if it is silent."""
        return self.positions.get((holder, issue, element))


def resolve_state(known: InForce, codebook: Codebook) -> State:
    """Resolve the records in force as of the query's day, by default the last day with a statement.

    The state remembers the query. Raises ``QueryError`` for a day that has no answer.
    """
    return replace(state_at(known.records, codebook, as_of=known.answerable_day()), query=known.query)


def state_at(records: Iterable[Record], codebook: Codebook, *, as_of: date, rule: Rule = LATEST) -> State:
    """Resolve every party's positions as of a day from records in force; ISO text is read as a day."""
    as_of = read_day(as_of, name="as_of")
    counting = (record for record in records if record.statement.said_on.counts_by(as_of))
    ordered = sorted(counting, key=order_of)
    return state_of(group_statements(RecordTable(ordered, codebook)), codebook, as_of=as_of, rule=rule)


def state_of(
    rows: Iterable[StatementRow],
    codebook: Codebook,
    *,
    as_of: date,
    rule: Rule = LATEST,
    held: Mapping[PositionKey, Position] = MappingProxyType({}),
) -> State:
    """Resolve every party's positions as of a day from indexed statements; those of later days do not count.

    ``held`` are positions of that day that were resolved from the same statements before.
    """
    by_voice: dict[str, dict[PositionKey, StatementRow]] = {voice: {} for voice in VOICES}
    for row in rows:
        by_voice[row.voice][row.key] = row
    positions = {}
    for key in _reached(codebook, [*by_voice["self"], *by_voice["framing"]]):
        if key in held:
            positions[key] = held[key]
            continue
        for voice in ("self", "framing"):
            if position := resolve_position(_rows_on(codebook, by_voice[voice], key), codebook, key, as_of):
                positions[key] = position
                break
    return State(as_of, positions, _ids(by_voice["ascribed"], as_of), _ids(by_voice["framing"], as_of), rule)


def _reached(codebook: Codebook, spoken: Sequence[PositionKey]) -> list[PositionKey]:
    """List the positions that statements decide, in codebook order; one on an option also decides what lies within."""
    keys = {
        (holder, issue_id, within)
        for holder, issue_id, element in spoken
        for within in codebook.issue(issue_id).holds_for(element)
    }
    elements = {
        (issue.id, element): (row, column)
        for row, issue in enumerate(codebook.issues)
        for column, element in enumerate((None, *(element.id for element in issue.elements)))
    }
    parties = {party.id: key for key, party in enumerate(codebook.parties)}
    return sorted(keys, key=lambda key: (*elements[key[1:]], parties[key[0]]))


def _rows_on(codebook: Codebook, rows: Mapping[PositionKey, StatementRow], key: PositionKey) -> list[StatementRow]:
    """Return the statements that bear on a position: those on its element and on the elements that contain it."""
    holder, issue_id, element = key
    path = codebook.issue(issue_id).path(element)
    return [row for step in path if (row := rows.get((holder, issue_id, step)))]


def _ids(rows: Mapping[PositionKey, StatementRow], day: date) -> dict[PositionKey, tuple[str, ...]]:
    return {
        key: ids
        for key, row in sorted(rows.items(), key=lambda item: tuple(map(str, item[0])))
        if (ids := row.ids(day))
    }
