"""Where the codebook's events lie on an axis of days with statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from positions.model.event import Event


def events_within(events: Iterable[Event], days: Sequence[date]) -> Iterator[tuple[Event, float]]:
    """Yield the events that began between the first and the last day, in order of time, each with its place.

    The place is the index of its day among ``days``; between two of them it lies as the calendar has it.
    """
    for event in sorted(events, key=lambda event: event.first):
        if days and days[0] <= event.first <= days[-1]:
            yield event, _place(event.first, days)


def _place(day: date, days: Sequence[date]) -> float:
    after = bisect_left(days, day)
    if days[after] == day:
        return float(after)
    before = days[after - 1]
    return after - 1 + (day - before).days / (days[after] - before).days
