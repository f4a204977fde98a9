"""Days as sources give them: a day, a month, a year or an interval, compared by their last day.

A source often says "last month" or "has long said". Padding such a date to a day would invent
knowledge, so a :class:`PartialDate` keeps what was said, and one rule compares it: a statement counts on a
day when the *last* day it could have been uttered is not later (``semantics.md`` §1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from positions.errors import QueryError
from positions.model.lists import count_words

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_PARTIAL: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# Not calendar.month_name, which follows the machine's locale: reports must not.
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
FIRST_PAPER: Final = date(1600, 1, 1)
"""No newspaper is older, and a year of three digits is mistyped."""
_FORMS: Final = "YYYY-MM-DD, YYYY-MM, YYYY, FIRST/LAST or ../LAST"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """When something was said or printed, as precisely as the source tells and no more.

    ``text`` is the canonical ISO 8601 form: ``2022-02-25``, ``2022-02``, ``2022``,
    ``2022-02-24/2022-02-26`` or, with an open start, ``../2022-02-26``. ``first`` is the first day it may
    mean (``None`` when open), ``last`` the last. Ordered nowhere by itself: compare ``last``.
    """

    text: str
    first: date | None
    last: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the canonical form; raise ``ValueError`` saying what was found and which forms are allowed."""
        return _parse(text)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Wrap an exactly known day."""
        return _parse(day.isoformat())

    def counts_by(self, day: date) -> bool:
        """Return whether it had surely been uttered by the end of ``day``: the one comparison rule."""
        return self.last <= day

    def overlaps(self, other: PartialDate) -> bool:
        """Return whether both could mean the same day; an open start reaches back without limit."""
        starts_before = self.first is None or self.first <= other.last
        return starts_before and (other.first is None or other.first <= self.last)

    def in_words(self) -> str:
        """Say it in plain English: ``25 February 2022``, ``January 2022``, ``by 26 February 2022``."""
        if self.first is None:
            return f"by {day_in_words(self.last)}"
        if self.first == self.last:
            return day_in_words(self.last)
        if "/" in self.text:
            return f"{day_in_words(self.first)} to {day_in_words(self.last)}"
        return f"{MONTHS[self.last.month - 1]} {self.last.year}" if "-" in self.text else self.text

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": r"^(\.\.|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
            "description": f"A day, month, year or interval: {_FORMS}.",
        }

    @classmethod
    def _validate(cls, value: object) -> PartialDate:
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return _parse(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return cls.of(value)
        raise ValueError(f"found {value!r}, allowed: {_FORMS}")


@lru_cache(maxsize=8192)
def _parse(text: str) -> PartialDate:
    start, slash, end = text.partition("/")
    if not slash:
        first, last = _span(text, text)
        return PartialDate(text, first, last)
    last = _span(end, text)[1]
    if start == "..":
        return PartialDate(text, None, last)
    first = _span(start, text)[0]
    if first > last:
        raise ValueError(f"found {text!r}: the interval ends before it starts")
    return PartialDate(text, first, last)


def _span(part: str, whole: str) -> tuple[date, date]:
    match = _PARTIAL.fullmatch(part)
    if match is None:
        raise ValueError(f"found {whole!r}, allowed: {_FORMS}")
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), _month_end(year, month)
        return date(year, month, day), date(year, month, day)
    except ValueError:
        raise ValueError(f"found {whole!r}, which is no day of the calendar; allowed: {_FORMS}") from None


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date.max
    return following if following == date.max else following - timedelta(days=1)


def day_in_words(day: date) -> str:
    """Write a day as people do, ``27 February 2022``, whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(text: str) -> str:
    """Write the ISO 8601 text of a :class:`PartialDate` in words, as :meth:`PartialDate.in_words` does."""
    return _parse(text).in_words()


def days_in_words(days: int) -> str:
    """Write how long before: ``the same day``, ``1 day before``, ``46 days before``."""
    return "the same day" if days == 0 else "1 day before" if days == 1 else f"{days} days before"


def parse_day(text: str, *, name: str) -> date:
    """Read a calendar day given by a user; ``name`` is the option, for the error (:class:`QueryError`)."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise QueryError(f"found {text!r}, allowed: a day of the calendar as YYYY-MM-DD", field=name)


def parse_instant(text: str, *, name: str) -> datetime:
    """Read an instant in UTC; a bare day means its end, inclusive; a time without zone is UTC."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return end_of_day(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise QueryError(f"found {text!r}, allowed: YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ", field=name) from None


def read_day(given: date | str, *, name: str) -> date:
    """Return a day that a script gives as a date or as ISO text; raise ``QueryError`` for anything else."""
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    return parse_day(given if isinstance(given, str) else repr(given), name=name)


def read_instant(given: date | datetime | str, *, name: str) -> datetime:
    """Return an instant in UTC that a script gives as such, as a day, which means its end, or as ISO text."""
    if isinstance(given, str):
        return parse_instant(given, name=name)
    if not isinstance(given, date):
        return parse_instant(repr(given), name=name)
    if not isinstance(given, datetime):
        return end_of_day(given)
    return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of a day in UTC."""
    return datetime.combine(day, time.max, UTC)


def is_ahead(moment: datetime) -> bool:
    """Return whether an instant lies more than a day ahead, which no clock that is right can have told.

    A day is left for clocks that know their time and not its zone.
    """
    return moment > datetime.now(UTC) + timedelta(days=1)


def publication_problem(published: PartialDate) -> str:
    """Say why nothing can have been published on a date; empty if something can.

    Papers have been printed since :data:`FIRST_PAPER`. A vague date may reach to the end of this year.
    """
    first = published.first or published.last
    latest = datetime.now(UTC).date() + timedelta(days=1)
    if first > latest or published.last > date(latest.year, 12, 31):
        return f"found {published}, which is yet to come; allowed: a date by {latest}"
    if first < FIRST_PAPER:
        return f"found {published}, allowed: a date from {FIRST_PAPER.year} on"
    return ""


def past_instant(moment: datetime) -> datetime:
    """Return an instant at which something was recorded; raise ``ValueError`` if a clock ran ahead."""
    if is_ahead(moment):
        days = (moment - datetime.now(UTC)).days
        raise ValueError(f"lies {count_words(days, 'day')} in the future: a clock ran ahead")
    return moment


def instant_text(moment: datetime) -> str:
    """Write an instant the one way the toolkit does: UTC, microseconds, ``Z``; sorts as text."""
    at_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{at_utc.isoformat(timespec='microseconds')[:-6]}Z"


_EPOCH: Final = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Return a day as days since 1970-01-01, for arrays."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the day of a number from :func:`day_number`."""
    return date.fromordinal(int(number) + _EPOCH)


def microseconds(instant: datetime | str) -> int:
    """Return an instant, or its text, as microseconds since 1970 in UTC, for arrays."""
    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
