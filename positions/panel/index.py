"""A kept index: the state at any one date, without a panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from positions.codebook import Codebook
from positions.dates import day_number
from positions.panel.grid import Found, Panel, find_runs
from positions.panel.spots import Ints
from positions.store.columns import Columns


@dataclass(frozen=True, slots=True)
class Index:
    """All runs of a log as known at one instant, ready to be asked for any day; make it with :func:`build_index`.

    ``key`` holds place and day of each run as one rising integer, ``ask`` the key of each place on day 0;
    ``said`` is the log's column.
    """

    found: Found
    key: Ints
    ask: Ints
    said: Ints

    def at(self, day: date) -> Panel:
        """Return the state at one day as a panel of that day; its cost grows with the places, not the statements."""
        number = day_number(day)
        runs = self.found.runs
        # Every place starts with a silent run, so the last run not after the day is always its own.
        held = np.searchsorted(self.key, self.ask + number, side="right") - 1

        def column(values: Ints) -> Ints:
            return values[held][:, None]

        return Panel(
            self.found.parties,
            self.found.slots,
            np.array([number], dtype=np.int32),
            column(runs.low),
            column(runs.high),
            column(runs.entry),
            column(runs.reported),
            column(runs.contested),
            self.said,
        )


def build_index(
    columns: Columns, codebook: Codebook, *, known_at: datetime | None = None, public_by: date | None = None
) -> Index:
    """Resolve a log once, to ask it for single days; arguments as in :func:`positions.panel.build_panel`."""
    found = find_runs(columns, codebook, known_at=known_at, public_by=public_by)
    places = np.arange(len(found.parties) * len(found.slots), dtype=np.int64)
    base = 2**31
    key = (found.runs.place.astype(np.int64) << 32) + (found.runs.since.astype(np.int64) + base)
    return Index(found, key, (places << 32) + base, columns["said"])
