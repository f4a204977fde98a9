"""Who said what: the statements of a log that can decide, shared out by party, and each party's runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from positions.analysis.panel.in_force import MANY, EntriesInForce, bearing, choose_in_force, each, shared_out
from positions.analysis.panel.runs import Runs, runs_of
from positions.analysis.panel.slots import Ints, Slot, Spots, make_spots, slots_of
from positions.model.codebook import Codebook
from positions.model.query import EVERYTHING, Query
from positions.store.columns import Columns


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was chosen from a log: by party the ``sayings`` that can decide, in order of publication and record.

    ``span`` goes from the first to the last day on which anything was said (empty: no days). A party at a time is
    resolved: what is looked up and sorted then lies in a processor's cache, and memory stays small.
    """

    parties: tuple[str, ...]
    slots: tuple[Slot, ...]
    span: range
    columns: Columns
    spots: Spots
    sayings: tuple[Ints, ...]

    @property
    def many(self) -> bool:
        """Tell whether the work is worth more than one thread."""
        return sum(map(len, self.sayings)) >= MANY

    def runs(self, party: int) -> Runs:
        """Resolve one party's positions; the places are its slots."""
        return runs_of(bearing(self.sayings[party], self.spots), len(self.slots))


def choose(columns: Columns, codebook: Codebook, query: Query = EVERYTHING) -> Spoken:
    """Choose what counts; the parties are those about whom anything is said, in codebook order.

    Raises ``QueryError`` for words that the codebook does not declare.
    """
    chosen = choose_in_force(columns, query)
    holders = columns.names["holder"]
    held = np.bincount(columns["holder"].take(chosen.entry), minlength=len(holders))
    named = {name for name, count in zip(holders, held, strict=True) if count}
    known = tuple(party.id for party in codebook.parties if party.id in named)
    # Whoever is left over is refused by name.
    parties = known if len(known) == len(named) else tuple(party.id for party in codebook.parties)
    slots = tuple(slot for issue in codebook.issues for slot in slots_of(issue))
    spots = make_spots(codebook, columns.names)
    sayings, orders = shared_out(columns, chosen, spots, parties)
    shares = each(lambda party: sayings.take(orders[party]), len(parties), many=len(sayings) >= MANY)
    return Spoken(parties, slots, _span(columns, chosen), columns, spots, tuple(shares))


def _span(columns: Columns, chosen: EntriesInForce) -> range:
    said = columns["said"].take(chosen.entry)
    return range(int(said.min()), int(said.max()) + 1) if len(said) else range(0)
