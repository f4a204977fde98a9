"""The evidence for a proposal as named features: where the topic's noun phrase and its clause stand in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from positions.extract.judges.topic_evidence import Feature
from positions.extract.language.english import english_words
from positions.extract.rules.claims import TopicEvidence
from positions.extract.rules.mentions import Mention
from positions.extract.rules.noun_phrases import governor_of, is_described
from positions.extract.rules.relevance import verb_tokens
from positions.extract.rules.speakers import AttributedSentence

_MANY: Final = 3
"""The fewest topics of a sentence with many."""
_PARTNER: Final = 8
"""Words from a topic within which somebody stands who may take part."""
_AFTER_SAYING: Final = 3
"""Words behind a verb of speaking within which a topic is what it is about."""


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
    features = [*_phrase(scope), *_neighbours(scope), *_clause(scope), *_partners(scope)]
    return {name: float(value) for name, value in features if value}


def _phrase(scope: SentenceScope) -> Iterator[Feature]:
    """Yield what governs the topic's noun phrase."""
    topic, tokens = scope.evidence.reading.topic, scope.line.tokens
    verbs = verb_tokens(scope.line, scope.evidence.cues)
    governor = governor_of(tokens, topic.first, verbs)
    yield f"phrase_{governor.role}", True
    yield "phrase_part", governor.is_part
    yield "topic_describes", is_described(tokens, topic.end, verbs)
    attribution = scope.evidence.reading.attribution
    if attribution is not None:
        yield "phrase_said", 0 <= governor.start - attribution.after <= _AFTER_SAYING and not attribution.tail
        yield "said_before_phrase", governor.start >= attribution.after and not attribution.tail


def _neighbours(scope: SentenceScope) -> Iterator[Feature]:
    """Yield how a topic stands among the others of its sentence."""
    own, stance = scope.evidence.reading.topic, scope.evidence.reading.stance
    others = [
        one.reading.topic
        for one in scope.topics
        if one.is_topic and (one.reading.topic.issue, one.reading.topic.element) != (own.issue, own.element)
    ]
    yield "topic_alone", not others
    yield "topics_many", len({(one.issue, one.element) for one in others}) >= _MANY - 1
    yield "topic_before_others", bool(others) and all(own.first < one.first for one in others)
    yield "topic_in_another", any(one.first <= own.first and own.end <= one.end for one in others)
    yield "topic_behind_talking", not own.talking and any(one.talking and one.end <= own.first for one in others)
    if stance.cue is not None:
        low, high = sorted((stance.cue, own.first))
        yield "topic_between", any(low < one.first and one.end <= high for one in others)
        yield (
            "cue_shared",
            any(one.reading.stance.cue == stance.cue for one in scope.topics if one is not scope.evidence),
        )


def _clause(scope: SentenceScope) -> Iterator[Feature]:
    """Yield what opens the topic's clause and whether somebody can be its subject."""
    reading, tokens = scope.evidence.reading, scope.line.tokens
    cue = reading.topic.first if reading.stance.cue is None else reading.stance.cue
    anchor, words = min(cue, reading.topic.first), english_words()
    opener = max((index for index in range(anchor) if tokens[index].low in words.passing.breaks), default=-1)
    low = tokens[opener].low if opener >= 0 else ""
    yield "clause_relative", low in words.grammar.relatives - words.grammar.content
    yield "clause_content", low in words.grammar.content
    yield "clause_aside", opener >= 0 and low not in words.grammar.relatives | words.grammar.content
    comma = max((index for index in range(opener + 1, anchor) if tokens[index].low == ","), default=-1)
    follows = [token.low for token in tokens[comma + 1 : comma + 3]]
    yield "clause_participle", comma >= 0 and any(low.endswith(words.suffixes.participle) for low in follows)
    named = [one for one in scope.line.mentions if opener < one.first and one.end <= anchor]
    yield "clause_nobody", not named
    yield "clause_stranger", bool(named) and all(one.kind in ("stranger", "anaphor") for one in named)
    yield "clause_of_thing", not any(_opens(one, opener, tokens_between=anchor) for one in named)
    yield (
        "clause_expletive",
        bool(tokens[opener + 1 : opener + 2]) and tokens[opener + 1].low in words.governors.expletives,
    )


def _opens(mention: Mention, opener: int, *, tokens_between: int) -> bool:
    return mention.first - opener <= _AFTER_SAYING and mention.end <= tokens_between


def _partners(scope: SentenceScope) -> Iterator[Feature]:
    """Yield who else stands near a topic that concerns two parties."""
    topic, mentions = scope.evidence.reading.topic, scope.line.mentions
    near = [
        one
        for one in mentions
        if one.parties and topic.first - _PARTNER <= one.end and one.first <= topic.end + _PARTNER
    ]
    parties = {party for one in near for party in one.parties}
    yield "third_near", bool(parties - scope.both)
    yield "both_near", scope.both <= parties
    yield "nobody_near", not parties
    beside = [one for one in near if 0 <= topic.first - one.end <= 1 or 0 <= one.first - topic.end <= 2]
    yield "third_beside", any(not scope.both.issuperset(one.parties) for one in beside)
