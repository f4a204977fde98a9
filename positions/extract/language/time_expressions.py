"""When it was said: expressions of time beside the verb of speaking, resolved against the publication.

The result is a day, a month, a year or an interval with its basis, never a guess padded to a day. A weekday means the
latest such day up to the publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from positions.extract.language.english import english_words
from positions.extract.language.phrases import Token
from positions.model.dates import MONTHS, PartialDate
from positions.model.document import DateBasis

_MONTH: Final = {
    name[:letters].lower(): number for number, name in enumerate(MONTHS, 1) for letters in (3, 4, len(name))
}
"""Months by their name and its short forms."""
_LONGEST: Final = 4
"""The most words of a phrase of time in ``english.toml``."""


class ResolvedTime(NamedTuple):
    """A time of utterance and how it is known."""

    date: PartialDate
    basis: DateBasis


@cache
def _time_phrases() -> dict[tuple[str, ...], str]:
    """Return what each phrase of time means, by its words."""
    meanings = english_words().times.phrases.items()
    return {tuple(phrase.split()): meaning for meaning, phrases in meanings for phrase in phrases}


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which a time may begin; most words are none of them."""
    times = english_words().times
    return frozenset({*times.weekdays, *times.numbers, *_MONTH, *(words[0] for words in _time_phrases())})


def is_time_word(low: str) -> bool:
    """Return whether a word in lower case ends a time: "on Thursday", "in March 2025"."""
    is_day = _time_phrases().get((low,)) in ("today", "yesterday")
    return is_day or low in english_words().times.weekdays or low in _MONTH or low.isdigit()


def find_time(tokens: Sequence[Token], published: date, before: ResolvedTime | None) -> ResolvedTime | None:
    """Return the first time in some words; ``before`` is what "later that day" refers to. ``None`` if there is none."""
    first_words, not_said = _first_words(), english_words().times.not_said
    for index, token in enumerate(tokens):
        if token.low not in first_words or (index and tokens[index - 1].low in not_said):
            continue
        time = (
            _read_weekday(tokens, index, published)
            or _read_days_ago(tokens, index, published)
            or _read_calendar_date(tokens, index, published)
            or _read_phrase(tokens, index, published, before)
        )
        if time:
            return time
    return None


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if index < len(tokens) else ""


def _at_day(day: date, basis: DateBasis = "relative") -> ResolvedTime:
    return ResolvedTime(PartialDate.of(day), basis)


def _in_interval(first: date, last: date) -> ResolvedTime:
    return _at_day(last) if first >= last else ResolvedTime(PartialDate.parse(f"{first}/{last}"), "relative")


def _read_weekday(tokens: Sequence[Token], index: int, published: date) -> ResolvedTime | None:
    times = english_words().times
    if tokens[index].low not in times.weekdays:
        return None
    back = (published.weekday() - times.weekdays.index(tokens[index].low)) % 7
    if not back and index and tokens[index - 1].low in times.last:
        back = 7
    return _at_day(published - timedelta(days=back))


def _read_days_ago(tokens: Sequence[Token], index: int, published: date) -> ResolvedTime | None:
    """Read "two days ago", "a week earlier"."""
    times = english_words().times
    number, unit = times.numbers.get(tokens[index].low), _low(tokens, index + 1)
    if number is None or unit not in times.days | times.weeks or _low(tokens, index + 2) not in times.ago:
        return None
    return _at_day(published - timedelta(days=number * (7 if unit in times.weeks else 1)))


def _read_phrase(
    tokens: Sequence[Token], index: int, published: date, before: ResolvedTime | None
) -> ResolvedTime | None:
    """Read the longest phrase of time that begins at a token: "last week", "that day", "this morning"."""
    words = [_low(tokens, index + ahead) for ahead in range(_LONGEST)]
    meanings = (_time_phrases().get(tuple(words[:size])) for size in range(_LONGEST, 0, -1))
    meaning = next((meaning for meaning in meanings if meaning), "")
    monday, first = published - timedelta(days=published.weekday()), published.replace(day=1)
    match meaning:
        case "today":
            return _at_day(published)
        case "yesterday":
            return _at_day(published - timedelta(days=1))
        case "this_week":
            return _in_interval(monday, published)
        case "last_week":
            return _in_interval(monday - timedelta(days=7), monday - timedelta(days=1))
        case "this_month":
            return _in_interval(first, published)
        case "last_month":
            return ResolvedTime(PartialDate.parse(f"{first - timedelta(days=1):%Y-%m}"), "relative")
        case "last_year":
            return ResolvedTime(PartialDate.parse(str(published.year - 1)), "relative")
        case "later_that_day":
            return ResolvedTime(before.date if before else PartialDate.of(published), "anaphoric")
        case "same_day":
            return ResolvedTime(before.date, "anaphoric") if before else None
    return None


def _read_calendar_date(tokens: Sequence[Token], index: int, published: date) -> ResolvedTime | None:
    """Read a month, with a day or a year beside it if there is one; without a year the latest one that fits."""
    low = tokens[index].low
    month = _MONTH.get(low)
    if month is None or not tokens[index].text[0].isupper():
        return None
    year = next(
        (int(t.low) for t in tokens[index + 1 : index + 5] if re.fullmatch(r"(?:19|20)[0-9][0-9]", t.low)), None
    )
    before, after = tokens[index - 1].low if index else "", _low(tokens, index + 1)
    if after == ".":
        after = _low(tokens, index + 2)
    number = next((int(text) for text in (before, after) if re.fullmatch(r"[0-3]?[0-9]", text)), None)
    basis: DateBasis = "explicit" if year else "relative"
    try:
        if number:
            day = date(year or published.year, month, number)
            if not year and day > published:
                day = day.replace(year=day.year - 1)
            return _at_day(day, basis) if day <= published else None
        first = date(year or published.year, month, 1)
    except ValueError:
        return None
    if not year and first > published:
        first = first.replace(year=first.year - 1)
    times = english_words().times
    if before in times.ambiguous_months or (low in times.ambiguous_months and before not in times.before_months):
        return None
    return ResolvedTime(PartialDate.parse(f"{first:%Y-%m}"), basis) if first <= published else None
