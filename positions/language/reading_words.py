"""The words by which documents are read, whatever is looked for in them: one file a language.

``english.toml`` has every table, and the rules' own as well (:mod:`positions.extract.language.english`). The files of
other languages have those of these tables that somebody has written; an empty list reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from pydantic import ConfigDict, Field, PlainSerializer

from positions.files.reading import read_toml
from positions.model.language import Language, base_language
from positions.model.words import Word

FOLDER: Final = Path(__file__).parent
ENGLISH: Final = "en"
_FILES: Final = {
    "ar": "arabic",
    "de": "german",
    ENGLISH: "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ja": "japanese",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}
"""The languages that have a file; a test compares them with the folder."""
WordSet: TypeAlias = Annotated[frozenset[str], PlainSerializer(sorted)]
"""Single words in lower case, written out in order so that the language's version does not depend on hashing."""
SpelledWord: TypeAlias = str
"""One word in all its spellings, with ``|`` between them: ``september|sept|sep``."""


class ClauseWords(Word):
    """Words that end a clause or carry it on.

    ``contrasts`` open a new clause behind a comma, unless one of ``bound`` follows. ``joining`` carry a clause on
    behind a closed quotation, and ``leading`` behind a line's end. A clause that ``opening`` begins, perhaps behind
    ``stressing``, ends before the main clause; one that ``asking`` begins is a question. ``pauses`` are signs before
    which one ends.
    """

    contrasts: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    opening: WordSet = frozenset()
    stressing: WordSet = frozenset()
    asking: WordSet = frozenset()
    bound: WordSet = frozenset()
    pauses: WordSet = frozenset()


class PublicationWords(Word):
    """Words of the lines that print when, by whom and where a text was published; see ``english.toml``."""

    ordinals: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    weekday_ending: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    copyright: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class PageWords(Word):
    """Words in the names that a web page's author gave to its parts, ``-`` standing for any joint or none.

    ``beside`` are names of parts of other stories. The others are parts of names: ``dated`` of what holds a day,
    ``first`` of what surely holds that of publication, ``changed`` of what holds that of a later change; these are
    among its words, too.
    """

    beside: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class TranscriptWords(Word):
    """What opens a transcript's paragraphs: ``labels`` beside names, ``cues`` of lines that nobody speaks."""

    labels: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


class TimeWords(Word):
    """Words that date an utterance; phrases of several words are written out, ``weekdays`` begin with Monday.

    ``months`` begin with January; those that are not listed are read by the library dateparser. ``day_links`` stand
    between the day and them, ``before_months`` before one without a day or year. ``ago`` stands behind a number of days
    or weeks, ``ago_before`` in front of it. A date behind one of ``not_said`` (``articles`` may stand
    between), or before one of ``not_said_behind``, is not that of the utterance; behind "of" only ``parts`` of a day or
    week date one. ``alternatives`` join two weekdays. ``relative`` are further words that tell a time from
    another one.
    """

    weekdays: tuple[SpelledWord, ...] = Field(min_length=7, max_length=7)
    months: tuple[SpelledWord, ...] = Field(default=(), max_length=12)
    capital_months: bool = False
    day_links: WordSet = frozenset()
    numbers: dict[str, int] = Field(default_factory=dict)
    days: WordSet = frozenset()
    weeks: WordSet = frozenset()
    ago: WordSet = frozenset()
    ago_before: tuple[str, ...] = ()
    last: WordSet = frozenset()
    articles: WordSet = frozenset()
    not_said: WordSet = frozenset()
    not_said_behind: WordSet = frozenset()
    parts: WordSet = frozenset()
    ambiguous_months: WordSet = frozenset()
    before_months: WordSet = frozenset()
    alternatives: WordSet = frozenset()
    relative: WordSet = frozenset()
    phrases: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class ReadingWords(Word):
    """The tables of a language's file by which any document is read; ``language`` is its tag as BCP 47 writes it.

    ``abbreviations`` are words whose full stop ends neither a sentence nor a clause, as written before it.
    ``contractions`` and ``genitives`` stand behind an apostrophe. ``dialogue`` are verbs that tell who speaks in a line
    that a dash opens; English lists open so, too, and it has none.
    """

    language: Language
    abbreviations: tuple[str, ...] = ()
    contractions: tuple[str, ...] = ()
    genitives: tuple[str, ...] = ()
    dialogue: tuple[str, ...] = ()
    clauses: ClauseWords = ClauseWords()
    publication: PublicationWords = PublicationWords()
    pages: PageWords = PageWords()
    transcripts: TranscriptWords = TranscriptWords()
    times: TimeWords | None = None


class _EnglishTables(ReadingWords):
    """The same tables of ``english.toml`` without the rules' own, which take long to read."""

    model_config = ConfigDict(extra="ignore")


@cache
def language_words(language: str = ENGLISH) -> ReadingWords | None:
    """Return the words of a language, given by its tag in BCP 47; ``None`` if it has no file. Read once."""
    if base_language(language) == ENGLISH:
        return english_reading()
    name = _FILES.get(base_language(language))
    return read_toml(FOLDER / f"{name}.toml", ReadingWords) if name else None


@cache
def english_reading() -> ReadingWords:
    """Return the words of English by which documents are read."""
    return read_toml(FOLDER / f"{_FILES[ENGLISH]}.toml", _EnglishTables)


@cache
def all_reading_words() -> tuple[ReadingWords, ...]:
    """Return the words of every language that has a file."""
    return tuple(words for words in map(language_words, _FILES) if words)


def word_pattern(words: Iterable[str]) -> str:
    """Return a pattern for any of some words or phrases, the longest first; ``*`` stands for the end of a word."""
    spellings = {spelling for word in words for spelling in word.split("|")}
    longest_first = sorted(spellings, key=lambda one: (-len(one), one))
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for word in longest_first) or r"(?!)"


def name_pattern(words: Iterable[str]) -> str:
    """Return a pattern as :func:`word_pattern` does, with a hyphen or nothing for each ``-``."""
    return word_pattern(words).replace(r"\-", "-?")
