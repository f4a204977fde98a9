"""The rule extractor: sentences, who says them, what they are about, how much it is wanted, when it was said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from positions.candidate import Candidate
from positions.codebook import Codebook, OptionsIssue
from positions.dates import PartialDate
from positions.documents import Document, sha256_of
from positions.errors import DataError
from positions.extract.attribution import Attribution, speech
from positions.extract.holders import Holders
from positions.extract.lexicon import Lexicon, lexicon_findings
from positions.extract.masking import masked
from positions.extract.mentions import Directory
from positions.extract.phrases import Token
from positions.extract.sentences import Span, split_sentences
from positions.extract.stance import HOSTING, Cues, Hearing, Heard, Reading, Topics
from positions.extract.voices import Line, Voice, lines_of
from positions.extract.when import When, when_in
from positions.statement import UNKNOWN_SPEAKER

VERSION: Final = "1"
"""Of the rules in code; the lexicon's own version is added to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One claim before it is a candidate: who, about whom, on what, how, and by which words."""

    voice: Voice | None
    relayed_by: str | None
    holder: str
    issue: str
    element: str | None
    stance: int | None
    span: Span
    direct: bool
    when: When
    sure: float


class Rules:
    """The extractor that needs no model: the same text gives the same candidates, everywhere.

    Raises ``DataError`` where the lexicon names what the codebook does not declare.
    """

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        if findings := lexicon_findings(lexicon, codebook):
            raise DataError(findings)
        self.name = f"rules {VERSION}/{lexicon.version}"
        self._codebook = codebook
        self._directory = Directory(codebook, lexicon)
        self._holders = Holders(lexicon.both)
        self._topics = Topics(lexicon)
        self._cues = Cues()
        self._speech = speech()
        self._hosts = {party: element for places in lexicon.places for party, element in places.hosts.items()}
        self._addressees = _addressees(codebook)
        self._both, self._between = frozenset(lexicon.both), frozenset(lexicon.between)

    def candidates(self, document: Document) -> tuple[Candidate, ...]:
        """Return what a document seems to claim, in order of place; see :class:`positions.candidate.Extractor`."""
        original = document.text or ""
        text = masked(original)
        day = document.published_on.last
        lines = lines_of(text, split_sentences(text), self._directory, self._speech, day)
        claims = [claim for number, line in enumerate(lines) for claim in self._claims(lines, number, document)]
        return tuple(self._candidate(claim, document, original) for claim in _merged(claims, text))

    def _claims(self, lines: Sequence[Line], number: int, document: Document) -> Iterator[Found]:
        line = lines[number]
        before = lines[number - 1].tokens if number else []
        topics = self._topics.heard(line.tokens, context=before)
        if not topics:
            return
        hearing = self._cues.hear(line.tokens)
        named = {place for mention in line.mentions for place in range(mention.first, mention.end)}
        covered = {place for topic in topics for place in range(topic.first + 1, topic.end)}
        places = frozenset(
            topic.first
            for topic in topics
            if topic.element
            and topic.element != HOSTING
            and _is_place(hearing.tokens, topic)
            and isinstance(self._codebook.issue(topic.issue), OptionsIssue)
        )
        claims: list[tuple[Found, Reading]] = []
        for topic in topics:
            reading = hearing.reading(topic, taken=named | covered)
            if reading.kind == "skip" or _is_speaker(line, topic) or (topic.issue in self._between and _is_scene(hearing, topic, topics)):
                continue
            claims.extend((claim, reading) for claim in self._of_topic(lines, number, topic, reading, document, places))
        yield from _settled(claims)

    def _of_topic(
        self,
        lines: Sequence[Line],
        number: int,
        topic: Heard,
        reading: Reading,
        document: Document,
        places: frozenset[int],
    ) -> Iterator[Found]:
        line = lines[number]
        one, voice, relay = _speaking(line, topic.first)
        issue = self._codebook.issue(topic.issue)
        stance = reading.stance
        if stance is not None and stance not in issue.values:
            stance = None
        if isinstance(issue, OptionsIssue) and reading.stance is None:
            return
        holders = self._holders.of(line, topic, reading, one, voice, places=places)
        if asked := self._asked(topic, reading, holders, voice):
            holders, stance = asked
        if topic.issue in self._between and self._apart(line, topic, holders):
            return
        if not holders or (voice is None and (stance is None or not _frames(line, reading))):
            return
        direct = line.quoted[topic.first] and voice is not None
        span = _span(line, topic, direct=direct)
        when = self._when(lines, number, one, document) if voice else _published(document)
        for holder in holders:
            element = self._hosts.get(holder) if topic.element == HOSTING else topic.element
            if topic.element and not element:
                continue
            yield Found(
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

    def _asked(
        self, topic: Heard, reading: Reading, holders: tuple[str, ...], voice: Voice | None
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

    def _apart(self, line: Line, topic: Heard, holders: tuple[str, ...]) -> bool:
        """Tell whether the talks are others': of a party beside the two, or with somebody who is none of them."""
        if len(holders) > 1 and not self._both.issuperset(holders):
            return True
        behind = line.tokens[topic.end].low if topic.end < len(line.tokens) else ""
        met = next((m for m in line.mentions if topic.end < m.first <= topic.end + 4 and m.parties), None)
        if met is None or behind not in ("with", "between"):
            return False
        return not (self._both.issuperset(met.parties) and self._both.issuperset(holders))

    def _when(self, lines: Sequence[Line], number: int, one: Attribution | None, document: Document) -> When:
        published = document.published_on.last
        line = lines[number]
        if one is not None:
            if found := when_in(_time_words(line, one), published, None):
                return found
        for other in range(number - 1, max(-1, number - 8), -1):
            before = lines[other]
            if line_voice(before) != line_voice(line) or not before.said:
                continue
            if found := when_in(_time_words(before, before.said[0][0]), published, None):
                return When(found.date, "inherited")
        return _told_in_lead(lines, published) or _published(document)

    def _candidate(self, claim: Found, document: Document, text: str) -> Candidate:
        start, end = claim.span
        voice, party = claim.voice, claim.voice.party if claim.voice else None
        own = voice is not None and party == claim.holder
        relayed = (
            claim.relayed_by is not None and own and not self._speaks_for(claim.relayed_by, claim.holder, document)
        )
        about = "framing" if voice is None else "self" if own and not relayed else "ascribed"
        fields: dict[str, Any] = {
            "document": document.id,
            "quote": text[start:end],
            "start": start,
            "end": end,
            "speaker": voice.speaker if voice else None,
            "speaker_party": party,
            "relayed_by": claim.relayed_by,
            "holder": claim.holder,
            "voice": about,
            "directness": "framing" if voice is None else "direct" if claim.direct else "paraphrase",
            "issue": claim.issue,
            "element": claim.element,
            "stance": claim.stance,
            "said_on": claim.when.date,
            "said_on_basis": claim.when.basis,
            "coder": self.name,
            "confidence": claim.sure,
            "sha256": document.sha256 or sha256_of(text.encode()),
            "suggested": voice.name if voice else "",
        }
        key = "\n".join(
            str(fields[name]) for name in ("start", "end", "speaker", "holder", "voice", "issue", "element")
        )
        return Candidate(id=f"{document.id}-c{hashlib.sha256(key.encode()).hexdigest()[:8]}", **fields)

    def _speaks_for(self, speaker: str, party: str, document: Document) -> bool:
        return speaker != UNKNOWN_SPEAKER and party in self._codebook.speaker(speaker).parties_on(
            document.published_on.last
        )


def _addressees(codebook: Codebook) -> dict[tuple[str, str | None], frozenset[str]]:
    """Return who would have to act, by issue and element."""
    found: dict[tuple[str, str | None], frozenset[str]] = {}
    for issue in codebook.issues:
        found[issue.id, None] = frozenset(getattr(issue, "addressees", ()))
        found |= {(issue.id, element.id): frozenset(element.addressees) for element in issue.elements}
    return found


def line_voice(line: Line) -> Voice | None:
    """Return the voice that a sentence is in, by its own attribution or by its quotation's."""
    return line.said[0][1] if line.said else line.carried


def _speaking(line: Line, place: int) -> tuple[Attribution | None, Voice | None, str | None]:
    """Return the attribution that governs a token, its voice, and who relays it."""
    if not line.said:
        return None, line.carried, None
    outer, voice = next(((one, who) for one, who in line.said if one.tail or one.verb <= place), line.said[0])
    for one, who in line.said:
        within = one.verb > outer.verb and one.after <= place + 1 and not outer.tail
        if within and one.subject.kind == "person" and who.party != voice.party and not one.tail:
            return one, who, voice.speaker
    if not outer.tail and outer.verb > place and not line.quoted[place] and outer.subject.first > place:
        # The words stand before the subject: a scene, not what is said ("As troops closed in, he urged …").
        return outer, voice, None
    return outer, voice, None


def _is_place(tokens: Sequence[Token], topic: Heard) -> bool:
    """Tell whether a name is spoken of as a place: behind a preposition, or as what "cannot be" the venue."""
    before = tokens[topic.first - 1].low if topic.first else ""
    after = [token.low for token in tokens[topic.end : topic.end + 3]]
    return before in ("in", "to", "at", "from", "near", "into", "suggested", "proposed") or "be" in after


def _frames(line: Line, reading: Reading) -> bool:
    """Tell whether the outlet's own words state a position: a heading, or a clear act or refusal."""
    return line.sentence.heading or reading.kind in ("act", "reject", "demand", "commit", "open", "reluctant")


def _span(line: Line, topic: Heard, *, direct: bool) -> Span:
    whole = line.sentence.span
    quote = line.quote_at(topic.first) if direct else None
    if quote is None:
        return whole
    return Span(max(whole.start, quote.start), min(whole.end, quote.end))


def _is_speaker(line: Line, topic: Heard) -> bool:
    """Tell whether the words only name who speaks: "the head of the Russian delegation said", "Ankara said"."""
    return any(one.subject.first <= topic.first < one.subject.end for one, _ in line.said)


def _told_in_lead(lines: Sequence[Line], published: date) -> When | None:
    """Return the day on which the story's first sentences set it, where it is just before the publication."""
    for line in lines[:4]:
        words = [token for token, quoted in zip(line.tokens, line.quoted, strict=True) if not quoted]
        found = when_in(words, published, None)
        if found and found.date.first and (published - found.date.first).days <= 3:
            return When(found.date, "inherited")
    return None


def _is_scene(hearing: Hearing, topic: Heard, topics: Sequence[Heard]) -> bool:
    """Tell whether talks, or the place where they are held, only set the scene: "said after the talks in Istanbul"."""
    before = [other for other in topics if other.first < topic.first and other.issue != topic.issue]
    noun = before[-1] if topic.element and before and topic.first - before[-1].end <= 8 else topic
    return hearing.is_background(noun.first)


def _time_words(line: Line, one: Attribution) -> list[Any]:
    """Return the words beside a verb of speaking where a time would be when it was said, not what was said."""
    tokens = line.tokens
    opening = tokens[: min(one.subject.first, one.verb)] if not one.tail else []
    after = tokens[one.after :] if one.tail else tokens[one.after : one.after + 7]
    most = min(len(after), 9) if one.tail else len(after)
    ends = ("that", '"', "“", "”", "‘")
    stop = next((n for n in range(most) if after[n].low in ends or line.quoted[one.after + n]), most)
    between = tokens[one.subject.end : one.verb] if one.subject.end < one.verb else []
    return [*after[:stop], *between, *(token for n, token in enumerate(opening) if not line.quoted[n])]


def _published(document: Document) -> When:
    return When(PartialDate.of(document.published_on.last), "document")


def _settled(claims: Iterable[tuple[Found, Reading]]) -> list[Found]:
    """Of several readings of the same holder, issue and element in one sentence keep the one that says most."""
    best: dict[tuple[object, ...], tuple[int, Found]] = {}
    for claim, reading in claims:
        key = (claim.holder, claim.issue, claim.element, claim.voice)
        weight = 0 if claim.stance is None else 10 * (reading.kind != "act") + abs(claim.stance) + 5 * claim.direct
        if key not in best or weight > best[key][0]:
            best[key] = (weight, claim)
    return [claim for _, claim in best.values()]


def _merged(claims: Sequence[Found], text: str) -> list[Found]:
    """Make one claim of neighbouring sentences of the same quotation that say the same."""
    kept: list[Found] = []
    for claim in sorted(claims, key=lambda claim: claim.span):
        for place in range(len(kept) - 1, max(-1, len(kept) - 7), -1):
            other = kept[place]
            same = (other.voice, other.holder, other.issue, other.element, other.direct) == (
                claim.voice, claim.holder, claim.issue, claim.element, claim.direct)  # fmt: skip
            gap = text[other.span.end : claim.span.start]
            if (
                same
                and claim.direct
                and not gap.strip()
                and (other.stance == claim.stance or None in (other.stance, claim.stance))
            ):
                stance = claim.stance if other.stance is None else other.stance
                kept[place] = Found(
                    **{**_fields(other), "stance": stance, "span": Span(other.span.start, claim.span.end)}
                )
                break
        else:
            kept.append(claim)
    return kept


def _fields(claim: Found) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in Found.__dataclass_fields__}
