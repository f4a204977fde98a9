"""What bargaining models take: each party's stated position on each thing, from 0 to 100, and what it weighs for it.

A position is its place between the poles as distances measure it (``semantics.md`` §3), times 100, of a range the
middle; ``low`` and ``high`` span all that the range and its contested statements may come to. An issue with elements
gives one thing for each on which parties are compared, and they share the issue's salience alike. Silence is no number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from positions.analysis.state import State, state_at
from positions.errors import QueryError
from positions.exchange.content import BookContent
from positions.kinds.ranges import midpoint, value_ranges
from positions.model.codebook import Codebook, Party
from positions.model.issues import Issue
from positions.model.position import Position
from positions.model.query import answerable_day


class Thing(NamedTuple):
    """What positions are taken on in a model: an issue, or one of its elements."""

    issue: Issue
    element: str | None

    @property
    def name(self) -> str:
        """The id in a model's file, ``issue`` or ``issue/element``."""
        return self.issue.id if self.element is None else f"{self.issue.id}/{self.element}"


class StatedPosition(NamedTuple):
    """A party's position on a thing, with its bounds, in [0, 100], and how it is known in half a line."""

    value: float
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class StatedPositions:
    """A day's positions of some parties: ``cells`` by party and thing; who is silent on a thing has none there.

    ``saliences`` are in [0, 1], by party and thing: the codebook's, as a share of its greatest if that is above 1.
    """

    day: date
    parties: tuple[Party, ...]
    things: tuple[Thing, ...]
    cells: dict[tuple[str, str], StatedPosition]
    saliences: dict[tuple[str, str], float]

    def on(self, things: Sequence[Thing]) -> StatedPositions:
        """Return the positions on some of the things alone; elements that are left share their issue's salience."""
        return replace(self, things=tuple(things), saliences=_saliences(self.parties, things))

    def silent(self) -> Iterator[tuple[Party, Thing]]:
        """Yield the pairs of a party and a thing on which it has said nothing."""
        pairs = ((party, thing) for thing in self.things for party in self.parties)
        return (pair for pair in pairs if (pair[0].id, pair[1].name) not in self.cells)


def collect_stated(content: BookContent) -> StatedPositions:
    """Return the positions that parties hold on the query's day, on what any of them has spoken of.

    The parties are those of the options, else the principal ones. Raises ``QueryError`` for an unknown party.
    """
    codebook = content.codebook
    days = tuple(sorted({record.statement.said_on.last for record in content.records}))
    day = answerable_day(content.query.as_of, days, query=content.query)
    state = state_at(content.records, codebook, as_of=day)
    asked = tuple(codebook.party(name) for name in dict.fromkeys(content.options.parties)) or codebook.principals
    positions = [(party, thing, held) for party in asked for thing, held in _held(state, codebook, party.id)]
    spoken = {thing.name for _, thing, _ in positions}
    things = tuple(thing for thing in _things(codebook) if thing.name in spoken)
    cells = {(party.id, thing.name): _stated(thing.issue, held) for party, thing, held in positions}
    parties = tuple(party for party in asked if any(name == party.id for name, _ in cells))
    return StatedPositions(day, parties, things, cells, _saliences(parties, things))


def require_things(positions: StatedPositions) -> StatedPositions:
    """Return the positions if there are any; else raise ``QueryError``."""
    if not positions.things:
        raise QueryError("nothing to export: none of these parties holds a position on that day", field="party")
    return positions


def _things(codebook: Codebook) -> Iterator[Thing]:
    return (Thing(issue, slot) for issue in codebook.issues for slot in issue.slots)


def _held(state: State, codebook: Codebook, party: str) -> Iterator[tuple[Thing, Position]]:
    for thing in _things(codebook):
        if held := state.position(party, thing.issue.id, thing.element):
            yield thing, held


def _stated(issue: Issue, held: Position) -> StatedPosition:
    ranges = value_ranges(issue, held)
    marks = [word for word, holds in (("reported", held.reported), ("contested", held.contested)) if holds]
    words = ", ".join((f"said {held.since}", *marks, *held.basis))
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    return StatedPosition(100 * midpoint((held.value, held.value_to)), 100 * low, 100 * high, words)


def _saliences(parties: Sequence[Party], things: Sequence[Thing]) -> dict[tuple[str, str], float]:
    elements = Counter(thing.issue.id for thing in things)
    whole = {(party.id, thing.name): thing.issue.saliences.get(party.id, 1.0) for party in parties for thing in things}
    greatest = max([1.0, *whole.values()])
    return {
        (party.id, thing.name): whole[party.id, thing.name] / greatest / elements[thing.issue.id]
        for party in parties
        for thing in things
    }
