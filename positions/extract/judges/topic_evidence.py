"""The evidence for a proposal as named features: what is read of the topic in its sentence, whoever holds it.

Every feature is a number in [0, 1], most are 0 or 1. They tell how a sentence is built, never which words, parties or
issues it has, so that what is learned from one negotiation holds for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.claims import TopicEvidence
from positions.extract.rules.relevance import is_background
from positions.extract.rules.stance import REACH
from positions.model.codebook import Codebook

_FIRST: Final = 3
"""How many sentences open a document."""
_SHORT: Final = 10
_LONG: Final = 35
"""The tokens of a short and of a long sentence."""
_NEAR: Final = 3
_FAR: Final = 10
"""Words to a cue that is near to its topic, and to one that is far from it."""
_BEFORE: Final = 4
"""Words before a cue and its topic that may weaken or turn it."""


def topic_features(
    lines: Sequence[AttributedSentence], number: int, evidence: TopicEvidence, codebook: Codebook
) -> dict[str, float]:
    """Return the features of a topic that are not 0, in sentence ``number`` of a document."""
    features = dict.fromkeys(_sentence_features(lines, number), 1.0)
    features |= dict.fromkeys(_voice_features(evidence), 1.0)
    features |= dict.fromkeys(_word_features(evidence, codebook), 1.0)
    features |= dict.fromkeys(_stance_features(evidence), 1.0)
    if away := cue_distance(evidence):
        features["cue_distance"] = min(away, REACH) / REACH
    return features


def cue_distance(evidence: TopicEvidence) -> int:
    """Return how many words from its topic a cue stands: 0 within the topic, :data:`REACH` without a cue."""
    topic, cue = evidence.reading.topic, evidence.reading.stance.cue
    if cue is None:
        return REACH
    return 0 if topic.first <= cue < topic.end else abs(cue - topic.first)


def is_cue_near(evidence: TopicEvidence) -> bool:
    """Return whether a topic's cue stands in it or right beside it."""
    return cue_distance(evidence) <= _NEAR


def _sentence_features(lines: Sequence[AttributedSentence], number: int) -> Iterator[str]:
    line = lines[number]
    size = len(line.tokens)
    if line.sentence.heading:
        yield "heading"
    if number < _FIRST:
        yield "opening"
    if size < _SHORT:
        yield "short"
    if size > _LONG:
        yield "long"
    if line.sentence.label is not None:
        yield "transcript"
    if number and [token.low for token in lines[number - 1].tokens[-1:]] == [":"]:
        yield "after_colon"


def _voice_features(evidence: TopicEvidence) -> Iterator[str]:
    reading, attribution = evidence.reading, evidence.reading.attribution
    if reading.line.quoted[reading.topic.first]:
        yield "quoted"
    if reading.voice is None:
        yield "no_voice"
    elif attribution is None:
        yield "voice_carried"
    if reading.voice is not None and reading.voice.party is None:
        yield "voice_of_no_party"
    if evidence.relayed_by is not None:
        yield "relayed"
    if attribution is not None:
        yield f"said_as_{attribution.kind}"
        if attribution.tail:
            yield "said_behind"
        elif reading.topic.first < attribution.verb:
            yield "before_saying"


def _word_features(evidence: TopicEvidence, codebook: Codebook) -> Iterator[str]:
    """Yield what the topic's own words are."""
    topic = evidence.reading.topic
    size = topic.end - topic.first
    kinds = (
        ("topic_with_stance", topic.stance is not None),
        ("topic_together", topic.together),
        ("topic_in_reach", topic.reach is not None),
        ("topic_of_talking", topic.talking),
        ("topic_is_option", codebook.issue(topic.issue).alternatives),
        ("topic_of_other_pole", topic.pole < 0),
        ("topic_one_word", size == 1),
        ("topic_many_words", size > _NEAR),
        ("topic_loose", topic.loose),
        ("topic_silent", not topic.loose and not evidence.is_topic),
        ("topic_in_background", is_background(evidence.reading.line.tokens, topic.first)),
    )
    yield from (name for name, holds in kinds if holds)
    yield from _beside_features(evidence)


def _beside_features(evidence: TopicEvidence) -> Iterator[str]:
    """Yield which words stand right beside the topic's."""
    topic, tokens, passing = evidence.reading.topic, evidence.reading.line.tokens, english_words().passing
    before = tokens[topic.first - 1].low if topic.first else ""
    after = tokens[topic.end].low if topic.end < len(tokens) else "."
    if before in passing.prepositions:
        yield "topic_after_preposition"
    if before in english_words().grammar.before_nouns:
        yield "topic_after_article"
    if after[:1].isalpha() and after not in _small_words():
        yield "topic_before_noun"
    if not after[:1].isalnum():
        yield "topic_before_sign"


@cache
def _small_words() -> frozenset[str]:
    """Return the words that are part of no noun phrase."""
    words = english_words()
    return words.passing.prepositions | words.grammar.coordinators | words.grammar.verbs


def _stance_features(evidence: TopicEvidence) -> Iterator[str]:
    topic, stance = evidence.reading.topic, evidence.reading.stance
    if stance.stance is not None:
        yield "stance_read"
        if stance.stance < 0:
            yield "stance_against"
    yield f"cue_{stance.kind or 'missing'}"
    if stance.condition:
        yield "condition"
    if is_cue_near(evidence):
        yield "cue_near"
    if cue_distance(evidence) > _FAR:
        yield "cue_far"
    if stance.cue is not None and stance.cue >= topic.end:
        yield "cue_behind"
    if stance.cue is not None and topic.first <= stance.cue < topic.end:
        yield "cue_inside"
    yield from _between_features(evidence)


def _between_features(evidence: TopicEvidence) -> Iterator[str]:
    """Yield what stands between the cue and its topic, and just before them."""
    topic, tokens, words = evidence.reading.topic, evidence.reading.line.tokens, english_words()
    cue = topic.first if evidence.reading.stance.cue is None else evidence.reading.stance.cue
    low, high = min(cue, topic.first), max(cue, topic.first)
    span = range(max(0, low - _BEFORE), high + 1)
    lows = [token.low for token in tokens[span.start : span.stop]]
    if not words.grammar.modals.isdisjoint(lows):
        yield "modal"
    if not words.grammar.infinitive.isdisjoint(lows):
        yield "infinitive"
    if not evidence.cues.turns.isdisjoint(span):
        yield "negated"
    if not words.passing.breaks_and_commas.isdisjoint(lows[low - span.start : -1]):
        yield "cue_behind_break"
