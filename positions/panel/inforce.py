"""Which entries of a log count: the last revision of each id, of documents known and public, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from positions.dates import day_number, microseconds
from positions.panel.spots import Ints, Spots
from positions.store.columns import VOICES, Columns

FRAMING = VOICES.index("framing")
ASCRIBED = VOICES.index("ascribed")


@dataclass(frozen=True, slots=True)
class InForce:
    """The statements in force: their ``entry`` in the log (ascending) and when their document was ``published``."""

    entry: Ints
    published: Ints


@dataclass(frozen=True, slots=True)
class Bearing:
    """Statements in recorded order, and the places that they bear on.

    By statement: its ``entry`` in the log, ``said`` and ``published`` (days since 1970), ``depth``, ``direct`` and
    ``framing``. By reach: the ``place`` (party × slots + slot) and the ``row`` of the statement; without rows each
    statement has one place.
    """

    entry: Ints
    said: Ints
    published: Ints
    depth: Ints
    direct: Ints
    framing: Ints
    place: Ints
    row: Ints | None = None


def in_force(columns: Columns, *, known_at: datetime | None = None, public_by: date | None = None) -> InForce:
    """Choose the statements in force; the same choice as :func:`positions.revision.known`."""
    # Entries lie in recorded order and no two share an instant, so what was known is a prefix.
    end = len(columns)
    if known_at is not None:
        end = int(np.searchsorted(columns["recorded"], microseconds(known_at), side="right"))
    documents, entry = last_revisions(columns, end)
    public, published = document_days(columns, documents, public_by)
    document = columns["document"].take(entry)
    keep = public.take(document)
    if not keep.all():
        entry, document = entry[keep], document[keep]
    return InForce(entry, published.take(document))


def last_revisions(columns: Columns, end: int) -> tuple[Ints, Ints]:
    """Return the rows of the documents and of the statements that stand after the first ``end`` entries, ascending."""
    subject = columns["subject"][:end]
    last = np.zeros(int(subject.max()) + 1 if end else 0, dtype=np.int32)
    last[subject] = np.arange(end, dtype=np.int32)
    stands = np.zeros(end, dtype=bool)
    stands[last] = True
    # What was retracted has no outlet and no holder.
    documents = np.flatnonzero(stands & (columns["outlet"][:end] >= 0))
    return documents, np.flatnonzero(stands & (columns["holder"][:end] >= 0))


def document_days(columns: Columns, rows: Ints, public_by: date | None) -> tuple[Ints, Ints]:
    """Return by document whether it is known and public, and its published day (0 where it is not)."""
    published = np.zeros(len(columns.names["document"]), dtype=np.int32)
    public = np.zeros(len(published), dtype=bool)
    published[columns["document"][rows]] = columns["published"][rows]
    public[columns["document"][rows]] = True
    if public_by is not None:
        public &= published <= day_number(public_by)
    return public, published


def deciding(columns: Columns, chosen: InForce) -> InForce:
    """Leave out what others ascribe: it never decides."""
    own = columns["voice"].take(chosen.entry) != ASCRIBED
    return chosen if own.all() else InForce(chosen.entry[own], chosen.published[own])


def bearing(columns: Columns, chosen: InForce, spots: Spots, party: Ints, width: int) -> Bearing:
    """Bring statements to the places that they reach; ``party`` maps holder codes, ``width`` is slots a party."""
    entry = chosen.entry
    target = spots.targets(columns["issue"].take(entry), columns["element"].take(entry))
    row, place = _reached(spots, target)
    first = (party * np.int32(width)).take(columns["holder"].take(entry))
    place += first if row is None else first.take(row)
    return Bearing(
        entry,
        columns["said"].take(entry),
        chosen.published,
        spots.depth.take(target),
        columns["direct"].take(entry),
        columns["voice"].take(entry) == FRAMING,
        place,
        row,
    )


def _reached(spots: Spots, target: Ints) -> tuple[Ints | None, Ints]:
    """Return for every statement and slot that it reaches the statement's row (``None``: each its own) and the slot."""
    count = spots.count.take(target)
    if not len(count) or count.max() == 1:
        return None, spots.slots.take(spots.start.take(target))
    row = np.repeat(np.arange(len(target)), count)
    # Position in the flat list of slots: the target's start, plus how far this row is into its statement.
    at = (spots.start.take(target) - (np.cumsum(count) - count)).take(row)
    at += np.arange(len(row))
    return row, spots.slots.take(at)
