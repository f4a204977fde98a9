"""Contested positions, claims by others, outlets' framings and silence, each kept apart from the positions held."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from positions.model.position import Position, PositionKey
from positions.snapshot.context import Material, utterance_view
from positions.snapshot.report import CodedReading, Contested, Note, QuietIssue, Silence, SilentIssue, Utterance
from positions.wording.positions import aged_since_phrase, claim_words, stale_words
from positions.wording.speakers import relayer_name, titled_speaker


def contested_positions(material: Material) -> tuple[Contested, ...]:
    """List the positions whose statements disagree, each with all its statements."""
    return tuple(
        Contested(
            holder=position.holder,
            name=material.codebook.party(position.holder).name,
            about=material.codebook.path_label(position.issue, position.element),
            age=stale_words([position], material.codebook),
            utterances=tuple(utterance_view(name, material) for name in position.basis),
        )
        for position in material.state.positions.values()
        if material.tells_of(position.holder)
        # Inherited positions are skipped: the contest is listed at the element that was spoken of.
        and position.contested
        and position.said_of == position.element
    )


def claims_by_others(material: Material) -> tuple[Utterance, ...]:
    """List what others say about a party, in the order in which it was said."""
    return _utterances(material.state.claims, material)


def outlet_framings(material: Material) -> tuple[Utterance, ...]:
    """List what outlets say in their own words, in the order of publication."""
    return _utterances(material.state.framings, material)


def _utterances(spoken: Mapping[PositionKey, tuple[str, ...]], material: Material) -> tuple[Utterance, ...]:
    ids_by_key = (names for key, names in spoken.items() if material.tells_of(key[0]))
    names = sorted(chain.from_iterable(ids_by_key), key=lambda name: (material.numbers[name], name))
    return tuple(utterance_view(name, material) for name in names)


def silences(material: Material) -> tuple[Silence, ...]:
    """List the issues on which each compared party has not spoken itself, even if others speak about it."""
    spoken = {(position.holder, position.issue) for position in material.state.positions.values()}
    return tuple(
        Silence(
            holder=party.id,
            name=party.name,
            issues=tuple(
                SilentIssue(issue=issue.id, label=issue.label, claimed=_claim_notes(party.id, issue.id, material))
                for issue in material.codebook.issues
                if (party.id, issue.id) not in spoken
            ),
            quiet=_quiet_issues(party.id, material),
        )
        for party in material.codebook.principals
    )


def _claim_notes(party: str, issue: str, material: Material) -> tuple[int, ...]:
    claims = material.state.claims.items()
    return material.notes(name for place, names in claims if place[:2] == (party, issue) for name in names)


def _quiet_issues(party: str, material: Material) -> tuple[QuietIssue, ...]:
    """List the issues on which a party spoke, but not since the earlier day; the longest silence first."""
    latest: dict[str, list[Position]] = {}
    for position in material.state.positions.values():
        if position.holder == party and not position.reported and position.said_of == position.element:
            latest.setdefault(position.issue, []).append(position)
    quiet_issues = []
    for issue, positions in latest.items():
        age = min(position.age_days for position in positions)
        newest = [position for position in positions if position.age_days == age]
        if newest[0].since.last <= material.asked.since:
            quiet_issues.append(_quiet_issue(issue, newest, material))
    return tuple(sorted(quiet_issues, key=lambda item: -item.age_days))


def _quiet_issue(issue: str, newest: list[Position], material: Material) -> QuietIssue:
    return QuietIssue(
        issue=issue,
        label=material.codebook.issue(issue).label,
        last=newest[0].since.text,
        last_words=aged_since_phrase(newest[0]),
        age_days=newest[0].age_days,
        notes=material.notes(name for position in newest for name in position.basis),
    )


def quote_notes(material: Material) -> tuple[Note, ...]:
    """List the quotes by number, each with the statements that were coded from it."""
    ids_by_number: dict[int, list[str]] = {}
    for name, number in sorted(material.numbers.items(), key=lambda item: (item[1], item[0])):
        ids_by_number.setdefault(number, []).append(name)
    return tuple(_note(number, names, material) for number, names in ids_by_number.items())


def _note(number: int, names: list[str], material: Material) -> Note:
    record = material.records[names[0]]
    statement, codebook = record.statement, material.codebook
    document = material.known.documents.get(statement.document)
    translated = next((one for one in map(material.statement, names) if one.translation), statement)
    return Note(
        number=number,
        quote=statement.quote,
        language=(document.language if document else None) or "",
        translation=translated.translation,
        translated_by=translated.translated_by,
        speaker=titled_speaker(statement, codebook),
        relayed_by=relayer_name(statement, codebook),
        directness=statement.directness,
        said_on=statement.said_on.text,
        said_on_words=statement.said_on.in_words(),
        document=statement.document,
        title=document.title if document else "",
        outlet=record.outlet,
        author=document.author if document else "",
        url=document.url if document else "",
        published_on=record.published_on.text,
        published_on_words=record.published_on.in_words(),
        page=document.page_at(statement.start) if document else None,
        readings=tuple(_reading(name, material) for name in names),
    )


def _reading(name: str, material: Material) -> CodedReading:
    statement = material.statement(name)
    return CodedReading(
        statement=statement.id,
        holder=statement.holder,
        name=material.codebook.party(statement.holder).name,
        voice=statement.voice,
        about=material.codebook.path_label(statement.issue, statement.element),
        words=claim_words(statement, material.codebook),
    )
