"""The days that a web page prints for its story: at its headline, and elsewhere in its part of the page.

English dates are read by :func:`positions.extract.sources.publication_date.parse_date`, those of other languages by
dateparser, which knows their months; numbers that can be read in two orders are read in that of the page's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, Final, Literal, NamedTuple

from positions.extract.language.foreign_dates import foreign_day
from positions.extract.sources.document_language import detect_language
from positions.extract.sources.page_parts import find_headline, text_of
from positions.extract.sources.publication_date import is_possible, parse_date
from positions.extract.sources.stamp import DayWitness, parse_stamp
from positions.language.reading_words import all_reading_words, name_pattern

_LONGEST: Final = 120
"""The most characters of a line that prints a day and little else."""
_NEAR: Final = 1_200
"""Characters after the headline within which the story's own day is printed."""
_BEFORE: Final = 300
_HEAD: Final = 8
"""Lines at a text's beginning in which its day may be printed."""
_MOST_ELEMENTS: Final = 5_000
"""Elements of a page that are looked at, and the lines with numbers among them: its day is printed at the headline."""
_MOST_LINES: Final = 500
_MOST: Final = 12
"""Lines of a page that are sent to dateparser: each costs a millisecond or more."""
_WRITTEN: Final = re.compile(
    r"(?<!\d)\d{1,2}(?:\.|er|º|ª)?\s{1,2}(?:de\s|d[’'])?[^\W\d_]{3,15}[.,]?\s{1,2}(?:de\s|del\s)?(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d[.,]?\s{1,2}[^\W\d_]{3,15}\s{1,2}\d{1,2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    r"|[^\W\d_]{3,15}\.?\s{1,2}\d{1,2},?\s{1,2}(?:19|20)\d\d(?!\d)"
)
_EASTERN: Final = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})")
_SLASHED: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?![\d/-])")
_SHORT: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d\d)(?![\d.])")
_MONTH_FIRST: Final = ("en-us", "en_us")
_ANY_ORDER: Final = ("", "en")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS: Final = 9
"""Words, beside or in the date, of a line that says little else."""
_FEW_WORDS: Final = 3
_UNSEEN: Final = frozenset(
    ("script", "style", "head", "title", "meta", "link", "figure", "figcaption", "input", "option")
)


class PrintedDays(NamedTuple):
    """The days printed near the headline, elsewhere in the story's part of the page, and anywhere for a change."""

    near: list[DayWitness]
    far: list[DayWitness]
    changed: list[DayWitness]


class _PrintedLine(NamedTuple):
    text: str
    stamp: str
    is_near: bool
    is_changed: bool


def printed_days(tree: Any, titles: tuple[str, ...], language: str) -> PrintedDays:
    """Return the days that a page in a language prints for its story, each list in order.

    Without a headline no place is near. ``language`` is a tag in small letters, empty if it is not known.
    """
    days = PrintedDays([], [], [])
    budget = _MOST
    for line in islice(_dated_lines(tree, titles), _MOST_LINES):
        witness, is_foreign = _read_line(line, language, budget > 0)
        budget -= is_foreign
        if witness and is_possible(witness.day):
            (days.changed if line.is_changed else days.near if line.is_near else days.far).append(witness)
    return days


def _read_line(line: _PrintedLine, language: str, may_ask: bool) -> tuple[DayWitness | None, bool]:
    if line.stamp and (witness := parse_stamp(line.stamp)):
        return witness, False
    day, is_foreign = _read_day(line.text, language, may_ask)
    return DayWitness(day) if day else None, is_foreign


def _dated_lines(tree: Any, titles: tuple[str, ...]) -> Iterator[_PrintedLine]:
    """Yield the short lines with numbers, in order of the page, those before the headline after those behind it."""
    headline = find_headline(tree, titles)
    before: list[tuple[int, _PrintedLine]] = []
    length, start = 0, None
    for element in islice(tree.iter("*"), _MOST_ELEMENTS):
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        if element is headline:
            start = length
        line = _line_of(element, start is not None and length - start < _NEAR)
        length += len((element.text or "").strip()) + len((element.tail or "").strip())
        if line is None:
            continue
        if start is None and headline is not None:
            before.append((length, line))
        else:
            yield line
    for position, line in before:
        yield line._replace(is_near=start is not None and start - position < _BEFORE)


def _line_of(element: Any, is_near: bool) -> _PrintedLine | None:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"[:300]
    is_named = element.tag == "time" or bool(_part_names("dated").search(names))
    if not is_named and not any(sign.isdigit() for sign in _own_text(element)):
        return None
    text = text_of(element, _LONGEST + 1)
    stamp = (element.get("datetime") or "")[:40] if element.tag == "time" else ""
    if len(text) > _LONGEST or not any(sign.isdigit() for sign in text + stamp):
        return None
    if not is_named and not _is_lone(text):
        return None
    is_changed = bool(_part_names("changed").search(names)) and not _part_names("first").search(names)
    if change := _part_names("changed").search(text):
        is_changed = not any(sign.isdigit() for sign in text[: change.start()])
        text = text if is_changed else text[: change.start()]
    return _PrintedLine(text, stamp, is_near, is_changed)


@cache
def _part_names(kind: Literal["dated", "first", "changed"]) -> re.Pattern[str]:
    """Return the pattern of what is in the names of such parts of a page, in any language."""
    names = (name for words in all_reading_words() for name in getattr(words.pages, kind))
    return re.compile(name_pattern(names), re.IGNORECASE)


def _is_lone(text: str) -> bool:
    """Return whether a line says little beside its day; one that ends as sentences do is the story's."""
    words = len(_LETTERS.findall(text))
    return words <= (_FEW_WORDS if text.endswith((".", "!", "?", "”", "»")) else _MOST_WORDS)


def _own_text(element: Any) -> str:
    return f"{element.text or ''} {' '.join(child.tail or '' for child in element[:9])}"


def _read_day(written: str, language: str, may_ask: bool) -> tuple[date | None, bool]:
    """Return the day of a line, and whether dateparser was asked for it."""
    if day := parse_date(written):
        return day, False
    if match := _EASTERN.search(written):
        return _calendar_day(match[1], match[2], match[3]), False
    if match := _SLASHED.search(written):
        if language in _ANY_ORDER:
            return None, False
        month, day_number = (match[1], match[2]) if language in _MONTH_FIRST else (match[2], match[1])
        return _calendar_day(match[3], month, day_number), False
    if match := _SHORT.search(written):
        return _calendar_day(f"20{match[3]}", match[2], match[1]), False
    if may_ask and (match := _WRITTEN.search(written)):
        return foreign_day(match[0], language[:2]), True
    return None, False


def day_in_lines(text: str) -> date | None:
    """Return the day that one of a text's first lines, which says little else, has in any language; ``None`` if none.

    Without dateparser, which the extra ``documents`` brings, no line has one.
    """
    lines = (line for line in (line.strip() for line in text.split("\n")) if line)
    dated = [
        line
        for line in islice(lines, _HEAD)
        if len(line) <= _LONGEST and _is_lone(line) and any(map(str.isdigit, line))
    ]
    language = detect_language(text) if dated else ""
    with suppress(ModuleNotFoundError):
        days = (_read_day(line, language or "", may_ask=True)[0] for line in dated)
        return next((day for day in days if day and is_possible(day)), None)
    return None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
