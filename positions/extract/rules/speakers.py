"""Whose words: the voice behind each sentence of a document, carried on by pronouns and open quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from positions.extract.language.phrases import Token, tokenize
from positions.extract.language.sentences import Sentence, Span
from positions.extract.rules.attribution import Attribution, SpeechWords, find_attributions, flag_spoken
from positions.extract.rules.mentions import Mention, NameIndex
from positions.model.statement import UNKNOWN_SPEAKER

_MODALS = frozenset({"would", "must", "should", "could", "might", "cannot", "will", "ought"})


class SpeakerRef(NamedTuple):
    """A speaker: the codebook's id (``unknown`` for a stranger), the party spoken for, the name where unknown."""

    speaker: str
    party: str | None
    name: str = ""


@dataclass(slots=True)
class AttributedSentence:
    """A sentence: its tokens, who is named in it, which tokens are spoken, its attributions with their voices.

    ``carried`` is the voice of a quotation that another sentence attributes.
    """

    sentence: Sentence
    tokens: list[Token]
    mentions: list[Mention]
    quoted: list[bool]
    said: list[tuple[Attribution, SpeakerRef]]
    carried: SpeakerRef | None = None

    def quote_at(self, place: int) -> Span | None:
        """Return the quotation that a token lies in."""
        start = self.tokens[place].start
        return next((quote for quote in self.sentence.quotes if quote.holds(start)), None)


def voice_of(line: AttributedSentence) -> SpeakerRef | None:
    """Return the voice that a sentence is in, by its own attribution or by its quotation's."""
    return line.said[0][1] if line.said else line.carried


def attribute_sentences(
    text: str, found: Sequence[Sentence], directory: NameIndex, words: SpeechWords, day: date
) -> list[AttributedSentence]:
    """Read who speaks in each sentence of a document."""
    lines: list[AttributedSentence] = []
    for sentence in found:
        tokens = tokenize(text, *sentence.span)
        quoted = flag_spoken(tokens, sentence.quotes)
        mentions = directory.named_in(tokens, day)
        lines.append(AttributedSentence(sentence, tokens, mentions, quoted, []))
    memory = _SpeakerMemory(directory, day)
    labels = _TranscriptLabels(text, directory, day)
    for line in lines:
        line.carried = labels.voice(line)
        for one in find_attributions(line.tokens, line.mentions, line.quoted, words):
            if line.sentence.heading and one.kind not in ("report", "accusation"):
                continue
            if voice := memory.voice(one, line):
                line.said.append((one, voice))
        memory.read(line)
    _carry_voices(lines)
    return lines


class _SpeakerMemory:
    """Who was named and who spoke last, for the pronouns that follow."""

    def __init__(self, directory: NameIndex, day: date) -> None:
        self._directory = directory
        self._day = day
        self._spoke: SpeakerRef | None = None
        self._named: SpeakerRef | None = None
        self._later_named = False

    def voice(self, one: Attribution, line: AttributedSentence) -> SpeakerRef | None:
        subject = one.subject
        if one.name:
            return SpeakerRef(UNKNOWN_SPEAKER, None, one.name)
        if line.tokens[subject.first].low == "it" and (named := self._party_before(line, subject)):
            return named
        if subject.kind in ("he", "anaphor"):
            before = [m for m in line.mentions if m.kind == "person" and m.end <= subject.first]
            if subject.kind == "he" and self._spoke is None and before:
                return self._of(before[-1])
            return self._named if self._later_named or self._spoke is None else self._spoke
        if subject.kind == "they":
            return self._spoke if len(line.tokens[subject.first : subject.end]) == 1 else None
        if subject.kind == "stranger":
            return SpeakerRef(UNKNOWN_SPEAKER, None)
        return self._of(subject)

    def _party_before(self, line: AttributedSentence, subject: Mention) -> SpeakerRef | None:
        before = [m for m in line.mentions if m.kind in ("party", "official") and m.end <= subject.first]
        return self._of(before[0]) if before else None

    def _of(self, mention: Mention) -> SpeakerRef | None:
        party = mention.parties[0] if len(mention.parties) == 1 else None
        if mention.speaker:
            return SpeakerRef(mention.speaker, self._directory.speaker_party(mention.speaker, self._day) or party)
        if party and (government := self._directory.government(party)):
            return SpeakerRef(government, party)
        return SpeakerRef(UNKNOWN_SPEAKER, None) if mention.kind == "official" else None

    def read(self, line: AttributedSentence) -> None:
        for mention in line.mentions:
            opens = mention.first <= 8 or line.tokens[mention.first - 1].low == ","
            opens = (opens or self._named is None) and not line.quoted[mention.first]
            if mention.kind == "person" and opens and (voice := self._of(mention)):
                self._named, self._later_named = voice, not line.sentence.heading
                break
        people = [
            voice
            for one, voice in line.said
            if one.subject.kind in ("person", "he", "anaphor", "official", "party") or one.name
        ]
        if people:
            self._spoke, self._later_named = people[-1], False


class _TranscriptLabels:
    """The voices that a transcript's labels name: "FOMIN (translated):" speaks until the next label."""

    def __init__(self, text: str, directory: NameIndex, day: date) -> None:
        self._text = text
        self._directory = directory
        self._day = day

    def voice(self, line: AttributedSentence) -> SpeakerRef | None:
        label = line.sentence.label
        if label is None:
            return None
        named = tokenize(self._text[label.start : label.end].title())
        people = [m for m in self._directory.named_in(named, self._day) if m.speaker]
        if people:
            party = people[-1].parties[0] if len(people[-1].parties) == 1 else None
            line.quoted[:] = [True] * len(line.quoted)
            return SpeakerRef(str(people[-1].speaker), party)
        return None


def _carry_voices(lines: list[AttributedSentence]) -> None:
    """Give sentences inside a quotation the voice of the sentence that says whose it is."""
    last: SpeakerRef | None = None
    for number, line in enumerate(lines):
        if line.said:
            last = line.said[0][1]
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
    """Tell whether a sentence goes on with what the one before reports, without saying so."""
    told = before.said or (before.carried and not before.sentence.label)
    same = line.sentence.paragraph == before.sentence.paragraph
    modal = any(token.low in _MODALS for token in line.tokens)
    return bool(told) and same and modal and not line.sentence.heading


def _find_quotation_voice(lines: list[AttributedSentence], number: int) -> SpeakerRef | None:
    """Look for the attribution of a quotation in its other sentences, the one before, the one after."""
    own = lines[number]
    spans = [
        span
        for span in own.sentence.quotes
        if any(span.holds(t.start) for t, q in zip(own.tokens, own.quoted, strict=True) if q)
    ]
    for other in (*range(number + 1, min(len(lines), number + 8)), *range(number - 1, max(-1, number - 8), -1)):
        if any(span in lines[other].sentence.quotes for span in spans) and lines[other].said:
            voice: SpeakerRef = lines[other].said[0][1]
            return voice
    before = lines[number - 1] if number else None
    if before and before.said and before.tokens[-1].low == ":":
        return before.said[-1][1]
    following = lines[number + 1] if number + 1 < len(lines) else None
    if following and following.said and following.sentence.paragraph == own.sentence.paragraph:
        first = following.said[0][0]
        if first.tail or first.subject.kind in ("he",):
            return following.said[0][1]
    return None
