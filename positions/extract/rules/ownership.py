"""Whose will a noun names, and what the speaker makes of it: "welcomed Moscow's proposal of talks"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.mentions import Mention
from positions.extract.rules.stance import POLARITY, SentenceCues, StanceReading
from positions.extract.rules.topic_reading import TopicReading

_WILL_GAP: Final = 8
"""The most words between a noun for what somebody wants and what is wanted."""
_VIEW_BEFORE: Final = 2
_VIEW_BEHIND: Final = 6
"""The most words between what is another's and how it is taken, before it and behind it."""
_VIEWS: Final = frozenset({"open", "commit", "reluctant", "reject"})
"""The classes of cues that take what another wants."""


def owner_of(line: AttributedSentence, cue: int | None) -> Mention | None:
    """Return whose will a noun names: "Russia's offer of corridors", "the readiness of Turkey to host"."""
    grammar, holding = english_words().grammar, english_words().holding
    if cue is None or line.tokens[cue].low not in holding.will_nouns:
        return None
    for mention in line.mentions:
        after = [token.low for token in line.tokens[mention.end : cue]]
        owns = bool(after) and after[0] in grammar.genitive and len(after) <= 3 and "," not in after
        if mention.parties and mention.end <= cue and owns:
            return mention
        if mention.parties and " ".join(token.low for token in line.tokens[cue + 1 : mention.first]) in holding.owners:
            return mention
    return None


def add_owned(
    reading: TopicReading, cues: SentenceCues, holders: tuple[str, ...]
) -> list[tuple[TopicReading, tuple[str, ...]]]:
    """Return how a topic is taken and by whom, first as read, then as what another is said to want of it.

    "Trump urged Kyiv to accept Moscow's proposal of talks" tells what Washington wants and what Moscow does. If the cue
    that was read is within the owner's phrase, the stance is the owner's alone.
    """
    owned = _owned_will(reading.line, reading.topic.first) if reading.topic.stance is None else None
    if owned is None:
        refused = _refused_offer(reading, cues)
        return [(reading, holders), refused] if refused else [(reading, holders)]
    owner, noun = owned
    cue = next((one for one in cues.cues if one.first <= noun < one.end), None)
    view = _view_of(reading, cues, owner) if cue is None or cue.value == "commit" else None
    if (
        view
        and view.kind in ("reluctant", "reject")
        and reading.line.tokens[noun].low in english_words().holding.sincerity
    ):
        return [(replace(reading, stance=view._replace(stance=-reading.topic.pole)), owner.parties)]
    if reading.stance.cue is not None and owner.end <= reading.stance.cue <= reading.topic.first:
        own = (reading, owner.parties)
        is_others = view is not None and reading.speaker and set(owner.parties).isdisjoint(reading.speaker)
        return [own, (replace(reading, stance=view), reading.speaker)] if view and is_others else [own]
    if cue is None or set(owner.parties) == set(holders):
        return [(reading, holders)]
    sign, strength = POLARITY[cue.value]
    stance = StanceReading(sign * strength * reading.topic.pole, noun, cue.value, condition=False)
    return [(reading, holders), (replace(reading, stance=stance), owner.parties)]


def _view_of(reading: TopicReading, cues: SentenceCues, owner: Mention) -> StanceReading | None:
    """Return how the speaker takes what is another's: "welcomed Moscow's offer", "called Kyiv's plan unacceptable"."""
    topic, breaks = reading.topic, english_words().passing.breaks
    before = [one for one in cues.cues if 0 <= owner.first - one.end <= _VIEW_BEFORE]
    behind = [one for one in cues.cues if 0 <= one.first - topic.end <= _VIEW_BEHIND]
    for cue in (*reversed(before), *behind):
        gap = reading.line.tokens[cue.end : owner.first] or reading.line.tokens[topic.end : cue.first]
        if cue.value not in _VIEWS or any(token.low in breaks or token.low == "," for token in gap):
            continue
        sign, strength = POLARITY[cue.value]
        if cues.turns.intersection(range(cue.first - 2, cue.first)):
            sign, strength = -sign, 1 if sign < 0 else 2
        return StanceReading(sign * strength * topic.pole, cue.first, cue.value, condition=False)
    return None


def _owned_will(line: AttributedSentence, first: int) -> tuple[Mention, int] | None:
    """Return whose will the words before a topic name, and the token of its noun: "Moscow's proposal of talks".

    ``first`` is the topic's first token.
    """
    words = english_words()
    for noun in range(first - 1, max(-1, first - _WILL_GAP), -1):
        low = line.tokens[noun].low
        if low == "," or low in words.passing.breaks - words.grammar.content:
            return None
        if low in words.holding.will_nouns and (owner := owner_of(line, noun)) and owner.end <= noun:
            return owner, noun
    return None


def _refused_offer(reading: TopicReading, cues: SentenceCues) -> tuple[TopicReading, tuple[str, ...]] | None:
    """Return what the speaker wants, if another refuses "its" offer of it: "Kyiv rejected its offer, Moscow said"."""
    line, words, cue = reading.line, english_words(), reading.stance.cue
    near = range(cue or 0, reading.topic.first if reading.stance.kind == "reject" and reading.speaker else 0)
    nouns = (one for one in near if line.tokens[one].low in words.holding.will_nouns)
    noun = next((one for one in nouns if line.tokens[one - 1].low in words.grammar.possessive_pronouns), None)
    offer = next((one for one in cues.cues if noun is not None and one.first <= noun < one.end), None)
    refuser = next((one for one in reversed(line.mentions) if cue and one.end <= cue and one.parties), None)
    if noun is None or offer is None or refuser is None or not set(refuser.parties).isdisjoint(reading.speaker):
        return None
    sign, strength = POLARITY[offer.value]
    stance = StanceReading(sign * strength * reading.topic.pole, noun, offer.value, condition=False)
    return replace(reading, stance=stance), reading.speaker


def agent_of(line: AttributedSentence, cue: int | None) -> Mention | None:
    """Return who acts in the passive: "was turned down by the Pentagon"."""
    language = english_words()
    if cue is None or not line.tokens[cue].low.endswith(language.suffixes.passive):
        return None
    near = range(cue + 1, min(cue + 4, len(line.tokens)))
    by = next((index for index in near if line.tokens[index].low in language.holding.agents), None)
    if by is None:
        return None
    behind = next((mention for mention in line.mentions if mention.first > by), None)
    between = line.tokens[by + 1 : behind.first] if behind else []
    is_next = not between or (len(between) == 1 and between[0].low in language.holding.agent_articles)
    return behind if behind and behind.parties and is_next else None
