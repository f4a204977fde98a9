"""Days as people and spreadsheets write them: 27.02.2022, 27/02/2022, 27 February 2022, the number of a day."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from positions.model.dates import MONTHS, PartialDate, day_in_words

_DOTTED: Final = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_SLASHED: Final = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_MIDNIGHT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(:00(\.0+)?)?Z?")
_NAMED: Final = re.compile(r"(?:([0-9]{1,2})\.? )?([A-Za-z]{3,9})\.? ([0-9]{4})")
_MONTH_FIRST: Final = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_SERIAL: Final = re.compile(r"[0-9]{5}(\.0+)?")
_FIRST_SERIAL: Final = date(1899, 12, 30)
"""The day that spreadsheets count days from; before 1 March 1900 they differ by one."""


class AmbiguousDayError(ValueError):
    """A day that may be two days, by who wrote it: 03/04/2022."""


def read_local_date(text: str) -> str:
    """Return a day as ISO 8601 text, however it is written; a text that is no day in a form known here stays.

    Raises :class:`AmbiguousDayError` for one that may be two days.
    """
    if match := _MIDNIGHT.fullmatch(text):
        return match[1]
    if match := _DOTTED.fullmatch(text):
        return _iso(match[3], match[2], match[1]) or text
    if match := _YEAR_FIRST.fullmatch(text):
        return _iso(match[1], match[2], match[3]) or text
    if match := _SLASHED.fullmatch(text):
        return _unambiguous(match[1], match[2], match[3]) or text
    if match := _NAMED.fullmatch(text):
        return _with_name(match[3], match[2], match[1]) or text
    if match := _MONTH_FIRST.fullmatch(text):
        return _with_name(match[3], match[1], match[2]) or text
    return serial_day(text) or text


def serial_day(text: str) -> str:
    """Return the day that a spreadsheet's number of a day stands for, empty if it is no such number of five digits."""
    return (_FIRST_SERIAL + timedelta(days=int(text[:5]))).isoformat() if _SERIAL.fullmatch(text) else ""


def day_text(cell: date | datetime) -> str:
    """Return the day of a cell that holds one as ISO 8601 text; a time on it is left out."""
    return (cell.date() if isinstance(cell, datetime) else cell).isoformat()


def _unambiguous(first: str, second: str, year: str) -> str:
    """Return the day of 27/02/2022 or 02/27/2022."""
    days = list(dict.fromkeys(filter(None, (_iso(year, second, first), _iso(year, first, second)))))
    if len(days) == 2:
        either = " or ".join(day_in_words(date.fromisoformat(day)) for day in days)
        raise AmbiguousDayError(f"found '{first}/{second}/{year}', which may be {either}; allowed: YYYY-MM-DD")
    return days[0] if days else ""


def _with_name(year: str, month: str, day: str | None) -> str:
    named = [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(month.casefold()[:9])]
    if len(named) != 1:
        return ""
    if day is not None:
        return _iso(year, str(named[0]), day)
    text = f"{year}-{named[0]:02d}"
    with suppress(ValueError):
        return PartialDate.parse(text).text
    return ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
