"""The material of a report's sections: the state of its day, the statements behind it and the number of each note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from positions.analysis.changes import PositionChange, state_changes
from positions.analysis.demands import Demand, demands_at, select_demands
from positions.analysis.state import State
from positions.analysis.state_index import StateIndex
from positions.model.codebook import Codebook
from positions.model.position import Position, PositionKey
from positions.model.revision import InForce, Record
from positions.model.statement import Statement
from positions.snapshot.report import Asked, PositionView, Utterance
from positions.wording.positions import aged_since_phrase, claim_words, stance_words
from positions.wording.rows import position_row
from positions.wording.speakers import speaker_words


@dataclass(frozen=True, slots=True)
class Material:
    """A state with its records by statement id and the note number of every statement that it uses.

    ``codebook`` is limited to the requested parties (its principals) and issues. ``before`` and ``after`` are the
    states of the earlier day and of the report's day by the parties' own word, ``moved`` the changes between them, and
    ``first`` the first position after the earlier day of who had none then.
    ``demands`` are the day's demands that the requested parties make or should meet.
    """

    asked: Asked
    codebook: Codebook
    state: State
    before: State
    after: State
    moved: tuple[PositionChange, ...]
    first: Mapping[PositionKey, Position]
    demands: tuple[Demand, ...]
    known: InForce
    index: StateIndex
    records: Mapping[str, Record]
    numbers: Mapping[str, int]

    def statement(self, statement_id: str) -> Statement:
        """Return a statement that the state rests on."""
        return self.records[statement_id].statement

    def notes(self, statement_ids: Iterable[str]) -> tuple[int, ...]:
        """Return the note numbers of statements, each once, in the order given."""
        return tuple(dict.fromkeys(self.numbers[name] for name in statement_ids))

    def positions(self, issue: str, *, principal: bool = True) -> list[Position]:
        """Return the positions on an issue, in codebook order: the compared parties' or the others'."""
        compared = {party.id for party in self.codebook.principals}
        return [
            position
            for position in self.state.positions.values()
            if position.issue == issue and (position.holder in compared) == principal
        ]

    def tells_of(self, holder: str) -> bool:
        """Return whether a party is in the report: one of the requested ones, or any if none was named."""
        return not self.asked.parties or holder in self.asked.parties


def gather_material(known: InForce, codebook: Codebook, index: StateIndex, *, asked: Asked) -> Material:
    """Resolve the state of a day and number the quotes behind it, in the order in which they were said."""
    state = index.state(asked.as_of)
    before, after = (index.own(day) for day in (asked.since, asked.as_of))
    compared = {party.id for party in codebook.principals}
    changes = tuple(change for change in state_changes(before, after) if change.key[0] in compared)
    first = _first_positions(changes, index, asked)
    moved = tuple(_moved_from(change, first.get(change.key)) for change in changes)
    demands = demands_of(asked.as_of, index, codebook, asked)
    statement_ids = _collect_basis(state, demands, asked)
    for change in moved:
        told = (change.before, change.after, first.get(change.key))
        statement_ids.update(name for position in told if position for name in position.basis)
    statement_ids.update(
        record.statement.id
        for record in index.said_between(asked.since, asked.as_of)
        if record.statement.voice == "self" and record.number > 1 and record.statement.holder in compared
    )
    ordered = sorted((index.by_id[name] for name in statement_ids), key=_quote_order)
    passages = {key: number for number, key in enumerate(dict.fromkeys(map(note_key, ordered)), start=1)}
    numbers = {record.statement.id: passages[note_key(record)] for record in ordered}
    records_by_id = {record.statement.id: record for record in ordered}
    return Material(asked, codebook, state, before, after, moved, first, demands, known, index, records_by_id, numbers)


def _first_positions(
    changes: Iterable[PositionChange], index: StateIndex, asked: Asked
) -> Mapping[PositionKey, Position]:
    """Return the first position of who stated one since the earlier day, on what was said before the last day."""
    first: dict[PositionKey, Position] = {}
    keys = {change.key for change in changes if change.kind == "first stated"}
    for day in index.own_days({key[0] for key in keys}, after=asked.since, before=asked.as_of):
        positions = index.own(day).positions
        first |= {key: positions[key] for key in keys - first.keys() if key in positions}
    return first


def _moved_from(change: PositionChange, first: Position | None) -> PositionChange:
    """Show who stated a position since the earlier day and then changed it as moved from that first position."""
    if first is None or change.after is None:
        return change
    is_same = (first.stance, first.highest) == (change.after.stance, change.after.highest)
    return change if is_same else PositionChange(change.key, "moved", first, change.after)


def demands_of(day: date, index: StateIndex, codebook: Codebook, asked: Asked) -> tuple[Demand, ...]:
    """Return the demands of a day that the requested parties make or should meet; all if no party was named."""
    demands = demands_at(index.records, codebook, as_of=day, state=index.state(day))
    return select_demands(demands, parties=asked.parties)


def _collect_basis(state: State, demands: Iterable[Demand], asked: Asked) -> set[str]:
    """Return the ids of the statements behind a report on these parties, including those behind their demands."""
    if not asked.parties:
        spoken = (*state.claims.values(), *state.framings.values())
        names = {name for position in state.positions.values() for name in position.basis}
        return names.union(*spoken)
    demanding = {(demand.demander, demand.issue, demand.element) for demand in demands}
    answering = {(demand.addressee, demand.issue, demand.element) for demand in demands}
    requested = {key for key in (*state.positions, *state.claims, *state.framings) if key[0] in asked.parties}
    names = set()
    for key in requested | demanding | answering:
        if key in state.positions:
            names.update(state.positions[key].basis)
        names.update(state.claims.get(key, ()))
        if key in requested:
            names.update(state.framings.get(key, ()))
    return names


def _quote_order(record: Record) -> tuple[date, date, str, int, str]:
    statement = record.statement
    return statement.said_on.last, record.published_on.last, statement.document, statement.start, statement.id


def note_key(record: Record) -> tuple[object, ...]:
    """Return the key by which statements share a note: the same words of the same speaker on the same day."""
    statement = record.statement
    return (
        statement.document,
        statement.start,
        statement.quote,
        statement.speaker,
        statement.relayed_by,
        statement.directness,
        statement.said_on.text,
    )


def position_view(position: Position, material: Material) -> PositionView:
    """Return a position as the report shows it, with its deciding quote."""
    codebook = material.codebook
    labels = {element.id: element.label for element in codebook.issue(position.issue).elements}
    deciding = material.statement(position.basis[0])
    values = codebook.issue(position.issue).values
    ends = [values[end] for name in position.basis for end in _stance_ends(material.statement(name))]
    inherited = position.said_of is not None and position.said_of != position.element
    return PositionView(
        **position_row(position),
        name=codebook.party(position.holder).name,
        label=codebook.issue(position.issue).label,
        about=labels[position.element] if position.element else "",
        part_of=labels[position.said_of] if inherited and position.said_of else "",
        span=(min(ends), max(ends)),
        words=stance_words(position, codebook),
        since_words=aged_since_phrase(position),
        quote=deciding.quote,
        speaker=speaker_words(deciding, codebook, outlet=material.records[deciding.id].outlet),
        notes=material.notes(position.basis),
    )


def _stance_ends(statement: Statement) -> tuple[int, int]:
    return statement.stance, statement.highest


def utterance_view(statement_id: str, material: Material) -> Utterance:
    """Return a statement as the report shows it on its own."""
    record = material.records[statement_id]
    statement, codebook = record.statement, material.codebook
    return Utterance(
        statement=statement.id,
        holder=statement.holder,
        name=codebook.party(statement.holder).name,
        about=codebook.path_label(statement.issue, statement.element),
        words=claim_words(statement, codebook),
        by=speaker_words(statement, codebook, outlet=record.outlet),
        said_on=statement.said_on.text,
        said_on_words=statement.said_on.in_words(),
        quote=statement.quote,
        note=material.numbers[statement.id],
    )
