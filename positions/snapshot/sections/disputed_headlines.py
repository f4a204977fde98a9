"""Headlines on what others say of a party since the earlier day that the party itself has not said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from positions.kinds.ranges import MIDDLE
from positions.model.position import Position
from positions.model.statement import Statement
from positions.snapshot.context import Material
from positions.snapshot.report import Headline
from positions.snapshot.report_changes import Changes
from positions.wording.parties import party_words
from positions.wording.positions import claim_words, stale_words, stance_words
from positions.wording.speakers import speaker_words


def claim_headlines(material: Material, changes: Changes) -> Iterator[Headline]:
    """Tell what one compared party said of another that the other has not said itself, in the order of positions."""
    compared = {party.id for party in material.codebook.principals}
    sentences: dict[str, None] = {}
    notes = []
    for key, names in material.state.claims.items():
        for statement in map(material.statement, names if key[0] in compared else ()):
            if statement.speaker_party not in compared or not _is_new(statement, material):
                continue
            days = (statement.said_on.last, material.asked.as_of)
            if any(_same_level(statement, material.index.own(day).positions.get(key)) for day in days):
                continue
            own = material.after.positions.get(key)
            sentences[f"{_saying(statement, material)}, while {_own_words(statement.holder, own, material)}"] = None
            notes += [statement.id, *(own.basis[:1] if own else ())]
    if sentences:
        text = f"Said of others since {changes.since_words}: {'; '.join(sentences)}."
        yield Headline(text=text, notes=tuple(sorted(material.notes(notes))))


def framing_headlines(material: Material) -> Iterator[Headline]:
    """Tell what outlets' own words put on the other side of the middle than anything that the party said in that time.

    Only those since the earlier day: an older one was in an earlier report.
    """
    sentences, notes = [], []
    for key, names in material.state.framings.items():
        own = material.after.positions.get(key)
        if own is None or not material.tells_of(key[0]):
            continue
        framings = [one for one in map(material.statement, names) if _is_new(one, material)]
        against = [one for one in framings if _is_against(one, own, material)]
        if against:
            last = against[-1]
            own_words = _own_words(last.holder, own, material)
            sentences.append(f"{_saying(last, material)}, while {own_words}")
            notes += [last.id, own.basis[0]]
    if sentences:
        text = f"Outlets' own words differ from the party's: {'; '.join(sentences)}."
        yield Headline(text=text, notes=tuple(sorted(material.notes(notes))))


def _is_new(statement: Statement, material: Material) -> bool:
    return material.asked.since < statement.said_on.last <= material.asked.as_of


def _same_level(statement: Statement, own: Position | None) -> bool:
    return own is not None and (statement.stance, statement.highest) == (own.stance, own.highest)


def _is_against(framing: Statement, own: Position, material: Material) -> bool:
    """Return whether words put a party on the other side than its position and its own word of the words' days."""
    value = material.codebook.issue(own.issue).values[framing.stance]
    key = (own.holder, own.issue, own.element)
    positions = [own, *(material.index.own(day).positions.get(key) for day in _days(framing, material))]
    return all((value - MIDDLE) * (position.value - MIDDLE) < 0 for position in positions if position)


def _days(framing: Statement, material: Material) -> tuple[date, ...]:
    """Return the days on which a party's own word may have changed while an outlet's words may have been written."""
    first, last = framing.said_on.first or framing.said_on.last, framing.said_on.last
    changes = material.index.own_days({framing.holder}, after=first - timedelta(days=1), before=last)
    return (first, *changes, last)


def _saying(statement: Statement, material: Material) -> str:
    """Write who says what of whom, and when: ``Ukraine on Venue: Minsk “accepts it” (Li Wei, envoy, 3 March 2022)``."""
    codebook = material.codebook
    about = codebook.path_label(statement.issue, statement.element)
    by = speaker_words(statement, codebook, outlet=material.records[statement.id].outlet)
    said = f"“{claim_words(statement, codebook)}” ({by}, {statement.said_on.in_words()})"
    return f"{party_words(statement.holder, codebook)} on {about} {said}"


def _own_words(holder: str, own: Position | None, material: Material) -> str:
    name = party_words(holder, material.codebook)
    if own is None:
        return f"{name} itself has not said"
    age = stale_words([own], material.codebook)
    return f"{name} itself is “{stance_words(own, material.codebook)}”{f' ({age})' if age else ''}"
