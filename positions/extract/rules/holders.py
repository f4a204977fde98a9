"""Whose position it is: the subject of the words that take a stance, which often is not who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Phrases, Token
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.mentions import Mention, is_half_of_word, is_represented, joined_mentions
from positions.extract.rules.ownership import agent_of, owner_of
from positions.extract.rules.speech import REPORT
from positions.extract.rules.topic_reading import TopicReading

_SUBJECT_GAP: Final = 14
"""The most words between a subject and its stance."""
_OPENING: Final = 7
"""The most words of a sentence before the verb of the talks that it is about."""
_SAYING_GAP: Final = 2
"""The most words between somebody and their verb of saying within what another says."""
_DEMAND_GAP: Final = 16
"""The most words between a verb of demanding and what is demanded."""


class HolderFinder:
    """Finds the holders of a topic's stance; ``both`` are the parties that "both sides" means."""

    def __init__(self, both: tuple[str, ...]) -> None:
        self._both = both
        words = english_words()
        self._prepositions = words.passing.prepositions
        self._breaks = words.passing.breaks
        self._says = Phrases((term, True) for group in words.speech if group.kind == REPORT for term in group.terms)
        self._asks = Phrases((term, True) for term in words.holding.asking)

    def find(self, reading: TopicReading) -> tuple[str, ...]:
        """Return the parties whose position it is; empty if nobody is named whom the codebook lists."""
        line, topic, cue = reading.line, reading.topic, reading.stance.cue
        attribution = reading.attribution
        if topic.together:
            demanded = attribution is not None and attribution.kind == "demand"
            return reading.speaker if demanded else self._both_named(reading)
        anchor = topic.first if cue is None else min(cue, topic.first)
        named = owner_of(line, cue) or agent_of(line, cue)
        if named and named.first not in reading.places:
            return self._parties_of(reading, named)
        return self._holders_at(reading, anchor)

    def is_requested(self, reading: TopicReading) -> bool:
        """Return whether somebody is asked for a topic: "Paris urged Putin to meet"; who asks need not take part."""
        attribution, line, first = reading.attribution, reading.line, reading.topic.first
        is_behind = attribution is not None and not attribution.tail and attribution.verb <= first
        if attribution is not None and is_behind and attribution.kind in ("demand", "offer"):
            return True
        before = (one for one in line.mentions if one.end <= first and one.parties)
        return reading.stance.kind == "demand" or any(self._first_asked(line, one) is not None for one in before)

    def _holders_at(self, reading: TopicReading, anchor: int) -> tuple[str, ...]:
        """Return the holders of a stance whose words begin at the token ``anchor``."""
        line, attribution = reading.line, reading.attribution
        is_accusation = attribution is not None and attribution.kind == "accusation"
        if attribution is not None and attribution.verb <= anchor < attribution.after:
            return _find_accused(line, attribution) if is_accusation else reading.speaker
        if self._is_speakers_own(reading, anchor):
            return reading.speaker
        low = reading.after_verb(anchor)
        subject = self._find_subject(reading, low, anchor)
        if subject is not None and not (is_accusation and subject.kind == "stranger"):
            return self._parties_of(reading, subject)
        if attribution is not None and is_accusation:
            return _find_accused(line, attribution)
        if reading.stance.kind == "act" and (self._is_between_both(reading) or self._is_held_there(reading)):
            return self._both
        return () if _follows_unlisted_name(line, low, anchor) else reading.speaker

    def _is_speakers_own(self, reading: TopicReading, anchor: int) -> bool:
        """Return whether the stance is the speaker's without a look at its subject: a condition or a demand."""
        attribution, stance = reading.attribution, reading.stance
        if stance.condition and reading.speaker:
            return True
        if stance.kind == "demand" and reading.voice is not None and not self._has_demander(reading, anchor):
            return True
        behind = attribution is not None and not attribution.tail and anchor >= attribution.after
        return attribution is not None and behind and self._is_wanted(reading.line, attribution, anchor)

    def _is_between_both(self, reading: TopicReading) -> bool:
        """Return whether talks are said to be between both: "talks between Russia and Ukraine began"."""
        line, end = reading.line, reading.topic.end
        if not any(token.low in english_words().partners.between for token in line.tokens[end : end + 2]):
            return False
        near = (mention for mention in line.mentions if end <= mention.first <= end + 6)
        return {party for mention in near for party in mention.parties}.issuperset(self._both)

    def _is_held_there(self, reading: TopicReading) -> bool:
        """Return whether a place is told of as that of talks without who holds them: "The meeting takes place in"."""
        line, topic, cue, definite = reading.line, reading.topic, reading.stance.cue, english_words().grammar.definite
        is_place = topic.element is not None and not topic.talking and cue is not None and 0 < cue <= _OPENING
        if reading.voice is not None or not is_place or line.tokens[0].low not in definite:
            return False
        others = (one for one in line.mentions if one.parties and one.first not in reading.places)
        return not any(one.end <= topic.first for one in others)

    def _both_named(self, reading: TopicReading) -> tuple[str, ...]:
        """Return both parties if both are named before what they do together."""
        low = reading.after_verb(reading.topic.first)
        subjects = [one for one in reading.line.mentions if low <= one.first and one.end <= reading.topic.first]
        if any(self._first_asked(reading.line, mention) is not None for mention in subjects):
            return self._holders_at(reading, reading.topic.first)
        named = {party for mention in subjects for party in mention.parties}
        return self._both if named.issuperset(self._both) else ()

    def _has_demander(self, reading: TopicReading, anchor: int) -> bool:
        """Return whether a demanding word has a subject of its own: "Russia demands", not "Russia must"."""
        tokens = reading.line.tokens
        low = tokens[anchor].low if anchor < len(tokens) else ""
        if low in english_words().holding.obligations:
            return False
        return self._find_subject(reading, reading.after_verb(anchor), anchor) is not None

    def _is_wanted(self, line: AttributedSentence, attribution: Attribution, anchor: int) -> bool:
        """Return whether what follows is what the speaker wants of somebody: "demanded that", "urged Russia to"."""
        after, grammar = attribution.after, english_words().grammar
        gap = line.tokens[after:anchor]
        if any(token.low in self._breaks - grammar.content for token in gap) or len(gap) > _DEMAND_GAP:
            return False
        if attribution.kind in ("demand", "offer"):
            return True
        addressees = [
            one for one in line.mentions if one.first >= after and one.first - after <= 2 and one.end < anchor
        ]
        return (
            attribution.kind == "report"
            and bool(addressees)
            and line.tokens[addressees[0].end].low in grammar.infinitive
        )

    def _find_subject(self, reading: TopicReading, low: int, anchor: int) -> Mention | None:
        """Return the nearest name before the stance that can be its subject, if no break separates them."""
        line, breaks = reading.line, self._breaks - english_words().grammar.relatives
        for mention in reversed(line.mentions):
            if mention.end > anchor or mention.first < low or mention.first in reading.places:
                continue
            gap = line.tokens[mention.end : anchor]
            if any(token.low in breaks for token in gap) or len(gap) > _SUBJECT_GAP:
                return None
            if any(token.low in english_words().stance.undergoing for token in line.tokens[mention.end : anchor + 1]):
                return None  # "Russia faces sanctions"
            if (asked := self._first_asked(line, mention)) is not None:
                anchor = asked
                continue
            if anchor < len(line.tokens) and self._is_object_before(line.tokens, mention, anchor):
                continue
            if self._can_hold(line.tokens, line.mentions, mention):
                return mention
        return None

    def _first_asked(self, line: AttributedSentence, mention: Mention) -> int | None:
        """Return the first token of who is asked or told something, if it is they: "asks Kyiv to", "told them that".

        That is the first of a list that they end: "an ultimatum to Russia and Ukraine to".
        """
        grammar, tokens = english_words().grammar, line.tokens
        following = tokens[mention.end].low if mention.end < len(tokens) else ""
        if following not in grammar.infinitive and following not in grammar.content:
            return None
        first = next(iter(joined_mentions(tokens, line.mentions, mention)), mention).first
        return first if any(self._asks.find(tokens[max(0, first - 3) : first])) else None

    def _is_object_before(self, tokens: Sequence[Token], mention: Mention, anchor: int) -> bool:
        """Return whether a name is an object behind which a participle asks somebody: "phoned Putin, urging him to"."""
        behind = tokens[mention.end : min(mention.end + 2, anchor + 1)]
        is_participle = len(behind) == 2 and behind[1].low.endswith(english_words().suffixes.participle)
        return is_participle and behind[0].low == "," and any(self._asks.find(behind[1:]))

    def _can_hold(self, tokens: Sequence[Token], mentions: Sequence[Mention], mention: Mention) -> bool:
        grammar = english_words().grammar
        after = tokens[mention.end].low if mention.end < len(tokens) else ""
        if after in grammar.possessives or is_half_of_word(tokens, mention):
            return False
        if mention.kind in ("he", "we", "they") and tokens[mention.first].low in english_words().persons.oblique:
            return False
        if _opens_relative(tokens, mention.end):
            return True  # "said to the Ukrainian side, which rejects"
        several = [*joined_mentions(tokens, mentions, mention), mention]
        # "Between Trump and Putin": what holds for the first of a list holds for the others; the two who talk act.
        are_both = {party for one in several for party in one.parties} == set(self._both)
        first = several[-1 if are_both else 0].first
        if len(several) > 1 and is_represented(tokens, first):
            return True
        index = first - 1
        while index >= 0 and tokens[index].low in grammar.articles:
            index -= 1
        return index < 0 or tokens[index].low not in self._prepositions

    def _parties_of(self, reading: TopicReading, subject: Mention) -> tuple[str, ...]:
        if within := self._speaks_within(reading, subject):
            return within.parties
        if subject.kind in ("we", "he", "anaphor"):
            return reading.speaker
        if subject.kind == "they":
            low = reading.line.tokens[subject.first].low
            is_pronoun = subject.end - subject.first == 1 and low not in english_words().persons.both
            return reading.speaker if is_pronoun else subject.parties
        joined = joined_mentions(reading.line.tokens, reading.line.mentions, subject)
        return tuple(dict.fromkeys([*(party for one in joined for party in one.parties), *subject.parties]))

    def _speaks_within(self, reading: TopicReading, pronoun: Mention) -> Mention | None:
        """Return whom a pronoun means behind their own verb of saying, within a quotation: "Kyiv said it had"."""
        line, after = reading.line, reading.after_verb(pronoun.first)
        if pronoun.kind not in ("he", "anaphor", "they") or pronoun.end - pronoun.first > 1:
            return None
        for verb in self._says.find(line.tokens[after : pronoun.first]):
            gap = line.tokens[after + verb.end : pronoun.first]
            before = [
                one for one in line.mentions if after <= one.first and one.end <= after + verb.first and one.parties
            ]
            told = english_words().persons.oblique | english_words().grammar.content
            is_behind = all(token.low in told for token in gap)
            if is_behind and before and after + verb.first - before[-1].end <= _SAYING_GAP:
                return before[-1]
        return None


def _opens_relative(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a clause on who was named last opens at a token: ", who", "which"."""
    if index < len(tokens) and tokens[index].low == ",":
        index += 1
    return index < len(tokens) and tokens[index].low in english_words().grammar.personal_relatives


def _find_accused(line: AttributedSentence, attribution: Attribution) -> tuple[str, ...]:
    named = [mention for mention in line.mentions if mention.first >= attribution.after and mention.parties]
    return named[0].parties[:1] if named else ()


def _follows_unlisted_name(line: AttributedSentence, low: int, anchor: int) -> bool:
    """Return whether a name that nobody lists stands right before the stance: "said the West refused talks"."""
    index = anchor - 1
    while index > low and line.tokens[index].low in english_words().grammar.auxiliaries:
        index -= 1
    token = line.tokens[index]
    named = any(mention.first <= index < mention.end for mention in line.mentions)
    # A sentence begins with a capital whatever its first word is.
    inside = index > low and line.tokens[index - 1].text[0].isalnum()
    return inside and token.text[0].isupper() and not named and token.low not in english_words().persons.capitals
