"""What a sentence claims: its topics, each with a voice, a holder, a stance and a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from positions.extract.language.lexicon import Lexicon, small_words
from positions.extract.language.phrases import Token
from positions.extract.language.sentences import Span
from positions.extract.language.time_expressions import ResolvedTime
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.holders import HolderFinder
from positions.extract.rules.said_on import publication_time, resolve_said_on
from positions.extract.rules.speakers import AttributedSentence, SpeakerRef
from positions.extract.rules.stance import SentenceCues, StanceCues, StanceReading
from positions.extract.rules.topics import HOSTING, TopicMention, Topics
from positions.model.attribution import RolesWhenSaid
from positions.model.codebook import Codebook

_OWN: Final = frozenset({"its", "his", "her", "their"})


@dataclass(frozen=True, slots=True)
class RuleClaim:
    """One claim before it is a candidate: who, about whom, on what, how, and by which words."""

    voice: SpeakerRef | None
    relayed_by: str | None
    holder: str
    issue: str
    element: str | None
    stance: int | None
    span: Span
    direct: bool
    when: ResolvedTime
    sure: float


class ClaimFinder:
    """Finds the claims of sentences, by the codebook's issues and the lexicon's words."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        self._codebook = codebook
        self._holders = HolderFinder(lexicon.both)
        self._topics = Topics(lexicon)
        self._cues = StanceCues()
        self._hosts = {party: element for places in lexicon.places for party, element in places.hosts.items()}
        self._addressees = _addressees_by_topic(codebook)
        self._both, self._between = frozenset(lexicon.both), frozenset(lexicon.between)

    def of_sentence(self, lines: Sequence[AttributedSentence], number: int, published: date) -> list[RuleClaim]:
        """Return what one sentence of a document claims, each holder, issue and element once."""
        line = lines[number]
        before = lines[number - 1].tokens if number else []
        topics = [topic for topic in self._topics.heard(line.tokens, context=before) if self._is_due(line, topic)]
        if not topics:
            return []
        hearing = self._cues.hear(line.tokens)
        if any(topic.element == HOSTING for topic in topics):
            topics = [topic for topic in topics if not self._is_partys(line, topic)]
        named = {place for mention in line.mentions for place in range(mention.first, mention.end)}
        covered = {place for topic in topics for place in range(topic.first + 1, topic.end)}
        places = self._places(line, topics) | _object_tokens(line, topics)
        claims: list[tuple[RuleClaim, StanceReading]] = []
        for topic in self._narrowest(_drop_covered(topics)):
            reading = hearing.reading(topic, taken=named | covered)
            scene = topic.issue in self._between and _is_scene(hearing, topic, topics)
            if reading.kind == "skip" or scene or _is_speaker(line, topic):
                continue
            encounter = self._encounter(line, topic, topics)
            claims.extend(
                (claim, reading)
                for claim in self._of_topic(lines, number, topic, reading, published, places, encounter)
            )
        return _keep_strongest(claims)

    def _is_due(self, line: AttributedSentence, topic: TopicMention) -> bool:
        """Tell whether "its troops" are those of a party that the element is due from: the last one named before."""
        due = self._addressees.get((topic.issue, topic.element), frozenset())
        if (
            not topic.element
            or len(due) != 1
            or not _OWN.intersection(t.low for t in line.tokens[topic.first : topic.end])
        ):
            return True
        named = [mention for mention in line.mentions if mention.end <= topic.first and mention.parties]
        return not named or bool(due.intersection(named[-1].parties))

    def _is_partys(self, line: AttributedSentence, topic: TopicMention) -> bool:
        """Tell whether a place's name stands for its government: "Ankara stood ready to host them"."""
        if not topic.element or not self._codebook.issue(topic.issue).alternatives:
            return False
        subject = any(m.kind == "party" and m.first <= topic.first < m.end for m in line.mentions)
        following = line.tokens[topic.end].low if topic.end < len(line.tokens) else ""
        acts = following in small_words("auxiliaries") | {"'s"} or following.endswith(("s", "d"))
        return subject and acts and not _is_place(line.tokens, topic)

    def _places(self, line: AttributedSentence, topics: Sequence[TopicMention]) -> frozenset[int]:
        """Return where names of parties are spoken of as places."""
        return frozenset(
            topic.first
            for topic in topics
            if topic.element
            and topic.element != HOSTING
            and _is_place(line.tokens, topic)
            and self._codebook.issue(topic.issue).alternatives
        )

    def _of_topic(
        self,
        lines: Sequence[AttributedSentence],
        number: int,
        topic: TopicMention,
        reading: StanceReading,
        published: date,
        places: frozenset[int],
        encounter: TopicMention | None,
    ) -> Iterator[RuleClaim]:
        one, voice, relay = _governing_attribution(lines[number], topic.first)
        when = resolve_said_on(lines, number, one, published) if voice else publication_time(published)
        line, voice = self._as_of(when, lines[number], voice, published)
        issue = self._codebook.issue(topic.issue)
        stance = reading.stance
        if stance is not None and stance not in issue.values:
            stance = None
        holders = self._holders.of(line, encounter, reading, one, voice) if encounter else ()
        if encounter and holders:
            reading, stance = reading._replace(stance=encounter.stance, kind="act"), encounter.stance
        else:
            holders = self._holders.of(line, topic, reading, one, voice, places=places)
        if issue.alternatives and reading.stance is None:
            return
        if asked := self._asked(topic, reading, holders, voice):
            holders, stance = asked
        met = topic.issue in self._between or self._addressees.get((topic.issue, topic.element)) == self._both
        if met and self._apart(line, topic, holders):
            return
        if stance is None and one is not None and one.kind == "accusation":
            return
        if not holders or (voice is None and (stance is None or not _states_position(line, reading))):
            return
        direct = line.quoted[topic.first] and voice is not None
        span = _claim_span(line, topic, direct=direct)
        for holder in holders:
            element = self._hosts.get(holder) if topic.element == HOSTING else topic.element
            if topic.element and not element:
                continue
            yield RuleClaim(
                voice,
                relay,
                holder,
                topic.issue,
                element,
                stance,
                span,
                direct,
                when,
                0.5 if stance is None else 0.7,
            )

    def _as_of(
        self, when: ResolvedTime, line: AttributedSentence, voice: SpeakerRef | None, published: date
    ) -> tuple[AttributedSentence, SpeakerRef | None]:
        """Return a sentence and its voice with the parties of the day when it was said; they were read by another."""
        if when.date.last == published:
            return line, voice
        roles = RolesWhenSaid(self._codebook, when.date)
        mentions = [one._replace(parties=roles.parties(one.speaker) or one.parties) for one in line.mentions]
        if voice and self._codebook.knows_speaker(voice.speaker):
            parties = roles.parties(voice.speaker)
            only = parties[0] if len(parties) == 1 else None
            voice = voice if voice.party in parties else voice._replace(party=only)
        return replace(line, mentions=mentions), voice

    def _narrowest(self, topics: Sequence[TopicMention]) -> list[TopicMention]:
        """Leave out a place beside one that lies in it: "Warsaw, Poland", "the Gomel region of Belarus"."""

        def holds(place: TopicMention, other: TopicMention) -> bool:
            issue = self._codebook.issue(place.issue)
            if place.element == HOSTING and other.issue == issue.id and other.element != HOSTING:
                return True
            if other.issue != issue.id or HOSTING in (place.element, other.element):
                return False
            gap = max(place.first, other.first) - min(place.end, other.end)
            above = issue.path(other.element)
            return place.element != other.element and place.element in above and gap <= 2

        return [topic for topic in topics if not (topic.element and any(holds(topic, other) for other in topics))]

    def _encounter(
        self, line: AttributedSentence, place: TopicMention, topics: Sequence[TopicMention]
    ) -> TopicMention | None:
        """Return the meeting that a place is the place of: "Russia and Ukraine met in Antalya"."""
        if place.element is None or place.issue not in self._between:
            return None
        before = line.tokens[max(0, place.first - 8) : place.first]
        met = [topic for topic in topics if topic.together and topic.end <= place.first]
        near = met and place.first - met[-1].end <= 6 and any(token.low in ("in", "at", "near") for token in before)
        return met[-1] if near else None

    def _asked(
        self, topic: TopicMention, reading: StanceReading, holders: tuple[str, ...], voice: SpeakerRef | None
    ) -> tuple[tuple[str, ...], int] | None:
        """Read what somebody says another should do as the speaker's own demand.

        "Ukraine would give up its army", said in Moscow, is no consent of Ukraine's; "Ukraine has agreed to" is.
        """
        bound = self._addressees.get((topic.issue, topic.element), frozenset())
        if voice is None or voice.party is None or not bound or voice.party in bound:
            return None
        asked = reading.kind in ("", "act", "demand") or reading.condition
        if not asked or not (bound.issuperset(holders) or voice.party in holders):
            return None
        if reading.stance is not None and (reading.stance < 0 or reading.kind != "act"):
            return ((voice.party,), reading.stance) if voice.party in holders or reading.stance > 0 else None
        return (voice.party,), 2 * topic.pole if topic.stance is None else topic.stance

    def _apart(self, line: AttributedSentence, topic: TopicMention, holders: tuple[str, ...]) -> bool:
        """Tell whether the talks are others': of a party beside the two, or with somebody who is none of them."""
        if len(holders) > 1 and not self._both.issuperset(holders):
            return True
        met = next((m for m in line.mentions if topic.first < m.first <= topic.end + 4 and m.parties), None)
        words = [token.low for token in line.tokens[topic.first : met.first]] if met else []
        if (
            met is None
            or self._both == set(met.parties)
            or "between" in words
            or not {"with", "meet", "meeting"}.intersection(words)
        ):
            return False
        return not (self._both.issuperset(met.parties) and self._both.issuperset(holders))


def join_claims(claims: Iterable[RuleClaim], text: str) -> list[RuleClaim]:
    """Make one claim of neighbouring sentences of the same quotation that say the same, in order of place."""
    kept: list[RuleClaim] = []
    for claim in sorted(claims, key=lambda claim: claim.span):
        recent = range(len(kept) - 1, max(-1, len(kept) - 7), -1)
        place = next((n for n in recent if _continues_claim(kept[n], claim, text)), None)
        if place is None:
            kept.append(claim)
            continue
        before = kept[place]
        stance = claim.stance if before.stance is None else before.stance
        kept[place] = replace(before, stance=stance, span=Span(before.span.start, claim.span.end))
    return kept


def _continues_claim(before: RuleClaim, claim: RuleClaim, text: str) -> bool:
    if not claim.direct or text[before.span.end : claim.span.start].strip():
        return False
    same = replace(before, stance=claim.stance, span=claim.span, when=claim.when, sure=claim.sure) == claim
    return same and (before.stance == claim.stance or None in (before.stance, claim.stance))


def _drop_covered(topics: Sequence[TopicMention]) -> list[TopicMention]:
    """Leave out words within longer ones that mean something else: "meeting of the presidents", "a halt to arms"."""

    def lies_within(topic: TopicMention, other: TopicMention) -> bool:
        inside = other.first <= topic.first and topic.end <= other.end
        wider = topic.end - topic.first < other.end - other.first
        apart = (topic.issue, topic.element) != (other.issue, other.element)
        turned = not apart and (topic.pole != other.pole or (other.stance or 0) < 0)
        return inside and wider and (turned or (apart and topic.reach is not None))

    return [topic for topic in topics if not any(lies_within(topic, other) for other in topics)]


def _keep_strongest(claims: Iterable[tuple[RuleClaim, StanceReading]]) -> list[RuleClaim]:
    """Of several readings of the same holder, issue and element in one sentence keep the one that says most."""
    best: dict[tuple[object, ...], tuple[int, RuleClaim]] = {}
    for claim, reading in claims:
        key = (claim.holder, claim.issue, claim.element, claim.voice)
        weight = 0 if claim.stance is None else 10 * (reading.kind != "act") + abs(claim.stance) + 5 * claim.direct
        if key not in best or weight > best[key][0]:
            best[key] = (weight, claim)
    return [claim for _, claim in best.values()]


def _addressees_by_topic(codebook: Codebook) -> dict[tuple[str, str | None], frozenset[str]]:
    """Return who would have to act, by issue and element."""
    found: dict[tuple[str, str | None], frozenset[str]] = {}
    for issue in codebook.issues:
        found[issue.id, None] = frozenset(getattr(issue, "addressees", ()))
        found |= {(issue.id, element.id): frozenset(element.addressees) for element in issue.elements}
    return found


def _governing_attribution(
    line: AttributedSentence, place: int
) -> tuple[Attribution | None, SpeakerRef | None, str | None]:
    """Return the attribution that governs a token, its voice, and who relays it."""
    if not line.said:
        return None, line.carried, None
    outer, voice = next(((one, who) for one, who in line.said if one.tail or one.verb <= place), line.said[0])
    for one, who in line.said:
        within = one.verb > outer.verb and one.after <= place + 1 and not outer.tail
        relays = one.subject.kind == "person" and one.kind not in ("acceptance", "refusal") and not one.tail
        if within and relays and who.party != voice.party:
            return one, who, voice.speaker
    if not outer.tail and outer.verb > place and not line.quoted[place] and outer.subject.first > place:
        # The words stand before the subject: a scene, not what is said ("As troops closed in, he urged …").
        return outer, voice, None
    return outer, voice, None


def _object_tokens(line: AttributedSentence, topics: Sequence[TopicMention]) -> frozenset[int]:
    """Return where a topic's words end in a name, which is no subject there: "join NATO", "leave Ukraine"."""
    ends = (topic.end - 1 for topic in topics if topic.end - topic.first > 1 and not topic.together)
    return frozenset(place for place in ends if line.tokens[place - 1].low != "and")


def _is_place(tokens: Sequence[Token], topic: TopicMention) -> bool:
    """Tell whether a name is spoken of as a place: behind a preposition, or as what "cannot be" the venue."""
    before = tokens[topic.first - 1].low if topic.first else ""
    after = [token.low for token in tokens[topic.end : topic.end + 3]]
    return before in ("in", "to", "at", "from", "near", "into", "suggested", "proposed") or "be" in after


def _states_position(line: AttributedSentence, reading: StanceReading) -> bool:
    """Tell whether the outlet's own words state a position: a heading, or a clear act or refusal."""
    return line.sentence.heading or reading.kind in ("act", "reject", "demand", "commit", "open", "reluctant")


def _claim_span(line: AttributedSentence, topic: TopicMention, *, direct: bool) -> Span:
    whole = line.sentence.span
    quote = line.quote_at(topic.first) if direct else None
    if quote is None:
        return whole
    return Span(max(whole.start, quote.start), min(whole.end, quote.end))


def _is_speaker(line: AttributedSentence, topic: TopicMention) -> bool:
    """Tell whether the words only name who speaks: "the head of the Russian delegation said", "Ankara said"."""
    return any(one.subject.first <= topic.first < one.subject.end for one, _ in line.said)


def _is_scene(hearing: SentenceCues, topic: TopicMention, topics: Sequence[TopicMention]) -> bool:
    """Tell whether talks, or the place where they are held, only set the scene: "said after the talks in Istanbul"."""
    before = [other for other in topics if other.first < topic.first and other.issue != topic.issue]
    noun = before[-1] if topic.element and before and topic.first - before[-1].end <= 8 else topic
    return hearing.is_background(noun.first)
