"""The evidence for a proposal as named features: how a party stands in the sentence that names a topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.claims import TopicEvidence
from positions.extract.rules.mentions import Mention

_FURTHEST: Final = 40
"""Words beyond which a name is as far as if it were not there."""
_OPENING: Final = 4
"""Words from a sentence's beginning within which a name is what it is about."""
_CLOSE: Final = 3
"""The most words between a subject and a cue right behind it."""
_OWNED: Final = 6
"""The most words between an owner and what is owned."""
_BEHIND: Final = 3
"""How many words further off a name counts that stands behind the topic."""
_KINDS: Final = ("person", "party", "official", "they")
"""The kinds of names that stand for a party."""


class PartyScope:
    """A topic's sentence as seen by all parties in reach: who is named in it, and who the sentence before was about.

    ``before`` is the sentence before, if there is one; ``addressees`` would have to act on the topic. ``named`` are all
    who speak for a party, ``subjects`` those before the cue who can be its subject, ``cue`` is the token of the cue
    that governs the topic, or the topic's first without one, ``content`` the token behind the verb of speaking whose
    content the topic is, 0 without one.
    """

    def __init__(self, evidence: TopicEvidence, before: AttributedSentence | None, addressees: frozenset[str]) -> None:
        reading = evidence.reading
        self.evidence, self.addressees, self.speaker = evidence, addressees, reading.speaker
        self.named = [one for one in reading.line.mentions if one.parties]
        self.parties = frozenset([party for one in self.named for party in one.parties])
        self.cue = reading.topic.first if reading.stance.cue is None else reading.stance.cue
        self.content = reading.after_verb(reading.topic.first)
        self.last_before = next((one for one in reversed(self.named) if one.end <= reading.topic.first), None)
        self._oblique = _oblique_names(reading.line.tokens, self.named)
        self._things = self._oblique | _owning_names(reading.line.tokens, self.named) | reading.places
        self.subjects = [one for one in self.named if one.end <= self.cue and self.is_subject(one)]
        self.spoke_before = before.voice.party if before and before.voice else None
        opening = [one for one in before.mentions if one.first < _OPENING] if before else []
        self.opened_before = frozenset([party for one in opening for party in one.parties])

    def is_subject(self, mention: Mention) -> bool:
        """Return whether a name can be the subject of what follows: behind no preposition, no owner, no place."""
        return mention.first not in self._things

    def is_behind_preposition(self, mention: Mention) -> bool:
        """Return whether a name follows a preposition, articles aside."""
        return mention.first in self._oblique


def _oblique_names(tokens: Sequence[Token], named: Sequence[Mention]) -> frozenset[int]:
    """Return the first tokens of names that follow a preposition, articles aside."""
    words, oblique = english_words(), []
    for mention in named:
        index = mention.first - 1
        while index >= 0 and tokens[index].low in words.grammar.articles:
            index -= 1
        if index >= 0 and tokens[index].low in words.passing.prepositions:
            oblique.append(mention.first)
    return frozenset(oblique)


def _owning_names(tokens: Sequence[Token], named: Sequence[Mention]) -> frozenset[int]:
    """Return the first tokens of names that only own something."""
    possessives, last = english_words().grammar.possessives, len(tokens)
    return frozenset([one.first for one in named if one.end < last and tokens[one.end].low in possessives])


def holder_features(scope: PartyScope, party: str) -> dict[str, float]:
    """Return the features of a party as a topic's holder that are not 0."""
    mentions = [one for one in scope.named if party in one.parties]
    names = [*_role_features(scope, party), *_naming_features(scope, mentions, party)]
    if not mentions:
        return dict.fromkeys(names, 1.0)
    features = dict.fromkeys([*names, *_place_features(scope, mentions), *_clause_features(scope, mentions)], 1.0)
    if nearness := _nearness(scope, mentions):
        features["holder_near"] = nearness
    return features


def _role_features(scope: PartyScope, party: str) -> Iterator[str]:
    """Yield what a party is to the speaker, to the rules, and to the topic."""
    groups = (("speaks", scope.speaker), ("read", scope.evidence.holders), ("addressed", scope.addressees))
    for name, parties in groups:
        if party in parties:
            yield f"holder_{name}"
        elif parties:
            yield f"another_{name}"
    if party == scope.spoke_before:
        yield "holder_spoke_before"
    if party in scope.opened_before:
        yield "holder_opened_before"


def _naming_features(scope: PartyScope, mentions: Sequence[Mention], party: str) -> Iterator[str]:
    """Yield how a party is named in the sentence, if it is."""
    if not mentions:
        if party not in scope.speaker:
            yield "holder_elsewhere"
        return
    if mentions[0].first == scope.named[0].first:
        yield "holder_first_named"
    if len(scope.parties) == 1:
        yield "holder_only_named"
    yield from (f"holder_as_{one.kind}" for one in mentions if one.kind in _KINDS)


def _nearness(scope: PartyScope, mentions: Sequence[Mention]) -> float:
    """Return how near a party is named to the topic, from 0 (:data:`_FURTHEST` words or more) to 1."""
    topic = scope.evidence.reading.topic
    away = [
        topic.first - one.end if one.end <= topic.first else max(0, one.first - topic.end) + _BEHIND for one in mentions
    ]
    return 1 - min(*away, _FURTHEST) / _FURTHEST


def _place_features(scope: PartyScope, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield where a party is named: before the topic or behind it, as a subject or not."""
    reading = scope.evidence.reading
    topic = reading.topic
    before = [one for one in mentions if one.end <= topic.first]
    behind = [one for one in mentions if one.first >= topic.end]
    if before:
        yield "holder_before"
        yield from _before_features(scope, before)
    elif behind:
        yield "holder_behind"
    if any(one.first < topic.end and topic.first < one.end for one in mentions):
        yield "holder_inside"
    if any(scope.is_subject(one) for one in behind):
        yield "holder_subject_behind"
    if all(scope.is_behind_preposition(one) for one in mentions):
        yield "holder_oblique"
    if reading.places.issuperset([one.first for one in mentions]):
        yield "holder_as_place"
    if all(reading.line.quoted[one.first] for one in mentions):
        yield "holder_quoted"
    if 0 < scope.content <= mentions[-1].first:
        yield "holder_in_content"


def _before_features(scope: PartyScope, before: Sequence[Mention]) -> Iterator[str]:
    """Yield how a party stands to the topic before which it is named."""
    words, tokens, topic = english_words(), scope.evidence.reading.line.tokens, scope.evidence.reading.topic
    if before[-1] is scope.last_before:
        yield "holder_nearest"
    if any(scope.is_subject(one) for one in before):
        yield "holder_subject"
    if words.passing.breaks.isdisjoint([token.low for token in tokens[before[-1].end : topic.first]]):
        yield "holder_same_clause"
    if any(tokens[one.end].low in words.grammar.verbs for one in before):
        yield "holder_before_verb"


def _clause_features(scope: PartyScope, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield how a party stands to the cue."""
    subjects = scope.subjects
    if any(one in subjects for one in mentions):
        yield "holder_before_cue"
    if subjects and subjects[0] in mentions:
        yield "holder_opens"
    if subjects and subjects[-1] in mentions:
        yield "holder_nearest_cue"
        tokens = scope.evidence.reading.line.tokens
        gap = [token.low for token in tokens[subjects[-1].end : scope.cue]]
        if len(gap) <= _CLOSE and "," not in gap:
            yield "holder_at_cue"
        if english_words().passing.breaks_and_commas.isdisjoint(gap):
            yield "holder_with_cue"
    yield from _owner_features(scope, mentions)


def _owner_features(scope: PartyScope, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield whether a party's name only owns or describes something, or is who does it."""
    words, tokens, topic = english_words(), scope.evidence.reading.line.tokens, scope.evidence.reading.topic
    behind = [tokens[one.end].low if one.end < len(tokens) else "" for one in mentions]
    ends = [one.end + 1 for one, low in zip(mentions, behind, strict=True) if low in words.grammar.possessives]
    near = [tokens[end : topic.first] for end in ends if 0 <= topic.first - end <= _OWNED]
    if near:
        yield "holder_owns"
    if any(token.low in words.holding.will_nouns for gap in near for token in gap):
        yield "holder_owns_will"
    if all(low == "-" for low in behind):
        yield "holder_hyphened"
    if any(one.first and tokens[one.first - 1].low in words.holding.agents for one in mentions):
        yield "holder_agent"
