"""Whose position it is: the subject of the words that take a stance, which often is not who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from positions.extract.language.lexicon import english_words, small_words
from positions.extract.language.phrases import Phrases, Token
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.mentions import Mention
from positions.extract.rules.speakers import AttributedSentence, SpeakerRef
from positions.extract.rules.stance import StanceReading
from positions.extract.rules.topics import TopicMention


def _follows_unlisted_name(line: AttributedSentence, low: int, anchor: int) -> bool:
    """Tell whether a name that nobody lists stands right before the stance: "said the West refused talks"."""
    place = anchor - 1
    while place > low and line.tokens[place].low in small_words("auxiliaries"):
        place -= 1
    named = any(mention.first <= place < mention.end for mention in line.mentions)
    # A sentence begins with a capital whatever its first word is.
    inside = place > low and line.tokens[place - 1].text[0].isalnum()
    return inside and line.tokens[place].text[0].isupper() and not named and line.tokens[place].low != "i"


class HolderFinder:
    """Finds the holders of a topic's reading; ``both`` are the parties that "both sides" means."""

    def __init__(self, both: tuple[str, ...]) -> None:
        self._both = both
        words = english_words().passing
        self._prepositions = frozenset(words.prepositions)
        self._breaks = frozenset(words.breaks)
        self._asks = Phrases((term, True) for term in english_words().grammar.asking)

    def of(
        self,
        line: AttributedSentence,
        topic: TopicMention,
        reading: StanceReading,
        one: Attribution | None,
        voice: SpeakerRef | None,
        *,
        places: frozenset[int] = frozenset(),
    ) -> tuple[str, ...]:
        """Return the parties whose position it is; empty where nobody is named whom the codebook lists.

        ``places`` are tokens that name places or objects here, not parties that hold: "in Turkey", "join NATO".
        """
        self._here = places
        speaker = (voice.party,) if voice and voice.party else ()
        if topic.together:
            return speaker if one is not None and one.kind == "demand" else self._together(line, topic, one)
        anchor = topic.first if reading.cue is None else min(reading.cue, topic.first)
        named = owner_of(line, reading.cue) or agent_of(line, reading.cue)
        if named and named.first not in places:
            return self._parties(line, named, voice)
        return self._of_anchor(line, topic, reading, one, voice, anchor)

    def _of_anchor(
        self,
        line: AttributedSentence,
        topic: TopicMention,
        reading: StanceReading,
        one: Attribution | None,
        voice: SpeakerRef | None,
        anchor: int,
    ) -> tuple[str, ...]:
        """Return the holders of a stance whose words begin at a token."""
        speaker = (voice.party,) if voice and voice.party else ()
        if one is not None and one.verb <= anchor < one.after:
            if one.kind == "accusation":
                return self._accused(line, one)
            return speaker
        if reading.condition and speaker:
            return speaker
        if reading.kind == "demand" and voice is not None and not self._demander(line, anchor, one):
            return speaker
        if one is not None and not one.tail and anchor >= one.after and self._is_wanted(line, one, anchor):
            return speaker
        low = one.after if one is not None and not one.tail and anchor >= one.after else 0
        subject = self._subject(line, low, anchor)
        if one is not None and one.kind == "accusation" and subject is None:
            return self._accused(line, one)
        if subject is None and topic.talking and reading.kind == "act" and self._named_behind(line, topic):
            return self._both
        if subject is None:
            return () if _follows_unlisted_name(line, low, anchor) else speaker
        return self._parties(line, subject, voice)

    def _named_behind(self, line: AttributedSentence, topic: TopicMention) -> bool:
        """Tell whether talks are said to be between both: "talks between Russia and Ukraine began"."""
        if not any(token.low == "between" for token in line.tokens[topic.end : topic.end + 2]):
            return False
        near = (mention for mention in line.mentions if topic.end <= mention.first <= topic.end + 6)
        return {party for mention in near for party in mention.parties}.issuperset(self._both)

    def _together(self, line: AttributedSentence, topic: TopicMention, one: Attribution | None) -> tuple[str, ...]:
        """Return both parties where both are named before what they do together."""
        low = one.after if one is not None and not one.tail and topic.first >= one.after else 0
        subjects = [m for m in line.mentions if low <= m.first and m.end <= topic.first]
        if any(self._is_asked(line.tokens, mention) for mention in subjects):
            return ()
        named = {party for mention in subjects for party in mention.parties}
        return self._both if named.issuperset(self._both) else ()

    def _demander(self, line: AttributedSentence, anchor: int, one: Attribution | None) -> bool:
        """Tell whether a demanding word has a subject of its own: "Russia demands", not "Russia must"."""
        low = line.tokens[anchor].low if anchor < len(line.tokens) else ""
        if low in ("must", "should", "has", "have", "had", "shall", "need", "needs", "deserve", "deserves"):
            return False
        start = one.after if one is not None and not one.tail and anchor >= one.after else 0
        return self._subject(line, start, anchor) is not None

    def _is_wanted(self, line: AttributedSentence, one: Attribution, anchor: int) -> bool:
        """Tell whether what follows is what the speaker wants of somebody: "demanded that", "urged Russia to"."""
        gap = line.tokens[one.after : anchor]
        if any(token.low in self._breaks and token.low != "that" for token in gap) or len(gap) > 16:
            return False
        if one.kind in ("demand", "offer"):
            return True
        told = [m for m in line.mentions if m.first >= one.after and m.first - one.after <= 2 and m.end < anchor]
        return one.kind == "report" and bool(told) and line.tokens[told[0].end].low == "to"

    def _accused(self, line: AttributedSentence, one: Attribution) -> tuple[str, ...]:
        named = [m for m in line.mentions if m.first >= one.after and m.parties]
        return named[0].parties[:1] if named else ()

    def _subject(self, line: AttributedSentence, low: int, anchor: int) -> Mention | None:
        """Return the nearest name before the stance that can be its subject and that no break parts from it."""
        for mention in reversed(line.mentions):
            if mention.end > anchor or mention.first < low or mention.kind == "stranger" or mention.first in self._here:
                continue
            gap = line.tokens[mention.end : anchor]
            if (
                any(token.low in self._breaks and token.low not in ("which", "who", "that") for token in gap)
                or len(gap) > 14
            ):
                return None
            if self._is_asked(line.tokens, mention):
                anchor = mention.first
                continue
            if self._can_hold(line.tokens, mention):
                return mention
        return None

    def _is_asked(self, tokens: Sequence[Token], mention: Mention) -> bool:
        """Tell whether somebody is asked or told something: "asks Kyiv to", "told the delegations that"."""
        following = tokens[mention.end].low if mention.end < len(tokens) else ""
        return following in ("to", "that") and any(self._asks.find(tokens[max(0, mention.first - 3) : mention.first]))

    def _can_hold(self, tokens: Sequence[Token], mention: Mention) -> bool:
        after = tokens[mention.end].low if mention.end < len(tokens) else ""
        if after in ("'s", "'"):
            return False
        first = tokens[mention.first].low
        if mention.kind in ("he", "we", "they") and first in (
            "his",
            "him",
            "her",
            "hers",
            "our",
            "us",
            "me",
            "my",
            "them",
            "their",
        ):
            return False
        place = mention.first - 1
        while place >= 0 and tokens[place].low in small_words("articles"):
            place -= 1
        return place < 0 or tokens[place].low not in self._prepositions

    def _parties(self, line: AttributedSentence, subject: Mention, voice: SpeakerRef | None) -> tuple[str, ...]:
        if subject.kind == "we":
            return (voice.party,) if voice and voice.party else ()
        if subject.kind == "he":
            return (voice.party,) if voice and voice.party else ()
        if subject.kind == "they":
            single = subject.end - subject.first == 1 and line.tokens[subject.first].low != "both"
            return ((voice.party,) if voice and voice.party else ()) if single else self._both
        if subject.kind == "anaphor":
            return (voice.party,) if voice and voice.party else ()
        return tuple(dict.fromkeys([*self._joined(line, subject), *subject.parties]))

    def _joined(self, line: AttributedSentence, subject: Mention) -> tuple[str, ...]:
        """Return the parties that "and" joins to a subject: "Russia and Ukraine"."""
        for mention in line.mentions:
            gap = [token.low for token in line.tokens[mention.end : subject.first]]
            if mention.end <= subject.first and gap in (["and"], ["nor"], [","], ["-"], ["–"], ["and", "the"]):
                return mention.parties
        return ()


def owner_of(line: AttributedSentence, cue: int | None) -> Mention | None:
    """Return whose will a noun tells: "Russia's offer of corridors", "the readiness of Turkey to host"."""
    if cue is None or line.tokens[cue].low not in small_words("wills"):
        return None
    for mention in line.mentions:
        after = [token.low for token in line.tokens[mention.end : cue]]
        if mention.parties and mention.end <= cue and after[:1] == ["'s"] and len(after) <= 3 and "," not in after:
            return mention
        before = [token.low for token in line.tokens[cue + 1 : mention.first]]
        if mention.parties and before in (["of"], ["of", "the"]):
            return mention
    return None


def agent_of(line: AttributedSentence, cue: int | None) -> Mention | None:
    """Return who acts in the passive: "was turned down by the Pentagon"."""
    if cue is None or not line.tokens[cue].low.endswith(("ed", "en", "wn", "ld", "ut")):
        return None
    by = next((n for n in range(cue + 1, min(cue + 4, len(line.tokens))) if line.tokens[n].low == "by"), None)
    if by is None:
        return None
    behind = next((mention for mention in line.mentions if mention.first > by), None)
    article = behind and [token.low for token in line.tokens[by + 1 : behind.first]] in ([], ["the"], ["both"])
    return behind if behind and behind.parties and article else None
