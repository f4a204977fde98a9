"""The dense panel: every place on every day, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from positions.analysis.panel.by_party import StatementsByParty, choose_statements
from positions.analysis.panel.in_force import map_in_threads
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
"""The stored arrays of a panel and their dtypes."""
BLOCK: Final = 2**18
"""Cells written at a time: few enough to stay in the processor's cache until they are copied."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Positions of every party on every slot on every day, equal to ``state_at`` on each day.

    ``days`` are days since 1970 (int32, ascending). The other arrays have the shape (places, days), place =
    party × slots + slot: ``low`` and ``high`` are the ends of the stance (int8, :data:`SILENT` for silence),
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
        """The day on which the deciding statement was said (int32, days since 1970; :data:`NEVER` for silence)."""
        days = np.full(self.entry.shape, NEVER, dtype=np.int32)
        known = self.entry != UNSAID
        days[known] = self.said[self.entry[known]]
        return days

    @property
    def places(self) -> tuple[tuple[str, str, str | None], ...]:
        """Holder, issue and element (``None`` on a scale) of each row."""
        return tuple((party, *slot) for party in self.parties for slot in self.slots)

    def cube(self, name: str) -> Ints:
        """Return one of the arrays, by name, as a view of shape (parties, slots, days)."""
        values: Ints = getattr(self, name)
        return values.reshape(len(self.parties), len(self.slots), len(self.days))


def build_panel(
    columns: Columns, codebook: Codebook, query: Query = EVERYTHING, *, days: Sequence[date] | None = None
) -> Panel:
    """Resolve every party's positions on every day from a log's columns.

    ``days`` default to every calendar day from the first to the last statement and may come in any order; the query's
    ``as_of`` is ignored. The parties are those with a statement, in codebook order. Raises ``QueryError`` for words
    that the codebook does not declare.
    """
    statements = choose_statements(columns, codebook, query)
    numbers = statements.span if days is None else sorted({day_number(day) for day in days})
    return fill_panel(statements, np.array(numbers, dtype=np.int32))


def blank_arrays(places: int, days: int) -> dict[str, Ints]:
    """Return uninitialised arrays for a panel, each of shape (places, days)."""
    # Unlike zeroed arrays, empty ones come in huge pages, which the system provides ten times as fast.
    return {name: np.empty((places, days), dtype=kind) for name, kind in DENSE.items()}


def fill_panel(statements: StatementsByParty, days: Ints) -> Panel:
    """Return the panel of all parties over ascending ``days`` (days since 1970)."""
    slots = len(statements.slots)
    dense = blank_arrays(len(statements.parties) * slots, len(days))

    def write(party: int) -> None:
        rows = slice(party * slots, (party + 1) * slots)
        write_runs({name: values[rows] for name, values in dense.items()}, statements.runs(party), days)

    map_in_threads(write, len(statements.parties), many=statements.many)
    return Panel(statements.parties, statements.slots, days, said=statements.columns["said"], **dense)


def write_runs(dense: Mapping[str, Ints], runs: Runs, days: Ints) -> None:
    """Write runs into the ``dense`` arrays of shape (places, days), over ascending days."""
    places = len(dense["low"])
    size = max(1, BLOCK // max(1, len(days)))
    cuts = np.searchsorted(runs.place, np.arange(0, places + size, size)).tolist()
    for first, (start, end) in zip(range(0, places, size), pairwise(cuts), strict=False):
        block = slice(start, end)
        length = _lengths(runs.place[block] - first, runs.since[block], days, min(size, places - first))
        _write_block({name: values[first : first + size] for name, values in dense.items()}, runs, block, length)


def _write_block(dense: Mapping[str, Ints], runs: Runs, block: slice, length: Ints) -> None:
    """Write the runs of a block into the arrays of its places, each run over ``length`` days."""
    shape = dense["low"].shape
    for name in ("low", "entry"):
        dense[name][:] = np.repeat(getattr(runs, name)[block], length).reshape(shape)
    dense["high"][:] = dense["low"]
    dense["reported"][:] = dense["contested"][:] = False
    # Ranges, reports and contradictions are rare, so only their cells are written.
    start = np.cumsum(length) - length
    for name, rows in (
        ("high", runs.high[block] != runs.low[block]),
        ("reported", runs.reported[block]),
        ("contested", runs.contested[block]),
    ):
        if rows.any():
            lengths = length[rows]
            cells = np.arange(lengths.sum()) + np.repeat(start[rows] - (np.cumsum(lengths) - lengths), lengths)
            dense[name].reshape(-1)[cells] = np.repeat(getattr(runs, name)[block][rows], lengths)


def _lengths(place: Ints, since: Ints, days: Ints, places: int) -> Ints:
    """Return for each run on how many of ``days`` it holds."""
    if len(days) and days[-1] - days[0] == len(days) - 1:
        column = np.clip(since, days[0], days[-1] + 1) - days[0]
    else:
        column = np.searchsorted(days, since)
    start = place.astype(np.int64) * len(days) + column
    return np.diff(start, append=places * len(days))
