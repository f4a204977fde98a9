"""What a sentence claims: its topics, each with a voice, a holder, a stance and a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from positions.extract.language.english import English
from positions.extract.language.lexicon import Lexicon
from positions.extract.language.time_expressions import ResolvedTime
from positions.extract.rules.arguments import (
    is_forecast,
    is_obligation,
    is_of_another,
    is_setting,
    states_position,
    takes_part,
    tells_event,
    tells_past,
)
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.governing_attribution import Governing, find_governing
from positions.extract.rules.holders import HolderFinder
from positions.extract.rules.lead_ins import colon_before, find_lead_in, read_list_stance
from positions.extract.rules.ownership import add_owned
from positions.extract.rules.relevance import (
    TopicFilter,
    addressees_by_topic,
    is_in_tail,
    is_speaker,
    is_with_others,
    object_tokens,
)
from positions.extract.rules.rule_claims import RuleClaim, keep_strongest
from positions.extract.rules.said_on import publication_time, resolve_said_on
from positions.extract.rules.spans import find_span
from positions.extract.rules.stance import SentenceCues, StanceCues, StanceReading
from positions.extract.rules.topic_reading import TopicReading
from positions.extract.rules.topics import HOSTING, TopicMention, Topics
from positions.model.attribution import RolesWhenSaid
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate

_THERE: Final = 3
"""The most words between talks and the place at which they are refused."""
_UNRESOLVED: Final = 0.5
_RESOLVED: Final = 0.7
"""The confidence in a claim without and with a stance."""


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """What is read of a topic in its sentence before anything is claimed.

    ``reading`` has its stance, attribution and voice, ``cues`` are those of the sentence, ``holders`` whose stance it
    seems to be, ``meeting`` is what is held at a place. ``is_topic`` is false for words that claim nothing to the
    rules: within longer ones, a scene, or the name of who speaks.
    """

    reading: TopicReading
    cues: SentenceCues
    holders: tuple[str, ...]
    relayed_by: str | None
    time: ResolvedTime
    meeting: TopicMention | None
    is_topic: bool


class _Scope(NamedTuple):
    """A sentence while its topics are read: which it is, its cues and its topics.

    ``other_tokens`` are those of names and topics, which are no cues; ``places`` those that name places or objects.
    ``times`` are those of its voices, by their verbs, and ``on_days`` the sentence as of other days, as far as asked.
    """

    lines: Sequence[AttributedSentence]
    number: int
    published: date
    cues: SentenceCues
    topics: Sequence[TopicMention]
    other_tokens: Set[int]
    places: frozenset[int]
    times: dict[int | None, ResolvedTime]
    on_days: dict[PartialDate, AttributedSentence]


def _read_owners(evidence: TopicEvidence) -> list[TopicEvidence]:
    """Return a topic as the sentence takes it, and as the words before it say that somebody wants it, if they do."""
    readings = add_owned(evidence.reading, evidence.cues, evidence.holders)
    (main, holders), *others = readings
    if main is evidence.reading and holders is evidence.holders and not others:
        return [evidence]
    owned = (replace(evidence, reading=reading, holders=who, meeting=None, is_topic=True) for reading, who in others)
    return [replace(evidence, reading=main, holders=holders), *owned]


class ClaimFinder:
    """Finds the claims of sentences, by the codebook's issues, the lexicon's words and the cues of a language."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon, words: English | None = None) -> None:
        self._codebook = codebook
        self._holders = HolderFinder(lexicon.both)
        self._topics = Topics(lexicon)
        self._filter = TopicFilter(codebook, lexicon)
        self._cues = StanceCues(words)
        self._hosts = {party: element for places in lexicon.places for party, element in places.hosts.items()}
        self._addressees = addressees_by_topic(codebook)
        self._both, self._between = frozenset(lexicon.both), frozenset(lexicon.between)

    def find(self, lines: Sequence[AttributedSentence], number: int, published: date) -> list[RuleClaim]:
        """Return what one sentence of a document claims, each holder, issue and element once."""
        return self.claims_of(self.read(lines, number, published))

    def read(
        self, lines: Sequence[AttributedSentence], number: int, published: date, *, loosely: bool = False
    ) -> list[TopicEvidence]:
        """Return what is read of each topic that a sentence names; claims follow from it (:meth:`claims_of`).

        ``loosely``: also of topics that claim nothing by themselves, because words that they need are missing, or
        others would have to act. They change nothing about the reading of the others.
        """
        line = lines[number]
        heard = self._topics.find(line.tokens, context=lines[number - 1].tokens if number else [], loosely=loosely)
        due = self._filter.keep_due(line, [topic for topic in heard if not topic.loose])
        if not (due or loosely) or not heard:
            return []
        narrowest = self._filter.keep_narrowest(due)
        named = {index for mention in line.mentions for index in range(mention.first, mention.end)}
        cues = self._cues.find(line.tokens)
        covered = {index for topic in due for index in range(topic.first + 1, topic.end)}
        places = self._filter.place_tokens(line, due) | object_tokens(line, due)
        scope = _Scope(lines, number, published, cues, due, named | covered, places, {}, {})
        rest = [topic for topic in heard if topic not in narrowest] if loosely else []
        main = [self._read_topic(topic, scope, is_topic=self._claims_something(topic, scope)) for topic in narrowest]
        return [
            *(reading for one in main for reading in _read_owners(one)),
            *(self._read_topic(topic, scope, is_topic=False) for topic in rest),
        ]

    def _claims_something(self, topic: TopicMention, scope: _Scope) -> bool:
        """Return whether a topic does more than set the scene or name who speaks."""
        line = scope.lines[scope.number]
        is_scene = self._filter.is_scene(line, scope.cues, topic, scope.topics) or is_in_tail(line, topic)
        return not is_scene and not is_speaker(line, topic)

    def _read_topic(self, topic: TopicMention, scope: _Scope, *, is_topic: bool) -> TopicEvidence:
        line = scope.lines[scope.number]
        governing = find_governing(line, topic.first)
        time = _resolve_time(scope, governing)
        other_tokens = scope.other_tokens | _outside_clause(line, topic.first) | _verbs_of_others(topic, scope)
        stance = scope.cues.read_stance(topic, other_tokens=other_tokens)
        if stance.kind in ("", "act"):
            stance = self._read_by_lead_in(topic, scope) or stance
        as_published = TopicReading(line, topic, stance, governing.attribution, governing.voice, scope.places)
        reading = self._with_roles_on(time, as_published, scope)
        return TopicEvidence(
            reading,
            scope.cues,
            self._holders.find(reading),
            governing.relayed_by,
            time,
            self._filter.find_meeting(line, topic, scope.topics),
            is_topic,
        )

    def _read_by_lead_in(self, topic: TopicMention, scope: _Scope) -> StanceReading | None:
        """Read a topic without a cue by what introduces the list that it is part of."""
        line = scope.lines[scope.number]
        if (colon := colon_before(line, topic.first)) is not None:
            return read_list_stance(topic, scope.cues, colon, is_own=True)
        lead_in = find_lead_in(scope.lines, scope.number)
        if lead_in is None:
            return None
        return read_list_stance(topic, self._cues.find(lead_in.tokens), len(lead_in.tokens) - 1, is_own=False)

    def claims_of(self, evidence: Iterable[TopicEvidence]) -> list[RuleClaim]:
        """Return what the rules make of a sentence's topics, each holder, issue and element once."""
        claiming = [topic for topic in evidence if topic.is_topic and topic.reading.stance.kind != "skip"]
        claims = (
            (claim, topic.reading.stance)
            for topic in claiming
            if not self._is_refused_there(topic.reading, claiming)
            for claim in self._claims_on(topic)
        )
        return keep_strongest(claims)

    def _is_refused_there(self, reading: TopicReading, claiming: Iterable[TopicEvidence]) -> bool:
        """Return whether talks are refused only at a place: "refused to start negotiations in Minsk"."""
        topic, stance = reading.topic, reading.stance
        if not topic.talking or stance.kind != "reject" or stance.cue is None or stance.cue > topic.first:
            return False
        if takes_part(reading.line.tokens[stance.cue : topic.first]):
            return False
        others = (one.reading for one in claiming if one.reading.stance.cue == stance.cue)
        places = (one.topic.first for one in others if one.topic.issue in self._between and not one.topic.talking)
        return any(0 < first - topic.end <= _THERE for first in places)

    def _claims_on(self, evidence: TopicEvidence) -> Iterator[RuleClaim]:
        """Yield the claims that a topic makes, one for each holder."""
        topic, voice = evidence.reading.topic, evidence.reading.voice
        reading, holders = self._read_holders(evidence)
        issue = self._codebook.issue(topic.issue)
        stance = reading.stance.stance if reading.stance.stance in issue.values else None
        if issue.alternatives and reading.stance.stance is None:
            return
        if demand := self._as_demand(reading, holders):
            holders, stance = demand
        is_talks = topic.issue in self._between or self._addressees.get((topic.issue, topic.element)) == self._both
        if is_talks and is_with_others(
            reading.line, topic, self._both, () if self._holders.is_requested(reading) else holders
        ):
            return
        if stance is None and (is_of_another(reading, holders) or tells_event(reading)):
            return
        if not holders or (voice is None and (stance is None or not states_position(reading))):
            return
        if is_setting(evidence.reading, evidence.cues):
            return
        for holder in holders:
            is_act_of_third = voice is None and reading.stance.kind == "act" and holder not in self._both
            if is_forecast(reading, holder) or (topic.talking and is_act_of_third):
                continue
            if (element := self.element_for(topic, holder)) or not topic.element:
                yield make_claim(evidence, holder, element, stance)

    def element_for(self, topic: TopicMention, holder: str) -> str | None:
        """Return a topic's element; if it is what its holder would host, the holder's place, ``None`` without one."""
        return self._hosts.get(holder) if topic.element == HOSTING else topic.element

    def _read_holders(self, evidence: TopicEvidence) -> tuple[TopicReading, tuple[str, ...]]:
        """Return whose stance it is; who meets at a place has accepted it as the place of the meeting."""
        reading, meeting = evidence.reading, evidence.meeting
        if meeting is None or self._holders.is_requested(reading):
            return reading, evidence.holders
        if holders := self._holders.find(replace(reading, topic=meeting, places=frozenset())):
            return replace(reading, stance=reading.stance._replace(stance=meeting.stance, kind="act")), holders
        return reading, evidence.holders

    def claim_for(self, evidence: TopicEvidence, holder: str) -> RuleClaim | None:
        """Return the claim that a topic is a given party's stance; ``None`` if the party has no such element."""
        topic, stance = evidence.reading.topic, evidence.reading.stance.stance
        element = self.element_for(topic, holder)
        if topic.element and not element:
            return None
        if (demand := self._as_demand(evidence.reading, (holder,))) and holder in demand[0]:
            stance = demand[1]
        return make_claim(
            evidence, holder, element, stance if stance in self._codebook.issue(topic.issue).values else None
        )

    def _with_roles_on(self, time: ResolvedTime, reading: TopicReading, scope: _Scope) -> TopicReading:
        """Return a reading with the parties of the day on which it was said; they were read by that of publication."""
        if time.date.last == scope.published:
            return reading
        roles, voice = RolesWhenSaid(self._codebook, time.date), reading.voice
        line = scope.on_days.get(time.date)
        if line is None:
            mentions = [
                one._replace(parties=roles.parties(one.speaker) or one.parties) for one in reading.line.mentions
            ]
            line = scope.on_days[time.date] = replace(reading.line, mentions=mentions)
        if voice and self._codebook.knows_speaker(voice.speaker):
            parties = roles.parties(voice.speaker)
            only = parties[0] if len(parties) == 1 else None
            voice = voice if voice.party in parties else voice._replace(party=only)
        return replace(reading, line=line, voice=voice)

    def _as_demand(self, reading: TopicReading, holders: tuple[str, ...]) -> tuple[tuple[str, ...], int] | None:
        """Read what somebody says another should do as the speaker's own demand: return its holder and stance.

        "Ukraine would give up its army", said in Moscow, is not a consent of Ukraine's; "Ukraine has agreed to" is.
        """
        topic, (stance, _, kind, is_condition) = reading.topic, reading.stance
        bound = self._addressees.get((topic.issue, topic.element), frozenset())
        party = reading.voice.party if reading.voice else None
        if party is None and kind == "demand" and is_obligation(reading) and bound and bound.issuperset(holders):
            # "Ukraine will have to become neutral", without who says so, is what the other side wants.
            others = tuple(sorted(self._both - bound)) if holders and bound < self._both else ()
            return (others, stance) if len(others) == 1 and stance is not None and stance > 0 else None
        if party is None or not bound or party in bound:
            return None
        is_asked = (kind in ("", "act", "demand") and not tells_past(reading)) or is_condition
        if not is_asked or not (bound.issuperset(holders) or party in holders):
            return None
        if stance is not None and (stance < 0 or kind != "act"):
            if party in holders:
                # "Berlin and Paris demanded", said in Berlin, is a demand of both.
                return tuple(dict.fromkeys([*reading.speaker, *(one for one in holders if one not in bound)])), stance
            return (reading.speaker, stance) if stance > 0 else None
        return reading.speaker, 2 * topic.pole if topic.stance is None else topic.stance


def make_claim(evidence: TopicEvidence, holder: str, element: str | None, stance: int | None) -> RuleClaim:
    """Return the claim that a topic is a holder's stance on its issue."""
    reading = evidence.reading
    direct = reading.line.quoted[reading.topic.first] and reading.voice is not None
    return RuleClaim(
        reading.voice and reading.voice.of(holder),
        evidence.relayed_by,
        holder,
        reading.topic.issue,
        element,
        stance,
        find_span(reading, direct=direct),
        reading.line.sentence.span,
        direct,
        evidence.time,
        _UNRESOLVED if stance is None else _RESOLVED,
    )


def _outside_clause(line: AttributedSentence, index: int) -> frozenset[int]:
    """Return the tokens of a sentence outside the clause that a token stands in."""
    if len(line.clauses) == 1:
        return frozenset()
    return frozenset(range(len(line.tokens))).difference(line.clause_at(index))


def _verbs_of_others(topic: TopicMention, scope: _Scope) -> frozenset[int]:
    """Return the verbs that belong to topics of other issues: "end the war" ends no talks."""
    others = {one.first for one in scope.topics if one.end - one.first > 1 and one.issue != topic.issue}
    return frozenset(cue.first for cue in scope.cues.cues if cue.value == "reject" and cue.first in others)


def _resolve_time(scope: _Scope, governing: Governing) -> ResolvedTime:
    if governing.voice is None:
        return publication_time(scope.published)
    verb = governing.attribution.verb if governing.attribution else None
    if verb not in scope.times:
        scope.times[verb] = resolve_said_on(scope.lines, scope.number, governing.attribution, scope.published)
    return scope.times[verb]
