"""Whose words: the voice behind each sentence of a document, carried on by pronouns and open quotations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from positions.extract.language.english import english_words
from positions.extract.language.phrases import tokenize
from positions.extract.language.sentences import Sentence
from positions.extract.rules.attributed_sentence import AttributedSentence, SpeakerRef
from positions.extract.rules.attribution import Attribution, find_attributions
from positions.extract.rules.clauses import find_clauses
from positions.extract.rules.lead_ins import find_lead_in
from positions.extract.rules.mentions import Mention, NameIndex, backers, joined_mentions
from positions.extract.rules.speech import SpeechWords, TaggedTokens, flag_spoken
from positions.model.statement import UNKNOWN_SPEAKER

_OPENING: Final = 8
"""Words from a sentence's beginning within which a name is what it is about."""
_AROUND: Final = 7
"""Sentences on each side among which a quotation's attribution is looked for."""


def attribute_sentences(
    text: str, sentences: Sequence[Sentence], names: NameIndex, words: SpeechWords, day: date
) -> list[AttributedSentence]:
    """Find who speaks in each sentence of a document that was published on a day."""
    lines: list[AttributedSentence] = []
    for sentence in sentences:
        tokens = tokenize(text, *sentence.span)
        quoted = flag_spoken(tokens, sentence.quotes)
        mentions = names.find_mentions(tokens, day)
        clauses = find_clauses(tokens, mentions)
        lines.append(AttributedSentence(sentence, tokens, mentions, quoted, [], clauses=clauses))
    _resolve_pairs(lines)
    memory = _SpeakerMemory(names, day)
    labels = _TranscriptLabels(text, names, day)
    for line in lines:
        line.carried = labels.read_voice(line)
        for attribution in find_attributions(TaggedTokens(line.tokens, line.mentions, line.quoted), words):
            if line.sentence.heading and attribution.kind not in ("report", "accusation"):
                continue
            if voice := memory.voice_of(attribution, line):
                line.attributions.append((attribution, voice))
        memory.remember(line)
    _carry_voices(lines, memory)
    return lines


def _resolve_pairs(lines: Sequence[AttributedSentence]) -> None:
    """Let "the two leaders" be those of the two parties that were named last, and "both sides" too if those act."""
    people = english_words().persons.people
    pair: tuple[str, ...] = ()
    for line in lines:
        for number, mention in enumerate(line.mentions):
            is_pair = mention.kind == "they" and mention.end - mention.first > 1
            if pair and is_pair and line.tokens[mention.end - 1].low in people:
                line.mentions[number] = mention._replace(parties=pair)
        named = [one for one in line.mentions if one.kind in ("person", "official") and one.parties]
        parties = tuple(dict.fromkeys(party for one in named for party in one.parties))
        if parties:
            pair = parties if len(parties) == 2 else ()


class _SpeakerMemory:
    """Who was named and who spoke last, for the pronouns that follow."""

    def __init__(self, names: NameIndex, day: date) -> None:
        self._names = names
        self._day = day
        self._spoke: SpeakerRef | None = None
        self._named: SpeakerRef | None = None
        self._named_later = False

    def voice_of(self, attribution: Attribution, line: AttributedSentence) -> SpeakerRef | None:
        """Return who speaks in an attribution of a sentence; ``None`` if a pronoun stands for nobody named before."""
        subject = attribution.subject
        if attribution.name:
            return SpeakerRef(UNKNOWN_SPEAKER, None, attribution.name)
        is_it = line.tokens[subject.first].low in english_words().persons.it
        if is_it and (party := self._party_before(line, subject)):
            return party
        if subject.kind in ("he", "anaphor"):
            if subject.kind == "he" and self._spoke is None:
                before = [one for one in line.mentions if one.kind == "person" and one.end <= subject.first]
                if before:
                    # "Erdogan offered to host Zelensky, according to his office": the subject's, not the nearest one's.
                    is_owner = line.tokens[subject.first].low in english_words().grammar.possessive_pronouns
                    return self._speaker_of(before[0 if is_owner else -1])
            return self._named if self._named_later or self._spoke is None else self._spoke
        if subject.kind == "they" and subject.end - subject.first == 1:
            return self._spoke
        if subject.kind in ("they", "official") and len(subject.parties) > 1:
            return self._speaker_of_several(subject.parties)
        if subject.kind == "stranger":
            return SpeakerRef(UNKNOWN_SPEAKER, None)
        joined = joined_mentions(line.tokens, line.mentions, subject) + backers(line.tokens, line.mentions, subject)
        others = (self._speaker_of(one) for one in joined if one.kind in ("person", "party", "official"))
        voice = self._speaker_of(subject)
        return voice and voice._replace(beside=tuple(one for one in others if one))

    def voice_of_list(self, lead_in: AttributedSentence) -> SpeakerRef | None:
        """Return whose list a sentence introduces: that of its last voice, else of who is named first."""
        if lead_in.voice:
            return lead_in.attributions[-1][1] if lead_in.attributions else lead_in.carried
        named = (one for one in lead_in.mentions if one.kind in ("person", "party", "official"))
        first = next(named, None)
        return first and self._speaker_of(first)

    def _speaker_of_several(self, parties: Sequence[str]) -> SpeakerRef:
        """Return the governments of parties that say something together, the first with the others beside it."""
        first, *others = (SpeakerRef(self._names.government_of(one) or UNKNOWN_SPEAKER, one) for one in parties)
        return first._replace(beside=tuple(others))

    def _party_before(self, line: AttributedSentence, subject: Mention) -> SpeakerRef | None:
        before = [one for one in line.mentions if one.kind in ("party", "official") and one.end <= subject.first]
        return self._speaker_of(before[0]) if before else None

    def _speaker_of(self, mention: Mention) -> SpeakerRef | None:
        party = mention.parties[0] if len(mention.parties) == 1 else None
        if mention.speaker:
            return SpeakerRef(mention.speaker, self._names.party_of(mention.speaker, self._day) or party)
        if party and (government := self._names.government_of(party)):
            return SpeakerRef(government, party)
        return SpeakerRef(UNKNOWN_SPEAKER, None) if mention.kind == "official" else None

    def remember(self, line: AttributedSentence) -> None:
        """Take in who is named and who speaks in a sentence."""
        for mention in line.mentions:
            opens = mention.first <= _OPENING or line.tokens[mention.first - 1].low == ","
            opens = (opens or self._named is None) and not line.quoted[mention.first]
            if mention.kind == "person" and opens and (voice := self._speaker_of(mention)):
                self._named, self._named_later = voice, not line.sentence.heading
                break
        people = [
            voice
            for attribution, voice in line.attributions
            if attribution.subject.kind in ("person", "he", "anaphor", "official", "party") or attribution.name
        ]
        if people:
            self._spoke, self._named_later = people[-1], False


class _TranscriptLabels:
    """The voices that a transcript's labels name: "FOMIN (translated):" speaks until the next label."""

    def __init__(self, text: str, names: NameIndex, day: date) -> None:
        self._text = text
        self._names = names
        self._day = day

    def read_voice(self, line: AttributedSentence) -> SpeakerRef | None:
        """Return whom a sentence's label names, and mark all of its words as spoken; ``None`` without a known name."""
        label = line.sentence.label
        if label is None:
            return None
        named = tokenize(self._text[label.start : label.end].title())
        people = [mention for mention in self._names.find_mentions(named, self._day) if mention.speaker]
        if not people:
            return None
        party = people[-1].parties[0] if len(people[-1].parties) == 1 else None
        line.quoted[:] = [True] * len(line.quoted)
        return SpeakerRef(str(people[-1].speaker), party)


def _carry_voices(lines: list[AttributedSentence], memory: _SpeakerMemory) -> None:
    """Give sentences inside a quotation the voice of the sentence that attributes it, and items that of their list."""
    last: SpeakerRef | None = None
    for number, line in enumerate(lines):
        lead_in = None if line.attributions or line.carried else find_lead_in(lines, number)
        if lead_in is not None:
            line.carried = memory.voice_of_list(lead_in)
            continue
        if line.attributions:
            last = line.attributions[0][1]
            continue
        if not any(line.quoted) and number and not line.carried and _continues_report(lines[number - 1], line):
            # Free indirect speech: "The operation would go on."
            line.carried = last
            continue
        if not any(line.quoted) or line.carried:
            continue
        voice = _find_quotation_voice(lines, number) or last
        line.carried = voice
        last = voice or last


def _continues_report(before: AttributedSentence, line: AttributedSentence) -> bool:
    """Return whether a sentence continues what the one before reports, without an attribution of its own."""
    is_report = before.attributions or (before.carried and not before.sentence.label)
    same_paragraph = line.sentence.paragraph == before.sentence.paragraph
    modal = any(token.low in english_words().grammar.modals for token in line.tokens)
    return bool(is_report) and same_paragraph and modal and not line.sentence.heading


def _find_quotation_voice(lines: list[AttributedSentence], number: int) -> SpeakerRef | None:
    """Look for a quotation's attribution in its other sentences, then in the sentence before and the one after."""
    line = lines[number]
    quoted_tokens = [token for token, quoted in zip(line.tokens, line.quoted, strict=True) if quoted]
    quotes = [quote for quote in line.sentence.quotes if any(quote.contains(token.start) for token in quoted_tokens)]
    behind = range(number + 1, min(len(lines), number + _AROUND + 1))
    for other in (*behind, *range(number - 1, max(-1, number - _AROUND - 1), -1)):
        if any(quote in lines[other].sentence.quotes for quote in quotes) and lines[other].attributions:
            voice: SpeakerRef = lines[other].attributions[0][1]
            return voice
    before = lines[number - 1] if number else None
    if before and before.attributions and before.tokens[-1].low == ":":
        return before.attributions[-1][1]
    following = lines[number + 1] if number + 1 < len(lines) else None
    if following and following.attributions and following.sentence.paragraph == line.sentence.paragraph:
        first, voice = following.attributions[0]
        if first.tail or first.subject.kind == "he":
            return voice
    return None
