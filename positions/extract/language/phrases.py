"""Tokens, and search for lists of phrases in them, in linear time.

A phrase is written as people write it, with three signs: ``negotiat*`` stands for every word with that beginning,
``a|b`` for either word, and ``~`` for up to four words in between. Case is ignored unless a list is ``cased``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from positions.language.reading_words import english_reading, word_pattern

T = TypeVar("T")

_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'"})
GAP: Final = 4
"""The most words that ``~`` stands for."""
MOST_WORDS: Final = 20_000
"""The most first words whose continuations are remembered."""
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


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut a stretch of text into tokens; hyphens and a possessive ``'s`` are tokens of their own."""
    matches = _token().finditer(text, start, len(text) if end is None else end)
    return [Token(m[0], m[0].lower().translate(_STRAIGHT), m.start(), m.end()) for m in matches]


@cache
def _token() -> re.Pattern[str]:
    """Return the pattern of a token; the words that an apostrophe joins are English."""
    words = english_reading()
    contraction, genitive = word_pattern(words.contractions), word_pattern(words.genitives)
    return re.compile(
        rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:['’](?:{contraction})\b)?|['’](?:{genitive})\b|[^\w\s]|_", re.IGNORECASE
    )


@dataclass(slots=True)
class _Node(Generic[T]):
    words: dict[str, _Node[T]] = field(default_factory=dict)
    stems: dict[str, _Node[T]] = field(default_factory=dict)
    sizes: tuple[int, ...] = ()
    gap: _Node[T] | None = None
    values: list[T] = field(default_factory=list)


class Phrases(Generic[T]):
    """A set of phrases, each with a value, compiled into a tree of words."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, cased: bool = False) -> None:
        self._cased = cased
        self._root: _Node[T] = _Node()
        for phrase, value in phrases:
            for words in _expand_alternatives(phrase if cased else phrase.lower()):
                self._add(words, value)
        self._firsts: dict[str, tuple[_Node[T], ...]] = {}
        self._others: set[str] = set()

    def _add(self, words: Sequence[str], value: T) -> None:
        node = self._root
        for word in words:
            if word == "~":
                following = node.gap = node.gap or _Node()
            elif word.endswith("*"):
                if len(word) - 1 not in node.sizes:
                    node.sizes = tuple(sorted({*node.sizes, len(word) - 1}))
                following = _enter(node.stems, word[:-1])
            else:
                following = _enter(node.words, word)
            node = following
        if value not in node.values:
            node.values.append(value)

    def find(self, tokens: Sequence[Token]) -> list[Match[T]]:
        """Return all matches in order of their first token; for each value the longest one from there."""
        keys = [token.text.translate(_STRAIGHT) for token in tokens] if self._cased else [token.low for token in tokens]
        matches: list[Match[T]] = []
        others = self._others
        # Most words begin no phrase: they are passed over quickly.
        for first in [index for index, key in enumerate(keys) if key not in others]:
            if nodes := self._firsts.get(keys[first]) or self._remember(keys[first]):
                longest: dict[int, Match[T]] = {}
                for start in nodes:
                    for end, node in self._walk(keys, first + 1, start):
                        for value in node.values:
                            longest[id(value)] = Match(first, end, value)
                matches.extend(longest.values())
        return matches

    def _remember(self, key: str) -> tuple[_Node[T], ...]:
        """Remember what a first word leads to, or that it leads nowhere, since a language repeats its words."""
        if len(self._firsts) + len(self._others) > MOST_WORDS:
            self._firsts.clear()
            self._others.clear()
        if nodes := tuple(_follow(self._root, key)):
            self._firsts[key] = nodes
        else:
            self._others.add(key)
        return nodes

    def _walk(self, keys: Sequence[str], at: int, node: _Node[T]) -> Iterator[tuple[int, _Node[T]]]:
        """Yield the ends of phrases, with their nodes, that continue from a node at a token."""
        if node.values:
            yield at, node
        if node.gap is not None:
            for index in range(at, min(at + GAP + 1, len(keys))):
                for following in _follow(node.gap, keys[index]):
                    yield from self._walk(keys, index + 1, following)
                if keys[index] in _STOPS:
                    break
        if at < len(keys) and (node.words or node.stems):
            for following in _follow(node, keys[at]):
                yield from self._walk(keys, at + 1, following)


def _enter(nodes: dict[str, _Node[T]], word: str) -> _Node[T]:
    """Return the node of a word, a new one if there is none: most phrases begin like another."""
    if (node := nodes.get(word)) is None:
        node = nodes[word] = _Node()
    return node


def _follow(node: _Node[T], key: str) -> list[_Node[T]]:
    """Return the nodes that a word leads to."""
    nodes = [node.words[key]] if key in node.words else []
    nodes += [node.stems[key[:size]] for size in node.sizes if key[:size] in node.stems and size <= len(key)]
    return nodes


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
    if word == "~":
        return (word,)
    stem = word.endswith("*")
    pieces = [match[0].translate(_STRAIGHT) for match in _token().finditer(word.rstrip("*"))]
    if stem and pieces:
        pieces[-1] += "*"
    return tuple(pieces)
