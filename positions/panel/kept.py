"""A kept panel: new entries of the log change the rows that they bear on, and nothing else is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from positions.codebook import Codebook
from positions.dates import day_number
from positions.panel.grid import DENSE, Found, Panel, lengths_of, spread_block, spread_runs
from positions.panel.inforce import ASCRIBED, Bearing, InForce, bearing, document_days, last_revisions
from positions.panel.runs import runs_of
from positions.panel.spots import Ints, make_spots, party_codes, slots_of
from positions.store.columns import Columns

BEARING: Final = np.dtype(
    [
        *((name, np.int32) for name in ("entry", "said", "document")),
        *((name, np.int8) for name in ("depth", "direct")),
        ("framing", np.bool_),
    ]
)
"""What a place keeps of each statement that bears on it, side by side: to gather it from the log takes far longer."""


class KeptPanel:
    """A panel over fixed days that follows its log; it always equals ``build_panel`` of the log so far.

    ``panel`` is that panel, for all parties of the codebook; its arrays change in place with :meth:`follow`. It shows
    what is known now; ``public_by`` as in :func:`positions.panel.build_panel`. A statement costs about as much as
    the places that it reaches have statements, a document's correction one look over the log more.
    """

    def __init__(
        self, columns: Columns, codebook: Codebook, *, days: Sequence[date], public_by: date | None = None
    ) -> None:
        self._codebook = codebook
        self._public_by = public_by
        self._parties = tuple(party.id for party in codebook.parties)
        self._slots = tuple(slot for issue in codebook.issues for slot in slots_of(issue))
        self._days = np.array(sorted({day_number(day) for day in days}), dtype=np.int32)
        self._columns = columns
        self._words = (-1, -1, -1)
        self._learn_words()
        documents, entry = last_revisions(columns, len(columns))
        self._public, self._published = document_days(columns, documents, public_by)
        self._standing = _standing(columns, documents, entry)
        own = entry[columns["voice"][entry] != ASCRIBED]
        everything = bearing(columns, InForce(own, own), self._spots, self._holders, len(self._slots))
        self._members = _by_place(columns, everything, len(self._parties) * len(self._slots))
        self.panel = self._spread()

    def follow(self, columns: Columns) -> tuple[int, ...]:
        """Take in the entries that ``columns``, of the same log, has beyond those taken before.

        Returns the places (rows of the panel) that were resolved again, ascending.
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
        words = (len(names["issue"]), len(names["element"]), len(names["holder"]))
        if words != self._words:
            self._words = words
            self._spots = make_spots(self._codebook, names)
            self._holders = party_codes(self._parties, names["holder"])

    def _take(self, row: int) -> Iterable[int]:
        """Record one entry; return the places whose statements changed."""
        columns = self._columns
        subject = int(columns["subject"][row])
        self._standing = _grown(self._standing, subject, -1)
        old = int(self._standing[subject])
        self._standing[subject] = row
        if columns["document"][row] >= 0 and columns["holder"][row] < 0:
            return self._take_document(row)
        touched = []
        for about, gone in ((old, True), (row, False)):
            if about >= 0 and columns["holder"][about] >= 0 and columns["voice"][about] != ASCRIBED:
                found = self._reached(np.array([about]))
                for place, told in zip(found.place.tolist(), _records(columns, found), strict=True):
                    held = self._members[place]
                    self._members[place] = held[held["entry"] != about] if gone else np.append(held, told)
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
        own = columns["voice"][about] != ASCRIBED
        return [int(place) for place in np.unique(self._reached(about[standing & own]).place)]

    def _reached(self, entry: Ints) -> Bearing:
        return bearing(self._columns, InForce(entry, entry), self._spots, self._holders, len(self._slots))

    def _resolve(self, places: Ints) -> None:
        runs = runs_of(self._columns, self._bearing(places), len(places))
        length = lengths_of(runs.place, runs.since, self._days, len(places))
        fresh = {name: np.zeros((len(places), len(self._days)), getattr(runs, name).dtype) for name in DENSE}
        spread_block(fresh, runs, slice(None), length)
        for name, values in fresh.items():
            getattr(self.panel, name)[places] = values

    def _bearing(self, places: Ints) -> Bearing:
        """Collect what bears on some places, numbered from 0."""
        held = [self._members[place] for place in places.tolist()]
        told = np.concatenate(held) if held else np.zeros(0, dtype=BEARING)
        local = np.repeat(np.arange(len(places), dtype=np.int32), [len(rows) for rows in held])
        # A statement may come before its document, which then is not known.
        last = len(self._columns.names["document"]) - 1
        self._public, self._published = _grown(self._public, last, 0), _grown(self._published, last, 0)
        public = self._public[told["document"]]
        if not public.all():
            local, told = local[public], told[public]
        published = self._published[told["document"]]
        return Bearing(told["entry"], told["said"], published, told["depth"], told["direct"], told["framing"], local)

    def _spread(self) -> Panel:
        places = np.arange(len(self._members))
        runs = runs_of(self._columns, self._bearing(places), len(places))
        return spread_runs(Found(self._parties, self._slots, runs, range(0)), self._days, self._columns["said"])


def _standing(columns: Columns, documents: Ints, entry: Ints) -> Ints:
    """Return by subject the row that stands; -1 where it was retracted."""
    standing = np.full(int(columns["subject"].max()) + 1 if len(columns) else 0, -1, dtype=np.int32)
    for rows in (documents, entry):
        standing[columns["subject"][rows]] = rows
    return standing


def _records(columns: Columns, found: Bearing) -> Ints:
    """Return what bears on places as records to be kept."""
    told = np.empty(len(found.entry), dtype=BEARING)
    for name in ("entry", "said", "depth", "direct", "framing"):
        told[name] = getattr(found, name)
    told["document"] = columns["document"][found.entry]
    return told if found.row is None else told[found.row]


def _by_place(columns: Columns, everything: Bearing, places: int) -> list[Ints]:
    """Return what bears on each place, in recorded order."""
    order = np.argsort(everything.place, kind="stable")
    cuts = np.cumsum(np.bincount(everything.place, minlength=places))
    return np.split(_records(columns, everything)[order], cuts[:-1])


def _grown(values: Ints, last: int, blank: int) -> Ints:
    """Return an array that has a place ``last``, with room for more when it had none."""
    if last < len(values):
        return values
    wider = np.full(2 * last + 16, blank, dtype=values.dtype)
    wider[: len(values)] = values
    return wider
