"""Choose the entries of a log that count, as columns: the last revision of each id, of known and public documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import numpy as np

from positions.analysis.panel.ranks import RankTable, build_ranks
from positions.analysis.panel.slots import Ints, SlotMap, build_slot_map, party_codes
from positions.errors import QueryError, allowed
from positions.model.codebook import LOWEST_RANK, Codebook
from positions.model.dates import day_number, microseconds
from positions.model.query import EVERYTHING, Query
from positions.model.statement import VOICES
from positions.store.columns import Columns

T = TypeVar("T")
MANY: Final = 100_000
"""Number of statements from which two threads are worth starting."""
FRAMING = VOICES.index("framing")
ASCRIBED = VOICES.index("ascribed")


@dataclass(frozen=True, slots=True)
class Words:
    """What the codebook makes of the words of a log."""

    spots: SlotMap
    ranks: RankTable


def read_words(codebook: Codebook, names: Mapping[str, tuple[str, ...]]) -> Words:
    """Look the words of a log up in a codebook."""
    return Words(build_slot_map(codebook, names), build_ranks(codebook, names))


@dataclass(frozen=True, slots=True)
class EntriesInForce:
    """The statements in force: ``entry`` in the log, and the day of publication; ``documents`` are those they are on.

    Of those published on one day the one that was recorded first comes last, as it stands before the others.
    """

    entry: Ints
    published: Ints
    documents: Ints


SAYING: Final = np.dtype(
    [
        *((name, np.int32) for name in ("entry", "begun", "said", "target")),
        *((name, np.int8) for name in ("low", "high", "authority")),
        ("framing", np.bool_),
    ]
)
"""The fields of a statement that resolving needs, in one record: gathering them once in the log's order is far faster
than looking nine columns up in another order. ``authority`` is greater for a better rank, then for direct speech."""


@dataclass(frozen=True, slots=True)
class ReachTable:
    """Statements in order of publication and record, with the places (positions) for which they count.

    ``sayings`` are records of :data:`SAYING`, ``topic`` numbers what each speaks of, apart by holder. ``place`` and
    ``row`` have one value for each statement and place it counts for; without ``row`` each statement has exactly one
    place.
    """

    sayings: Ints
    topic: Ints
    place: Ints
    row: Ints | None = None

    def every(self) -> Ints:
        """Return the sayings with one record for each place that they count for."""
        return self.sayings if self.row is None else self.sayings.take(self.row)


def choose_in_force(columns: Columns, query: Query = EVERYTHING) -> EntriesInForce:
    """Choose the statements in force; the same choice as :func:`positions.model.revision.select_in_force`."""
    # Entries are in recorded order and no two share an instant, so what was known is a prefix.
    end = len(columns)
    if query.known_at is not None:
        end = int(np.searchsorted(columns["recorded"], microseconds(query.known_at), side="right"))
    documents, entry = last_revisions(columns, end)
    public, published = document_days(columns, documents, query.public_by)
    documents = documents[public.take(columns["document"].take(documents))]
    document = columns["document"].take(entry)
    keep = public.take(document)
    if not keep.all():
        entry, document = entry[keep], document[keep]
    order = latest_recorded_first(columns, entry)
    return EntriesInForce(entry.take(order), published.take(document).take(order), documents)


def last_revisions(columns: Columns, end: int) -> tuple[Ints, Ints]:
    """Return the rows of the documents and of the statements in force after the first ``end`` entries, ascending."""
    subject = columns["subject"][:end]
    last = np.zeros(int(subject.max()) + 1 if end else 0, dtype=np.int32)
    last[subject] = np.arange(end, dtype=np.int32)
    stands = np.zeros(end, dtype=bool)
    stands[last] = True
    # A retraction has no outlet and no holder.
    documents = np.flatnonzero(stands & (columns["outlet"][:end] >= 0))
    return documents, np.flatnonzero(stands & (columns["holder"][:end] >= 0))


def document_days(columns: Columns, rows: Ints, public_by: date | None) -> tuple[Ints, Ints]:
    """Return by document whether it is known and public, and its day of publication (0 if it is not known)."""
    published = np.zeros(len(columns.names["document"]), dtype=np.int32)
    public = np.zeros(len(published), dtype=bool)
    published[columns["document"][rows]] = columns["published"][rows]
    public[columns["document"][rows]] = True
    if public_by is not None:
        public &= published <= day_number(public_by)
    return public, published


def gather_sayings(columns: Columns, entry: Ints, words: Words) -> Ints:
    """Gather the fields of some entries that resolving needs, as records of :data:`SAYING`."""
    sayings = np.empty(len(entry), dtype=SAYING)
    halves = [slice(0, len(entry) // 2), slice(len(entry) // 2, len(entry))]
    map_in_threads(
        lambda half: _gather(sayings[halves[half]], columns, entry[halves[half]], words), 2, many=len(entry) >= MANY
    )
    return sayings


def _gather(sayings: Ints, columns: Columns, entry: Ints, words: Words) -> None:
    sayings["entry"] = entry
    sayings["target"] = words.spots.targets(columns["issue"].take(entry), columns["element"].take(entry))
    sayings["framing"] = columns["voice"].take(entry) == FRAMING
    for name, column in (("begun", "begun"), ("said", "said"), ("low", "stance"), ("high", "highest")):
        sayings[name] = columns[column].take(entry)
    rank = words.ranks.on(columns["speaker"].take(entry), columns["holder"].take(entry), sayings["said"])
    sayings["authority"] = 2 * (LOWEST_RANK - rank) + columns["direct"].take(entry)


def stable_order(values: Ints) -> Ints:
    """Return the indices that sort integers stably."""
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    span = values - values.min()
    # Numbers of 8 or 16 bits are radix-sorted, in one or two passes.
    small = next((kind for kind in (np.uint8, np.uint16) if span.max() <= np.iinfo(kind).max), None)
    return np.argsort(span if small is None else span.astype(small), kind="stable")


def latest_recorded_first(columns: Columns, entry: Ints) -> Ints:
    """Return the indices that sort entries of different ids from the last first recorded, by id of one instant."""
    # Ids are numbered as this book first recorded them, which only merged books do in another order.
    subject = columns["subject"].take(entry)
    place = np.full(int(subject.max()) + 1 if len(subject) else 0, -1)
    place[subject] = np.arange(len(entry))
    order = place[place >= 0]
    first = columns["first"].take(entry).take(order)
    if (first[1:] <= first[:-1]).any():
        order = np.lexsort((columns["tie"].take(entry), columns["first"].take(entry)))
    return order[::-1]


def party_of(columns: Columns, entry: Ints, parties: Sequence[str]) -> Ints:
    """Return each entry's index in ``parties``; raise ``QueryError`` for a holder that is not among them."""
    holder = columns["holder"].take(entry)
    party: Ints = party_codes(parties, columns.names["holder"]).take(holder)
    if len(party) and party.min() < 0:
        raise QueryError(f"holder: {allowed(columns.names['holder'][holder[party.argmin()]], parties)}")
    return party


def split_by_party(
    columns: Columns, entries: EntriesInForce, words: Words, parties: Sequence[str]
) -> tuple[Ints, list[Ints]]:
    """Return the sayings, and the indices of each party's sayings in order of publication and record.

    Claims by others never decide and are left out.
    """
    own = columns["voice"].take(entries.entry) != ASCRIBED
    entry, published = entries.entry[own], entries.published[own]
    party = party_of(columns, entry, parties)
    if (published[1:] < published[:-1]).any():
        first = stable_order(published)
        order = first.take(stable_order(party.take(first)))
    else:
        order = stable_order(party)
    cuts = np.cumsum(np.bincount(party, minlength=len(parties)))
    return gather_sayings(columns, entry, words), np.split(order, cuts[:-1]) if parties else []


def find_reach(sayings: Ints, spots: SlotMap) -> ReachTable:
    """Return one party's statements with the slots for which they count."""
    row, place = _reach_rows(spots, sayings["target"])
    return ReachTable(sayings, sayings["target"], place, row)


def _reach_rows(spots: SlotMap, target: Ints) -> tuple[Ints | None, Ints]:
    """Return row and slot for each pair of a statement and a slot it counts for; no rows if each has one slot."""
    count = spots.count.take(target)
    if not len(count) or count.max() == 1:
        return None, spots.slots.take(spots.start.take(target))
    row = np.repeat(np.arange(len(target)), count)
    # Index into the flat list of slots: the target's start, plus the offset within its statement.
    at = (spots.start.take(target) - (np.cumsum(count) - count)).take(row)
    at += np.arange(len(row))
    return row, spots.slots.take(at)


def map_in_threads(work: Callable[[int], T], count: int, *, many: bool) -> list[T]:
    """Return ``work(i)`` for each i below ``count``, computed in two threads if ``many``."""
    if not many:
        return list(map(work, range(count)))
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, range(count)))
