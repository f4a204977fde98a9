"""Demands: who wants what of whom, what the answer is, and where demands wait for each other.

``semantics.md`` §6: a demand is a stance above the middle for a condition, or for a scale issue that has an addressee.
Every surface lists the rows of :func:`demands_at`, in their order. Insistence and refusal are in [0, 1].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Final, NamedTuple, get_args

from positions.analysis.position_statements import PositionStatements, group_statements
from positions.analysis.resolution import resolve_position
from positions.analysis.state import State, state_at
from positions.analysis.statement_table import RecordTable, order_of
from positions.kinds.conditions import answer_status, insistence_of
from positions.kinds.ranges import midpoint
from positions.kinds.records import DemandStatus
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.position import Position, PositionKey
from positions.model.revision import Record
from positions.model.statement import Statement

STATUSES: Final[tuple[DemandStatus, ...]] = get_args(DemandStatus)
"""All statuses, in the order in which counts list them."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One party's demand on another: one that its position makes now, or that its own word made earlier (*dropped*).

    ``insistence`` is how firmly it is demanded now (1 demands it, 0 dropped it); ``refusal`` is 1 − the value of the
    addressee's stance (0 commits to it, 1 rejects it), ``None`` without an answer. ``reported`` and
    ``answer_reported``: only an outlet says so. ``first_made`` and ``last_repeated`` are the dates of the first and the
    last demanding statement in the position's voice, ``answered`` is the date of the answer; ``basis`` holds the
    statements behind demand and answer, the demand's deciding one first.
    """

    demander: str
    addressee: str
    issue: str
    element: str | None
    insistence: float
    refusal: float | None
    status: DemandStatus
    reported: bool
    answer_reported: bool
    first_made: PartialDate
    last_repeated: PartialDate
    answered: PartialDate | None
    basis: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str, str | None]:
        """Demander, addressee, issue and element: what identifies the demand on every day."""
        return self.demander, self.addressee, self.issue, self.element


@dataclass(frozen=True, slots=True)
class Link:
    """A holder's statement that ``after`` comes only after ``before``; both are ``issue`` or ``issue/element``."""

    holder: str
    before: str
    after: str
    statement: str


def demands_at(
    records: Iterable[Record], codebook: Codebook, *, as_of: date, state: State | None = None
) -> tuple[Demand, ...]:
    """List the demands of a day, including those dropped by then, in codebook order.

    They are ordered by what is demanded, then by demander, then by addressee as the codebook declares them. Pass
    ``state``, the state of these records on that day, to avoid resolving it again.
    """
    records = tuple(records)
    state = state or state_at(records, codebook, as_of=as_of)
    demandable = tuple(_list_demandable(codebook))
    statements = _demanding_statements(records, codebook, demandable, as_of=as_of)
    own_word = _own_word(records, codebook, as_of=as_of)
    demands = []
    for item in demandable:
        for party in codebook.parties:
            key = (party.id, item.issue, item.element)
            demand = state.positions.get(key)
            if demand is None or not (addressees := item.addressees_of(party.id)):
                continue
            # A demand that only outlets reported was never the party's own, so it cannot be dropped.
            is_made = bool(insistence_of(demand.value, demand.value_to))
            if not is_made and not _was_made(own_word.get(key), codebook, as_of):
                continue
            made = statements["framing" if is_made and demand.reported else "self"][key]
            demands += [
                _row(demand, made, addressee, state.position(addressee, item.issue, item.element))
                for addressee in addressees
            ]
    return tuple(demands)


def select_demands(
    demands: Iterable[Demand], *, parties: Sequence[str] = (), issues: Sequence[str] = ()
) -> tuple[Demand, ...]:
    """Keep the demands that ``parties`` make or should meet, on ``issues``; an empty sequence keeps all."""
    return tuple(
        demand
        for demand in demands
        if (not parties or {demand.demander, demand.addressee} & set(parties))
        and (not issues or demand.issue in issues)
    )


@dataclass(frozen=True, slots=True)
class DemandChange:
    """A change of a demand's status on a day, with the demand after it.

    ``before`` is ``None`` if the demand is new, or new in this voice: a party may state what an outlet reported.
    """

    day: date
    before: DemandStatus | None
    demand: Demand


def demand_changes(records: Sequence[Record], codebook: Codebook, *, days: Iterable[date]) -> tuple[DemandChange, ...]:
    """List each change of a demand's status over ``days``, in order of day.

    A demand that only an outlet reported ends without a change of its own if the outlet reports otherwise.
    """
    before: Mapping[object, DemandStatus] = {}
    changes = []
    for day in sorted(days):
        demands = {(demand.key, demand.reported): demand for demand in demands_at(records, codebook, as_of=day)}
        changes += [
            DemandChange(day, before.get(key), demand)
            for key, demand in demands.items()
            if before.get(key) != demand.status
        ]
        before = {key: demand.status for key, demand in demands.items()}
    return tuple(changes)


class _Demandable(NamedTuple):
    """What can be demanded: an issue, its element (``None`` on a scale) and who would have to act, jointly or each."""

    issue: str
    element: str | None
    addressees: tuple[str, ...]
    is_joint: bool

    def addressees_of(self, party: str) -> tuple[str, ...]:
        """Return whom a party would demand it of: an addressee nobody, but its fellows if they must act together."""
        if party in self.addressees and not self.is_joint:
            return ()
        return tuple(addressee for addressee in self.addressees if addressee != party)


def _list_demandable(codebook: Codebook) -> Iterator[_Demandable]:
    """Yield everything that can be demanded, in codebook order."""
    for issue in codebook.issues:
        for element, addressees in issue.addressed.items():
            if addressees:
                yield _Demandable(issue.id, element, addressees, element in issue.joint)


def _demanding_statements(
    records: Iterable[Record], codebook: Codebook, demandable: Iterable[_Demandable], *, as_of: date
) -> Mapping[str, Mapping[PositionKey, list[Statement]]]:
    """Return by voice and position the statements above the middle that count on a day, in order of day."""
    subjects = {(item.issue, item.element): codebook.issue(item.issue).values for item in demandable}
    by_voice: dict[str, dict[PositionKey, list[Statement]]] = {"self": defaultdict(list), "framing": defaultdict(list)}
    for record in records:
        statement = record.statement
        values = subjects.get((statement.issue, statement.element))
        if values is None or statement.voice not in by_voice or not statement.said_on.counts_by(as_of):
            continue
        if insistence_of(values[statement.stance], values[statement.highest]):
            by_voice[statement.voice][statement.holder, statement.issue, statement.element].append(statement)
    for by_position in by_voice.values():
        for statements in by_position.values():
            statements.sort(key=lambda statement: (statement.said_on.last, statement.id))
    return by_voice


def _own_word(
    records: Iterable[Record], codebook: Codebook, *, as_of: date
) -> Mapping[PositionKey, PositionStatements]:
    own = (record for record in records if record.statement.voice == "self")
    counting = sorted((record for record in own if record.statement.said_on.counts_by(as_of)), key=order_of)
    return {row.key: row for row in group_statements(RecordTable(counting, codebook))}


def _was_made(row: PositionStatements | None, codebook: Codebook, as_of: date) -> bool:
    """Return whether on an earlier day the holder's own word demanded it: one outdone the same day was no demand."""
    days = sorted(set(row.days)) if row else []
    for day in days:
        position = resolve_position([row], codebook, row.key, day) if row and day < as_of else None
        if position and insistence_of(position.value, position.value_to):
            return True
    return False


def _row(demand: Position, statements: Sequence[Statement], addressee: str, answer: Position | None) -> Demand:
    return Demand(
        demander=demand.holder,
        addressee=addressee,
        issue=demand.issue,
        element=demand.element,
        insistence=insistence_of(demand.value, demand.value_to),
        refusal=None if answer is None else 1 - midpoint((answer.value, answer.value_to)),
        status=_status_of(insistence_of(demand.value, demand.value_to), answer),
        reported=demand.reported and bool(insistence_of(demand.value, demand.value_to)),
        answer_reported=answer is not None and answer.reported,
        first_made=statements[0].said_on,
        last_repeated=statements[-1].said_on,
        answered=answer.since if answer else None,
        basis=tuple(dict.fromkeys((*demand.basis, *(answer.basis if answer else ())))),
    )


def _status_of(insistence: float, answer: Position | None) -> DemandStatus:
    """Return the status of a demand from its insistence and its addressee's position."""
    if not insistence:
        return "dropped"
    if answer is None:
        return "unanswered"
    return answer_status(1 - midpoint((answer.value, answer.value_to)))


def links_at(
    records: Sequence[Record], codebook: Codebook, *, as_of: date, state: State | None = None
) -> tuple[Link, ...]:
    """List the links “A only after B” made by the statements that decide positions on a day."""
    state = state or state_at(records, codebook, as_of=as_of)
    statements = {record.statement.id: record.statement for record in records}
    deciding = dict.fromkeys(
        name for position in state.positions.values() if not position.reported for name in position.basis
    )
    return tuple(
        Link(statements[name].holder, _path(statements[name]), after, name)
        for name in deciding
        if (after := statements[name].condition_for)
    )


def _path(statement: Statement) -> str:
    return statement.issue if statement.element is None else f"{statement.issue}/{statement.element}"


def find_deadlocks(links: Sequence[Link]) -> tuple[tuple[Link, ...], ...]:
    """Find the circles of links: each thing waits for the one before it, so none can come first.

    Each circle is returned once, from its first link on round; a link that closes several circles belongs to the first
    of them.
    """
    remaining = list(links)
    circles = []
    while circle := _circle(remaining):
        circles.append(circle)
        remaining = [link for link in remaining if link not in circle]
    return tuple(circles)


def _circle(links: Sequence[Link]) -> tuple[Link, ...]:
    waits: dict[str, list[str]] = {}
    for link in links:
        waits.setdefault(link.after, []).append(link.before)
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        # Each node of the path comes before the next one.
        steps = pairwise(error.args[1])
        circle = [link for step in steps for link in links if (link.before, link.after) == step]
        first = circle.index(next(link for link in links if link in circle))
        return (*circle[first:], *circle[:first])
    return ()
