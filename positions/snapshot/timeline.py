"""The records that can matter to a report: of what was superseded before its first day, nothing does.

A position rests on the latest day on which its holder spoke of it, and every question of a report is about some day
from a first one on. So of each thing that one outlet printed in one voice only the last day up to the first one counts,
and all that came later. The answers are the same as from all records; at a hundred thousand they come sooner.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

from positions.codebook import Codebook
from positions.distance import Comparison, compare
from positions.revision import Record
from positions.state import State, state_at

MOST: Final = 64
"""How many states are held at a time: those of a report and of the one before it."""
Key: TypeAlias = tuple[str, str, str | None, str, str]


class Timeline:
    """Records in order of day, by whose word they are and on what; made once and asked for many days."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=lambda record: (record.statement.said_on.last, record.statement.id))
        spoken: dict[Key, list[Record]] = defaultdict(list)
        for record in self.records:
            said = record.statement
            spoken[said.holder, said.issue, said.element, said.voice, record.outlet].append(record)
        self._spoken = [([record.statement.said_on.last for record in found], found) for found in spoken.values()]
        self._dates = [record.statement.said_on.last for record in self.records]
        self.days = tuple(dict.fromkeys(self._dates))

    def window(self, first: date, last: date) -> tuple[Record, ...]:
        """Return the records that can matter on any day from ``first`` to ``last``, in order of id.

        What others claim and what outlets frame is all kept: a report lists it.
        """
        found: list[Record] = []
        for days, records in self._spoken:
            end = bisect_right(days, last)
            place = bisect_right(days, first, 0, end)
            listed = records[0].statement.voice != "self"
            start = 0 if listed or not place else bisect_left(days, days[place - 1])
            found += records[start:end]
        return tuple(sorted(found, key=lambda record: record.statement.id))

    def said_between(self, first: date, last: date) -> list[Record]:
        """Return what was said after ``first`` and up to ``last``, in order of day."""
        return self.records[bisect_right(self._dates, first) : bisect_right(self._dates, last)]

    def days_to(self, last: date, most: int) -> tuple[date, ...]:
        """Return the last ``most`` days up to ``last`` on which something was said, in order."""
        end = bisect_right(self.days, last)
        return self.days[max(0, end - most) : end]


class States:
    """States of a timeline's days, each resolved once as long as it is held; a series of reports shares them."""

    def __init__(self, timeline: Timeline, codebook: Codebook) -> None:
        self.timeline = timeline
        self._codebook = codebook
        self._held: dict[tuple[date, str | None, bool], State] = {}
        self._compared: dict[tuple[date, str, str], Comparison] = {}

    def resolve(self, day: date, without: str | None = None, own: bool = False) -> State:
        """Return the state of a day: with an outlet left out, or of the holders' own word alone."""
        key = (day, without, own)
        if key not in self._held:
            while len(self._held) >= MOST:
                del self._held[next(iter(self._held))]
            kept = (
                record
                for record in self.timeline.window(day, day)
                if record.outlet != without and (not own or record.statement.voice == "self")
            )
            self._held[key] = state_at(kept, self._codebook, as_of=day)
        return self._held[key]

    def compare(self, day: date, party: str, other: str) -> Comparison:
        """Return the comparison of two parties on a day."""
        key = (day, party, other)
        if key not in self._compared:
            while len(self._compared) >= MOST * MOST:
                del self._compared[next(iter(self._compared))]
            self._compared[key] = compare(self.resolve(day), self._codebook, party, other)
        return self._compared[key]
