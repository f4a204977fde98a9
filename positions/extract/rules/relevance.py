"""Which topics of a sentence claim something: not words within longer ones, wider places, scenes, or who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.lexicon import Lexicon
from positions.extract.language.phrases import Token
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.noun_phrases import Governor, governor_of
from positions.extract.rules.stance import SentenceCues
from positions.extract.rules.topics import HOSTING, TopicMention
from positions.model.codebook import Codebook

_PAIR: Final = 5
"""The most words between talks and the names of those who hold them."""
_APART: Final = 12
"""The most words behind "between" within which both are named."""
_TITLE: Final = 6
"""The most words of a title before what somebody is the head of."""
_EXCEPTED: Final = 6
"""The most words before an excepted place among which the word for all stands: "any city in Europe except for"."""
_HOSTED: Final = 3
"""The most words between a word of hosting and what is hosted."""


def addressees_by_topic(codebook: Codebook) -> dict[tuple[str, str | None], frozenset[str]]:
    """Return who would have to act, by issue and element; ``None`` for the issue itself."""
    addressees: dict[tuple[str, str | None], frozenset[str]] = {}
    for issue in codebook.issues:
        addressees[issue.id, None] = frozenset(getattr(issue, "addressees", ()))
        addressees |= {(issue.id, element.id): frozenset(element.addressees) for element in issue.elements}
    return addressees


class TopicFilter:
    """Chooses among the topics of a sentence, by the codebook's issues."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        self._codebook = codebook
        self._addressees = addressees_by_topic(codebook)
        self._between = frozenset(lexicon.between)

    def keep_due(self, line: AttributedSentence, topics: Sequence[TopicMention]) -> list[TopicMention]:
        """Drop topics that others would have to act on, and places that are named for their government."""
        due = [topic for topic in topics if self._is_due(line, topic) and not _is_no_phrase(line, topic)]
        hosting = [topic for topic in due if topic.element == HOSTING]
        return [one for one in due if not self._is_government(line, one) and not _is_hosted(line.tokens, one, hosting)]

    def keep_narrowest(self, topics: Sequence[TopicMention]) -> list[TopicMention]:
        """Drop words within longer ones, and a place beside one in it: "Warsaw, Poland", "Gomel region of Belarus"."""
        apart = [topic for topic in topics if not any(self._swallows(topic, other) for other in topics)]
        narrow = [topic for topic in apart if not any(_covers(other, topic) for other in apart)]
        return [one for one in narrow if not (one.element and any(self._contains(one, other) for other in narrow))]

    def find_meeting(
        self, line: AttributedSentence, place: TopicMention, topics: Sequence[TopicMention]
    ) -> TopicMention | None:
        """Return the meeting that a place is the place of: "Russia and Ukraine met in Antalya"."""
        if place.element is None or place.issue not in self._between:
            return None
        before = line.tokens[max(0, place.first - 8) : place.first]
        meetings = [topic for topic in topics if topic.together and topic.end <= place.first]
        is_linked = any(token.low in english_words().venues.meeting for token in before)
        return meetings[-1] if meetings and place.first - meetings[-1].end <= 6 and is_linked else None

    def place_tokens(self, line: AttributedSentence, topics: Sequence[TopicMention]) -> frozenset[int]:
        """Return the tokens of names of parties that are spoken of as places."""
        return frozenset(
            topic.first
            for topic in topics
            if topic.element and topic.element != HOSTING and is_place(line.tokens, topic) and self._is_option(topic)
        )

    def is_scene(
        self, line: AttributedSentence, cues: SentenceCues, topic: TopicMention, topics: Sequence[TopicMention]
    ) -> bool:
        """Return whether talks, or where they are held, only set the scene: "said after the talks in Istanbul"."""
        governor = governor_at(line, cues, topic.first)
        if topic.stance is None and self._only_describes(line, cues, topic, governor):
            return True
        if topic.issue not in self._between:
            return governor.role == "scene" and topic.element is None and topic.stance is None
        before = [other for other in topics if other.first < topic.first and other.issue != topic.issue]
        noun = before[-1] if topic.element and before and topic.first - before[-1].end <= 8 else topic
        return is_background(line.tokens, noun.first) or governor_at(line, cues, noun.first).role == "scene"

    def _only_describes(
        self, line: AttributedSentence, cues: SentenceCues, topic: TopicMention, governor: Governor
    ) -> bool:
        """Return whether a topic only tells what something else is for or about: "a step towards talks"."""
        if governor.role not in ("purpose", "matter") or governor.is_part or topic.element is not None:
            return False
        noun = governor.start - 2
        if noun < 0 or not (line.tokens[noun].text.isalpha() and line.tokens[noun].text.islower()):
            return False
        is_cue = any(cue.first <= noun < cue.end for cue in cues.cues)
        if line.tokens[noun].low in english_words().governors.terms:
            return True
        spoken = any(one.verb <= noun < one.after for one, _ in line.attributions)
        named = any(one.first <= noun < one.end for one in line.mentions)
        return not (is_cue or spoken or named)

    def _swallows(self, longer: TopicMention, topic: TopicMention) -> bool:
        """Return whether words belong to talks between them: "continue with talks over the war" goes on with no war."""
        is_meeting = len(self._addressees.get((longer.issue, longer.element), ())) > 1
        is_apart = topic.talking and not longer.talking and not is_meeting
        return is_apart and longer.first < topic.first and topic.end < longer.end

    def _is_due(self, line: AttributedSentence, topic: TopicMention) -> bool:
        """Return whether "its troops" are those of the party that has to act: the last one named before."""
        due = self._addressees.get((topic.issue, topic.element), frozenset())
        own = english_words().grammar.possessive_pronouns
        if not topic.element or len(due) != 1 or not own.intersection(_lows(line.tokens[topic.first : topic.end])):
            return True
        named = [mention for mention in line.mentions if mention.end <= topic.first and mention.parties]
        return not named or bool(due.intersection(named[-1].parties))

    def _is_government(self, line: AttributedSentence, topic: TopicMention) -> bool:
        """Return whether a place's name stands for its government: "Ankara stood ready to host them"."""
        if not topic.element or not self._is_option(topic):
            return False
        grammar = english_words().grammar
        is_party = any(one.kind == "party" and one.first <= topic.first < one.end for one in line.mentions)
        following = line.tokens[topic.end].low if topic.end < len(line.tokens) else ""
        acts = following in grammar.auxiliaries | grammar.genitive | grammar.modals
        acts = acts or following.endswith(english_words().suffixes.finite)
        return is_party and acts and not is_place(line.tokens, topic)

    def _is_option(self, topic: TopicMention) -> bool:
        return self._codebook.issue(topic.issue).alternatives

    def _contains(self, place: TopicMention, other: TopicMention) -> bool:
        """Return whether another place of the same issue lies in a place and stands right beside it."""
        issue = self._codebook.issue(place.issue)
        if place.element == HOSTING and other.issue == issue.id and other.element != HOSTING:
            return True
        if other.issue != issue.id or HOSTING in (place.element, other.element):
            return False
        gap = max(place.first, other.first) - min(place.end, other.end)
        return place.element != other.element and place.element in issue.path(other.element) and gap <= 2


def is_background(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a noun only tells when or where something else was said: "after the talks"."""
    words = english_words().passing
    index -= 1
    while index >= 0 and tokens[index].low in words.describing:
        index -= 1
    return index >= 0 and tokens[index].low in words.background


def is_place(tokens: Sequence[Token], topic: TopicMention) -> bool:
    """Return whether a name is spoken of as a place: behind a preposition, or as what "cannot be" the venue."""
    venues = english_words().venues
    before = tokens[topic.first - 1].low if topic.first else ""
    exceptions = english_words().exceptions
    if before in venues.excepting and not (exceptions.all | exceptions.none).isdisjoint(
        _lows(tokens[max(0, topic.first - _EXCEPTED) : topic.first])
    ):
        return True
    return before in venues.before or not venues.after.isdisjoint(_lows(tokens[topic.end : topic.end + 3]))


def governor_at(line: AttributedSentence, cues: SentenceCues, first: int) -> Governor:
    """Return what governs the noun phrase with the token ``first``, which is looked for once in a sentence."""
    governor = line.governors.get(first)
    if governor is None:
        governor = line.governors[first] = governor_of(line.tokens, first, verb_tokens(line, cues))
    return governor


def verb_tokens(line: AttributedSentence, cues: SentenceCues) -> set[int]:
    """Return the tokens of verbs of speaking and of cues, those aside that only describe a noun."""
    determiners, tokens = english_words().grammar.determiners, line.tokens
    verbs: set[int] = set()
    for cue in cues.cues:
        if not cue.first or tokens[cue.first - 1].low not in determiners:
            verbs.update(range(cue.first, cue.end))
    for attribution, _ in line.attributions:
        verbs.update(range(attribution.verb, attribution.after))
    return verbs


def is_speaker(line: AttributedSentence, topic: TopicMention) -> bool:
    """Return whether the words only name who speaks: "the head of the Russian delegation said", "Ankara said"."""
    if any(one.subject.first <= topic.first < one.subject.end for one, _ in line.attributions):
        return True
    words = english_words()
    before = [token.low for token in line.tokens[max(0, topic.first - _TITLE) : topic.first]]
    return any(low in words.persons.heads and following in words.governors.parts for low, following in pairwise(before))


def is_in_tail(line: AttributedSentence, topic: TopicMention) -> bool:
    """Return whether a topic only tells of what somebody spoke: "…, he said when asked about talks", "Asked about"."""
    words = english_words()
    # "Asked about talks, Lavrov said Moscow was open to them" does tell of talks.
    is_question = line.tokens[0].low in words.clauses.asking and line.tokens[1].low in words.stance.questions
    if is_question and len(line.clauses) > 1 and topic.first in line.clause_at(0):
        return True
    breaks = english_words().passing.breaks | {","}
    if line.tokens[0].low in words.arguments.answering and "," not in _lows(line.tokens[: topic.first]):
        return True
    return any(
        one.tail and one.after <= topic.first and breaks.isdisjoint(_lows(line.tokens[one.after : topic.first]))
        for one, _ in line.attributions
    )


def object_tokens(line: AttributedSentence, topics: Sequence[TopicMention]) -> frozenset[int]:
    """Return the tokens of names that end a topic's words and are not subjects there: "join NATO", "leave Ukraine"."""
    ends = (topic.end - 1 for topic in topics if topic.end - topic.first > 1 and not topic.together)
    coordinators = english_words().grammar.coordinators
    return frozenset(index for index in ends if line.tokens[index - 1].low not in coordinators)


def is_with_others(line: AttributedSentence, topic: TopicMention, both: frozenset[str], holders: Sequence[str]) -> bool:
    """Return whether talks are those of others: of a party beside the two, or with somebody who is neither of them."""
    if len(holders) > 1 and not both.issuperset(holders):
        return True
    pair = _named_pair(line, topic)
    if pair and not both.issuperset(pair):
        return True
    partner = next((one for one in line.mentions if topic.first < one.first <= topic.end + 4 and one.parties), None)
    if (
        partner is None
        or both == set(partner.parties)
        or line.tokens[partner.first - 1].low in english_words().venues.meeting
    ):
        return False
    partners, words = english_words().partners, _lows(line.tokens[topic.first : partner.first])
    if not partners.between.isdisjoint(words) or partners.links.isdisjoint(words):
        return False
    return not (both.issuperset(partner.parties) and both.issuperset(holders))


def _named_pair(line: AttributedSentence, topic: TopicMention) -> frozenset[str]:
    """Return the parties whose talks they are said to be, by two names: "US-Russia talks", "talks between A and B"."""
    words, tokens = english_words().partners, line.tokens
    before = [
        one for one in line.mentions if topic.first - _PAIR <= one.first and one.end <= topic.first and one.parties
    ]
    if len(before) > 1 and topic.first - before[-1].end <= 1 and before[-1].first - before[-2].end <= 1:
        joint = [token.low for token in tokens[before[-2].end : before[-1].first]]
        if joint and joint[0] in english_words().grammar.hyphens:
            return frozenset(party for one in before[-2:] for party in one.parties)
    near = range(topic.first, min(topic.end + _PAIR, len(tokens)))
    between = next((index for index in near if tokens[index].low in words.between), None)
    if between is None:
        return frozenset()
    named = [one for one in line.mentions if between < one.first <= between + _APART and one.parties][:2]
    return frozenset(party for one in named for party in one.parties) if len(named) > 1 else frozenset()


def _is_hosted(tokens: Sequence[Token], topic: TopicMention, hosting: Sequence[TopicMention]) -> bool:
    """Return whether talks are only what somebody would host: who offers a place need not want what is held there."""
    near = topic.talking and any(one.first <= topic.first <= one.end + _HOSTED for one in hosting)
    is_purpose = topic.talking and governor_of(tokens, topic.first, frozenset()).role == "purpose"
    return near or (topic.talking and is_purpose and any(0 < topic.first - one.end <= _APART for one in hosting))


def _covers(longer: TopicMention, topic: TopicMention) -> bool:
    """Return whether longer words mean something else than a topic in them: "a halt to arms", "presidents' meeting"."""
    is_inside = longer.first <= topic.first and topic.end <= longer.end
    is_shorter = topic.end - topic.first < longer.end - longer.first
    differs = (topic.issue, topic.element) != (longer.issue, longer.element)
    is_reversed = not differs and (topic.pole != longer.pole or (longer.stance or 0) < 0 or topic.together)
    return is_inside and is_shorter and (is_reversed or (differs and topic.reach is not None))


def _is_no_phrase(line: AttributedSentence, topic: TopicMention) -> bool:
    return _runs_on(line, topic) or _meets_fate(line.tokens, topic)


def _meets_fate(tokens: Sequence[Token], topic: TopicMention) -> bool:
    """Return whether a word for meeting is a passive of something else: "was met with silence"."""
    words = english_words()
    before = tokens[topic.first - 1].low if topic.first else ""
    is_single = topic.together and topic.end - topic.first == 1
    return is_single and before in words.grammar.passives - words.persons.it


def _runs_on(line: AttributedSentence, topic: TopicMention) -> bool:
    """Return whether a topic's last word is a name behind a comma, which begins a clause: "meet, Zelensky said"."""
    last = next((one for one in line.mentions if one.first < topic.end <= one.end and topic.first < one.first), None)
    if last is None or last.kind not in ("person", "party"):
        return False
    articles, first = english_words().grammar.articles, last.first - 1
    while first > topic.first and line.tokens[first].low in articles:
        first -= 1
    return line.tokens[first].low == ","


def _lows(tokens: Sequence[Token]) -> set[str]:
    return {token.low for token in tokens}
