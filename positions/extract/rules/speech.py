"""Verbs of speaking in a sentence, and which of its words are spoken."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from positions.extract.language.english import English, english_words
from positions.extract.language.phrases import Match, Phrases, Token
from positions.extract.rules.mentions import Mention

REPORT: Final = "report"
"""The kind of verbs that only say that something is said."""
_SPOKEN: Final = 4
"""The fewest words of a quotation that is an utterance, not a single word in quotation marks."""


class TaggedTokens(NamedTuple):
    """A sentence's tokens, who is named in them in order, and for each token whether it is part of an utterance."""

    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    quoted: Sequence[bool]

    def low(self, index: int) -> str:
        """Return a token in lower case; an empty text behind the sentence's end."""
        return self.tokens[index].low if index < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The language's words of speaking, compiled for search in tokens."""

    verbs: Phrases[str]
    according: Phrases[bool]
    own: Phrases[bool]
    prepositions: frozenset[str]
    breaks: frozenset[str]
    agencies: Phrases[bool]
    holders: Phrases[bool]


def speech_words(words: English | None = None) -> SpeechWords:
    """Compile the language's words of speaking."""
    words = words or english_words()
    return SpeechWords(
        Phrases((term, group.kind) for group in words.speech for term in group.terms),
        Phrases((term, True) for term in words.passing.sources),
        Phrases((term, True) for term in words.passing.own),
        words.passing.prepositions,
        words.passing.breaks,
        Phrases((term, True) for term in words.passing.agencies),
        Phrases((term, True) for term in words.persons.spokespersons),
    )


def find_verbs(tagged: TaggedTokens, words: SpeechWords) -> list[Match[str]]:
    """Find verbs of speaking outside quotations; not nouns ("the offer"), infinitives, or adjectives."""
    grammar, suffixes = english_words().grammar, english_words().suffixes
    before_nouns = grammar.determiners | grammar.noun_markers
    verbs: dict[int, Match[str]] = {}
    for match in words.verbs.find(tagged.tokens):
        before = tagged.tokens[match.first - 1].low if match.first else ""
        low = tagged.tokens[match.first].low
        bare = before in words.prepositions and not low.endswith(suffixes.participle)
        relative = before in grammar.content and low.endswith(suffixes.finite)
        noun = before in before_nouns and not relative
        # "Peskov, who was asked", "Asked whether".
        asked = match.value == "demand" and (before in grammar.passives or not match.first)
        passive = low.endswith(suffixes.past) and (asked or tagged.low(match.end) in english_words().holding.agents)
        if (
            passive
            or tagged.quoted[match.first]
            or bare
            or before in grammar.infinitive
            or noun
            or low.endswith((*suffixes.noun, *suffixes.adverb))
        ):
            continue
        other = verbs.get(match.first)
        # "Called for a truce" demands one; "called it a sham" only reports.
        rank = (match.value != REPORT, match.end)
        if other is None or (other.value != REPORT, other.end) < rank:
            verbs[match.first] = match
    return [verbs[first] for first in sorted(verbs)]


def skip_auxiliaries(tokens: Sequence[Token], verb: int, low: int) -> int:
    """Return the token at which a verb's auxiliaries and adverbs begin, not before ``low``."""
    words = english_words()
    auxiliaries, adverb = words.grammar.auxiliaries, words.suffixes.adverb
    index = verb
    while index > low and (tokens[index - 1].low in auxiliaries or tokens[index - 1].low.endswith(adverb)):
        index -= 1
    return index


def flag_spoken(tokens: Sequence[Token], quotes: Sequence[tuple[int, int]]) -> list[bool]:
    """Return for each token whether it is quoted from an utterance, not a word or two in quotation marks.

    ``quotes`` are half-open spans in code points.
    """
    flags = [False] * len(tokens)
    starts = [token.start for token in tokens]
    for start, end in quotes:
        inside = range(bisect_left(starts, start), bisect_left(starts, end))
        words = sum(1 for index in inside if tokens[index].text[0].isalnum())
        if words >= _SPOKEN or (inside and inside[0] == 0):
            for index in inside:
                flags[index] = True
    return flags
