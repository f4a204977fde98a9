"""The evidence for a proposal as named features: where the topic's noun phrase and its clause stand in the sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.claims import TopicEvidence
from positions.extract.rules.mentions import Mention
from positions.extract.rules.noun_phrases import is_described
from positions.extract.rules.relevance import governor_at, verb_tokens

_MANY: Final = 3
"""The fewest topics of a sentence with many."""
_PARTNER: Final = 8
"""Words from a topic within which somebody stands who may take part."""
_AFTER_SAYING: Final = 3
"""Words behind a verb of speaking within which a topic is what it is about."""
_COMMA: Final = (",",)


@dataclass(frozen=True)
class SentenceScope:
    """A topic among all topics of its sentence; ``both`` are the parties that talk with one another."""

    evidence: TopicEvidence
    topics: Sequence[TopicEvidence]
    both: frozenset[str]

    @property
    def line(self) -> AttributedSentence:
        """The sentence."""
        return self.evidence.reading.line


def phrase_features(scope: SentenceScope) -> dict[str, float]:
    """Return the features of a topic's phrase and clause that are not 0."""
    return dict.fromkeys([*_phrase(scope), *_neighbours(scope), *_clause(scope), *_partners(scope)], 1.0)


def _phrase(scope: SentenceScope) -> Iterator[str]:
    """Yield what governs the topic's noun phrase."""
    topic, tokens = scope.evidence.reading.topic, scope.line.tokens
    governor = governor_at(scope.line, scope.evidence.cues, topic.first)
    yield f"phrase_{governor.role}"
    if governor.is_part:
        yield "phrase_part"
    if is_described(tokens, topic.end, verb_tokens(scope.line, scope.evidence.cues)):
        yield "topic_describes"
    attribution = scope.evidence.reading.attribution
    if attribution is not None and not attribution.tail and governor.start >= attribution.after:
        yield "said_before_phrase"
        if governor.start - attribution.after <= _AFTER_SAYING:
            yield "phrase_said"


def _neighbours(scope: SentenceScope) -> Iterator[str]:
    """Yield how a topic stands among the others of its sentence."""
    own = scope.evidence.reading.topic
    topics = (one.reading.topic for one in scope.topics if one.is_topic)
    others = [one for one in topics if (one.issue, one.element) != (own.issue, own.element)]
    if not others:
        yield "topic_alone"
    if len({(one.issue, one.element) for one in others}) >= _MANY - 1:
        yield "topics_many"
    if others and all(own.first < one.first for one in others):
        yield "topic_before_others"
    if any(one.first <= own.first and own.end <= one.end for one in others):
        yield "topic_in_another"
    if not own.talking and any(one.talking and one.end <= own.first for one in others):
        yield "topic_behind_talking"
    cue = scope.evidence.reading.stance.cue
    if cue is None:
        return
    low, high = min(cue, own.first), max(cue, own.first)
    if any(low < one.first and one.end <= high for one in others):
        yield "topic_between"
    if any(one.reading.stance.cue == cue for one in scope.topics if one is not scope.evidence):
        yield "cue_shared"


def _clause(scope: SentenceScope) -> Iterator[str]:
    """Yield what opens the topic's clause."""
    reading, tokens, words = scope.evidence.reading, scope.line.tokens, english_words()
    cue = reading.topic.first if reading.stance.cue is None else reading.stance.cue
    anchor = min(cue, reading.topic.first)
    opener = _last_of(words.passing.breaks, tokens, range(anchor))
    low = tokens[opener].low if opener >= 0 else ""
    if low in words.grammar.content:
        yield "clause_content"
    elif low in words.grammar.relatives:
        yield "clause_relative"
    elif opener >= 0:
        yield "clause_aside"
    comma = _last_of(_COMMA, tokens, range(opener + 1, anchor))
    if comma >= 0 and any(token.low.endswith(words.suffixes.participle) for token in tokens[comma + 1 : comma + 3]):
        yield "clause_participle"
    if opener + 1 < len(tokens) and tokens[opener + 1].low in words.governors.expletives:
        yield "clause_expletive"
    yield from _clause_subject([one for one in scope.line.mentions if opener < one.first and one.end <= anchor], opener)


def _clause_subject(named: Sequence[Mention], opener: int) -> Iterator[str]:
    """Yield whether somebody can be the subject of a clause that begins behind a token."""
    if not named:
        yield "clause_nobody"
    elif all(one.kind in ("stranger", "anaphor") for one in named):
        yield "clause_stranger"
    if not any(one.first - opener <= _AFTER_SAYING for one in named):
        yield "clause_of_thing"


def _last_of(words: Collection[str], tokens: Sequence[Token], within: range) -> int:
    """Return the last token of a range that is one of some words; -1 without one."""
    return next((index for index in reversed(within) if tokens[index].low in words), -1)


def _partners(scope: SentenceScope) -> Iterator[str]:
    """Yield who else stands near a topic that concerns two parties."""
    topic = scope.evidence.reading.topic
    first, end = topic.first - _PARTNER, topic.end + _PARTNER
    near = [one for one in scope.line.mentions if one.parties and first <= one.end and one.first <= end]
    parties = {party for one in near for party in one.parties}
    if not parties:
        yield "nobody_near"
    if not scope.both.issuperset(parties):
        yield "third_near"
    if scope.both <= parties:
        yield "both_near"
    beside = [one for one in near if 0 <= topic.first - one.end <= 1 or 0 <= one.first - topic.end <= 2]
    if any(not scope.both.issuperset(one.parties) for one in beside):
        yield "third_beside"
