"""The evidence for a proposal as named features: what is read of the topic in its sentence, whoever holds it.

Every feature is a number in [0, 1], most are 0 or 1. They tell how a sentence is built, never which words, parties or
issues it has, so that what is learned from one negotiation holds for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from positions.extract.language.english import English, english_words
from positions.extract.language.phrases import Token
from positions.extract.rules.claims import TopicEvidence
from positions.extract.rules.speakers import AttributedSentence
from positions.extract.rules.stance import REACH
from positions.model.codebook import Codebook

Feature: TypeAlias = tuple[str, float]
_FIRST: Final = 3
"""How many sentences open a document."""
_SHORT: Final = 10
_LONG: Final = 35
"""The tokens of a short and of a long sentence."""
_NEAR: Final = 3
_FAR: Final = 10
"""Words to a cue that is near to its topic, and to one that is far from it."""


def topic_features(
    lines: Sequence[AttributedSentence], number: int, evidence: TopicEvidence, codebook: Codebook
) -> dict[str, float]:
    """Return the features of a topic that are not 0, in sentence ``number`` of a document."""
    words = english_words()
    features = dict(_sentence_features(lines, number))
    features.update(_voice_features(evidence))
    features.update(_word_features(evidence, codebook, words))
    features.update(_stance_features(evidence, words))
    return {name: value for name, value in features.items() if value}


def _sentence_features(lines: Sequence[AttributedSentence], number: int) -> Iterator[Feature]:
    line = lines[number]
    size = len(line.tokens)
    yield "heading", line.sentence.heading
    yield "opening", number < _FIRST
    yield "short", size < _SHORT
    yield "long", size > _LONG
    yield "transcript", line.sentence.label is not None
    yield "after_colon", number > 0 and [token.low for token in lines[number - 1].tokens[-1:]] == [":"]


def _voice_features(evidence: TopicEvidence) -> Iterator[Feature]:
    reading, attribution = evidence.reading, evidence.reading.attribution
    yield "quoted", reading.line.quoted[reading.topic.first]
    yield "no_voice", reading.voice is None
    yield "voice_carried", reading.voice is not None and attribution is None
    yield "voice_of_no_party", reading.voice is not None and reading.voice.party is None
    yield "relayed", evidence.relayed_by is not None
    if attribution is not None:
        yield f"said_as_{attribution.kind}", True
        yield "said_behind", attribution.tail
        yield "before_saying", not attribution.tail and reading.topic.first < attribution.verb


def _word_features(evidence: TopicEvidence, codebook: Codebook, words: English) -> Iterator[Feature]:
    """Yield what the topic's own words are, and which stand beside them."""
    topic, tokens = evidence.reading.topic, evidence.reading.line.tokens
    size = topic.end - topic.first
    yield "topic_with_stance", topic.stance is not None
    yield "topic_together", topic.together
    yield "topic_in_reach", topic.reach is not None
    yield "topic_of_talking", topic.talking
    yield "topic_is_option", codebook.issue(topic.issue).alternatives
    yield "topic_of_other_pole", topic.pole < 0
    yield "topic_one_word", size == 1
    yield "topic_many_words", size > _NEAR
    yield "topic_loose", topic.loose
    yield "topic_silent", not topic.loose and not evidence.is_topic
    yield "topic_in_background", evidence.cues.is_background(topic.first)
    before = tokens[topic.first - 1].low if topic.first else ""
    after = tokens[topic.end].low if topic.end < len(tokens) else "."
    small = words.passing.prepositions | words.grammar.coordinators | words.grammar.auxiliaries | words.grammar.modals
    yield "topic_after_preposition", before in words.passing.prepositions
    yield "topic_after_article", before in words.grammar.determiners | words.grammar.articles
    yield "topic_before_noun", after[:1].isalpha() and after not in small
    yield "topic_before_sign", not after[:1].isalnum()


def _stance_features(evidence: TopicEvidence, words: English) -> Iterator[Feature]:
    reading, cues = evidence.reading, evidence.cues
    topic, stance = reading.topic, reading.stance
    yield "stance_read", stance.stance is not None
    yield "stance_against", stance.stance is not None and stance.stance < 0
    yield f"cue_{stance.kind or 'missing'}", True
    yield "condition", stance.condition
    cue = topic.first if stance.cue is None else stance.cue
    low, high = sorted((cue, topic.first))
    inside = topic.first <= cue < topic.end
    away = REACH if stance.cue is None else 0 if inside else high - low
    yield "cue_distance", min(away, REACH) / REACH
    yield "cue_near", away <= _NEAR
    yield "cue_far", away > _FAR
    yield "cue_behind", cue >= topic.end
    yield "cue_inside", stance.cue is not None and inside
    span = range(max(0, low - 4), high + 1)
    lows = {reading.line.tokens[index].low for index in span}
    yield "modal", not lows.isdisjoint(words.grammar.modals)
    yield "infinitive", not lows.isdisjoint(words.grammar.infinitive)
    yield "negated", any(index in cues.turns for index in span)
    yield "cue_behind_break", _has_break(reading.line.tokens[low:high], words)


def _has_break(tokens: Sequence[Token], words: English) -> bool:
    return any(token.low == "," or token.low in words.passing.breaks for token in tokens)
