"""Written dates of languages beyond English, by dateparser (extra ``documents``)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

_LANGUAGES: Final = (
    *("en", "de", "fr", "es", "it", "pt", "ru", "uk", "nl", "pl", "tr", "ar", "sv", "cs", "ro", "id", "el", "da", "nb"),
    *("fi", "hu", "ja", "ko", "zh", "fa", "he", "bg", "hr", "sr", "vi", "hi", "ca", "sk", "sl"),
)
"""Languages whose months are tried for a text whose own is not known; to load all 200 takes seconds."""
_ANY_YEAR: Final = 2000
_SHORTEST: Final = 3
"""The fewest letters of a month's name."""


@lru_cache(maxsize=1_000)
def foreign_day(written: str, language: str = "") -> date | None:
    """Return the day of a written date in any language that dateparser knows; ``None`` if it is not a full one.

    ``language`` is its two-letter code if known, which is faster. Raises ``ModuleNotFoundError`` without dateparser.
    """
    from dateparser import DateDataParser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": False}
    languages = [language] if language else list(_LANGUAGES)
    try:
        parsed = DateDataParser(languages=languages, settings=settings).get_date_data(written)
    except (ValueError, OverflowError):
        return foreign_day(written) if language else None
    return parsed.date_obj.date() if parsed.date_obj else None


@lru_cache(maxsize=1_000)
def foreign_month(word: str, language: str) -> int | None:
    """Return the number of the month that a word names in a language; ``None`` if it names none, or no library says."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    try:
        day = foreign_day(f"1 {word} {_ANY_YEAR}", language)
    except ModuleNotFoundError:
        return None
    return day.month if day and (day.year, day.day) == (_ANY_YEAR, 1) else None


@lru_cache(maxsize=1)
def limit_htmldate() -> None:
    """Let htmldate try the same languages, once for the process; by itself it loads all that dateparser knows."""
    from htmldate.extractors import get_external_parser

    get_external_parser().languages = list(_LANGUAGES)
