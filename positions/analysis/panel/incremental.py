"""A panel that follows its log: new entries change only the rows that they affect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from positions.analysis.panel.dense import DENSE, Panel, blank_arrays, join_peers, write_runs
from positions.analysis.panel.in_force import (
    ASCRIBED,
    SAYING,
    EntriesInForce,
    ReachTable,
    document_days,
    find_reach,
    gather_sayings,
    last_revisions,
    party_of,
    read_words,
    split_by_party,
    stable_order,
)
from positions.analysis.panel.runs import Runs, resolve_runs
from positions.analysis.panel.slots import Ints, slots_of
from positions.model.codebook import Codebook
from positions.model.dates import day_number
from positions.store.columns import Columns

PLAIN: Final = np.dtype((np.void, SAYING.itemsize))
"""A saying as opaque bytes: numpy concatenates these faster than records with fields."""


class IncrementalPanel:
    """A panel over fixed days that follows its log; it always equals ``build_panel`` of the log so far.

    ``panel`` is that panel, for all parties of the codebook; its arrays change in place with :meth:`follow`. It shows
    what is known now; ``public_by`` as in :func:`positions.analysis.panel.build_panel`. The cost of a new statement
    grows with the statements on the positions it affects; a document's correction scans the log once as well.
    """

    def __init__(
        self, columns: Columns, codebook: Codebook, *, days: Sequence[date], public_by: date | None = None
    ) -> None:
        self._codebook = codebook
        self._public_by = public_by
        self._days = np.array(sorted({day_number(day) for day in days}), dtype=np.int32)
        self._columns = columns
        self._counts: tuple[int, ...] = ()
        self._learn_words()
        documents, entry = last_revisions(columns, len(columns))
        self._public, self._published = document_days(columns, documents, public_by)
        self._row_by_subject = _rows_in_force(columns, documents, entry)
        self._parties = tuple(party.id for party in codebook.parties)
        # Documents may become known and public later, so all statements are stored.
        entries = EntriesInForce(entry, np.zeros(len(entry), dtype=np.int32), documents)
        sayings, orders = split_by_party(columns, entries, self._words, self._parties)
        self._members = [members for order in orders for members in self._by_slot(sayings.take(order))]
        slots = tuple(slot for issue in codebook.issues for slot in slots_of(issue))
        dense = blank_arrays(len(self._members), len(self._days))
        write_runs(dense, self._runs(np.arange(len(self._members))), self._days)
        self.panel = Panel(self._parties, slots, self._days, said=columns["said"], find_peers=self._find_peers, **dense)

    def _by_slot(self, sayings: Ints) -> list[Ints]:
        """Return the sayings that count for each slot of one party, in recorded order."""
        reach = find_reach(sayings, self._words.spots)
        cuts = np.cumsum(np.bincount(reach.place, minlength=self._width))
        return np.split(reach.every().view(PLAIN).take(stable_order(reach.place)), cuts[:-1])

    def follow(self, columns: Columns) -> tuple[int, ...]:
        """Take in the entries that ``columns``, of the same log, has beyond those taken in before.

        Returns the places (rows of the panel) that were resolved again, ascending. Raises ``QueryError`` for words
        that the codebook does not declare; the panel must then be rebuilt.
        """
        start, self._columns = len(self._columns), columns
        self._learn_words()
        changed: set[int] = set()
        for row in range(start, len(columns)):
            changed.update(self._take(row))
        places = np.array(sorted(changed), dtype=np.int64)
        if len(places):
            self._resolve(places)
        self.panel = replace(self.panel, said=columns["said"])
        return tuple(sorted(changed))

    def _learn_words(self) -> None:
        counts = tuple(map(len, self._columns.names.values()))
        if counts != self._counts:
            self._counts = counts
            self._words = read_words(self._codebook, self._columns.names)
            self._width = len(self._words.spots.stale_after)

    def _take(self, row: int) -> Iterable[int]:
        """Record one entry; return the places whose statements changed."""
        columns = self._columns
        subject = int(columns["subject"][row])
        self._row_by_subject = _grow(self._row_by_subject, subject, -1)
        old = int(self._row_by_subject[subject])
        is_document = columns["document"][row] >= 0 and columns["holder"][row] < 0
        self._row_by_subject[subject] = row
        if is_document:
            return self._take_document(row)
        places_changed = []
        for about in [row] if old < 0 else [old, row]:
            places, sayings = self._places_reached(np.array([about]))
            for place, saying in zip(places.tolist(), sayings, strict=True):
                members = self._members[place]
                remaining = members[members.view(SAYING)["entry"] != about]
                self._members[place] = np.append(members, saying) if about == row else remaining
                places_changed.append(place)
        return places_changed

    def _take_document(self, row: int) -> Iterable[int]:
        columns = self._columns
        code = int(columns["document"][row])
        known = bool(columns["outlet"][row] >= 0)
        day = int(columns["published"][row])
        self._public, self._published = _grow(self._public, code, 0), _grow(self._published, code, 0)
        self._public[code] = known and (self._public_by is None or day <= day_number(self._public_by))
        self._published[code] = day
        about = np.flatnonzero((columns["document"] == code) & (columns["holder"] >= 0))
        about = about[about < row]
        in_force = self._row_by_subject[columns["subject"][about]] == about
        return [int(place) for place in np.unique(self._places_reached(about[in_force])[0])]

    def _places_reached(self, entry: Ints) -> tuple[Ints, Ints]:
        """Return the places for which some entries count, and for each the saying to store there, as plain bytes."""
        columns = self._columns
        entry = entry[(columns["holder"].take(entry) >= 0) & (columns["voice"].take(entry) != ASCRIBED)]
        reach = find_reach(gather_sayings(columns, entry, self._words), self._words.spots)
        party = party_of(columns, entry, self._parties)
        place = reach.place + self._width * (party if reach.row is None else party.take(reach.row))
        return place, reach.every().view(PLAIN)

    def _resolve(self, places: Ints) -> None:
        runs = self._runs(places)
        first, last = int(places[0]), int(places[-1]) + 1
        if last - first == len(places):
            write_runs({name: getattr(self.panel, name)[first:last] for name in DENSE}, runs, self._days)
        else:
            fresh = blank_arrays(len(places), len(self._days))
            write_runs(fresh, runs, self._days)
            for name, values in fresh.items():
                getattr(self.panel, name)[places] = values

    def _runs(self, places: Ints) -> Runs:
        spots = self._words.spots
        return resolve_runs(self._collect_reach(places), spots, spots.stale_after.take(places % self._width))

    def _find_peers(self) -> Ints:
        return join_peers([self._runs(np.arange(len(self._members))).peers])

    def _collect_reach(self, places: Ints) -> ReachTable:
        """Return the statements that count for some places, numbered from 0."""
        members = [self._members[place] for place in places.tolist()]
        sayings = (np.concatenate(members) if members else np.zeros(0, dtype=PLAIN)).view(SAYING)
        local = np.repeat(np.arange(len(places), dtype=np.int32), [len(rows) for rows in members])
        document = self._columns["document"].take(sayings["entry"])
        # A statement may be recorded before its document, which is then not known.
        last = len(self._columns.names["document"]) - 1
        self._public, self._published = _grow(self._public, last, 0), _grow(self._published, last, 0)
        public = self._public.take(document)
        if not public.all():
            local, sayings, document = local[public], sayings[public], document[public]
        columns, entry = self._columns, sayings["entry"]
        first, tie = columns["first"].take(entry), columns["tie"].take(entry)
        order = (np.lexsort((tie, first)) if tie.any() else np.argsort(first))[::-1]
        order = order.take(stable_order(self._published.take(document).take(order)))
        local, sayings = local.take(order), sayings.take(order)
        return ReachTable(sayings, places.take(local) // self._width * self._width + sayings["target"], local)


def _rows_in_force(columns: Columns, documents: Ints, entry: Ints) -> Ints:
    """Return by subject the row in force; -1 if it was retracted."""
    row_by_subject = np.full(int(columns["subject"].max()) + 1 if len(columns) else 0, -1, dtype=np.int32)
    for rows in (documents, entry):
        row_by_subject[columns["subject"][rows]] = rows
    return row_by_subject


def _grow(values: Ints, last: int, blank: int) -> Ints:
    """Return an array that has an index ``last``, with spare room if it had to be enlarged."""
    if last < len(values):
        return values
    wider = np.full(2 * last + 16, blank, dtype=values.dtype)
    wider[: len(values)] = values
    return wider
