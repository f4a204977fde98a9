"""The dense panel: every place on every day, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from positions.analysis.panel.by_party import Spoken, choose
from positions.analysis.panel.in_force import each
from positions.analysis.panel.runs import NEVER, SILENT, UNSAID, Runs
from positions.analysis.panel.slots import Ints, Slot
from positions.model.codebook import Codebook
from positions.model.dates import day_number
from positions.model.query import EVERYTHING, Query
from positions.store.columns import Columns

__all__ = ["NEVER", "SILENT", "UNSAID", "Panel", "build_panel"]


DENSE: Final[dict[str, type[np.generic]]] = {
    "low": np.int8,
    "high": np.int8,
    "entry": np.int32,
    "reported": np.bool_,
    "contested": np.bool_,
}
"""The arrays of a panel that are written out, and their dtypes."""
BLOCK: Final = 2**18
"""Cells written out at a time: what is written then lies in a processor's cache until it is moved to its place."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Positions of every party on every slot on every day, equal to ``state_at`` on each day.

    ``days`` are days since 1970 (int32, ascending). The other arrays have the shape (places, days), place =
    party × slots + slot: ``low`` and ``high`` are the ends of the stance (int8, :data:`SILENT` where silent),
    ``entry`` the row of the deciding statement in the log's columns (int32, :data:`UNSAID`; its sequence number is
    one more), ``reported`` and ``contested`` as in :class:`positions.model.position.Position`. Slots are scale issues,
    options leaves and conditions, in codebook order. ``said`` is the log's column, by entry.
    """

    parties: tuple[str, ...]
    slots: tuple[Slot, ...]
    days: Ints
    low: Ints
    high: Ints
    entry: Ints
    reported: Ints
    contested: Ints
    said: Ints = field(repr=False)

    @property
    def since(self) -> Ints:
        """The day on which the deciding statement was said (int32, days since 1970; :data:`NEVER` where silent)."""
        found = np.full(self.entry.shape, NEVER, dtype=np.int32)
        spoken = self.entry != UNSAID
        found[spoken] = self.said[self.entry[spoken]]
        return found

    @property
    def places(self) -> tuple[tuple[str, str, str | None], ...]:
        """What each row is about: holder, issue and element (``None`` on a scale)."""
        return tuple((party, *slot) for party in self.parties for slot in self.slots)

    def cube(self, name: str) -> Ints:
        """Return an array by party, slot and day, without copying."""
        values: Ints = getattr(self, name)
        return values.reshape(len(self.parties), len(self.slots), len(self.days))


def build_panel(
    columns: Columns, codebook: Codebook, query: Query = EVERYTHING, *, days: Sequence[date] | None = None
) -> Panel:
    """Resolve every party's positions on every day from a log's columns.

    ``days`` default to every calendar day from the first to the last on which something was said; they may be given
    in any order; the query's day chooses none. The parties are those about whom something is said, in codebook order.
    Raises ``QueryError`` for words the codebook lacks.
    """
    spoken = choose(columns, codebook, query)
    numbers = spoken.span if days is None else sorted({day_number(day) for day in days})
    return spread_out(spoken, np.array(numbers, dtype=np.int32))


def blank(places: int, days: int) -> dict[str, Ints]:
    """Return a panel's arrays before anything is written in them."""
    # Unlike zeros, empty arrays come in huge pages, which the system hands out ten times as fast.
    return {name: np.empty((places, days), dtype=kind) for name, kind in DENSE.items()}


def spread_out(spoken: Spoken, days: Ints) -> Panel:
    """Write the runs of all parties out over ascending days."""
    slots = len(spoken.slots)
    dense = blank(len(spoken.parties) * slots, len(days))

    def write(party: int) -> None:
        rows = slice(party * slots, (party + 1) * slots)
        spread_runs({name: values[rows] for name, values in dense.items()}, spoken.runs(party), days)

    each(write, len(spoken.parties), many=spoken.many)
    return Panel(spoken.parties, spoken.slots, days, said=spoken.columns["said"], **dense)


def spread_runs(dense: Mapping[str, Ints], runs: Runs, days: Ints) -> None:
    """Write runs into arrays of their places, over ascending days."""
    places = len(dense["low"])
    size = max(1, BLOCK // max(1, len(days)))
    cuts = np.searchsorted(runs.place, np.arange(0, places + size, size)).tolist()
    for first, (start, end) in zip(range(0, places, size), pairwise(cuts), strict=False):
        block = slice(start, end)
        length = _lengths(runs.place[block] - first, runs.since[block], days, min(size, places - first))
        _write({name: values[first : first + size] for name, values in dense.items()}, runs, block, length)


def _write(dense: Mapping[str, Ints], runs: Runs, block: slice, length: Ints) -> None:
    """Write some runs into arrays of their places, each over ``length`` days."""
    shape = dense["low"].shape
    for name in ("low", "entry"):
        dense[name][:] = np.repeat(getattr(runs, name)[block], length).reshape(shape)
    dense["high"][:] = dense["low"]
    dense["reported"][:] = dense["contested"][:] = False
    # Ranges, reports and contradictions are rare: written where they are, not everywhere.
    start = np.cumsum(length) - length
    for name, rows in (
        ("high", runs.high[block] != runs.low[block]),
        ("reported", runs.reported[block]),
        ("contested", runs.contested[block]),
    ):
        if rows.any():
            held = length[rows]
            cells = np.arange(held.sum()) + np.repeat(start[rows] - (np.cumsum(held) - held), held)
            dense[name].reshape(-1)[cells] = np.repeat(getattr(runs, name)[block][rows], held)


def _lengths(place: Ints, since: Ints, days: Ints, places: int) -> Ints:
    """Return on how many of the days each run holds."""
    if len(days) and days[-1] - days[0] == len(days) - 1:
        column = np.clip(since, days[0], days[-1] + 1) - days[0]
    else:
        column = np.searchsorted(days, since)
    start = place.astype(np.int64) * len(days) + column
    return np.diff(start, append=places * len(days))
