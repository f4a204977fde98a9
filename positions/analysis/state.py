"""The state: each party's position on every issue and element, on one date, with its basis.

Rule ``LATEST`` (``semantics.md`` §2): what the holder's own side says decides; outlet framing only fills silence and
marks the position *reported*; claims by others never decide. The later day wins; within a day the more specific
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

    ``claims`` maps a place to the ascribed statements about its holder, and ``framings`` to the outlets' own words,
    in order of day; neither moves anyone. ``query`` is the one that chose the records.
    """

    as_of: date
    positions: Mapping[PositionKey, Position]
    claims: Mapping[PositionKey, tuple[str, ...]]
    framings: Mapping[PositionKey, tuple[str, ...]]
    rule: Rule = LATEST
    query: Query = EVERYTHING

    def position(self, holder: str, issue: str, element: str | None = None) -> Position | None:
        """Return a holder's position, or ``None`` where it is silent."""
        return self.positions.get((holder, issue, element))


def resolve_state(known: InForce, codebook: Codebook) -> State:
    """Resolve what is known as of the query's day, or the last with a statement; the state remembers the query.

    Raises ``QueryError`` for a day that has no answer.
    """
    return replace(state_at(known.records, codebook, as_of=known.answerable_day()), query=known.query)


def state_at(records: Iterable[Record], codebook: Codebook, *, as_of: date, rule: Rule = LATEST) -> State:
    """Resolve every party's positions as of a day from records in force, whoever chose them."""
    by_voice: dict[str, dict[PositionKey, list[Record]]] = {voice: defaultdict(list) for voice in VOICES}
    for record in records:
        said = record.statement
        if said.said_on.counts_by(as_of):
            by_voice[said.voice][said.holder, said.issue, said.element].append(record)
    positions = {}
    for place in _places(codebook, [*by_voice["self"], *by_voice["framing"]]):
        for voice in ("self", "framing"):
            if candidates := _bearing(codebook, by_voice[voice], place):
                positions[place] = _resolve(codebook, place, candidates, as_of=as_of)
                break
    return State(as_of, positions, _ids(by_voice["ascribed"]), _ids(by_voice["framing"]), rule)


def _places(codebook: Codebook, spoken: Sequence[PositionKey]) -> list[PositionKey]:
    """List what positions can follow from the spoken places: options reach the leaves below, in codebook order."""
    reached = set(spoken)
    for holder, issue_id, element in spoken:
        reached.update((holder, issue_id, slot) for slot in codebook.issue(issue_id).reach(element))
    elements = {
        (issue.id, element): (row, column)
        for row, issue in enumerate(codebook.issues)
        for column, element in enumerate((None, *(element.id for element in issue.elements)))
    }
    parties = {party.id: place for place, party in enumerate(codebook.parties)}
    return sorted(reached, key=lambda place: (*elements[place[1:]], parties[place[0]]))


def _bearing(codebook: Codebook, spoken: Mapping[PositionKey, list[Record]], place: PositionKey) -> list[Record]:
    """Collect the records that bear on a place: those on it and on whatever contains it."""
    holder, issue_id, element = place
    path = codebook.issue(issue_id).path(element)
    return [record for step in path for record in spoken.get((holder, issue_id, step), ())]


def _resolve(codebook: Codebook, place: PositionKey, candidates: Sequence[Record], *, as_of: date) -> Position:
    issue = codebook.issue(place[1])

    def rank(record: Record) -> tuple[Any, ...]:
        said = record.statement
        direct = said.directness == "direct"
        return (
            said.said_on.last,
            issue.depth(said.element),
            direct,
            record.published_on.last,
            record.recorded_at,
            said.id,
        )

    # Only the latest day can decide; of a long history that is a handful.
    latest = max(record.statement.said_on.last for record in candidates)
    ranked = sorted(
        (record for record in candidates if record.statement.said_on.last == latest), key=rank, reverse=True
    )
    deciding = ranked[0].statement
    peers = [record.statement for record in ranked if rank(record)[:2] == rank(ranked[0])[:2]]
    return Position(
        *place,
        stance=deciding.stance,
        stance_to=deciding.stance_to,
        value=issue.values[deciding.stance],
        value_to=issue.values[deciding.highest],
        since=deciding.said_on,
        age_days=(as_of - deciding.said_on.last).days,
        reported=deciding.voice == "framing",
        contested=len({(said.stance, said.highest) for said in peers}) > 1,
        basis=tuple(said.id for said in peers),
        said_of=deciding.element,
    )


def _ids(spoken: Mapping[PositionKey, Sequence[Record]]) -> dict[PositionKey, tuple[str, ...]]:
    return {
        place: tuple(
            record.statement.id
            for record in sorted(records, key=lambda r: (r.statement.said_on.last, r.recorded_at, r.statement.id))
        )
        for place, records in sorted(spoken.items(), key=lambda item: tuple(map(str, item[0])))
    }
