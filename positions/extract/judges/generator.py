"""The generator: every topic that a document names with every party in reach, recall first, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeAlias

from positions.errors import DataError
from positions.extract.judges.proposal import Proposal
from positions.extract.judges.sentence_evidence import Negotiation, SentenceEvidence
from positions.extract.judges.topic_evidence import is_cue_near
from positions.extract.language.english import English, english_words
from positions.extract.language.lexicon import Lexicon, lexicon_findings
from positions.extract.language.sentences import split_sentences
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.claims import ClaimFinder, TopicEvidence
from positions.extract.rules.mentions import NameIndex
from positions.extract.rules.relevance import addressees_by_topic
from positions.extract.rules.rule_claims import RuleClaim
from positions.extract.rules.speakers import attribute_sentences
from positions.extract.rules.speech import speech_words
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.quotes.readable import readable_text
from positions.quotes.text_view import TextView

_BACK: Final = 2
"""How many sentences back a party may be named to be in reach."""
_Rank: TypeAlias = tuple[bool, bool, bool]
"""Of several words for an issue in a sentence those stand for it that the rules read as the holder's, that have a
stance, whose cue is near: the first of these that differs decides."""
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
        addressees = addressees_by_topic(codebook)
        self._negotiation = Negotiation(codebook, frozenset(lexicon.both), self._between, addressees)

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
                proposals.extend(self._pairs(lines, number, evidence, ruled, view))
            else:
                proposals += [Proposal(partial(_with_stored_spans, claim, view), True, {}) for claim in ruled]
        return proposals

    def _pairs(
        self,
        lines: Sequence[AttributedSentence],
        number: int,
        topics: Sequence[TopicEvidence],
        ruled: Sequence[RuleClaim],
        view: TextView,
    ) -> Iterator[Proposal]:
        """Yield what the rules claim in a sentence, then each other holder, issue and element once."""
        best: dict[_Key, tuple[_Rank, int]] = {}
        reach = dict.fromkeys([*_parties_near(lines, number), *(claim.holder for claim in ruled)])
        for index, topic in enumerate(topics):
            mention = topic.reading.topic
            cued = topic.reading.stance.stance is not None, is_cue_near(topic)
            for party in dict.fromkeys([*reach, *self._parties_meant(topic)]):
                element = self._claims.element_for(mention, party)
                if element or not mention.element:
                    rank, key = (party in topic.holders, *cued), (party, mention.issue, element)
                    if key not in best or rank > best[key][0]:
                        best[key] = rank, index
        evidence = SentenceEvidence(self._negotiation, lines, number, topics)
        ruled_keys = {_key(claim) for claim in ruled}
        rivals = {key[1:] for key in ruled_keys}
        for claim in ruled:
            features = evidence.features(best[_key(claim)][1], claim.holder) | _rule_features(claim)
            yield Proposal(partial(_with_stored_spans, claim, view), True, features)
        for key, (_, index) in best.items():
            if key not in ruled_keys:
                features = evidence.features(index, key[0])
                features |= {"rules_claim_another": 1.0} if key[1:] in rivals else {}
                yield Proposal(partial(self._read_rival, topics[index], key[0], view), False, features)

    def _read_rival(self, topic: TopicEvidence, holder: str, view: TextView) -> RuleClaim:
        """Return the claim that a topic is a stance of a holder whom the rules do not name; it has their element."""
        claim = self._claims.claim_for(topic, holder)
        assert claim is not None
        return _with_stored_spans(claim, view)

    def _parties_meant(self, topic: TopicEvidence) -> Iterator[str]:
        """Yield the parties that a topic concerns though they need not be named: who speaks, who talks."""
        yield from topic.reading.speaker
        yield from topic.holders
        if topic.reading.topic.issue in self._between:
            yield from self._both


def _with_stored_spans(claim: RuleClaim, view: TextView) -> RuleClaim:
    """Return a claim of the text as it was read with the offsets of the document itself."""
    if view.starts is None:
        return claim
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
