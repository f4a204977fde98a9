"""Where a topic's noun phrase stands in its sentence: what governs it, and what it only describes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token

_LONGEST: Final = 8
"""The most words of a noun phrase before its last."""

PhraseRole: TypeAlias = Literal[
    "opening",
    "object",
    "joined",
    "infinitive",
    "scene",
    "wait",
    "purpose",
    "matter",
    "place",
    "company",
    "means",
    "likeness",
]
"""What governs a noun phrase: nothing (it opens a clause), a verb, "and", "to", or one kind of preposition."""


class Governor(NamedTuple):
    """What governs a noun phrase, where the phrase begins, and whether it stands behind another one and "of"."""

    role: PhraseRole
    start: int
    is_part: bool


def governor_of(tokens: Sequence[Token], first: int, verbs: Collection[int]) -> Governor:
    """Return what governs the noun phrase with the token ``first``; ``verbs`` are tokens that are no part of one.

    "In the next round of talks" stands behind "in", as its outermost noun does.
    """
    start, is_part = _phrase_start(tokens, first, verbs), False
    words = english_words().governors
    while start > 1 and tokens[start - 1].low in words.parts and start - 1 not in verbs:
        if role := _roles().get(tokens[start - 2].low):
            return Governor(role, start, is_part)  # "ahead of"
        start, is_part = _phrase_start(tokens, start - 2, verbs), True
    return Governor(_role_at(tokens, start), start, is_part)


def is_described(tokens: Sequence[Token], end: int, verbs: Collection[int]) -> bool:
    """Return whether a noun right behind the tokens before ``end`` makes them describe it: "ceasefire talks"."""
    words = english_words()
    if end >= len(tokens) or end in verbs:
        return False
    token = tokens[end]
    if not token.text.isalpha() or not token.text.islower():
        return False
    return token.low not in _outside_phrases() and not token.low.endswith(
        (*words.suffixes.past, *words.suffixes.adverb)
    )


def is_hyphened(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a hyphen joins a token to the word before it, without blanks."""
    if index < 2 or tokens[index - 1].low not in english_words().grammar.hyphens:
        return False
    return tokens[index - 2].end == tokens[index - 1].start and tokens[index - 1].end == tokens[index].start


def _role_at(tokens: Sequence[Token], start: int) -> PhraseRole:
    """Return what the word before a noun phrase makes of it."""
    before = tokens[start - 1].low if start else ""
    if role := _roles().get(before):
        return role
    return "object" if before[:1].isalnum() and before not in english_words().passing.breaks else "opening"


@cache
def _roles() -> Mapping[str, PhraseRole]:
    """Return what each word before a noun phrase makes of it."""
    words, grammar = english_words().governors, english_words().grammar
    kinds: tuple[tuple[PhraseRole, Collection[str]], ...] = (
        ("joined", grammar.coordinators | words.joints),
        ("infinitive", grammar.infinitive),
        ("likeness", words.likenesses),
        ("means", words.means),
        ("company", words.company),
        ("place", words.places),
        ("matter", words.matters),
        ("purpose", words.purposes),
        ("wait", words.waits),
        ("scene", words.scenes),
    )
    return {low: role for role, lows in kinds for low in lows}


def _phrase_start(tokens: Sequence[Token], last: int, verbs: Collection[int]) -> int:
    """Return the first token of the noun phrase that ends with a token."""
    outside = _outside_phrases()
    start = last
    while start > max(0, last - _LONGEST):
        before = tokens[start - 1]
        is_word = before.text[:1].isalnum() or before.text in ("-", "'s", "’s")
        if not is_word or before.low in outside or start - 1 in verbs:
            break
        start -= 1
    return start


@cache
def _outside_phrases() -> frozenset[str]:
    """Return the words that are never part of a noun phrase."""
    words = english_words()
    passing, grammar, governors = words.passing, words.grammar, words.governors
    links = grammar.infinitive | grammar.content | grammar.coordinators | grammar.contrasts
    openers = governors.scenes | governors.waits | governors.joints | governors.likenesses | governors.company
    return passing.prepositions | passing.breaks | grammar.auxiliaries | grammar.modals | links | openers
