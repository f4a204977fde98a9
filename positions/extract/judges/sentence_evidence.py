"""The evidence for the proposals of one sentence: what is a topic's own is found once, for all parties in reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from positions.extract.judges.party_evidence import PartyScope, holder_features
from positions.extract.judges.phrase_evidence import SentenceScope, phrase_features
from positions.extract.judges.topic_evidence import topic_features
from positions.extract.judges.word_evidence import holder_words, topic_words
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.claims import TopicEvidence
from positions.extract.rules.relevance import is_with_others
from positions.model.codebook import Codebook

Addressees: TypeAlias = Mapping[tuple[str, str | None], frozenset[str]]
"""Who would have to act, by issue and element; ``None`` for the issue itself."""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """What evidence has to know of a negotiation.

    ``both`` are the parties that talk with one another, ``between`` the issues that only concern those two.
    """

    codebook: Codebook
    both: frozenset[str]
    between: frozenset[str]
    addressees: Addressees


class SentenceEvidence:
    """The features of a topic with a party, in sentence ``number`` of a document, whose ``topics`` are these."""

    def __init__(
        self,
        negotiation: Negotiation,
        lines: Sequence[AttributedSentence],
        number: int,
        topics: Sequence[TopicEvidence],
    ) -> None:
        self._negotiation = negotiation
        self._lines, self._number, self._topics = lines, number, topics
        self._shared: dict[int, tuple[PartyScope, dict[str, float]]] = {}

    def features(self, index: int, party: str) -> dict[str, float]:
        """Return the features of the topic with a place among the topics, and of a party, that are not 0."""
        if index not in self._shared:
            self._shared[index] = self._read_topic(self._topics[index])
        scope, shared = self._shared[index]
        names = (*self._partner_features(scope.evidence, party), *holder_words(scope.evidence, party))
        return shared | holder_features(scope, party) | dict.fromkeys(names, 1.0)

    def _read_topic(self, topic: TopicEvidence) -> tuple[PartyScope, dict[str, float]]:
        mention = topic.reading.topic
        shared = topic_features(self._lines, self._number, topic, self._negotiation.codebook)
        shared |= phrase_features(SentenceScope(topic, self._topics, self._negotiation.both))
        shared |= dict.fromkeys(topic_words(topic), 1.0)
        before = self._lines[self._number - 1] if self._number else None
        addressees = self._negotiation.addressees.get((mention.issue, mention.element), frozenset())
        return PartyScope(topic, before, addressees), shared

    def _partner_features(self, topic: TopicEvidence, party: str) -> Iterator[str]:
        """Yield the features of a party on an issue that only concerns two parties."""
        mention, both = topic.reading.topic, self._negotiation.both
        if mention.issue not in self._negotiation.between:
            return
        yield "between_two"
        if party not in both:
            yield "holder_is_third"
        if is_with_others(topic.reading.line, mention, both, (party,)):
            yield "partner_is_other"
