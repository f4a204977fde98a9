"""What changed since an earlier day: moves with their quotes, demands, common ground, and corrected records apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from positions.analysis.changes import PositionChange, count_repeated, is_between
from positions.analysis.common_ground import find_common_ground
from positions.analysis.demands import Demand
from positions.analysis.movement import Movement
from positions.kinds.ranges import MIDDLE
from positions.kinds.records import Ground
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, instant_text
from positions.model.lists import join_words
from positions.model.position import Position
from positions.model.revision import Record
from positions.model.statement import Statement
from positions.snapshot.context import Material, demands_of
from positions.snapshot.report_changes import (
    Changes,
    DemandTurn,
    GroundTurn,
    Moved,
    MoveKind,
    Recoded,
    Withdrawal,
)
from positions.snapshot.sections.events import events_between
from positions.wording.common_ground import shared_words
from positions.wording.positions import claim_words, reported_words, stale_words, stance_words
from positions.wording.speakers import speaker_words


def changes_since(material: Material, movements: Sequence[Movement]) -> Changes:
    """Return what the compared parties changed by their own word since the earlier day, on which movements start."""
    return Changes(
        since=material.asked.since,
        since_words=day_in_words(material.asked.since),
        moves=_moves(material),
        repeated=count_repeated(material.moved),
        demands=_demand_turns(material),
        ground=tuple(turn for movement in movements for turn in _ground_turns(material, movement)),
        recoded=_recoded_statements(material),
        withdrawn=_withdrawals(material),
        events=events_between(material),
    )


def _moves(material: Material) -> tuple[Moved, ...]:
    """Group the elements on which one quote made the same change, so that the quote appears once."""
    groups: dict[tuple[str, ...], list[PositionChange]] = defaultdict(list)
    for change in material.moved:
        if change.kind == "repeated" or (change.kind == "first stated" and not change.is_spoken_of):
            continue
        number = str(material.numbers[change.after.basis[0]]) if change.after else ""
        words = (_words(change.before, material), _words(change.after, material), _first_words(change, material))
        groups[change.key[0], change.key[1], change.kind, *words, number].append(change)
    moves = [_move_view(_named_changes(changes), material) for changes in groups.values()]
    rank: dict[MoveKind, int] = {"moved": 0, "no longer known": 1, "first stated": 2}
    return tuple(sorted(moves, key=lambda move: rank[move.kind]))


def _named_changes(changes: list[PositionChange]) -> list[PositionChange]:
    """Leave out the elements on which a change only follows from that on a containing one."""
    elements = {change.key[2] for change in changes}
    return [
        change
        for change in changes
        if change.is_spoken_of or change.after is None or change.after.said_of not in elements
    ]


def _first_words(change: PositionChange, material: Material) -> str:
    """Write when a position was first stated, if it was said again since; empty for other changes."""
    first = material.first.get(change.key)
    if change.kind != "first stated" or first is None or change.after is None:
        return ""
    is_again = first.basis[0] != change.after.basis[0] and first.said_of == change.key[2]
    return first.since.in_words() if is_again else ""


def _words(position: Position | None, material: Material) -> str:
    return stance_words(position, material.codebook) if position else "silent"


def _move_view(changes: list[PositionChange], material: Material) -> Moved:
    first, codebook = changes[0], material.codebook
    assert first.kind != "repeated"
    holder, issue = first.key[:2]
    labels = [codebook.element(issue, change.key[2]).label for change in changes if change.key[2]]
    position = first.after or first.before
    assert position
    record = material.records[position.basis[0]]
    statement = record.statement
    return Moved(
        holder=holder,
        name=codebook.party(holder).name,
        issue=issue,
        about=f"{codebook.issue(issue).label}: {join_words(labels, most=6)}" if labels else codebook.issue(issue).label,
        kind=first.kind,
        before=_words(first.before, material),
        before_part_of=_part_of(first, codebook),
        after=_words(first.after, material),
        first_words=_first_words(first, material),
        said_on=statement.said_on.text,
        said_on_words=statement.said_on.in_words(),
        quote=statement.quote,
        speaker=speaker_words(statement, codebook, outlet=record.outlet),
        notes=material.notes(
            [*_basis(change.after for change in changes), *_basis(_repeated_firsts(changes, material))]
        ),
        before_notes=material.notes(_basis(change.before for change in changes)),
        changes_side=any(_changes_side(change, codebook) for change in changes),
        recoded=record.number > 1,
    )


def _basis(positions: Iterable[Position | None]) -> list[str]:
    return [name for position in positions if position for name in position.basis]


def _repeated_firsts(changes: Iterable[PositionChange], material: Material) -> Iterator[Position | None]:
    """Yield the first positions of those that were first stated and said again since."""
    return (material.first.get(change.key) for change in changes if _first_words(change, material))


def _part_of(change: PositionChange, codebook: Codebook) -> str:
    """Name the containing element that the stance before a change was about; empty if it was about the same one."""
    before = change.before
    if before is None or before.said_of is None or before.said_of == before.element:
        return ""
    return codebook.element(before.issue, before.said_of).label


def _changes_side(change: PositionChange, codebook: Codebook) -> bool:
    """Return whether a party went to another side of an element; on a line between two poles every move counts."""
    if change.before is None or change.after is None:
        return False
    if not kind_of(codebook.issue(change.key[1])).view.sides:
        return True
    return (change.before.value > MIDDLE) != (change.after.value > MIDDLE)


def _demand_turns(material: Material) -> tuple[DemandTurn, ...]:
    """List the demands that parties made or dropped by their own word since the earlier day."""
    earlier = demands_of(material.asked.since, material.index, material.codebook, material.asked)
    made_before = {demand.key for demand in earlier if _is_made(demand)}
    return tuple(
        _demand_turn(demand, material)
        for demand in material.demands
        if not demand.reported and _is_made(demand) != (demand.key in made_before)
    )


def _is_made(demand: Demand) -> bool:
    return demand.status != "dropped" and not demand.reported


def _demand_turn(demand: Demand, material: Material) -> DemandTurn:
    codebook = material.codebook
    demanding = material.state.positions[demand.demander, demand.issue, demand.element]
    return DemandTurn(
        demander=demand.demander,
        name=codebook.party(demand.demander).name,
        addressee=demand.addressee,
        addressee_name=codebook.party(demand.addressee).name,
        about=codebook.path_label(demand.issue, demand.element),
        turn="new" if _is_made(demand) else "dropped",
        status=demand.status,
        notes=material.notes(demanding.basis),
    )


def _ground_turns(material: Material, movement: Movement) -> Iterator[GroundTurn]:
    """Yield what two parties share now and did not on the earlier day, and what they no longer share.

    The latter also if they shared it only from the day on which their movement starts.
    """
    pair, index = movement.parties, material.index
    before, start, after = (
        {(ground.issue, ground.element): ground for ground in find_common_ground(state, material.codebook, pair)}
        for state in (index.state(material.asked.since), index.state(movement.start), material.state)
    )
    for key in dict.fromkeys([*after, *before, *start]):
        was, now = before.get(key), after.get(key)
        earlier = was if _is_shared(was) else start.get(key)
        if _is_shared(earlier) and not _is_shared(now):
            day = day_in_words(movement.start)
            yield _ground_turn(material, movement, earlier, "gone", "" if _is_shared(was) else f"shared on {day}")
        elif _is_shared(now) and (not _is_shared(was) or _places(now) - _places(was)):
            yield _ground_turn(material, movement, _new_places(now, was), "new")


def _is_shared(ground: Ground | None) -> bool:
    return ground is not None and ground.is_common


def _places(ground: Ground | None) -> set[str]:
    return set(ground.places) if ground else set()


def _new_places(ground: Ground | None, before: Ground | None) -> Ground | None:
    """Limit common ground on options to the places that were not shared before."""
    if ground is None or not ground.places:
        return ground
    return replace(ground, places=tuple(place for place in ground.places if place not in _places(before)))


def _ground_turn(material: Material, movement: Movement, ground: Ground | None, turn: str, age: str = "") -> GroundTurn:
    assert ground
    pair = movement.parties
    codebook = material.codebook
    about = codebook.path_label(ground.issue, ground.element)
    state = material.state if turn == "new" else material.index.state(movement.start)
    elements = ground.places or (ground.element,)
    every = (state.position(party, ground.issue, element) for element in elements for party in pair)
    positions = [position for position in every if position]
    names = dict.fromkeys(name for position in positions for name in position.basis)
    return GroundTurn(
        parties=pair,
        names=(codebook.party(pair[0]).name, codebook.party(pair[1]).name),
        about=about,
        turn="new" if turn == "new" else "gone",
        words=f"{'' if turn == 'new' else 'no longer '}{shared_words(ground, codebook)}",
        reported=reported_words(positions, codebook) if turn == "new" else "",
        age=_ground_age(positions, material) if turn == "new" else age,
        notes=material.notes(name for name in names if name in material.numbers),
    )


def _ground_age(positions: Sequence[Position], material: Material) -> str:
    """Write how old common ground may be: what is stale, and whether a vague date leaves open that it is not new."""
    since = material.asked.since
    dates = [position.since for position in positions]
    vague = any(day.last > since and (day.first is None or day.first <= since) for day in dates)
    marks = (stale_words(positions, material.codebook), "perhaps already before" if vague else "")
    return "; ".join(filter(None, marks))


def _recoded_statements(material: Material) -> tuple[Recoded, ...]:
    """List the corrected statements behind the report that were said or corrected since the earlier day."""
    return tuple(
        _recoded_view(record, material)
        for record in material.records.values()
        if record.number > 1 and _in_window(record.statement, record.recorded_at, material)
    )


def _in_window(statement: Statement, recorded_at: datetime, material: Material) -> bool:
    """Return whether a compared party's statement was said, or its last revision recorded, since the earlier day."""
    fresh = is_between(statement, recorded_at, material.asked.since, material.asked.as_of)
    return fresh and any(party.id == statement.holder for party in material.codebook.principals)


def _withdrawals(material: Material) -> tuple[Withdrawal, ...]:
    """List the retracted statements that were said or retracted since the earlier day."""
    codebook = material.codebook
    issues = {issue.id for issue in codebook.issues}
    return tuple(
        Withdrawal(
            statement=statement.id,
            holder=statement.holder,
            name=codebook.party(statement.holder).name,
            about=codebook.path_label(statement.issue, statement.element),
            words=claim_words(statement, codebook),
            quote=statement.quote,
            recorded_at=instant_text(retraction.recorded_at),
            reason=retraction.reason,
        )
        for statement, retraction in material.known.withdrawn
        if statement.issue in issues and _in_window(statement, retraction.recorded_at, material)
    )


def _recoded_view(record: Record, material: Material) -> Recoded:
    statement, codebook = record.statement, material.codebook
    return Recoded(
        holder=statement.holder,
        name=codebook.party(statement.holder).name,
        about=codebook.path_label(statement.issue, statement.element),
        words=claim_words(statement, codebook),
        revision=record.number,
        recorded_at=instant_text(record.recorded_at),
        note=material.numbers[statement.id],
    )
