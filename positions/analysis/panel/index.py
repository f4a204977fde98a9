"""A kept index: the state at any one date, without a panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from positions.analysis.panel.by_party import Spoken, choose
from positions.analysis.panel.dense import DENSE, Panel
from positions.analysis.panel.slots import Ints
from positions.model.codebook import Codebook
from positions.model.dates import day_number
from positions.model.query import EVERYTHING, Query
from positions.store.columns import Columns


@dataclass(frozen=True, slots=True)
class Index:
    """All runs of a log as known at one instant, ready to be asked for any day; make it with :func:`build_index`.

    ``key`` holds place and day of each run as one rising integer, ``ask`` the key of each place on day 0; ``told``
    holds by run what a panel tells of it.
    """

    spoken: Spoken
    key: Ints
    ask: Ints
    told: Mapping[str, Ints]

    def at(self, day: date) -> Panel:
        """Return the state at one day as a panel of that day; its cost grows with the places, not the statements."""
        number = day_number(day)
        # Every place starts with a silent run, so the last run not after the day is always its own.
        held = np.searchsorted(self.key, self.ask + number, side="right") - 1
        return Panel(
            self.spoken.parties,
            self.spoken.slots,
            np.array([number], dtype=np.int32),
            said=self.spoken.columns["said"],
            **{name: values.take(held)[:, None] for name, values in self.told.items()},
        )


def build_index(columns: Columns, codebook: Codebook, query: Query = EVERYTHING) -> Index:
    """Resolve a log once, to ask it for single days; arguments as in :func:`positions.analysis.panel.build_panel`."""
    spoken = choose(columns, codebook, query)
    slots, base = len(spoken.slots), 2**31
    runs = [spoken.runs(party) for party in range(len(spoken.parties))]
    keys = [
        ((party * slots + found.place.astype(np.int64)) << 32) + (found.since.astype(np.int64) + base)
        for party, found in enumerate(runs)
    ]
    told = {
        name: np.concatenate([np.zeros(0, kind), *(getattr(found, name) for found in runs)])
        for name, kind in DENSE.items()
    }
    ask = (np.arange(len(runs) * slots, dtype=np.int64) << 32) + base
    return Index(spoken, np.concatenate([np.zeros(0, np.int64), *keys]), ask, told)
