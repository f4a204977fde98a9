"""TokenLine, and search for lists of phrases in them, in linear time.

A phrase is written as people write it, with three signs: ``negotiat*`` stands for every word with that beginning,
``a|b`` for either word, and ``~`` for up to four words in between. Case is ignored unless a list is ``cased``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
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


class Spelling(NamedTuple):
    """TokenLine as keys of a search: each as it is compared, and all that occur."""

    keys: tuple[str, ...]
    vocabulary: frozenset[str]


class TokenLine(tuple[Token, ...]):
    """The tokens of a sentence, whose spellings are written out once for all lists that are searched in it."""

    @cached_property
    def lower(self) -> Spelling:
        """The tokens in lower case."""
        keys = tuple([token.low for token in self])
        return Spelling(keys, frozenset(keys))

    @cached_property
    def cased(self) -> Spelling:
        """The tokens with their capital letters."""
        keys = tuple([token.text if token.text.isascii() else token.text.translate(_STRAIGHT) for token in self])
        return Spelling(keys, frozenset(keys))


def tokenize(text: str, start: int = 0, end: int | None = None) -> TokenLine:
    """Cut a stretch of text into tokens; hyphens and a possessive ``'s`` are tokens of their own."""
    matches = _token().finditer(text, start, len(text) if end is None else end)
    return TokenLine([Token(m[0], _lower(m[0]), *m.span()) for m in matches])


def _lower(word: str) -> str:
    return word.lower() if word.isascii() else word.lower().translate(_STRAIGHT)


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
        keys, vocabulary = self._spell(tokens)
        openers = self._openers(vocabulary)
        if not openers:
            return []
        matches: list[Match[T]] = []
        for first in [index for index, key in enumerate(keys) if key in openers]:
            longest: dict[int, Match[T]] = {}
            for start in self._firsts[keys[first]]:
                for end, values in _walk(keys, first + 1, start):
                    for value in values:
                        longest[id(value)] = Match(first, end, value)
            matches.extend(longest.values())
        return matches

    def may_begin_in(self, tokens: Sequence[Token]) -> bool:
        """Return whether a word opens one of the phrases: without one none is there, whatever stands around it."""
        return bool(self._openers(self._spell(tokens).vocabulary))

    def _spell(self, tokens: Sequence[Token]) -> Spelling:
        known = tokens if isinstance(tokens, TokenLine) else TokenLine(tokens)
        return known.cased if self._cased else known.lower

    def _openers(self, vocabulary: frozenset[str]) -> Iterable[str]:
        """Return those words that begin a phrase. Most begin none, which is remembered."""
        openers = vocabulary - self._others
        if new := openers.difference(self._firsts):
            self._remember(new)
            openers = openers - self._others
        return openers

    def _remember(self, words: Iterable[str]) -> None:
        """Remember what first words lead to, or that they lead nowhere, since a language repeats its words."""
        if len(self._firsts) + len(self._others) > MOST_WORDS:
            self._firsts.clear()
            self._others.clear()
        for word in words:
            if nodes := tuple(_follow(self._root, word)):
                self._firsts[word] = nodes
            else:
                self._others.add(word)


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
        for first, end, (name, value) in self._phrases.find(tokens):
            matches[name].append(Match(first, end, value))
        return matches


def _walk(keys: Sequence[str], at: int, node: _Node[T]) -> list[tuple[int, list[T]]]:
    """Return the ends of phrases, with their values, that continue from a node at a token."""
    ends: list[tuple[int, list[T]]] = []
    while True:
        if node.values:
            ends.append((at, node.values))
        if node.gap is not None:
            ends += _walk_gap(keys, at, node.gap)
        following = _follow(node, keys[at]) if at < len(keys) else []
        at += 1
        if len(following) != 1:
            break
        node = following[0]
    for branch in following:
        ends += _walk(keys, at, branch)
    return ends


def _walk_gap(keys: Sequence[str], at: int, node: _Node[T]) -> list[tuple[int, list[T]]]:
    """Return the ends of phrases that continue from a node at a token or up to :data:`GAP` words behind it."""
    ends: list[tuple[int, list[T]]] = []
    for index in range(at, min(at + GAP + 1, len(keys))):
        for following in _follow(node, keys[index]):
            ends += _walk(keys, index + 1, following)
        if keys[index] in _STOPS:
            break
    return ends


def _enter(nodes: dict[str, _Node[T]], word: str) -> _Node[T]:
    """Return the node of a word, a new one if there is none: most phrases begin like another."""
    if (node := nodes.get(word)) is None:
        node = nodes[word] = _Node()
    return node


def _follow(node: _Node[T], key: str) -> list[_Node[T]]:
    """Return the nodes that a word leads to."""
    whole = node.words.get(key)
    nodes = [] if whole is None else [whole]
    if node.sizes:
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
