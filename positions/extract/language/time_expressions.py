"""When it was said: expressions of time beside the verb of speaking, resolved against the publication.

The result is a day, a month, a year or an interval with its basis, never a guess padded to a day: words that can mean
several days are not read. A weekday means the latest such day up to the publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from positions.extract.language.phrases import Token
from positions.extract.language.time_words import DAYS_BACK, TimeLexicon, TimeMeaning, time_lexicon
from positions.language.reading_words import ENGLISH, language_words, word_pattern
from positions.model.dates import PartialDate
from positions.model.document import DateBasis

_GAP: Final = 2
"""The most words between a weekday and its week: "on Tuesday of the last week"."""
_YEAR: Final = re.compile(r"(?:19|20)[0-9][0-9]")
_YEAR_AHEAD: Final = 5
"""Within so many words behind a month stands its year."""
_DAY: Final = re.compile(r"[0-3]?[0-9]")


class ResolvedTime(NamedTuple):
    """A time of utterance and how it is known."""

    date: PartialDate
    basis: DateBasis


class _Reader(NamedTuple):
    """What a time is resolved by: the words around it, the publication, and what "later that day" refers to."""

    lexicon: TimeLexicon
    tokens: Sequence[Token]
    published: date
    before: ResolvedTime | None

    def low(self, index: int) -> str:
        """Return a token in lower case; an empty text outside of the tokens."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""


def is_time_word(low: str) -> bool:
    """Return whether an English word in lower case ends a time: "on Thursday", "in March 2025"."""
    kind = time_lexicon().meanings.get((low,), ("", 0))[0]
    return kind in ("today", "yesterday", "weekday", "month") or low.isdigit()


def find_time(
    tokens: Sequence[Token], published: date, before: ResolvedTime | None, language: str = ENGLISH
) -> ResolvedTime | None:
    """Return the first time in some words; ``before`` is what "later that day" refers to. ``None`` if there is none.

    ``language`` is the words' own, as a tag of BCP 47. Of one without words of time (``positions/language``) only dates
    with their month are read.
    """
    reader = _Reader(time_lexicon(language), tokens, published, before)
    index = 0
    while index < len(tokens):
        if not reader.lexicon.may_begin(tokens, index):
            index += 1
            continue
        meaning = reader.lexicon.read(tokens, index)
        if _is_another_time(reader, index, meaning):
            index = _end_of_range(reader, meaning.end) if meaning else index + 1
        elif time := _read_time(reader, index, meaning):
            return time
        else:
            is_whole = meaning is not None and meaning.kind in ("weekday", "next_week")
            index = _end_of_range(reader, meaning.end) if meaning and is_whole else index + 1
    return None


@cache
def relative_pattern(language: str) -> re.Pattern[str] | None:
    """Return the pattern of words by which a time is told from another; ``None`` for a language without such words."""
    words = language_words(language)
    if words is None or words.times is None:
        return None
    times = words.times
    phrases = (phrase for group in times.phrases.values() for phrase in group)
    told = word_pattern((*times.weekdays, *times.relative, *times.ago, *times.ago_before, *times.last, *phrases))
    return re.compile(rf"\b(?:{told})\b", re.IGNORECASE)


def _is_another_time(reader: _Reader, index: int, meaning: TimeMeaning | None) -> bool:
    """Return whether a time is not that of an utterance: "since Monday", "until late March", "Monday next week"."""
    times = reader.lexicon.words
    back = index - 1
    passed = (times.last | times.relative | times.articles | times.day_links) - times.not_said
    while back > 0 and (reader.low(back) in passed or reader.low(back)[:1].isdecimal()):
        back -= 1
    if reader.low(back) in times.not_said and back < index:
        return True
    if meaning is None:
        return False
    week = reader.lexicon.find_near(reader.tokens, meaning.end, _GAP)
    is_next = week is not None and week.kind == "next_week" and meaning.kind == "weekday"
    return is_next or reader.low(meaning.end) in times.not_said_behind


def _end_of_range(reader: _Reader, end: int) -> int:
    """Return where the second of two times ends that a word joins: "from Monday to Wednesday"; else the first's end."""
    second = _joined_weekday(reader, end)
    return second.end if second else end


def _joined_weekday(reader: _Reader, end: int) -> TimeMeaning | None:
    if reader.low(end) not in reader.lexicon.words.alternatives:
        return None
    second = reader.lexicon.find_near(reader.tokens, end + 1, 1)
    return second if second and second.kind == "weekday" else None


def _read_time(reader: _Reader, index: int, meaning: TimeMeaning | None) -> ResolvedTime | None:
    if meaning and meaning.kind == "weekday":
        return _read_weekday(reader, index, meaning)
    if meaning and meaning.kind == "month":
        return _read_calendar_date(reader, index, meaning)
    if meaning and meaning.kind != "ago_before":
        return _read_phrase(reader, meaning)
    return _read_days_ago(reader, meaning.end if meaning else index, is_before=meaning is not None)


def _at_day(day: date, basis: DateBasis = "relative") -> ResolvedTime:
    return ResolvedTime(PartialDate.of(day), basis)


def _in_interval(first: date, last: date) -> ResolvedTime:
    return _at_day(last) if first >= last else ResolvedTime(PartialDate.parse(f"{first}/{last}"), "relative")


def _read_weekday(reader: _Reader, index: int, meaning: TimeMeaning) -> ResolvedTime | None:
    """Read a weekday, that of a week beside it, or two that a word joins, which are an interval."""
    week = reader.lexicon.find_near(reader.tokens, meaning.end, _GAP)
    if week and week.kind in ("last_week", "this_week"):
        return _day_of_week(reader.published, week.kind, meaning.number)
    last = reader.lexicon.words.last
    is_last = reader.low(index - 1) in last or reader.low(meaning.end) in last
    first_day = _latest_weekday(reader.published, meaning.number, is_last)
    second = _joined_weekday(reader, meaning.end)
    if second is None or second.number == meaning.number:
        return _at_day(first_day)
    second_day = _latest_weekday(reader.published, second.number, is_last)
    return _in_interval(first_day, second_day) if first_day < second_day else None


def _latest_weekday(published: date, weekday: int, is_last: bool) -> date:
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or 7 * is_last)


def _day_of_week(published: date, kind: str, weekday: int) -> ResolvedTime | None:
    monday = published - timedelta(days=published.weekday() + 7 * (kind == "last_week"))
    day = monday + timedelta(days=weekday)
    return _at_day(day) if day <= published else None


def _read_days_ago(reader: _Reader, index: int, *, is_before: bool) -> ResolvedTime | None:
    """Read "two days ago", "a week earlier", and "vor zwei Tagen", where the word for "ago" stands before."""
    times = reader.lexicon.words
    written = reader.low(index)
    number = times.numbers.get(written) or (int(written) if written.isdecimal() else None)
    unit, is_ago = reader.low(index + 1), is_before or reader.low(index + 2) in times.ago
    if number is None or unit not in times.days | times.weeks or not is_ago:
        return None
    return _at_day(reader.published - timedelta(days=number * (7 if unit in times.weeks else 1)))


def _read_phrase(reader: _Reader, meaning: TimeMeaning) -> ResolvedTime | None:
    """Read a phrase of time: "last week", "that day", "this morning"."""
    published, before = reader.published, reader.before
    if meaning.kind in DAYS_BACK:
        return _at_day(published - timedelta(days=DAYS_BACK[meaning.kind]))
    if meaning.kind in ("this_week", "last_week"):
        weekday = reader.lexicon.find_near(reader.tokens, meaning.end, _GAP)
        if weekday and weekday.kind == "weekday":
            return _day_of_week(published, meaning.kind, weekday.number)
    if meaning.kind == "later_that_day":
        return ResolvedTime(before.date if before else PartialDate.of(published), "anaphoric")
    if meaning.kind == "same_day":
        return ResolvedTime(before.date, "anaphoric") if before else None
    return _read_period(published, meaning.kind)


def _read_period(published: date, kind: str) -> ResolvedTime | None:
    monday, first = published - timedelta(days=published.weekday()), published.replace(day=1)
    match kind:
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
    return None


def _read_calendar_date(reader: _Reader, index: int, meaning: TimeMeaning) -> ResolvedTime | None:
    """Read a month, with a day or a year beside it if there is one; without a year the latest one that fits."""
    times, published = reader.lexicon.words, reader.published
    if times.capital_months and not reader.tokens[index].text[0].isupper():
        return None
    year, number = _year_of(reader, meaning.end), _day_beside(reader, index, meaning.end)
    basis: DateBasis = "explicit" if year else "relative"
    try:
        first = date(year or published.year, meaning.number, number or 1)
        if not year and first > published:
            first = first.replace(year=first.year - 1)
    except ValueError:
        return None
    if first > published:
        return None
    if number:
        return _at_day(first, basis)
    before, low = reader.low(index - 1), reader.low(index)
    is_unsure = low in times.ambiguous_months or (not times.capital_months and not year)
    if before in times.ambiguous_months or (is_unsure and before not in times.before_months):
        return None
    return ResolvedTime(PartialDate.parse(f"{first:%Y-%m}"), basis)


def _year_of(reader: _Reader, end: int) -> int | None:
    words = (str(int(token.low)) for token in reader.tokens[end : end + _YEAR_AHEAD - 1] if token.low.isdecimal())
    return next((int(word) for word in words if _YEAR.fullmatch(word)), None)


def _day_beside(reader: _Reader, start: int, end: int) -> int | None:
    """Return the day before or behind a month: "29 March", "March 29", "Sept. 3", "3. März", "1er mai"."""
    links = reader.lexicon.words.day_links
    behind = end + (reader.low(end) == ".")
    front = start - 1
    while front > 0 and reader.low(front) in links:
        front -= 1
    written = (re.sub(r"\D+\Z", "", reader.low(number)) for number in (front, behind))
    days = (str(int(word)) for word in written if word.isdecimal())
    return next((int(day) for day in days if _DAY.fullmatch(day)), None)
