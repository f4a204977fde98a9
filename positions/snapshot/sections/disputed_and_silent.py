"""What is contested, claimed by others, framed by outlets or not said at all, each kept apart from what is held."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from positions.model.position import Position, PositionKey
from positions.snapshot.context import Material, utterance
from positions.snapshot.report import CodedReading, Contested, Note, QuietIssue, Silence, SilentIssue, Utterance
from positions.wording.positions import claim_words
from positions.wording.speakers import relayer_name, titled_speaker


def contested_positions(material: Material) -> tuple[Contested, ...]:
    """List the positions whose statements disagree, each with all its statements."""
    return tuple(
        Contested(
            holder=position.holder,
            name=material.codebook.party(position.holder).name,
            about=material.codebook.path_label(position.issue, position.element),
            utterances=tuple(utterance(name, material) for name in position.basis),
        )
        for position in material.state.positions.values()
        if material.tells_of(position.holder)
        # What merely follows for the places within is contested where it was said.
        and position.contested
        and position.said_of == position.element
    )


def claims_by_others(material: Material) -> tuple[Utterance, ...]:
    """List what others say about a party, in the order in which it was said."""
    return _utterances(material.state.claims, material)


def outlet_framings(material: Material) -> tuple[Utterance, ...]:
    """List what outlets say in their own words, in the order in which it was printed."""
    return _utterances(material.state.framings, material)


def _utterances(spoken: Mapping[PositionKey, tuple[str, ...]], material: Material) -> tuple[Utterance, ...]:
    told = (names for place, names in spoken.items() if material.tells_of(place[0]))
    names = sorted(chain.from_iterable(told), key=lambda name: (material.numbers[name], name))
    return tuple(utterance(name, material) for name in names)


def silences(material: Material) -> tuple[Silence, ...]:
    """List the issues on which each compared party has not spoken, even where others speak about it."""
    spoken = {(position.holder, position.issue) for position in material.state.positions.values()}
    return tuple(
        Silence(
            holder=party.id,
            name=party.name,
            issues=tuple(
                SilentIssue(issue=issue.id, label=issue.label, claimed=_claimed(party.id, issue.id, material))
                for issue in material.codebook.issues
                if (party.id, issue.id) not in spoken
            ),
            quiet=_quiet(party.id, material),
        )
        for party in material.codebook.principals
    )


def _claimed(party: str, issue: str, material: Material) -> tuple[int, ...]:
    claims = material.state.claims.items()
    return material.notes(name for place, names in claims if place[:2] == (party, issue) for name in names)


def _quiet(party: str, material: Material) -> tuple[QuietIssue, ...]:
    """List the issues on which a party spoke and has said nothing since the earlier day, the longest quiet first."""
    latest: dict[str, list[Position]] = {}
    for position in material.state.positions.values():
        if position.holder == party and not position.reported and position.said_of == position.element:
            latest.setdefault(position.issue, []).append(position)
    found = []
    for issue, positions in latest.items():
        age = min(position.age_days for position in positions)
        newest = [position for position in positions if position.age_days == age]
        if newest[0].since.last <= material.asked.since:
            found.append(_quiet_issue(issue, newest, material))
    return tuple(sorted(found, key=lambda item: -item.age_days))


def _quiet_issue(issue: str, newest: list[Position], material: Material) -> QuietIssue:
    return QuietIssue(
        issue=issue,
        label=material.codebook.issue(issue).label,
        last=newest[0].since.text,
        last_words=newest[0].since.in_words(),
        age_days=newest[0].age_days,
        notes=material.notes(name for position in newest for name in position.basis),
    )


def quote_notes(material: Material) -> tuple[Note, ...]:
    """List the quotes by number, each with the statements that rest on it."""
    together: dict[int, list[str]] = {}
    for name, number in sorted(material.numbers.items(), key=lambda item: (item[1], item[0])):
        together.setdefault(number, []).append(name)
    return tuple(_note(number, names, material) for number, names in together.items())


def _note(number: int, names: list[str], material: Material) -> Note:
    record = material.records[names[0]]
    said, codebook = record.statement, material.codebook
    document = material.known.documents.get(said.document)
    return Note(
        number=number,
        quote=said.quote,
        speaker=titled_speaker(said, codebook),
        relayed_by=relayer_name(said, codebook),
        directness=said.directness,
        said_on=said.said_on.text,
        said_on_words=said.said_on.in_words(),
        document=said.document,
        title=document.title if document else "",
        outlet=record.outlet,
        author=document.author if document else "",
        url=document.url if document else "",
        published_on=record.published_on.text,
        published_on_words=record.published_on.in_words(),
        readings=tuple(_reading(name, material) for name in names),
    )


def _reading(name: str, material: Material) -> CodedReading:
    said = material.statement(name)
    return CodedReading(
        statement=said.id,
        holder=said.holder,
        name=material.codebook.party(said.holder).name,
        voice=said.voice,
        about=material.codebook.path_label(said.issue, said.element),
        words=claim_words(said, material.codebook),
    )
