"""The state: each party's position on every issue and element, on one date, with its basis.

Rule ``LATEST`` (``semantics.md`` §2): what the holder's own side says decides; an outlet's framing only fills silence
and marks the position *reported*; claims by others never decide. The later day wins; within a day the more specific
element, then direct speech, the later publication, the later record, the id. Silence stays silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from positions.model.codebook import Codebook
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
    """Resolve every party's positions as of a day from records in force."""
    by_voice: dict[str, dict[PositionKey, list[Record]]] = {voice: defaultdict(list) for voice in VOICES}
    for record in records:
        statement = record.statement
        if statement.said_on.counts_by(as_of):
            by_voice[statement.voice][statement.holder, statement.issue, statement.element].append(record)
    positions = {}
    for key in _places(codebook, [*by_voice["self"], *by_voice["framing"]]):
        for voice in ("self", "framing"):
            if candidates := _records_on(codebook, by_voice[voice], key):
                positions[key] = _resolve(codebook, key, candidates, as_of=as_of)
                break
    return State(as_of, positions, _ids(by_voice["ascribed"]), _ids(by_voice["framing"]), rule)


def _places(codebook: Codebook, spoken: Sequence[PositionKey]) -> list[PositionKey]:
    """List the positions that statements decide, in codebook order; one on an option also decides its leaves."""
    keys = set(spoken)
    for holder, issue_id, element in spoken:
        keys.update((holder, issue_id, slot) for slot in codebook.issue(issue_id).reach(element))
    elements = {
        (issue.id, element): (row, column)
        for row, issue in enumerate(codebook.issues)
        for column, element in enumerate((None, *(element.id for element in issue.elements)))
    }
    parties = {party.id: key for key, party in enumerate(codebook.parties)}
    return sorted(keys, key=lambda key: (*elements[key[1:]], parties[key[0]]))


def _records_on(codebook: Codebook, records: Mapping[PositionKey, list[Record]], key: PositionKey) -> list[Record]:
    """Return the records that count for a position: those on its element and on the elements that contain it."""
    holder, issue_id, element = key
    path = codebook.issue(issue_id).path(element)
    return [record for step in path for record in records.get((holder, issue_id, step), ())]


def _resolve(codebook: Codebook, key: PositionKey, candidates: Sequence[Record], *, as_of: date) -> Position:
    issue = codebook.issue(key[1])

    def rank(record: Record) -> tuple[Any, ...]:
        statement = record.statement
        direct = statement.directness == "direct"
        return (
            statement.said_on.last,
            issue.depth(statement.element),
            direct,
            record.published_on.last,
            record.recorded_at,
            statement.id,
        )

    # Only the latest day can decide, which is few records even of a long history.
    latest = max(record.statement.said_on.last for record in candidates)
    ranked = sorted(
        (record for record in candidates if record.statement.said_on.last == latest), key=rank, reverse=True
    )
    deciding = ranked[0].statement
    peers = [record.statement for record in ranked if rank(record)[:2] == rank(ranked[0])[:2]]
    return Position(
        *key,
        stance=deciding.stance,
        stance_to=deciding.stance_to,
        value=issue.values[deciding.stance],
        value_to=issue.values[deciding.highest],
        since=deciding.said_on,
        age_days=(as_of - deciding.said_on.last).days,
        reported=deciding.voice == "framing",
        contested=len({(statement.stance, statement.highest) for statement in peers}) > 1,
        basis=tuple(statement.id for statement in peers),
        said_of=deciding.element,
    )


def _ids(records_by_key: Mapping[PositionKey, Sequence[Record]]) -> dict[PositionKey, tuple[str, ...]]:
    return {
        key: tuple(
            record.statement.id
            for record in sorted(records, key=lambda r: (r.statement.said_on.last, r.recorded_at, r.statement.id))
        )
        for key, records in sorted(records_by_key.items(), key=lambda item: tuple(map(str, item[0])))
    }
