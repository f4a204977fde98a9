"""The evidence for a proposal as named features: how a party stands in the sentence that names a topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from positions.extract.judges.topic_evidence import Feature
from positions.extract.language.english import english_words
from positions.extract.rules.claims import TopicEvidence
from positions.extract.rules.mentions import Mention
from positions.extract.rules.speakers import AttributedSentence

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


@dataclass(frozen=True)
class PartyScope:
    """A topic's sentence as seen by all parties in reach: who is named in it, and who the sentence before was about.

    ``before`` is the sentence before, if there is one; ``addressees`` would have to act on the topic.
    """

    evidence: TopicEvidence
    before: AttributedSentence | None
    addressees: frozenset[str]

    @cached_property
    def named(self) -> list[Mention]:
        """Everybody named in the sentence who speaks for a party."""
        return [one for one in self.evidence.reading.line.mentions if one.parties]

    @cached_property
    def cue(self) -> int:
        """The token of the cue that governs the topic, or the topic's first without one."""
        reading = self.evidence.reading
        return reading.topic.first if reading.stance.cue is None else reading.stance.cue

    @cached_property
    def subjects(self) -> list[Mention]:
        """Everybody named before the cue who can be its subject."""
        return [one for one in self.named if one.end <= self.cue and self.is_subject(one)]

    @cached_property
    def parties(self) -> frozenset[str]:
        """The parties that the sentence names."""
        return frozenset(party for one in self.named for party in one.parties)

    def is_subject(self, mention: Mention) -> bool:
        """Return whether a name can be the subject of what follows: behind no preposition, no owner, no place."""
        tokens = self.evidence.reading.line.tokens
        owns = mention.end < len(tokens) and tokens[mention.end].low in english_words().grammar.possessives
        return (
            not owns and not self.is_behind_preposition(mention) and mention.first not in self.evidence.reading.places
        )

    def is_behind_preposition(self, mention: Mention) -> bool:
        """Return whether a name follows a preposition, articles aside."""
        words, tokens, index = english_words(), self.evidence.reading.line.tokens, mention.first - 1
        while index >= 0 and tokens[index].low in words.grammar.articles:
            index -= 1
        return index >= 0 and tokens[index].low in words.passing.prepositions


def holder_features(scope: PartyScope, party: str) -> dict[str, float]:
    """Return the features of a party as a topic's holder that are not 0."""
    mentions = [one for one in scope.named if party in one.parties]
    features = dict(_role_features(scope, party))
    features.update(_naming_features(scope, mentions, party))
    if mentions:
        features.update(_place_features(scope, mentions))
        features.update(_clause_features(scope, mentions))
    return {name: value for name, value in features.items() if value}


def _role_features(scope: PartyScope, party: str) -> Iterator[Feature]:
    """Yield what a party is to the speaker, to the rules, and to the topic."""
    holders, speaker = scope.evidence.holders, scope.evidence.reading.speaker
    yield "holder_speaks", party in speaker
    yield "another_speaks", bool(speaker) and party not in speaker
    yield "holder_read", party in holders
    yield "another_read", bool(holders) and party not in holders
    yield "holder_addressed", party in scope.addressees
    yield "another_addressed", bool(scope.addressees) and party not in scope.addressees
    before = scope.before
    if before is not None:
        yield "holder_spoke_before", before.voice is not None and before.voice.party == party
        yield "holder_opened_before", any(party in one.parties and one.first < _OPENING for one in before.mentions)


def _naming_features(scope: PartyScope, mentions: Sequence[Mention], party: str) -> Iterator[Feature]:
    """Yield how a party is named in the sentence, if it is."""
    spoken = party in scope.evidence.reading.speaker
    yield "holder_elsewhere", not mentions and not spoken
    yield "holder_first_named", bool(mentions) and mentions[0].first == scope.named[0].first
    yield "holder_only_named", bool(mentions) and len(scope.parties) == 1
    for kind in ("person", "party", "official", "they"):
        yield f"holder_as_{kind}", any(one.kind == kind for one in mentions)


def _place_features(scope: PartyScope, mentions: Sequence[Mention]) -> Iterator[Feature]:
    """Yield where a party is named: before the topic or behind it, as a subject or not."""
    words, reading = english_words(), scope.evidence.reading
    tokens, topic = reading.line.tokens, reading.topic
    before = [one for one in mentions if one.end <= topic.first]
    all_before = [one for one in scope.named if one.end <= topic.first]
    away = min(
        topic.first - one.end if one.end <= topic.first else max(0, one.first - topic.end) + _BEHIND for one in mentions
    )
    yield "holder_near", 1 - min(away, _FURTHEST) / _FURTHEST
    yield "holder_before", bool(before)
    yield "holder_behind", not before and any(one.first >= topic.end for one in mentions)
    yield "holder_inside", any(one.first < topic.end and topic.first < one.end for one in mentions)
    yield "holder_nearest", bool(before) and before[-1] is all_before[-1]
    yield "holder_subject", any(scope.is_subject(one) for one in before)
    yield "holder_subject_behind", any(scope.is_subject(one) for one in mentions if one.first >= topic.end)
    yield "holder_oblique", all(scope.is_behind_preposition(one) for one in mentions)
    yield "holder_as_place", all(one.first in reading.places for one in mentions)
    yield "holder_quoted", all(reading.line.quoted[one.first] for one in mentions)
    content = reading.after_verb(topic.first)
    yield "holder_in_content", content > 0 and any(one.first >= content for one in mentions)
    if before:
        gap = tokens[before[-1].end : topic.first]
        yield "holder_same_clause", not any(token.low in words.passing.breaks for token in gap)
        verbs = words.grammar.auxiliaries | words.grammar.modals
        yield "holder_before_verb", any(tokens[one.end].low in verbs for one in before)


def _clause_features(scope: PartyScope, mentions: Sequence[Mention]) -> Iterator[Feature]:
    """Yield how a party stands to the cue, and whether its name only owns or describes something."""
    words, tokens = english_words(), scope.evidence.reading.line.tokens
    topic, subjects = scope.evidence.reading.topic, scope.subjects
    yield "holder_before_cue", any(one in subjects for one in mentions)
    yield "holder_nearest_cue", bool(subjects) and subjects[-1] in mentions
    yield "holder_opens", bool(subjects) and subjects[0] in mentions
    if subjects and subjects[-1] in mentions:
        gap = [token.low for token in tokens[subjects[-1].end : scope.cue]]
        yield "holder_at_cue", len(gap) <= _CLOSE and "," not in gap
        yield "holder_with_cue", not any(low == "," or low in words.passing.breaks for low in gap)
    owners = [one for one in mentions if one.end < len(tokens) and tokens[one.end].low in words.grammar.possessives]
    near = [tokens[one.end + 1 : topic.first] for one in owners if 0 <= topic.first - one.end - 1 <= _OWNED]
    yield "holder_owns", bool(near)
    yield "holder_owns_will", any(token.low in words.holding.will_nouns for gap in near for token in gap)
    yield "holder_hyphened", all(one.end < len(tokens) and tokens[one.end].low == "-" for one in mentions)
    yield "holder_agent", any(one.first and tokens[one.first - 1].low in words.holding.agents for one in mentions)
