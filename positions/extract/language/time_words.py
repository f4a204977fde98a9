"""The words of time of a language, compiled for search in tokens: weekdays, months, numbers, phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from positions.extract.language.foreign_dates import foreign_month
from positions.extract.language.phrases import Token, tokenize
from positions.language.reading_words import ENGLISH, TimeWords, language_words
from positions.model.language import base_language

_NO_WORDS: Final = TimeWords(weekdays=("",) * 7)
"""Of a language without a file only the months are read, by the library."""
DAYS_BACK: Final = {
    "today": 0,
    "yesterday": 1,
    "day_before_yesterday": 2,
    "week_ago": 7,
    "two_weeks_ago": 14,
}
"""The phrases that name a day by how many days it is before the publication."""


class TimeMeaning(NamedTuple):
    """What some words of time mean, and where they end.

    ``kind`` is "weekday", "month", "ago_before" or one of the phrases' names; ``number`` counts weekdays from 0 and
    months from 1.
    """

    kind: str
    number: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeLexicon:
    """The words of time of one language, by their tokens."""

    language: str
    words: TimeWords
    meanings: dict[tuple[str, ...], tuple[str, int]]
    first_words: frozenset[str]
    longest: int

    def may_begin(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a time may begin at a token; most words of a text begin none."""
        if tokens[index].low in self.first_words or tokens[index].low.isdecimal():
            return True
        return self.language != ENGLISH and self._names_month(tokens, index)

    def read(self, tokens: Sequence[Token], index: int) -> TimeMeaning | None:
        """Return what the longest words of time that begin at a token mean; ``None`` if none begin there."""
        lows = [token.low for token in tokens[index : index + self.longest]]
        for size in range(len(lows), 0, -1):
            if meaning := self.meanings.get(tuple(lows[:size])):
                return TimeMeaning(*meaning, index + size)
        if self.language != ENGLISH and index < len(tokens) and self._names_month(tokens, index):
            month = foreign_month(tokens[index].low, self.language)
            return TimeMeaning("month", month, index + 1) if month else None
        return None

    def find_near(self, tokens: Sequence[Token], start: int, most: int) -> TimeMeaning | None:
        """Return the first meaning that begins at most ``most`` tokens behind a place."""
        meanings = (self.read(tokens, index) for index in range(start, min(start + most + 1, len(tokens))))
        return next((meaning for meaning in meanings if meaning), None)

    def _names_month(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a word stands where a month does, beside a number or behind "in", and the library knows it."""
        low, before = tokens[index].low, tokens[index - 1].low if index else ""
        beside = {before, *(token.low for token in tokens[index - 2 : index - 1] if index > 1)}
        beside |= {token.low for token in tokens[index + 1 : index + 3]}
        is_beside = any(word.isdigit() for word in beside) or before in self.words.before_months
        return is_beside and foreign_month(low, self.language) is not None


@cache
def time_lexicon(language: str = ENGLISH) -> TimeLexicon:
    """Return the words of time of a language, given by its tag in BCP 47; compiled once."""
    base = base_language(language)
    known = language_words(base)
    words = known.times if known and known.times else _NO_WORDS
    meanings = {tuple(token.low for token in tokenize(phrase)): value for phrase, value in _phrases(words)}
    meanings.pop((), None)
    first_words = frozenset({*words.numbers, *(tokens[0] for tokens in meanings)})
    return TimeLexicon(base, words, meanings, first_words, max(map(len, meanings), default=1))


def _phrases(words: TimeWords) -> Iterator[tuple[str, tuple[str, int]]]:
    for kind, phrases in words.phrases.items():
        yield from ((phrase, (kind, 0)) for phrase in phrases)
    for number, spellings in enumerate(words.weekdays):
        yield from ((spelling, ("weekday", number)) for spelling in spellings.split("|"))
    for number, spellings in enumerate(words.months, 1):
        yield from ((spelling, ("month", number)) for spelling in spellings.split("|"))
    yield from ((phrase, ("ago_before", 0)) for phrase in words.ago_before)
