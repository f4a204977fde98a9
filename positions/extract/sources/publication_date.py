"""When a text was published, as far as the text itself says.

A date counts only where newspapers print that of publication: in a line of its own near the top or the foot, after
"Published" or "Date", in an agency's dateline, in the text's own web address. Dates among the words of an article are
what it is about, and a weekday alone names no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from positions.language.reading_words import english_reading, word_pattern
from positions.model.dates import PartialDate, publication_problem
from positions.model.document import DateBasis

_PLACEHOLDERS: Final = (date(1900, 1, 1), date(1969, 12, 31), date(1970, 1, 1))
"""The first day of a computer's clock, or of its table of days, in any zone: no date was set."""
_HEAD: Final = 15
"""Lines at the top, without blank ones, in which a publication date is looked for; below, those at the foot."""
_FOOT: Final = 6
_LONGEST: Final = 120
"""The most characters of a line with nothing but date, place, author and outlet."""
_LEFT_OVER: Final = 6
"""The most words beside the date in such a line: the name of the author, the outlet or a place."""
_DAY: Final = r"(?<![0-9])(?P<{0}>[0-9]{{1,2}})(?:{1})?\b"
_YEAR: Final = r"(?P<{0}>(?:19|20)[0-9][0-9])(?![0-9])"
_YEAR_FIRST: Final = (
    r"(?<![0-9/.-])(?P<y1>(?:19|20)[0-9][0-9])[-./](?P<m1>[0-9]{1,2})[-./](?P<d1>[0-9]{1,2})(?![0-9/-])"
)
_DOTTED: Final = r"(?<![0-9/.-])(?P<d4>[0-9]{1,2})\.\s?(?P<m4>[0-9]{1,2})\.\s?(?P<y4>(?:19|20)[0-9][0-9])(?![0-9/-])"
_SLASHED: Final = (
    r"(?<![0-9/.-])(?P<a>[0-9]{1,2})(?P<by>[/-])(?P<b>[0-9]{1,2})(?P=by)(?P<y5>(?:19|20)[0-9][0-9])(?![0-9/-])"
)
_CLOCK: Final = (
    r"\b[0-9]{1,2}[:.h][0-9][0-9](?::[0-9][0-9])?(?:\.[0-9]+)?\b"
    r"|\b(?:[A-Z]{1,2}[DS]?T|UTC|CEST|EEST|GMT|Z)\b(?:\s?[+-][0-9]{1,2}(?::?[0-9][0-9])?)?|[+-][0-9][0-9]:?[0-9][0-9]\b"
    r"|\bT[0-9][0-9]:[0-9][0-9]\S*"
)
_NAME: Final = r"[A-Z\u00c0-\u024f][\w’'.-]{0,25}"
_PLACE: Final = re.compile(rf"\W{{0,9}}(?:{_NAME}(?:[ /,]{{1,2}}{_NAME}){{0,5}}[)\]]?,?\s{{1,2}})?\W{{0,9}}")
_AGENCY: Final = re.compile(r"[,.]?\s{0,2}(?:\([A-Z][\w .’'-]{1,40}\)|/[A-Z][\w .-]{1,20}/|[-–—]{1,2}\s|[:|])")
_LONGEST_PLACE: Final = 60
_BARS: Final = re.compile(r"\s?[|·•]\s?[^|·•]{8,40}[|·•].*")
_IN_ADDRESS: Final = re.compile(
    r"[/=_-](?P<y>(?:19|20)[0-9][0-9])(?:[/-](?P<m>[0-9]{1,2}|[a-z]{3})[/-](?P<d>[0-9]{1,2})|(?P<m8>[0-9][0-9])(?P<d8>[0-9][0-9]))(?=[/_.?&#-]|$)"
)
_SIGNS_OF_COPYRIGHT: Final = r"©|\(c\)"


class PublishedOn(NamedTuple):
    """A publication date and how it is known: ``explicit`` if printed in full, else ``inferred``."""

    day: PartialDate
    basis: DateBasis


class _DatePatterns(NamedTuple):
    """The patterns of dates, and of what stands beside them, in the words of the language."""

    full: re.Pattern[str]
    yearless: re.Pattern[str]
    label: re.Pattern[str]
    later: re.Pattern[str]
    beside: re.Pattern[str]
    running: re.Pattern[str]
    copyright: re.Pattern[str]


@cache
def _patterns() -> _DatePatterns:
    words = english_reading().publication
    day = _DAY.replace("{1}", word_pattern(words.ordinals))
    links, openers = word_pattern(words.links), word_pattern(words.openers)
    kinds = word_pattern((*words.published, *words.changed))
    weekday = rf"\b(?:{word_pattern(words.weekdays)})(?:{word_pattern(words.weekday_ending)})?\b\.?"
    hours = word_pattern(words.hours)
    hour = rf"\b[0-9]{{1,2}}\s?(?={hours})|\b(?:{hours})\b\.?"
    years = r"[^\n0-9]{0,20}((?:19|20)[0-9][0-9])(?!\s?[-–]\s?[0-9])"
    return _DatePatterns(
        re.compile("|".join(_date_forms(day)), re.IGNORECASE),
        re.compile(
            rf"{_month('m2')}\s{{1,3}}{day.format('d2')}|{day.format('d3')}\s{{1,3}}{_month('m3')}", re.IGNORECASE
        ),
        re.compile(
            rf"(?:^\W{{0,9}}|[|·•;/.]\s{{1,2}})(?:(?:{openers})\s){{0,2}}(?P<what>{kinds})\b(?:\s(?:{links}))?\s{{0,3}}:?",
            re.IGNORECASE,
        ),
        re.compile(word_pattern(words.changed), re.IGNORECASE),
        re.compile(rf"{weekday}|{_CLOCK}|{hour}|\b(?:{word_pattern(words.beside)})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{word_pattern(words.running)})\s*$", re.IGNORECASE),
        re.compile(rf"(?:{_SIGNS_OF_COPYRIGHT}|{word_pattern(words.copyright)}){years}", re.IGNORECASE),
    )


def _date_forms(day: str) -> Iterator[str]:
    of = word_pattern(english_reading().publication.of)
    yield _YEAR_FIRST
    yield rf"{_month('m2')}\s{{1,3}}{day.format('d2')},?\s{{1,3}}{_YEAR.format('y2')}"
    yield rf"{day.format('d3')}(?:\s{{1,3}}(?:{of}))?[\s-]{{1,3}}{_month('m3')},?[\s-]{{1,3}}{_YEAR.format('y3')}"
    yield _DOTTED
    yield _SLASHED


def _month(group: str) -> str:
    return rf"(?P<{group}>{word_pattern(_month_numbers())})\b\.?"


@cache
def _month_numbers() -> dict[str, int]:
    """Return the months' numbers by their names in small letters, and the short forms of these."""
    times = english_reading().times
    return {name: number for number, names in enumerate(times.months if times else (), 1) for name in names.split("|")}


def date_in_text(text: str, *, url: str = "", name: str = "") -> PublishedOn | None:
    """Return the date on which a text (without markup) says that it was published; ``None`` if it does not say.

    ``url`` is the text's own address. A date in ``name``, that of the file, or in a dateline whose year is only in the
    copyright line, is inferred. "Published" is preferred to "Updated".
    """
    lines = [line for line in (line.strip() for line in text.split("\n")) if line]
    head, foot = lines[:_HEAD], lines[max(_HEAD, len(lines) - _FOOT) :]
    explicit = _find_labelled([*head, *foot]) or _find_lone(head) or _find_dateline(head) or _find_lone(foot)
    explicit = explicit or date_in_address(url)
    if explicit:
        return PublishedOn(PartialDate.of(explicit), "explicit")
    inferred = date_in_address(f"/{name}") or _find_yearless(head, text)
    return PublishedOn(PartialDate.of(inferred), "inferred") if inferred else None


def parse_date(written: str) -> date | None:
    """Return the first full date in a few words, in any form that English newspapers print; ``None`` without one.

    Numbers with slashes that can be read both ways (03/04/2022) are not read as a date.
    """
    return next((day for day, _ in _find_dates(written)), None)


def days_in_story(text: str) -> set[date]:
    """Return the days that occur in a text's sentences, rather than in lines of their own."""
    lines = (line.strip() for line in text.split("\n"))
    return {day for line in lines if line.endswith((".", "!", "?", "”", '"')) for day, _ in _find_dates(line)}


def strip_date(line: str) -> str:
    """Return a line without the publication date that it begins with; an empty text if it has no other words."""
    label = _patterns().label.match(line)
    first = label.end() if label else 0
    day, (start, end) = next(_find_dates(line[first : first + _LONGEST]), (None, (0, 0)))
    if day is None or _words_beside(line[first : first + start]) or (not label and _words_beside(line[first + end :])):
        return line
    return line[first + end :].lstrip(" ,:|") if _words_beside(line[first + end :]) else ""


def date_in_address(url: str) -> date | None:
    """Return the day in the parts of a web address: ``/2022/02/25/``, ``/2022/feb/25/``, ``-20220225``."""
    for match in _IN_ADDRESS.finditer(url.lower()):
        month = match["m"] or match["m8"]
        number = int(month) if month.isdecimal() else _month_numbers().get(month, 0)
        if day := _calendar_day(int(match["y"]), number, int(match["d"] or match["d8"])):
            return day
    return None


def _find_dates(line: str) -> Iterator[tuple[date, tuple[int, int]]]:
    for match in _patterns().full.finditer(line):
        if match["a"]:
            first, second, year = int(match["a"]), int(match["b"]), int(match["y5"])
            ambiguous = first != second and first <= 12 and second <= 12
            day = None if ambiguous else _calendar_day(year, second, first) or _calendar_day(year, first, second)
        else:
            n = next(n for n in "1234" if match[f"y{n}"])
            day = _calendar_day(int(match[f"y{n}"]), _month_number(match[f"m{n}"]), int(match[f"d{n}"]))
        if day:
            yield day, match.span()


def _month_number(written: str) -> int:
    return int(written) if written.isdecimal() else _month_numbers()[written.lower()]


def is_possible(day: date) -> bool:
    """Return whether a text can have been published on a day: not one to come, nor one that stands for none."""
    return day not in _PLACEHOLDERS and not publication_problem(PartialDate.of(day))


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if is_possible(found) else None


def _find_labelled(lines: list[str]) -> date | None:
    """Read "Published 25 February 2022" and the like, even if the story continues in the same line."""
    later: date | None = None
    for line in lines:
        for label in _patterns().label.finditer(line[: 2 * _LONGEST]):
            rest = line[label.end() : label.end() + _LONGEST]
            day, (start, end) = next(_find_dates(rest), (None, (0, 0)))
            if day is None or _words_beside(rest[:start]) or not _ends_sentence(rest[end:]):
                continue
            if not _patterns().later.match(label["what"]):
                return day
            later = later or day
    return later


def _ends_sentence(after: str) -> bool:
    """Return whether a date ends its sentence: nothing, a few words, or a new sentence follows."""
    follows = after.lstrip(" ,")
    return not follows[:1].islower() or len(_words_beside(follows)) <= _LEFT_OVER


def _words_beside(line: str) -> list[str]:
    return re.findall(r"\w+", _patterns().beside.sub(" ", line))


def _find_lone(lines: list[str]) -> date | None:
    """Read a line with nothing but a date and a name or two."""
    for line in lines:
        if len(line) > _LONGEST or line.endswith(("!", "?", ";")):
            continue
        for day, (start, end) in _find_dates(line):
            before, after = _words_beside(line[:start]), _words_beside(line[end:])
            sentence = _patterns().running.search(line[:start]) or (line.endswith(".") and (before or after))
            is_apart = not sentence and not (before and after)
            if len(before + after) <= _LEFT_OVER and (is_apart or _BARS.fullmatch(line[max(0, start - 2) :])):
                return day
    return None


def _find_dateline(lines: list[str]) -> date | None:
    """Read "KYIV, Feb. 25, 2022 (Agency) -" at the beginning of a line."""
    for line in lines:
        for day, (start, end) in _find_dates(line[: 2 * _LONGEST_PLACE]):
            if _opens_story(line, start, end):
                return day
    return None


def _opens_story(line: str, start: int, end: int) -> bool:
    dateline = _patterns().beside.sub("", line[:start]) if start <= _LONGEST_PLACE else "…"
    return bool(
        _PLACE.fullmatch(dateline) and not _patterns().running.search(line[:start]) and _AGENCY.match(line, end)
    )


def _find_yearless(lines: list[str], text: str) -> date | None:
    """Read a dateline without its year, if the copyright line prints that; a weekday fits a date every six years."""
    for line in lines:
        match = _patterns().yearless.search(line[: 2 * _LONGEST_PLACE])
        if match and _opens_story(line, *match.span()) and (year := _patterns().copyright.search(text)):
            month, day = match["m2"] or match["m3"], match["d2"] or match["d3"]
            return _calendar_day(int(year[1]), _month_number(month), int(day))
    return None
