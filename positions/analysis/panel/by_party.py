"""The statements of a log that can decide positions, grouped by party, and each party's runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from positions.analysis.panel.in_force import (
    MANY,
    EntriesInForce,
    choose_in_force,
    find_reach,
    map_in_threads,
    split_by_party,
)
from positions.analysis.panel.runs import Runs, resolve_runs
from positions.analysis.panel.slots import Ints, Slot, SlotMap, build_slot_map, slots_of
from positions.model.codebook import Codebook
from positions.model.query import EVERYTHING, Query
from positions.store.columns import Columns


@dataclass(frozen=True, slots=True)
class StatementsByParty:
    """The statements of a log that can decide (``sayings``), by party, in order of publication and record.

    ``span`` goes from the first to the last day with a statement (empty without any). Parties are resolved one at a
    time, so that the arrays fit the processor's cache and memory stays small.
    """

    parties: tuple[str, ...]
    slots: tuple[Slot, ...]
    span: range
    columns: Columns
    spots: SlotMap
    sayings: tuple[Ints, ...]

    @property
    def many(self) -> bool:
        """Whether the work is large enough for two threads."""
        return sum(map(len, self.sayings)) >= MANY

    def runs(self, party: int) -> Runs:
        """Resolve one party's positions; the places of the runs are its slots."""
        return resolve_runs(find_reach(self.sayings[party], self.spots), len(self.slots))


def choose_statements(columns: Columns, codebook: Codebook, query: Query = EVERYTHING) -> StatementsByParty:
    """Choose the statements that count; the parties are those with a statement, in codebook order.

    Raises ``QueryError`` for words that the codebook does not declare.
    """
    entries = choose_in_force(columns, query)
    holders = columns.names["holder"]
    counts = np.bincount(columns["holder"].take(entries.entry), minlength=len(holders))
    holders_named = {name for name, count in zip(holders, counts, strict=True) if count}
    known = tuple(party.id for party in codebook.parties if party.id in holders_named)
    # With all parties of the codebook, a holder that it does not declare is refused by name.
    parties = known if len(known) == len(holders_named) else tuple(party.id for party in codebook.parties)
    slots = tuple(slot for issue in codebook.issues for slot in slots_of(issue))
    spots = build_slot_map(codebook, columns.names)
    sayings, orders = split_by_party(columns, entries, spots, parties)
    shares = map_in_threads(lambda party: sayings.take(orders[party]), len(parties), many=len(sayings) >= MANY)
    return StatementsByParty(parties, slots, _span(columns, entries), columns, spots, tuple(shares))


def _span(columns: Columns, entries: EntriesInForce) -> range:
    days = columns["said"].take(entries.entry)
    return range(int(days.min()), int(days.max()) + 1) if len(days) else range(0)
