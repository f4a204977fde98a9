"""Which attribution of a sentence governs a word of it, and who only relays."""

from __future__ import annotations

from typing import NamedTuple

from positions.extract.rules.attributed_sentence import AttributedSentence, SpeakerRef
from positions.extract.rules.attribution import Attribution


class Governing(NamedTuple):
    """The attribution that governs a token, its voice, and who relays it, each if there is one."""

    attribution: Attribution | None
    voice: SpeakerRef | None
    relayed_by: str | None


def find_governing(line: AttributedSentence, index: int) -> Governing:
    """Return the attribution that governs a token; of two, one within the other, the inner one is relayed."""
    if not line.attributions:
        return Governing(None, line.carried, None)
    clause = line.clause_at(index)
    governs = [(one, voice) for one, voice in line.attributions if one.tail or one.verb <= index]
    beside = (pair for pair in governs if pair[0].verb in clause)
    first = governs[0] if governs else line.attributions[0]
    if not governs and first[0].verb not in clause:
        return Governing(None, line.carried, None)
    outer, voice = next(beside, first)
    for inner, who in line.attributions:
        is_within = inner.verb > outer.verb and inner.after <= index + 1 and not outer.tail
        is_person = inner.subject.kind == "person" and inner.kind not in ("acceptance", "refusal") and not inner.tail
        if is_within and is_person and who.party != voice.party:
            return Governing(inner, who, voice.speaker)
    return Governing(outer, voice, None)
