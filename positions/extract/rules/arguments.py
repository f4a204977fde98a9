"""Whether a topic is an argument of its stance, or only where, for what or by whose forecast it comes up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.extract.rules.noun_phrases import Governor
from positions.extract.rules.relevance import governor_at
from positions.extract.rules.stance import SentenceCues
from positions.extract.rules.topic_reading import TopicReading

_TAKING_PART: Final = 3
"""The most words between a word for taking part and the preposition behind it."""
_MODAL: Final = 2
"""The most words between "could" and the verb that it belongs to, and one."""
_THANKED: Final = 14
"""The most words between a word of thanks and what they are for."""
_WHO: Final = 3
"""The most words from a word of thanks to who is thanked."""
_PERFECT: Final = 4
"""The most words between "had" and what somebody had done, and one."""
_PURPOSE: Final = 8
"""The most words between "for" and "to be" in a purpose that opens a clause."""


def is_setting(reading: TopicReading, cues: SentenceCues) -> bool:
    """Return whether talks are only where something else happens: "offers neutrality at the talks".

    Who takes part in talks, or engages in them, does hold them. The same goes for talks that are only what something
    else needs: "for talks to succeed".
    """
    topic = reading.topic
    if _is_thanked(reading):
        return True
    if not topic.talking or topic.stance is not None:
        return False
    governor = governor_at(reading.line, cues, topic.first)
    return _is_behind_place(reading, governor) or _is_purpose(reading, governor)


def _is_thanked(reading: TopicReading) -> bool:
    """Return whether a topic is what somebody is thanked for: "thanked Turkey for hosting the talks"."""
    words, tokens, first = english_words(), reading.line.tokens, reading.topic.first
    thanks = next((one for one in range(first - 1, -1, -1) if tokens[one].low in words.stance.thanks), None)
    if thanks is None or first - thanks > _THANKED:
        return False
    between = [token.low for token in tokens[thanks:first]]
    is_who = reading.topic.element is not None and first - thanks <= _WHO
    is_what = not words.governors.purposes.isdisjoint(between)
    return (is_who or is_what) and words.passing.breaks.isdisjoint(between)


def _is_behind_place(reading: TopicReading, governor: Governor) -> bool:
    words, tokens = english_words().arguments, reading.line.tokens
    if not governor.start or tokens[governor.start - 1].low not in words.settings:
        return False
    return not takes_part(tokens[max(0, governor.start - 1 - _TAKING_PART) : governor.start - 1])


def takes_part(tokens: Sequence[Token]) -> bool:
    """Return whether some words tell that somebody takes part in what follows: "engaged in", "refusal to attend"."""
    return any(token.low.startswith(english_words().arguments.taking_part) for token in tokens)


def _is_purpose(reading: TopicReading, governor: Governor) -> bool:
    tokens, end = reading.line.tokens, reading.topic.end
    opens = governor.start == 1 or (
        governor.start > 1 and tokens[governor.start - 2].text in english_words().arguments.marks
    )
    if governor.role != "purpose" or not opens:
        return False
    return any(token.low in english_words().grammar.infinitive for token in tokens[end : end + _PURPOSE])


def is_forecast(reading: TopicReading, holder: str) -> bool:
    """Return whether somebody only says what another party may do: "Trump said Kyiv and Moscow could begin talks"."""
    cue, voice = reading.stance.cue, reading.voice
    if cue is None or voice is None or voice.party is None or holder in reading.speaker:
        return False
    near = reading.line.tokens[max(0, cue - _MODAL) : cue + 1]
    return any(token.low in english_words().arguments.forecasts for token in near)


def is_of_another(reading: TopicReading, holders: Sequence[str]) -> bool:
    """Return whether somebody speaks of one other party, or accuses one."""
    is_accusation = reading.attribution is not None and reading.attribution.kind == "accusation"
    return is_accusation or (len(holders) == 1 and bool(reading.speaker) and holders[0] not in reading.speaker)


def tells_event(reading: TopicReading) -> bool:
    """Return whether a topic's own verb tells what happened: "the agreements ended the fighting"."""
    return reading.line.tokens[reading.topic.first].low.endswith(english_words().suffixes.past)


def is_obligation(reading: TopicReading) -> bool:
    """Return whether what is wanted is said as a duty, of whoever has it: "must", "will have to"."""
    cue, words = reading.stance.cue, english_words()
    near = reading.line.tokens[max(0, (cue or 0) - 1) : (cue or 0) + 2] if cue is not None else ()
    return any(token.low in words.holding.obligations for token in near)


def tells_past(reading: TopicReading) -> bool:
    """Return whether a topic without a cue is what somebody has done or tried: "had attempted to meet Putin"."""
    cue, tokens = reading.stance.cue, reading.line.tokens
    if reading.stance.kind == "act" and cue is not None and cue < reading.topic.first:
        return tokens[cue].low.endswith(english_words().suffixes.past) and cue > reading.after_verb(cue)
    if reading.stance.kind:
        return False
    before = tokens[max(0, reading.topic.first - _PERFECT) : reading.topic.first]
    return any(token.low in english_words().stance.past for token in before)


def states_position(reading: TopicReading) -> bool:
    """Return whether the outlet's own words state a position: a heading, or a clear act or refusal."""
    clear = ("act", "reject", "demand", "commit", "open", "reluctant", "discuss")
    return reading.line.sentence.heading or reading.stance.kind in clear
