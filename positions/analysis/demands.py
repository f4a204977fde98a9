"""Demands: who wants what of whom, what the answer is, and where demands wait for each other.

``semantics.md`` §6: a demand is a stance for a condition, or for a scale issue that has an addressee, held by a party
that would not itself have to act. Insistence and refusal are in [0, 1].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Literal, TypeAlias

from positions.analysis.state import State, state_at
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.position import Position
from positions.model.revision import Record
from positions.model.statement import Statement

DemandStatus: TypeAlias = Literal["met", "partly met", "refused", "unanswered", "dropped"]


@dataclass(frozen=True, slots=True)
class Demand:
    """One party's demand on another.

    ``insistence`` is how firmly it is demanded now (1 demands it, 0 dropped); ``refusal`` is 1 − the value of the
    addressee's stance (0 commits to it, 1 rejects it), ``None`` where it has not answered. ``first_made``,
    ``last_repeated`` and ``answered`` are when; ``basis`` holds the statements behind demand and answer.
    """

    demander: str
    addressee: str
    issue: str
    element: str | None
    insistence: float
    refusal: float | None
    status: DemandStatus
    first_made: PartialDate
    last_repeated: PartialDate
    answered: PartialDate | None
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A holder's word that ``after`` comes only after ``before``; both are ``issue`` or ``issue/element``."""

    holder: str
    before: str
    after: str
    statement: str


def demands_at(records: Sequence[Record], codebook: Codebook, *, as_of: date) -> tuple[Demand, ...]:
    """List every demand ever made by a day, also those dropped since, in codebook order."""
    state = state_at(records, codebook, as_of=as_of)
    own = [
        record.statement
        for record in records
        if record.statement.voice == "self" and record.statement.said_on.counts_by(as_of)
    ]
    found = []
    for issue_id, element, addressees in _addressed(codebook):
        for party in codebook.parties:
            made = _made(own, codebook, party.id, issue_id, element)
            if made and not (party.id in addressees and len(addressees) == 1):
                found += [
                    _demand(state, made, party.id, addressee, element)
                    for addressee in addressees
                    if addressee != party.id
                ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class DemandChange:
    """A day on which a demand was made or its status changed, and the demand as it then stood."""

    day: date
    before: DemandStatus | None
    demand: Demand


def demand_turns(records: Sequence[Record], codebook: Codebook, *, days: Iterable[date]) -> tuple[DemandChange, ...]:
    """Follow every demand over some days and tell each change of its status, in order of day."""
    status: dict[tuple[str, str, str, str | None], DemandStatus] = {}
    turns = []
    for day in sorted(days):
        for demand in demands_at(records, codebook, as_of=day):
            key = (demand.demander, demand.addressee, demand.issue, demand.element)
            if status.get(key) != demand.status:
                turns.append(DemandChange(day, status.get(key), demand))
            status[key] = demand.status
    return tuple(turns)


def _addressed(codebook: Codebook) -> Iterable[tuple[str, str | None, tuple[str, ...]]]:
    """Yield issue, element and addressees of everything that can be demanded."""
    for issue in codebook.issues:
        yield from ((issue.id, element, parties) for element, parties in issue.addressed.items() if parties)


def _made(own: Sequence[Statement], codebook: Codebook, party: str, issue: str, element: str | None) -> list[Statement]:
    """Return the statements in which a party made or repeated a demand, in order of day."""
    values = codebook.issue(issue).values
    made = [
        said
        for said in own
        if (said.holder, said.issue, said.element) == (party, issue, element) and insistence_of(values[said.stance])
    ]
    return sorted(made, key=lambda said: (said.said_on.last, said.id))


def insistence_of(value: float) -> float:
    """Return q = max(0, stance) / 2, on any scale: how far the value lies above the middle, in [0, 1]."""
    return max(0.0, 2 * value - 1)


def _demand(state: State, made: Sequence[Statement], demander: str, addressee: str, element: str | None) -> Demand:
    issue = made[0].issue
    demand, answer = (state.position(party, issue, element) for party in (demander, addressee))
    insistence = insistence_of(demand.value) if demand else 0.0
    refusal = None if answer is None else 1 - (answer.value + answer.value_to) / 2
    basis = [*(demand.basis if demand else ()), *(answer.basis if answer else ())]
    return Demand(
        demander,
        addressee,
        issue,
        element,
        insistence,
        refusal,
        status_of(insistence, answer),
        made[0].said_on,
        made[-1].said_on,
        answer.since if answer else None,
        tuple(dict.fromkeys(basis)),
    )


def status_of(insistence: float, answer: Position | None) -> DemandStatus:
    """Tell what became of a demand: it was dropped, its addressee is silent, commits to it, rejects it, or between."""
    if not insistence:
        return "dropped"
    if answer is None:
        return "unanswered"
    if answer.value == 1:
        return "met"
    return "refused" if answer.value_to == 0 else "partly met"


def links_at(records: Sequence[Record], codebook: Codebook, *, as_of: date) -> tuple[Link, ...]:
    """List the “A only after B” links of the statements that decide positions on a day."""
    state = state_at(records, codebook, as_of=as_of)
    said = {record.statement.id: record.statement for record in records}
    deciding = dict.fromkeys(
        name for position in state.positions.values() if not position.reported for name in position.basis
    )
    return tuple(
        Link(said[name].holder, _path(said[name]), after, name)
        for name in deciding
        if (after := said[name].condition_for)
    )


def _path(said: Statement) -> str:
    return said.issue if said.element is None else f"{said.issue}/{said.element}"


def deadlocks(links: Sequence[Link]) -> tuple[tuple[Link, ...], ...]:
    """Find the circles of links: each thing waits for the one before it, so that none can come first.

    Every circle is told once; links that close more than one circle are told with the first of them.
    """
    left = list(links)
    circles = []
    while circle := _circle(left):
        circles.append(circle)
        left = [link for link in left if link not in circle]
    return tuple(circles)


def _circle(links: Sequence[Link]) -> tuple[Link, ...]:
    waits: dict[str, list[str]] = {}
    for link in links:
        waits.setdefault(link.after, []).append(link.before)
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        path = error.args[1]
        steps = set(pairwise(path))
        return tuple(link for link in links if (link.before, link.after) in steps or (link.after, link.before) in steps)
    return ()
