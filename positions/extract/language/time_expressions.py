"""When it was said: expressions of time beside the verb of speaking, resolved against the publication.

The result is a day, a month, a year or an interval with its basis, never a guess padded to a day. A weekday means the
latest such day up to the publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from positions.extract.language.phrases import Token
from positions.model.dates import MONTHS, PartialDate
from positions.model.document import DateBasis

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "a": 1}
_MONTH: Final = {
    name[:letters].lower(): number for number, name in enumerate(MONTHS, 1) for letters in (3, 4, len(name))
}
"""Months by their name and its short forms."""
_TODAY: Final = frozenset({"today", "tonight"})
_NOT_SAID: Final = frozenset({"since", "until", "till", "by", "from", "next"})
"""Before a date these tell of something else than when it was said."""
_TELLING: Final = frozenset(
    {
        *DAYS,
        *_NUMBERS,
        *_MONTH,
        *_TODAY,
        "this",
        "yesterday",
        "last",
        "previous",
        "earlier",
        "later",
        "same",
        "that",
        "at",
    }
)
"""Words with which a time may begin; most words are none of them."""


class ResolvedTime(NamedTuple):
    """A resolved time and how it is known."""

    date: PartialDate
    basis: DateBasis


def is_time_word(low: str) -> bool:
    """Tell whether a word in lower case ends a time: "on Thursday", "in March 2025"."""
    return low in DAYS or low in _MONTH or low in _TODAY or low == "yesterday" or low.isdigit()


def find_time(tokens: Sequence[Token], published: date, before: ResolvedTime | None) -> ResolvedTime | None:
    """Return the first time told in some words; ``before`` is what "later that day" refers to. ``None`` for no time."""
    for place, token in enumerate(tokens):
        low = token.low
        if low not in _TELLING:
            continue
        if place and tokens[place - 1].low in _NOT_SAID:
            continue
        found = (
            _read_weekday(tokens, place, published)
            or _read_relative_time(tokens, place, published)
            or _read_calendar_date(tokens, place, published)
            or _read_same_day(tokens, place, published, before)
        )
        if found:
            return found
        if low in _TODAY or (low == "this" and _word_ahead(tokens, place) in ("morning", "afternoon", "evening")):
            return _day_time(published)
        if low == "yesterday" or (low == "last" and _word_ahead(tokens, place) == "night"):
            return _day_time(published - timedelta(days=1))
    return None


def _word_ahead(tokens: Sequence[Token], place: int, ahead: int = 1) -> str:
    return tokens[place + ahead].low if place + ahead < len(tokens) else ""


def _day_time(day: date, basis: DateBasis = "relative") -> ResolvedTime:
    return ResolvedTime(PartialDate.of(day), basis)


def _interval_time(first: date, last: date) -> ResolvedTime:
    return _day_time(last) if first >= last else ResolvedTime(PartialDate.parse(f"{first}/{last}"), "relative")


def _read_weekday(tokens: Sequence[Token], place: int, published: date) -> ResolvedTime | None:
    name = tokens[place].low
    if name not in DAYS:
        return None
    back = (published.weekday() - DAYS.index(name)) % 7
    if not back and place and tokens[place - 1].low == "last":
        back = 7
    return _day_time(published - timedelta(days=back))


def _read_relative_time(tokens: Sequence[Token], place: int, published: date) -> ResolvedTime | None:
    low, following = tokens[place].low, _word_ahead(tokens, place)
    monday = published - timedelta(days=published.weekday())
    if low == "last" and following == "week":
        return _interval_time(monday - timedelta(days=7), monday - timedelta(days=1))
    if low == "this" and following == "week":
        return _interval_time(monday, published)
    if low == "this" and following == "month":
        return _interval_time(published.replace(day=1), published)
    if low == "last" and following == "month":
        return ResolvedTime(PartialDate.parse(f"{published.replace(day=1) - timedelta(days=1):%Y-%m}"), "relative")
    if low in ("last", "previous") and following == "year":
        return ResolvedTime(PartialDate.parse(str(published.year - 1)), "relative")
    if (
        low in _NUMBERS
        and following in ("day", "days", "week", "weeks")
        and _word_ahead(tokens, place, 2) in ("ago", "earlier")
    ):
        return _day_time(published - timedelta(days=_NUMBERS[low] * (7 if following.startswith("week") else 1)))
    return None


def _read_same_day(
    tokens: Sequence[Token], place: int, published: date, before: ResolvedTime | None
) -> ResolvedTime | None:
    words = [_word_ahead(tokens, place, ahead) for ahead in range(4)]
    if words[0] in ("earlier", "later") and words[1:] == ["in", "the", "day"]:
        return ResolvedTime(before.date if before else PartialDate.of(published), "anaphoric")
    if words[:2] in (["same", "day"], ["that", "day"]) or words[:3] == ["at", "the", "time"]:
        return ResolvedTime(before.date, "anaphoric") if before else None
    if words[0] in ("later", "earlier") and words[1] in ("on",) and before is None:
        return None
    return None


def _read_calendar_date(tokens: Sequence[Token], place: int, published: date) -> ResolvedTime | None:
    low = tokens[place].low
    month = _MONTH.get(low)
    if month is None or not tokens[place].text[0].isupper():
        return None
    year = next((int(t.low) for t in tokens[place + 1 : place + 5] if re.fullmatch(r"(?:19|20)\d\d", t.low)), None)
    before, after = tokens[place - 1].low if place else "", _word_ahead(tokens, place)
    if after == ".":
        after = _word_ahead(tokens, place, 2)
    number = next((int(text) for text in (before, after) if re.fullmatch(r"[0-3]?\d", text)), None)
    basis: DateBasis = "explicit" if year else "relative"
    try:
        if number:
            day = date(year or published.year, month, number)
            if not year and day > published:
                day = day.replace(year=day.year - 1)
            return _day_time(day, basis) if day <= published else None
        first = date(year or published.year, month, 1)
    except ValueError:
        return None
    if not year and first > published:
        first = first.replace(year=first.year - 1)
    if before == "may" or (low == "may" and before not in ("in", "of", "early", "late", "last", "mid")):
        return None
    return ResolvedTime(PartialDate.parse(f"{first:%Y-%m}"), basis) if first <= published else None
