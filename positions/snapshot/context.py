"""What every section of a report is made from: the state, its statements, and the number of each one's note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from positions.analysis.changes import PositionChange, state_changes
from positions.analysis.demands import Demand, demands_at, select_demands
from positions.analysis.state import State
from positions.analysis.state_index import StateIndex
from positions.model.codebook import Codebook
from positions.model.position import Position
from positions.model.revision import InForce, Record
from positions.model.statement import Statement
from positions.snapshot.report import Asked, PositionView, Utterance
from positions.wording.positions import claim_words, since_words, stance_words
from positions.wording.rows import position_row
from positions.wording.speakers import speaker_words


@dataclass(frozen=True, slots=True)
class Material:
    """A state with its records by statement id and the note number of every statement that it uses.

    ``codebook`` is narrowed to what was asked for: its principals and issues are those told. ``before`` and ``after``
    hold what the parties said themselves by the earlier day and by the report's. ``moved`` are the changes between.
    ``demands`` are those of the day that the parties asked about make or are asked to meet.
    """

    asked: Asked
    codebook: Codebook
    state: State
    before: State
    after: State
    moved: tuple[PositionChange, ...]
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
        """Tell whether a party is one of those asked about; all are where none was named."""
        return not self.asked.parties or holder in self.asked.parties


def gather(known: InForce, codebook: Codebook, index: StateIndex, *, asked: Asked) -> Material:
    """Resolve the state of a day and number the quotes it rests on, in the order in which they were said."""
    state = index.state(asked.as_of)
    before, after = (index.own(day) for day in (asked.since, asked.as_of))
    compared = {party.id for party in codebook.principals}
    moved = tuple(change for change in state_changes(before, after) if change.place[0] in compared)
    demands = demands_of(asked.as_of, index, codebook, asked)
    used = _used(state, demands, asked)
    for change in moved:
        used.update(name for position in (change.before, change.after) if position for name in position.basis)
    used.update(
        record.statement.id
        for record in index.said_between(asked.since, asked.as_of)
        if record.statement.voice == "self" and record.number > 1 and record.statement.holder in compared
    )
    ordered = sorted((index.by_id[name] for name in used), key=_told_order)
    passages = {key: number for number, key in enumerate(dict.fromkeys(map(note_key, ordered)), start=1)}
    numbers = {record.statement.id: passages[note_key(record)] for record in ordered}
    told = {record.statement.id: record for record in ordered}
    return Material(asked, codebook, state, before, after, moved, demands, known, index, told, numbers)


def demands_of(day: date, index: StateIndex, codebook: Codebook, asked: Asked) -> tuple[Demand, ...]:
    """List the demands of a day that the parties asked about make or are asked to meet, or all."""
    demands = demands_at(index.records, codebook, as_of=day, state=index.state(day))
    return select_demands(demands, parties=asked.parties)


def _used(state: State, demands: Iterable[Demand], asked: Asked) -> set[str]:
    """Name the statements that a report of these parties rests on, those behind their demands with them."""
    if not asked.parties:
        spoken = (*state.claims.values(), *state.framings.values())
        names = {name for position in state.positions.values() for name in position.basis}
        return names.union(*spoken)
    demanding = {(demand.demander, demand.issue, demand.element) for demand in demands}
    answering = {(demand.addressee, demand.issue, demand.element) for demand in demands}
    told = {place for place in (*state.positions, *state.claims, *state.framings) if place[0] in asked.parties}
    names = set()
    for place in told | demanding | answering:
        if place in state.positions:
            names.update(state.positions[place].basis)
        names.update(state.claims.get(place, ()))
        if place in told:
            names.update(state.framings.get(place, ()))
    return names


def _told_order(record: Record) -> tuple[date, date, str, int, str]:
    said = record.statement
    return said.said_on.last, record.published_on.last, said.document, said.start, said.id


def note_key(record: Record) -> tuple[object, ...]:
    """Return what makes statements share one note: the same words of the same speaker on the same day."""
    said = record.statement
    return said.document, said.start, said.quote, said.speaker, said.relayed_by, said.directness, said.said_on.text


def since_phrase(position: Position) -> str:
    """Say since when a position is held; of a vague day that it was said by or within it."""
    return f"{'said' if '/' in position.since.text else 'since'} {since_words(position)}"


def held(position: Position, material: Material) -> PositionView:
    """Tell a position with its deciding quote."""
    codebook = material.codebook
    labels = {element.id: element.label for element in codebook.issue(position.issue).elements}
    deciding = material.statement(position.basis[0])
    values = codebook.issue(position.issue).values
    ends = [values[end] for name in position.basis for end in _ends(material.statement(name))]
    inherited = position.said_of is not None and position.said_of != position.element
    return PositionView(
        **position_row(position),
        name=codebook.party(position.holder).name,
        label=codebook.issue(position.issue).label,
        about=labels[position.element] if position.element else "",
        part_of=labels[position.said_of] if inherited and position.said_of else "",
        span=(min(ends), max(ends)),
        words=stance_words(position, codebook),
        since_words=since_phrase(position),
        quote=deciding.quote,
        speaker=speaker_words(deciding, codebook, outlet=material.records[deciding.id].outlet),
        notes=material.notes(position.basis),
    )


def _ends(said: Statement) -> tuple[int, int]:
    return said.stance, said.highest


def utterance(statement_id: str, material: Material) -> Utterance:
    """Tell one statement by itself."""
    record = material.records[statement_id]
    said, codebook = record.statement, material.codebook
    return Utterance(
        statement=said.id,
        holder=said.holder,
        name=codebook.party(said.holder).name,
        about=codebook.path_label(said.issue, said.element),
        words=claim_words(said, codebook),
        by=speaker_words(said, codebook, outlet=record.outlet),
        said_on=said.said_on.text,
        said_on_words=said.said_on.in_words(),
        quote=said.quote,
        note=material.numbers[said.id],
    )
