"""The generator: every topic that a document names with every party in reach, recall first, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from positions.errors import DataError
from positions.extract.judges.party_evidence import PartyScope, holder_features
from positions.extract.judges.phrase_evidence import SentenceScope, phrase_features
from positions.extract.judges.proposal import Proposal
from positions.extract.judges.topic_evidence import topic_features
from positions.extract.language.english import English, english_words
from positions.extract.language.lexicon import Lexicon, lexicon_findings
from positions.extract.language.sentences import split_sentences
from positions.extract.rules.claims import ClaimFinder, TopicEvidence
from positions.extract.rules.mentions import NameIndex
from positions.extract.rules.relevance import addressees_by_topic, is_with_others
from positions.extract.rules.rule_claims import RuleClaim
from positions.extract.rules.speakers import AttributedSentence, attribute_sentences
from positions.extract.rules.speech import speech_words
from positions.extract.rules.topics import TopicMention
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.quotes.readable import readable_text
from positions.quotes.text_view import TextView

_BACK: Final = 2
"""How many sentences back a party may be named to be in reach."""
_RANKS: Final = ("holder_read", "stance_read", "cue_near")
"""Of several words for the same issue in a sentence those with the first of these features stand for it."""
_Key: TypeAlias = tuple[str, str, str | None]
"""A holder, an issue and an element."""


class Generator:
    """Proposes what a document may claim, by the language's ``words`` (default: all of them).

    Raises ``DataError`` if the lexicon names what the codebook does not declare.
    """

    def __init__(self, codebook: Codebook, lexicon: Lexicon, words: English | None = None) -> None:
        if findings := lexicon_findings(lexicon, codebook):
            raise DataError(findings)
        self.codebook = codebook
        self.version = lexicon.version
        self._names = NameIndex(codebook, lexicon)
        self._claims = ClaimFinder(codebook, lexicon, words)
        self._speech = speech_words(words)
        self._both, self._between = lexicon.both, frozenset(lexicon.between)
        self._addressees = addressees_by_topic(codebook)

    def propose(self, document: Document, *, every_pair: bool) -> list[Proposal]:
        """Return what a document may claim, sentence by sentence, first what the rules claim.

        With ``every_pair`` each topic is proposed with each party in reach, and with its evidence.
        """
        view, published = (
            readable_text(document.text or "", english_words().grammar.hyphened),
            document.published_on.last,
        )
        lines = attribute_sentences(view.text, split_sentences(view.text), self._names, self._speech, published)
        proposals: list[Proposal] = []
        for number in range(len(lines)):
            evidence = self._claims.read(lines, number, published, loosely=every_pair)
            ruled = self._claims.claims_of(evidence)
            if every_pair:
                proposals.extend(self._pairs(lines, number, evidence, ruled))
            else:
                proposals += [Proposal(claim, True, {}) for claim in ruled]
        return [replace(one, claim=_with_stored_spans(one.claim, view)) for one in proposals]

    def _pairs(
        self,
        lines: Sequence[AttributedSentence],
        number: int,
        topics: Sequence[TopicEvidence],
        ruled: Sequence[RuleClaim],
    ) -> Iterator[Proposal]:
        """Yield what the rules claim in a sentence, then each other holder, issue and element once."""
        best: dict[_Key, tuple[tuple[float, ...], RuleClaim, dict[str, float]]] = {}
        before = lines[number - 1] if number else None
        reach = dict.fromkeys([*_parties_near(lines, number), *(claim.holder for claim in ruled)])
        for topic in topics:
            shared = topic_features(lines, number, topic, self.codebook)
            shared |= phrase_features(SentenceScope(topic, topics, frozenset(self._both)))
            scope = PartyScope(topic, before, self._addressees_of(topic.reading.topic))
            for party in dict.fromkeys([*reach, *self._parties_meant(topic)]):
                if claim := self._claims.claim_for(topic, party):
                    features = shared | holder_features(scope, party) | self._partner_features(topic, party)
                    rank = tuple(features.get(name, 0.0) for name in _RANKS)
                    if _key(claim) not in best or rank > best[_key(claim)][0]:
                        best[_key(claim)] = rank, claim, features
        keys = {_key(claim): claim for claim in ruled}
        for claim in ruled:
            yield Proposal(claim, True, best[_key(claim)][2] | _rule_features(claim))
        rivals = {key[1:] for key in keys}
        for key, (_, claim, features) in best.items():
            if key not in keys:
                yield Proposal(claim, False, features | ({"rules_claim_another": 1.0} if key[1:] in rivals else {}))

    def _parties_meant(self, topic: TopicEvidence) -> Iterator[str]:
        """Yield the parties that a topic concerns though they need not be named: who speaks, who talks."""
        yield from topic.reading.speaker
        yield from topic.holders
        if topic.reading.topic.issue in self._between:
            yield from self._both

    def _addressees_of(self, topic: TopicMention) -> frozenset[str]:
        return self._addressees.get((topic.issue, topic.element), frozenset())

    def _partner_features(self, topic: TopicEvidence, party: str) -> dict[str, float]:
        """Return the features of a party on an issue that only concerns two parties."""
        mention = topic.reading.topic
        if mention.issue not in self._between:
            return {}
        features = {"between_two": 1.0}
        if frozenset((party,)) - frozenset(self._both):
            features["holder_is_third"] = 1.0
        if is_with_others(topic.reading.line, mention, frozenset(self._both), (party,)):
            features["partner_is_other"] = 1.0
        return features


def _with_stored_spans(claim: RuleClaim, view: TextView) -> RuleClaim:
    """Return a claim of the text as it was read with the offsets of the document itself."""
    return replace(claim, span=view.stored_span(*claim.span), passage=view.stored_span(*claim.passage))


def _key(claim: RuleClaim) -> _Key:
    return claim.holder, claim.issue, claim.element


def _rule_features(claim: RuleClaim) -> dict[str, float]:
    return {"rules_claim": 1.0} | ({} if claim.stance is None else {"rules_claim_stance": 1.0})


def _parties_near(lines: Sequence[AttributedSentence], number: int) -> Iterator[str]:
    """Yield the parties named in a sentence and in those before, and who speaks there."""
    for line in lines[max(0, number - _BACK) : number + 1]:
        yield from (party for mention in line.mentions for party in mention.parties)
        if line.voice and line.voice.party:
            yield line.voice.party
