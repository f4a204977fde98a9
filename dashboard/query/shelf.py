"""Statements sorted by place and day, so that a day's state costs what its places cost, not what the log holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from positions.analysis.state import State, state_at
from positions.model.codebook import Codebook
from positions.model.position import PositionKey
from positions.model.revision import Record


@dataclass(slots=True)
class Row:
    """What was said in one voice on one place, in order of day; ``days`` are the last days of ``records``."""

    records: list[Record] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def latest(self, day: date) -> list[Record]:
        """Return the statements of the last day up to ``day``: no earlier one can decide a position."""
        end = bisect_right(self.days, day)
        return self.records[bisect_left(self.days, self.days[end - 1]) : end] if end else []

    def ids_by(self, day: date) -> tuple[str, ...]:
        """Return the ids of all that was said up to a day."""
        return tuple(self.ids[: bisect_right(self.days, day)])


class Shelf:
    """The statements of a case, ready to be asked for the state of any day; equals ``state_at`` on all of them.

    ``records`` are all of them in order of day, ``days`` their last days.
    """

    def __init__(self, records: Iterable[Record], codebook: Codebook) -> None:
        self._codebook = codebook
        self._rows: dict[str, dict[PositionKey, Row]] = {
            voice: defaultdict(Row) for voice in ("self", "ascribed", "framing")
        }
        self.records = sorted(records, key=_order)
        self.days: list[date] = []
        for record in self.records:
            said = record.statement
            row = self._rows[said.voice][said.holder, said.issue, said.element]
            row.records.append(record)
            row.days.append(said.said_on.last)
            row.ids.append(said.id)
            self.days.append(said.said_on.last)

    def said_by(self, day: date) -> int:
        """Count what had been said by the end of a day."""
        return bisect_right(self.days, day)

    def state(self, day: date) -> State:
        """Return the state of a day."""
        found = state_at(self._bearing(day), self._codebook, as_of=day)
        return replace(found, claims=self._told("ascribed", day), framings=self._told("framing", day))

    def _bearing(self, day: date) -> Iterator[Record]:
        for voice in ("self", "framing"):
            for row in self._rows[voice].values():
                yield from row.latest(day)

    def _told(self, voice: str, day: date) -> dict[PositionKey, tuple[str, ...]]:
        rows = sorted(self._rows[voice].items(), key=lambda item: tuple(map(str, item[0])))
        return {place: ids for place, row in rows if (ids := row.ids_by(day))}


def _order(record: Record) -> tuple[object, ...]:
    return record.statement.said_on.last, record.recorded_at, record.statement.id
