"""The records that can matter on a day, and what was resolved of them: of what was superseded by then, nothing does.

A position rests on the latest day on which its holder spoke of it. So of each thing that one outlet printed in one
voice only the last day counts. The answers are the same as from all records; at a hundred thousand they come sooner.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Final, TypeAlias

from positions.analysis.distance import Comparison, compare, issue_distance, weighed
from positions.analysis.state import State, state_at
from positions.model.codebook import Codebook
from positions.model.revision import Record

MOST: Final = 32
"""How many days are held at a time: those of a report and of the one before it."""
_day: Final[Callable[[Record], date]] = attrgetter("statement.said_on.last")
_Key: TypeAlias = tuple[str, str, str | None, str, str]


class Timeline:
    """Records in order of day, by id, and by whose word they are and on what; made once and asked for many days.

    They come in order of id, as :func:`positions.model.revision.known` gives them, and keep it within a day.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=_day)
        self.by_id = {record.statement.id: record for record in self.records}
        spoken: dict[_Key, list[Record]] = defaultdict(list)
        for record in self.records:
            said = record.statement
            spoken[said.holder, said.issue, said.element, said.voice, record.outlet].append(record)
        self._spoken = [(list(map(_day, found)), found) for found in spoken.values()]
        self._dates = list(map(_day, self.records))
        self.days = tuple(dict.fromkeys(self._dates))

    def bearing(self, day: date) -> list[Record]:
        """Return the records that can matter on a day, in no order.

        What others claim and what outlets frame is all kept: a report lists it.
        """
        found: list[Record] = []
        for days, records in self._spoken:
            end = bisect_right(days, day)
            listed = records[0].statement.voice != "self"
            start = 0 if listed or not end else bisect_left(days, days[end - 1])
            found += records[start:end]
        return found

    def said_between(self, first: date, last: date) -> list[Record]:
        """Return what was said after ``first`` and up to ``last``, in order of day."""
        return self.records[bisect_right(self._dates, first) : bisect_right(self._dates, last)]

    def days_to(self, last: date, most: int) -> tuple[date, ...]:
        """Return the last ``most`` days up to ``last`` on which something was said, in order."""
        end = bisect_right(self.days, last)
        return self.days[max(0, end - most) : end]


class States:
    """What was resolved of a timeline, once for each day as long as it is held; a series of reports shares it.

    It is a :class:`positions.analysis.source_conflict.Resolving`.
    """

    def __init__(self, timeline: Timeline, codebook: Codebook) -> None:
        self.timeline = timeline
        self._codebook = codebook
        self._days: dict[date, _Day] = {}

    def whole(self, day: date) -> State:
        """Return the state of a day."""
        return self._day(day).state

    def own(self, day: date) -> State:
        """Return the state of a day by the holders' own word alone."""
        return self._day(day).own

    def compare(self, day: date, party: str, other: str, *, without: str | None = None) -> Comparison:
        """Return the comparison of two parties on a day, with one outlet left out where it is named."""
        return self._day(day).compare(party, other, without)

    def outlets_of(self, day: date, parties: Collection[str]) -> list[str]:
        """Name the outlets that told of the parties by the end of a day, in order."""
        return sorted(set().union(*(self._day(day).outlets[party] for party in parties)))

    def _day(self, day: date) -> _Day:
        if day not in self._days:
            while len(self._days) >= MOST:
                del self._days[next(iter(self._days))]
            self._days[day] = _Day(day, self.timeline.bearing(day), self._codebook)
        return self._days[day]


class _Day:
    """All that is resolved of one day: its state, that of the holders' own word, and those without an outlet."""

    def __init__(self, day: date, records: Sequence[Record], codebook: Codebook) -> None:
        self.state = state_at(records, codebook, as_of=day)
        self._codebook = codebook
        self.outlets: dict[str, set[str]] = defaultdict(set)
        for record in records:
            self.outlets[record.statement.holder].add(record.outlet)
        # What others claim decides nothing; of a long log it is most.
        self._deciding = [record for record in records if record.statement.voice != "ascribed"]
        self._without: dict[str, tuple[State, frozenset[tuple[str, str]]]] = {}
        self._compared: dict[tuple[str, str, str | None], Comparison] = {}

    @cached_property
    def own(self) -> State:
        kept = (record for record in self._deciding if record.statement.voice == "self")
        return state_at(kept, self._codebook, as_of=self.state.as_of)

    def compare(self, party: str, other: str, without: str | None) -> Comparison:
        key = (party, other, without)
        if key not in self._compared:
            self._compared[key] = (
                compare(self.state, self._codebook, party, other)
                if without is None
                else self._compared_without(without, self.compare(party, other, None))
            )
        return self._compared[key]

    def _compared_without(self, outlet: str, whole: Comparison) -> Comparison:
        """Measure again only the issues on which one of the pair rests on an outlet's statements."""
        state, touched = self._left_out(outlet)
        agenda = []
        for found in whole.issues:
            if touched.isdisjoint((party, found.issue) for party in whole.parties):
                agenda.append(found)
            elif again := issue_distance(state, self._codebook.issue(found.issue), whole.parties):
                agenda.append(again)
        return weighed(whole.parties, whole.as_of, tuple(agenda))

    def _left_out(self, outlet: str) -> tuple[State, frozenset[tuple[str, str]]]:
        """Resolve again what rests on an outlet's statements, nothing else depends on them; tell whose on what."""
        if outlet not in self._without:
            ids = {record.statement.id for record in self._deciding if record.outlet == outlet}
            standing = self.state.positions.items()
            touched = frozenset(place[:2] for place, found in standing if not ids.isdisjoint(found.basis))
            kept = [
                record
                for record in self._deciding
                if record.outlet != outlet and (record.statement.holder, record.statement.issue) in touched
            ]
            fresh = state_at(kept, self._codebook, as_of=self.state.as_of).positions
            positions = {
                place: again
                for place, found in standing
                if (again := fresh.get(place) if place[:2] in touched else found)
            }
            self._without[outlet] = replace(self.state, positions=positions, claims={}, framings={}), touched
        return self._without[outlet]
