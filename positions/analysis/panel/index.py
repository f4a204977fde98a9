"""An index of runs that gives the state of any single day without a panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from positions.analysis.panel.by_party import StatementsByParty, choose_statements
from positions.analysis.panel.dense import DENSE, Panel
from positions.analysis.panel.slots import Ints
from positions.model.codebook import Codebook
from positions.model.dates import day_number
from positions.model.query import EVERYTHING, Query
from positions.store.columns import Columns


@dataclass(frozen=True, slots=True)
class Index:
    """All runs of a log as known at one instant; build it with :func:`build_index`.

    ``key`` holds place and day of each run as one ascending integer, ``start`` the key of each place on day 0;
    ``fields`` are the arrays of a panel, by run.
    """

    spoken: StatementsByParty
    key: Ints
    start: Ints
    fields: Mapping[str, Ints]

    def at(self, day: date) -> Panel:
        """Return the state of one day as a panel of that day; its cost does not grow with the statements."""
        number = day_number(day)
        # Every place starts with a silent run, so the last run not after the day is always its own.
        run = np.searchsorted(self.key, self.start + number, side="right") - 1
        return Panel(
            self.spoken.parties,
            self.spoken.slots,
            np.array([number], dtype=np.int32),
            said=self.spoken.columns["said"],
            **{name: values.take(run)[:, None] for name, values in self.fields.items()},
        )


def build_index(columns: Columns, codebook: Codebook, query: Query = EVERYTHING) -> Index:
    """Resolve a log once for queries of single days; arguments as in :func:`positions.analysis.panel.build_panel`."""
    statements = choose_statements(columns, codebook, query)
    slots, base = len(statements.slots), 2**31
    runs = [statements.runs(party) for party in range(len(statements.parties))]
    keys = [
        ((party * slots + party_runs.place.astype(np.int64)) << 32) + (party_runs.since.astype(np.int64) + base)
        for party, party_runs in enumerate(runs)
    ]
    fields = {
        name: np.concatenate([np.zeros(0, kind), *(getattr(party_runs, name) for party_runs in runs)])
        for name, kind in DENSE.items()
    }
    start = (np.arange(len(runs) * slots, dtype=np.int64) << 32) + base
    return Index(statements, np.concatenate([np.zeros(0, np.int64), *keys]), start, fields)
