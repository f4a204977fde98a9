"""A kept panel: new entries of the log change the rows that they bear on, and nothing else is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from positions.analysis.panel.dense import DENSE, Panel, blank, spread_runs
from positions.analysis.panel.in_force import (
    ASCRIBED,
    SAYING,
    Bearing,
    EntriesInForce,
    bearing,
    document_days,
    first_order,
    last_revisions,
    party_of,
    sayings_of,
    shared_out,
    stable_order,
)
from positions.analysis.panel.runs import Runs, runs_of
from positions.analysis.panel.slots import Ints, make_spots, slots_of
from positions.model.codebook import Codebook
from positions.model.dates import day_number
from positions.store.columns import Columns

PLAIN: Final = np.dtype((np.void, SAYING.itemsize))
"""A saying as bytes: to put records end to end, numpy would look at their fields each time."""


class KeptPanel:
    """A panel over fixed days that follows its log; it always equals ``build_panel`` of the log so far.

    ``panel`` is that panel, for all parties of the codebook; its arrays change in place with :meth:`follow`. It shows
    what is known now; ``public_by`` as in :func:`positions.analysis.panel.build_panel`. A statement costs about as
    much as the places that it reaches have statements, a document's correction one look over the log more.
    """

    def __init__(
        self, columns: Columns, codebook: Codebook, *, days: Sequence[date], public_by: date | None = None
    ) -> None:
        self._codebook = codebook
        self._public_by = public_by
        self._days = np.array(sorted({day_number(day) for day in days}), dtype=np.int32)
        self._columns = columns
        self._words = (-1, -1)
        self._learn_words()
        documents, entry = last_revisions(columns, len(columns))
        self._public, self._published = document_days(columns, documents, public_by)
        self._standing = _standing(columns, documents, entry)
        self._parties = tuple(party.id for party in codebook.parties)
        # Documents may become known and public later, so what is kept does not depend on them.
        chosen = EntriesInForce(entry, np.zeros(len(entry), dtype=np.int32))
        sayings, orders = shared_out(columns, chosen, self._spots, self._parties)
        self._members = [held for order in orders for held in self._by_slot(sayings.take(order))]
        slots = tuple(slot for issue in codebook.issues for slot in slots_of(issue))
        dense = blank(len(self._members), len(self._days))
        spread_runs(dense, self._runs(np.arange(len(self._members))), self._days)
        self.panel = Panel(self._parties, slots, self._days, said=columns["said"], **dense)

    def _by_slot(self, sayings: Ints) -> list[Ints]:
        """Return what bears on each slot of one party, in recorded order."""
        found = bearing(sayings, self._spots)
        cuts = np.cumsum(np.bincount(found.place, minlength=self._width))
        return np.split(found.every().view(PLAIN).take(stable_order(found.place)), cuts[:-1])

    def follow(self, columns: Columns) -> tuple[int, ...]:
        """Take in the entries that ``columns``, of the same log, has beyond those taken before.

        Returns the places (rows of the panel) that were resolved again, ascending. Raises ``QueryError`` for words
        that the codebook lacks; the panel must then be made anew.
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
        names = self._columns.names
        words = len(names["issue"]), len(names["element"])
        if words != self._words:
            self._words = words
            self._spots = make_spots(self._codebook, names)
            self._width = sum(len(slots_of(issue)) for issue in self._codebook.issues)

    def _take(self, row: int) -> Iterable[int]:
        """Record one entry; return the places whose statements changed."""
        columns = self._columns
        subject = int(columns["subject"][row])
        self._standing = _grown(self._standing, subject, -1)
        old = int(self._standing[subject])
        is_document = columns["document"][row] >= 0 and columns["holder"][row] < 0
        self._standing[subject] = row
        if is_document:
            return self._take_document(row)
        touched = []
        for about in [row] if old < 0 else [old, row]:
            places, sayings = self._reached(np.array([about]))
            for place, saying in zip(places.tolist(), sayings, strict=True):
                held = self._members[place]
                gone = held[held.view(SAYING)["entry"] != about]
                self._members[place] = np.append(held, saying) if about == row else gone
                touched.append(place)
        return touched

    def _take_document(self, row: int) -> Iterable[int]:
        columns = self._columns
        code = int(columns["document"][row])
        known = bool(columns["outlet"][row] >= 0)
        day = int(columns["published"][row])
        self._public, self._published = _grown(self._public, code, 0), _grown(self._published, code, 0)
        self._public[code] = known and (self._public_by is None or day <= day_number(self._public_by))
        self._published[code] = day
        about = np.flatnonzero((columns["document"] == code) & (columns["holder"] >= 0))
        about = about[about < row]
        standing = self._standing[columns["subject"][about]] == about
        return [int(place) for place in np.unique(self._reached(about[standing])[0])]

    def _reached(self, entry: Ints) -> tuple[Ints, Ints]:
        """Return the places that some entries reach, and for each the saying to be kept there, as plain bytes."""
        columns = self._columns
        entry = entry[(columns["holder"].take(entry) >= 0) & (columns["voice"].take(entry) != ASCRIBED)]
        found = bearing(sayings_of(columns, entry, self._spots), self._spots)
        party = party_of(columns, entry, self._parties)
        place = found.place + self._width * (party if found.row is None else party.take(found.row))
        return place, found.every().view(PLAIN)

    def _resolve(self, places: Ints) -> None:
        runs = self._runs(places)
        first, last = int(places[0]), int(places[-1]) + 1
        if last - first == len(places):
            spread_runs({name: getattr(self.panel, name)[first:last] for name in DENSE}, runs, self._days)
            return
        fresh = blank(len(places), len(self._days))
        spread_runs(fresh, runs, self._days)
        for name, values in fresh.items():
            getattr(self.panel, name)[places] = values

    def _runs(self, places: Ints) -> Runs:
        return runs_of(self._bearing(places), len(places))

    def _bearing(self, places: Ints) -> Bearing:
        """Collect what bears on some places, numbered from 0."""
        held = [self._members[place] for place in places.tolist()]
        sayings = (np.concatenate(held) if held else np.zeros(0, dtype=PLAIN)).view(SAYING)
        local = np.repeat(np.arange(len(places), dtype=np.int32), [len(rows) for rows in held])
        document = self._columns["document"].take(sayings["entry"])
        # A statement may come before its document, which then is not known.
        last = len(self._columns.names["document"]) - 1
        self._public, self._published = _grown(self._public, last, 0), _grown(self._published, last, 0)
        public = self._public.take(document)
        if not public.all():
            local, sayings, document = local[public], sayings[public], document[public]
        first = first_order(self._columns, sayings["entry"])
        order = first.take(stable_order(self._published.take(document).take(first)))
        local, sayings = local.take(order), sayings.take(order)
        return Bearing(sayings, self._spots.depth.take(sayings["target"]), local)


def _standing(columns: Columns, documents: Ints, entry: Ints) -> Ints:
    """Return by subject the row that stands; -1 where it was retracted."""
    standing = np.full(int(columns["subject"].max()) + 1 if len(columns) else 0, -1, dtype=np.int32)
    for rows in (documents, entry):
        standing[columns["subject"][rows]] = rows
    return standing


def _grown(values: Ints, last: int, blank: int) -> Ints:
    """Return an array that has a place ``last``, with room for more when it had none."""
    if last < len(values):
        return values
    wider = np.full(2 * last + 16, blank, dtype=values.dtype)
    wider[: len(values)] = values
    return wider
