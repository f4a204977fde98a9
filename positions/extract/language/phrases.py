"""Words and signs of a text, and search for lists of phrases among them, in linear time.

A phrase is written as people write it, with three signs: ``negotiat*`` stands for every word with that beginning,
``a|b`` for either word, and ``~`` for up to four words in between. Case is ignored unless a list is ``cased``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import compress
from typing import Final, Generic, NamedTuple, TypeVar

from positions.language.reading_words import english_reading, word_pattern

T = TypeVar("T")

_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'"})
GAP: Final = 4
"""The most words that ``~`` stands for."""
MOST_WORDS: Final = 20_000
"""The most first words whose continuations are remembered."""
_GAP: Final = "~"
_STOPS: Final = frozenset(".;:«»!?()")
"""Signs that ``~`` never skips."""


class Token(NamedTuple):
    """A word or a sign: as written, in lower case with straight apostrophes, and its half-open span in code points."""

    text: str
    low: str
    start: int
    end: int


class Match(NamedTuple, Generic[T]):
    """An occurrence of a phrase: its first token, the one after its last, and the phrase's value."""

    first: int
    end: int
    value: T


class TokenLine(tuple[Token, ...]):
    """The tokens of a sentence, which are spelled out once for all lists that are searched in it."""

    @cached_property
    def lower(self) -> list[str]:
        """The tokens in lower case."""
        return [token.low for token in self]

    @cached_property
    def cased(self) -> list[str]:
        """The tokens with their capital letters."""
        return _with_capitals(self)


def tokenize(text: str, start: int = 0, end: int | None = None) -> TokenLine:
    """Cut a stretch of text into tokens; hyphens and a possessive ``'s`` are tokens of their own."""
    matches = _token().finditer(text, start, len(text) if end is None else end)
    words = [(match[0], *match.span()) for match in matches]
    return TokenLine(
        [
            Token(word, word.lower() if word.isascii() else word.lower().translate(_STRAIGHT), first, last)
            for word, first, last in words
        ]
    )


def _with_capitals(tokens: Iterable[Token]) -> list[str]:
    return [token.text if token.text.isascii() else token.text.translate(_STRAIGHT) for token in tokens]


@cache
def _token() -> re.Pattern[str]:
    """Return the pattern of a token; the words that an apostrophe joins are English."""
    words = english_reading()
    contraction, genitive = word_pattern(words.contractions), word_pattern(words.genitives)
    return re.compile(
        rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:['’](?:{contraction})\b)?|['’](?:{genitive})\b|[^\w\s]|_", re.IGNORECASE
    )


class _Remembered(dict[str, tuple[T, ...]]):
    """What words lead to, worked out once each, since a language repeats its words."""

    def __init__(self, read: Callable[[str], tuple[T, ...]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, word: str) -> tuple[T, ...]:
        if len(self) >= MOST_WORDS:
            self.clear()
        result = self[word] = self._read(word)
        return result


@dataclass(slots=True)
class _Node(Generic[T]):
    """A place in the tree; ``following`` is by a word, or by a stem with its ``*``."""

    following: dict[str, _Node[T]] = field(default_factory=dict)
    gap: _Node[T] | None = None
    values: list[T] = field(default_factory=list)


class Phrases(Generic[T]):
    """A set of phrases, each with a value, compiled into a tree of words."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, cased: bool = False) -> None:
        self._cased = cased
        self._root: _Node[T] = _Node()
        self._known: set[str] = set()
        for phrase, value in phrases:
            for words in _expand_alternatives(phrase if cased else phrase.lower()):
                self._add(words, value)
        self._sizes = sorted({len(word) - 1 for word in self._known if word.endswith("*")})
        self._spellings = _Remembered(self._spell)
        self._openings = _Remembered(self._open)

    def _add(self, words: Sequence[str], value: T) -> None:
        node = self._root
        for word in words:
            if word == _GAP:
                node.gap = node = node.gap or _Node()
            else:
                self._known.add(word)
                node = node.following.setdefault(word, _Node())
        if value not in node.values:
            node.values.append(value)

    def _spell(self, key: str) -> tuple[str, ...]:
        """Return what a word stands for in phrases: itself, stems, the shortest first, and ``~`` if it stops a gap."""
        stems = (f"{key[:size]}*" for size in self._sizes if size <= len(key))
        known = [word for word in (key, *stems) if word in self._known]
        return (*known, _GAP) if key in _STOPS else tuple(known)

    def _open(self, key: str) -> tuple[_Node[T], ...]:
        """Return where the phrases go on that a word begins; most begin none."""
        following = self._root.following
        return tuple([following[word] for word in self._spellings[key] if word in following])

    def find(self, tokens: Sequence[Token]) -> list[Match[T]]:
        """Return all matches in order of their first token; for each value the longest one from there."""
        return [Match(*match) for match in self.search(tokens)]

    def search(self, tokens: Sequence[Token]) -> list[tuple[int, int, T]]:
        """Return the matches, as :meth:`find` does, as plain tuples."""
        keys, openings = self._keys(tokens), self._openings
        firsts = list(compress(range(len(keys)), map(openings.__getitem__, keys)))
        if not firsts:
            return []
        words = [*map(self._spellings.__getitem__, keys), ()]
        matches: list[tuple[int, int, T]] = []
        for first in firsts:
            ends: list[tuple[int, list[T]]] = []
            for node in openings[keys[first]]:
                _walk(words, first + 1, node, ends)
            if ends:
                matches.extend({id(value): (first, end, value) for end, values in ends for value in values}.values())
        return matches

    def may_begin_in(self, tokens: Sequence[Token]) -> bool:
        """Return whether a word opens one of the phrases: without one none is there, whatever stands around it."""
        return any(map(self._openings.__getitem__, self._keys(tokens)))

    def _keys(self, tokens: Sequence[Token]) -> list[str]:
        """Return the tokens as they are compared."""
        if isinstance(tokens, TokenLine):
            return tokens.cased if self._cased else tokens.lower
        return _with_capitals(tokens) if self._cased else [token.low for token in tokens]


class PhraseLists(Generic[T]):
    """Several sets of phrases under names, which are searched at once."""

    def __init__(self, lists: Mapping[str, Iterable[tuple[str, T]]], *, cased: bool = False) -> None:
        # A value has one pair in each list, however many phrases it has: by that the longest of them is known.
        pairs: dict[tuple[str, int], tuple[str, T]] = {}
        self._names = tuple(lists)
        self._phrases = Phrases(
            [
                (phrase, pairs.setdefault((name, id(value)), (name, value)))
                for name, phrases in lists.items()
                for phrase, value in phrases
            ],
            cased=cased,
        )

    def find(self, tokens: Sequence[Token]) -> dict[str, list[Match[T]]]:
        """Return the matches of each list, as :meth:`Phrases.find` does."""
        matches: dict[str, list[Match[T]]] = {name: [] for name in self._names}
        for first, end, (name, value) in self._phrases.search(tokens):
            matches[name].append(Match(first, end, value))
        return matches


def _walk(words: Sequence[Sequence[str]], at: int, node: _Node[T], ends: list[tuple[int, list[T]]]) -> None:
    """Add the ends of phrases, with their values, that continue from a node at a token.

    ``words`` are what each token stands for; behind the last one stands nothing.
    """
    if node.values:
        ends.append((at, node.values))
    if node.gap is not None:
        _walk_gap(words, at, node.gap.following, ends)
    following = node.following
    if following:
        for word in words[at]:
            if word in following:
                _walk(words, at + 1, following[word], ends)


def _walk_gap(
    words: Sequence[Sequence[str]], at: int, following: Mapping[str, _Node[T]], ends: list[tuple[int, list[T]]]
) -> None:
    """Add the ends of phrases that go on with one of some words, at a token or up to :data:`GAP` words behind it."""
    for index, choices in enumerate(words[at : at + GAP + 1], at + 1):
        for word in choices:
            if word in following:
                _walk(words, index, following[word], ends)
            elif word == _GAP:
                return


def keep_outermost(matches: Iterable[Match[T]]) -> list[Match[T]]:
    """Return the matches that no other one covers, in order."""
    outermost: list[Match[T]] = []
    end = -1
    for match in sorted(matches, key=lambda match: (match.first, -match.end)):
        if match.end > end:
            outermost.append(match)
            end = match.end
    return outermost


def _expand_alternatives(phrase: str) -> Iterator[list[str]]:
    """Write out a phrase's alternatives as lists of tokens."""
    spellings: list[list[str]] = [[]]
    for word in phrase.split():
        choices = [_split_word(choice) for choice in word.split("|")]
        spellings = [[*before, *choice] for before in spellings for choice in choices]
    yield from spellings


@lru_cache(maxsize=8192)
def _split_word(word: str) -> tuple[str, ...]:
    """Return a word's tokens; kept, since the phrases of a language repeat their words."""
    if word == _GAP:
        return (word,)
    stem = word.endswith("*")
    pieces = [match[0].translate(_STRAIGHT) for match in _token().finditer(word.rstrip("*"))]
    if stem and pieces:
        pieces[-1] += "*"
    return tuple(pieces)
