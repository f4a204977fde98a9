"""Where any day, such as that of an event, lies on an axis of days with statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from positions.model.event import Event

OUTSIDE: Final = 0.3
"""How far outside of the axis a day is drawn that lies before or after all days with statements, in days' steps."""


def events_within(events: Iterable[Event], days: Sequence[date]) -> Iterator[tuple[Event, float]]:
    """Yield the events that began between the first and the last day, in order of time, each with its place.

    The place is the index of its day among ``days``; between two of them it lies as the calendar has it.
    """
    for event in sorted(events, key=lambda event: event.first):
        if days and days[0] <= event.first <= days[-1]:
            yield event, place_of(event.first, days)


def place_of(day: date, days: Sequence[date]) -> float:
    """Return where a day lies among ``days``, counted from 0; before the first or after the last, just outside."""
    after = bisect_left(days, day)
    if after == len(days):
        return after - 1 + OUTSIDE
    if days[after] == day:
        return float(after)
    if after == 0:
        return -OUTSIDE
    before = days[after - 1]
    return after - 1 + (day - before).days / (days[after] - before).days
