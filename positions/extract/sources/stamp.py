"""A moment as pages' metadata write it, read as the day that it stands for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from positions.extract.sources.publication_date import is_possible, parse_date

_STAMP: Final = re.compile(
    r"(?P<day>(?:19|20)\d\d-?\d\d-?\d\d)(?:[T ]+(?P<hour>\d\d):?(?P<minute>\d\d)(?::?\d\d(?:[.,]\d+)?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?(?!\d)"
)
_EPOCH: Final = re.compile(r"[0-9]{10}(?:[0-9]{3})?")
_RFC_ZONE: Final = re.compile(r"(?P<hour>\d\d):(?P<minute>\d\d):\d\d (?P<zone>GMT|UTC|Z|[+-]0000)")
_LONGEST: Final = 120
_FURTHEST_EAST: Final = 14
_FURTHEST_WEST: Final = 12


class DayWitness(NamedTuple):
    """A day that a page gives for its story.

    ``utc_hour`` is the hour if the stamp is in UTC, so that the local day may be the one before or after; ``None`` if
    the day is the local one.
    """

    day: date
    utc_hour: int | None = None

    def may_be(self, local_day: date) -> bool:
        """Return whether the stamp may fall on a day somewhere in the world."""
        if self.utc_hour is None or self.day == local_day:
            return self.day == local_day
        if local_day == self.day + timedelta(days=1):
            return self.utc_hour >= 24 - _FURTHEST_EAST
        return local_day == self.day - timedelta(days=1) and self.utc_hour < _FURTHEST_WEST


def parse_stamp(written: str) -> DayWitness | None:
    """Return the day of a stamp in a page's metadata, in any usual form; ``None`` for one that is no possible day."""
    written = written.strip()[:_LONGEST]
    if match := _STAMP.match(written):
        try:
            day = date.fromisoformat(match["day"])
        except ValueError:
            return None
        return _witness(day, match)
    if _EPOCH.fullmatch(written):
        moment = datetime.fromtimestamp(int(written[:10]), UTC)
        return DayWitness(moment.date(), moment.hour) if is_possible(moment.date()) else None
    parsed = parse_date(written)
    if parsed is None:
        return None
    zone = _RFC_ZONE.search(written)
    return _witness(parsed, zone) if zone else _witness(parsed, None)


def _witness(day: date, match: re.Match[str] | None) -> DayWitness | None:
    if not is_possible(day):
        return None
    is_utc = match is not None and (match["zone"] or "") in ("Z", "UTC", "GMT", "+00", "+00:00", "+0000", "-0000")
    return DayWitness(day, int(match["hour"]) if match is not None and is_utc else None)
