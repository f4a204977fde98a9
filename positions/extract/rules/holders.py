"""Whose position it is: the subject of the words that take a stance, which often is not who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Phrases, Token
from positions.extract.rules.attributed_sentence import AttributedSentence, SpeakerRef
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.mentions import Mention, is_half_of_word, is_represented, joined_mentions
from positions.extract.rules.stance import POLARITY, SentenceCues, StanceReading
from positions.extract.rules.topics import TopicMention

_SUBJECT_GAP: Final = 14
"""The most words between a subject and its stance."""
_WILL_GAP: Final = 8
"""The most words between a noun for what somebody wants and what is wanted."""
_VIEW_BEFORE: Final = 2
_VIEW_BEHIND: Final = 6
"""The most words between what is another's and how it is taken, before it and behind it."""
_VIEWS: Final = frozenset({"open", "commit", "reluctant", "reject"})
"""The classes of cues that take what another wants."""
_DEMAND_GAP: Final = 16
"""The most words between a verb of demanding and what is demanded."""


@dataclass(frozen=True, slots=True)
class TopicReading:
    """A topic as read in its sentence: its stance, the attribution that governs it, and the voice that it is in.

    ``places`` are tokens that name places or objects here, not parties that hold a stance: "in Turkey", "join NATO".
    """

    line: AttributedSentence
    topic: TopicMention
    stance: StanceReading
    attribution: Attribution | None
    voice: SpeakerRef | None
    places: frozenset[int] = frozenset()

    @property
    def speaker(self) -> tuple[str, ...]:
        """The party that speaks, and those who do with it; empty if nobody does or they speak for none."""
        if self.voice is None or self.voice.party is None:
            return ()
        return tuple(dict.fromkeys([self.voice.party, *(one.party for one in self.voice.beside if one.party)]))

    def after_verb(self, index: int) -> int:
        """Return where to begin the search for a subject of a token: behind the verb of speaking that governs it."""
        governs = self.attribution is not None and not self.attribution.tail and index >= self.attribution.after
        return self.attribution.after if self.attribution is not None and governs else 0


class HolderFinder:
    """Finds the holders of a topic's stance; ``both`` are the parties that "both sides" means."""

    def __init__(self, both: tuple[str, ...]) -> None:
        self._both = both
        words = english_words()
        self._prepositions = words.passing.prepositions
        self._breaks = words.passing.breaks
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
        if reading.topic.talking and reading.stance.kind == "act" and self._is_between_both(reading):
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

    def _both_named(self, reading: TopicReading) -> tuple[str, ...]:
        """Return both parties if both are named before what they do together."""
        low = reading.after_verb(reading.topic.first)
        subjects = [one for one in reading.line.mentions if low <= one.first and one.end <= reading.topic.first]
        if any(self._is_asked(reading.line.tokens, mention) for mention in subjects):
            return ()
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
            if self._is_asked(line.tokens, mention):
                anchor = mention.first
                continue
            if self._can_hold(line.tokens, line.mentions, mention):
                return mention
        return None

    def _is_asked(self, tokens: Sequence[Token], mention: Mention) -> bool:
        """Return whether somebody is asked or told something: "asks Kyiv to", "told the delegations that"."""
        grammar = english_words().grammar
        following = tokens[mention.end].low if mention.end < len(tokens) else ""
        opens = following in grammar.infinitive or following in grammar.content
        return opens and any(self._asks.find(tokens[max(0, mention.first - 3) : mention.first]))

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
        if subject.kind in ("we", "he", "anaphor"):
            return reading.speaker
        if subject.kind == "they":
            low = reading.line.tokens[subject.first].low
            is_pronoun = subject.end - subject.first == 1 and low not in english_words().persons.both
            return reading.speaker if is_pronoun else subject.parties
        joined = joined_mentions(reading.line.tokens, reading.line.mentions, subject)
        return tuple(dict.fromkeys([*(party for one in joined for party in one.parties), *subject.parties]))


def _opens_relative(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a clause on who was named last opens at a token: ", who", "which"."""
    if index < len(tokens) and tokens[index].low == ",":
        index += 1
    return index < len(tokens) and tokens[index].low in english_words().grammar.personal_relatives


def owner_of(line: AttributedSentence, cue: int | None) -> Mention | None:
    """Return whose will a noun names: "Russia's offer of corridors", "the readiness of Turkey to host"."""
    grammar, holding = english_words().grammar, english_words().holding
    if cue is None or line.tokens[cue].low not in holding.will_nouns:
        return None
    for mention in line.mentions:
        after = [token.low for token in line.tokens[mention.end : cue]]
        owns = bool(after) and after[0] in grammar.genitive and len(after) <= 3 and "," not in after
        if mention.parties and mention.end <= cue and owns:
            return mention
        if mention.parties and " ".join(token.low for token in line.tokens[cue + 1 : mention.first]) in holding.owners:
            return mention
    return None


def add_owned(
    reading: TopicReading, cues: SentenceCues, holders: tuple[str, ...]
) -> list[tuple[TopicReading, tuple[str, ...]]]:
    """Return how a topic is taken and by whom, first as read, then as what another is said to want of it.

    "Trump urged Kyiv to accept Moscow's proposal of talks" tells what Washington wants and what Moscow does. If the cue
    that was read is within the owner's phrase, the stance is the owner's alone.
    """
    owned = _owned_will(reading.line, reading.topic.first) if reading.topic.stance is None else None
    if owned is None:
        return [(reading, holders)]
    owner, noun = owned
    cue = next((one for one in cues.cues if one.first <= noun < one.end), None)
    view = _view_of(reading, cues, owner) if cue is None or cue.value == "commit" else None
    if (
        view
        and view.kind in ("reluctant", "reject")
        and reading.line.tokens[noun].low in english_words().holding.sincerity
    ):
        return [(replace(reading, stance=view._replace(stance=-reading.topic.pole)), owner.parties)]
    if reading.stance.cue is not None and owner.end <= reading.stance.cue <= reading.topic.first:
        own = (reading, owner.parties)
        is_others = view is not None and reading.speaker and set(owner.parties).isdisjoint(reading.speaker)
        return [own, (replace(reading, stance=view), reading.speaker)] if view and is_others else [own]
    if cue is None or set(owner.parties) == set(holders):
        return [(reading, holders)]
    sign, strength = POLARITY[cue.value]
    stance = StanceReading(sign * strength * reading.topic.pole, noun, cue.value, condition=False)
    return [(reading, holders), (replace(reading, stance=stance), owner.parties)]


def _view_of(reading: TopicReading, cues: SentenceCues, owner: Mention) -> StanceReading | None:
    """Return how the speaker takes what is another's: "welcomed Moscow's offer", "called Kyiv's plan unacceptable"."""
    topic, breaks = reading.topic, english_words().passing.breaks
    before = [one for one in cues.cues if 0 <= owner.first - one.end <= _VIEW_BEFORE]
    behind = [one for one in cues.cues if 0 <= one.first - topic.end <= _VIEW_BEHIND]
    for cue in (*reversed(before), *behind):
        gap = reading.line.tokens[cue.end : owner.first] or reading.line.tokens[topic.end : cue.first]
        if cue.value not in _VIEWS or any(token.low in breaks or token.low == "," for token in gap):
            continue
        sign, strength = POLARITY[cue.value]
        if cues.turns.intersection(range(cue.first - 2, cue.first)):
            sign, strength = -sign, 1 if sign < 0 else 2
        return StanceReading(sign * strength * topic.pole, cue.first, cue.value, condition=False)
    return None


def _owned_will(line: AttributedSentence, first: int) -> tuple[Mention, int] | None:
    """Return whose will the words before a topic name, and the token of its noun: "Moscow's proposal of talks".

    ``first`` is the topic's first token.
    """
    words = english_words()
    for noun in range(first - 1, max(-1, first - _WILL_GAP), -1):
        low = line.tokens[noun].low
        if low == "," or low in words.passing.breaks - words.grammar.content:
            return None
        if low in words.holding.will_nouns and (owner := owner_of(line, noun)) and owner.end <= noun:
            return owner, noun
    return None


def agent_of(line: AttributedSentence, cue: int | None) -> Mention | None:
    """Return who acts in the passive: "was turned down by the Pentagon"."""
    language = english_words()
    if cue is None or not line.tokens[cue].low.endswith(language.suffixes.passive):
        return None
    near = range(cue + 1, min(cue + 4, len(line.tokens)))
    by = next((index for index in near if line.tokens[index].low in language.holding.agents), None)
    if by is None:
        return None
    behind = next((mention for mention in line.mentions if mention.first > by), None)
    between = line.tokens[by + 1 : behind.first] if behind else []
    is_next = not between or (len(between) == 1 and between[0].low in language.holding.agent_articles)
    return behind if behind and behind.parties and is_next else None


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
