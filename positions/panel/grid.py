"""The dense panel: every place on every day, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Final

import numpy as np

from positions.codebook import Codebook
from positions.dates import day_number
from positions.panel.inforce import InForce, bearing, deciding, in_force
from positions.panel.runs import NEVER, SILENT, UNSAID, Runs, runs_of
from positions.panel.spots import Ints, Slot, known_parties, make_spots, party_codes, slots_of
from positions.store.columns import Columns

__all__ = ["NEVER", "SILENT", "UNSAID", "Panel", "build_panel"]


DENSE: Final = ("low", "high", "entry", "reported", "contested")
"""The arrays of a panel that are written out."""
BLOCK: Final = 2**18
"""Cells written out at a time: what is written then lies in a processor's cache until it is moved to its place."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Positions of every party on every slot on every day, equal to ``state_at`` on each day.

    ``days`` are days since 1970 (int32, ascending). The other arrays have the shape (places, days), place =
    party × slots + slot: ``low`` and ``high`` are the ends of the stance (int8, :data:`SILENT` where silent),
    ``entry`` the row of the deciding statement in the log's columns (int32, :data:`UNSAID`; its sequence number is
    one more), ``reported`` and ``contested`` as in :class:`positions.state.Position`. Slots are scale issues, options
    leaves and conditions, in codebook order. ``said`` is the log's column, by entry.
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


@dataclass(frozen=True, slots=True)
class Found:
    """Runs with what they are about, and the first and last day on which anything was said (empty: no days)."""

    parties: tuple[str, ...]
    slots: tuple[Slot, ...]
    runs: Runs
    span: range


def build_panel(
    columns: Columns,
    codebook: Codebook,
    *,
    known_at: datetime | None = None,
    public_by: date | None = None,
    days: Sequence[date] | None = None,
) -> Panel:
    """Resolve every party's positions on every day from a log's columns.

    ``days`` default to every calendar day from the first to the last on which something was said; they may be given
    in any order. The parties are those about whom something is said, in codebook order. ``known_at`` and
    ``public_by`` as in :func:`positions.revision.known`. Raises ``QueryError`` for words the codebook lacks.
    """
    found = find_runs(columns, codebook, known_at=known_at, public_by=public_by)
    numbers = found.span if days is None else sorted({day_number(day) for day in days})
    return spread_runs(found, np.array(numbers, dtype=np.int32), columns["said"])


def find_runs(
    columns: Columns,
    codebook: Codebook,
    *,
    known_at: datetime | None = None,
    public_by: date | None = None,
    parties: tuple[str, ...] | None = None,
) -> Found:
    """Resolve a log into runs, for the parties that occur or for those given."""
    chosen = in_force(columns, known_at=known_at, public_by=public_by)
    holders = columns.names["holder"]
    if parties is None:
        held = np.flatnonzero(np.bincount(columns["holder"][chosen.entry], minlength=len(holders)))
        parties = known_parties(codebook, [holders[code] for code in held])
    slots = tuple(slot for issue in codebook.issues for slot in slots_of(issue))
    spots, codes = make_spots(codebook, columns.names), party_codes(parties, holders)
    said = bearing(columns, deciding(columns, chosen), spots, codes, len(slots))
    return Found(parties, slots, runs_of(columns, said, len(parties) * len(slots)), _span(columns, chosen))


def _span(columns: Columns, chosen: InForce) -> range:
    said = columns["said"][chosen.entry]
    return range(int(said.min()), int(said.max()) + 1) if len(said) else range(0)


def spread_runs(found: Found, days: Ints, said: Ints) -> Panel:
    """Write runs out over ascending days; ``said`` is the log's column of that name."""
    runs = found.runs
    shape = len(found.parties) * len(found.slots), len(days)
    dense = {name: np.zeros(shape, dtype=getattr(runs, name).dtype) for name in DENSE}
    size = max(1, BLOCK // max(1, len(days)))
    cuts = np.searchsorted(runs.place, np.arange(0, shape[0] + size, size)).tolist()
    for first, (start, end) in zip(range(0, shape[0], size), pairwise(cuts), strict=False):
        block = slice(start, end)
        length = lengths_of(runs.place[block] - first, runs.since[block], days, min(size, shape[0] - first))
        spread_block({name: values[first : first + size] for name, values in dense.items()}, runs, block, length)
    return Panel(found.parties, found.slots, days, said=said, **dense)


def spread_block(dense: Mapping[str, Ints], runs: Runs, block: slice, length: Ints) -> None:
    """Write some runs into arrays of their places, each over ``length`` days; flags must be unset there."""
    shape = dense["low"].shape
    for name in ("low", "entry"):
        dense[name][:] = np.repeat(getattr(runs, name)[block], length).reshape(shape)
    dense["high"][:] = dense["low"]
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


def lengths_of(place: Ints, since: Ints, days: Ints, places: int) -> Ints:
    """Return on how many of the days each run holds."""
    if len(days) and days[-1] - days[0] == len(days) - 1:
        column = np.clip(since, days[0], days[-1] + 1) - days[0]
    else:
        column = np.searchsorted(days, since)
    start = place.astype(np.int64) * len(days) + column
    return np.diff(start, append=places * len(days))
