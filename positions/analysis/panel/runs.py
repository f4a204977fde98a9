"""Runs: the positions on each place as stretches of days, by the rule ``LATEST`` (``semantics.md`` §2).

Statements are ranked once by the day as of which they compete, depth, authority, publication and record. On each place
they are then taken in order of the day from which they count, and the greatest rank so far decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from positions.analysis.panel.in_force import ReachTable
from positions.analysis.panel.slots import Ints, SlotMap

SILENT: Final = -128
"""Stance code of a silent place."""
UNSAID: Final = -1
"""Entry of a silent place."""
NEVER: Final = -(2**31)
"""``since`` of a silent place, and the day on which the first, silent run of each place begins."""
FAR: Final = 2**31 - 1
"""A day after all others: what begins then never does."""
LOW, HIGH, REPORTED = 32, 40, 48
"""The bits at which a packed entry holds the ends of its stance and whether it is framing."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Positions as runs, in order of place and day; every place starts with a silent run at :data:`NEVER`.

    A run holds for its ``place`` from ``since`` (days since 1970) until the place's next run; ``entry`` is the deciding
    statement's row in the log, ``low`` and ``high`` are the ends of its stance. ``stale_from`` is the day from which it
    is stale. ``peers`` are the statements that contest each other, as records of :data:`PEER` in order of group and
    day.
    """

    place: Ints
    since: Ints
    entry: Ints
    low: Ints
    high: Ints
    reported: Ints
    contested: Ints
    stale_from: Ints
    peers: Ints


PEER: Final = np.dtype(
    [
        *((name, np.int32) for name in ("entry", "group", "target", "said")),
        *((name, np.int8) for name in ("low", "high")),
    ]
)
"""A statement of a group that contest each other: ``group`` is the first entry of the group, ``target`` what it speaks
of, ``said`` the day from which it counts."""


@dataclass(frozen=True, slots=True)
class RankedStatements:
    """Statements in order of rank, the least first: ``fields`` by rank, and ``rank`` by row of the table they are from.

    ``day`` is from when each counts, from 1. ``general`` tells what was said of the element that contains all others.
    ``contested_from`` is the day from which statements of the same element, voice and competing day contradict each
    other, ``peers`` are those that do.
    """

    fields: Ints
    rank: Ints
    day: Ints
    general: Ints
    contested_from: Ints
    peers: Ints


@dataclass(frozen=True, slots=True)
class CountingKeys:
    """Sorted keys of who counts when: place, own word (not framing), day from 1 and rank from 1; 0 stands for silence.

    ``own``, ``day`` and ``rank`` are how many bits lie below the place, below the voice and below the day.
    """

    keys: Ints
    own: int
    day: int
    rank: int

    def day_of(self, keys: Ints) -> Ints:
        """Return the day of each key."""
        return (keys >> self.rank) & ((1 << (self.day - self.rank)) - 1)

    def rank_of(self, keys: Ints) -> Ints:
        """Return the rank of each key."""
        return keys & ((1 << self.rank) - 1)


def resolve_runs(reach: ReachTable, spots: SlotMap, stale_after: Ints) -> Runs:
    """Resolve statements into the runs of places, as many as ``stale_after`` has days."""
    said = reach.sayings["said"]
    earliest = int(said.min()) - 1 if len(said) else 0
    ranked = _rank_statements(reach, spots, earliest)
    keys = _counting_keys(reach, ranked, len(stale_after))
    last = np.flatnonzero(np.diff(keys.keys >> keys.rank, append=-1))
    winner = _winners(keys, ranked).take(last)
    last_keys = keys.keys.take(last)
    fills = _framing_fills_silence(keys, last_keys)
    if not fills.all():
        winner, last_keys = winner[fills], last_keys[fills]
    day, place = keys.day_of(last_keys), last_keys >> keys.own
    stale_from = _last_repeated(keys, ranked, last_keys, winner) + earliest + stale_after.take(place)
    entries = _pack_entries(ranked.fields).take(winner)
    silent = winner == 0
    return Runs(
        place.astype(np.int32),
        np.where(silent, NEVER, day + earliest).astype(np.int32),
        entries.astype(np.int32),
        (entries >> LOW).astype(np.int8),
        (entries >> HIGH).astype(np.int8),
        (entries >> REPORTED).astype(np.bool_),
        day >= ranked.contested_from.take(winner),
        np.where(silent, FAR, stale_from.clip(None, FAR)).astype(np.int32),
        ranked.peers,
    )


def _rank_statements(reach: ReachTable, spots: SlotMap, earliest: int) -> RankedStatements:
    """Rank statements by competing day, depth, authority and the order that they come in."""
    sayings, count = reach.sayings, len(reach.sayings)
    parts = (
        sayings["begun"].astype(np.int64) - int(sayings["begun"].min(initial=0)),
        spots.depth.take(sayings["target"]),
        reach.topic,
        sayings["framing"],
        sayings["authority"],
        np.arange(count),
    )
    keys, widths = _pack(parts)
    keys.sort()
    order = keys & ((1 << widths[-1]) - 1)
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(1, count + 1)
    fields = sayings.take(order)
    day = np.append(0, fields["said"].astype(np.int64) - earliest)
    contested_from, peers = _contests(keys >> sum(widths[-2:]), fields, earliest)
    return RankedStatements(
        fields, rank, day, np.append(False, spots.root.take(fields["target"])), contested_from, peers
    )


def _pack(parts: tuple[Ints, ...]) -> tuple[Ints, list[int]]:
    """Pack non-negative numbers into one integer each, the first part highest; return the parts' widths in bits too."""
    widths = [max(1, int(part.max(initial=0)).bit_length()) for part in parts]
    if sum(widths) > 63:
        raise ValueError(f"panel: found {len(parts[0]):,} statements, too many to be ranked by one 64-bit key")
    keys = np.zeros(len(parts[0]), dtype=np.int64)
    for part, width in zip(parts, widths, strict=True):
        keys <<= width
        keys |= part
    return keys, widths


def _contests(group: Ints, fields: Ints, earliest: int) -> tuple[Ints, Ints]:
    """Return from which day each rank is contested, and the statements that contest each other."""
    contested_from = np.full(len(fields) + 1, FAR, dtype=np.int64)
    stance = _stances(fields)
    apart = np.flatnonzero((group[1:] == group[:-1]) & (stance[1:] != stance[:-1]))
    number = np.cumsum(np.append(False, group[1:] != group[:-1]))
    contested = np.zeros(len(group) + 1, dtype=bool)
    contested[number[apart]] = True
    members = np.flatnonzero(contested[number[: len(group)]])
    members = members[np.lexsort((fields["said"][members], group[members]))]
    start = np.flatnonzero(np.diff(group[members], prepend=-1))
    at = np.repeat(np.arange(len(start)), np.diff(start, append=len(members)))
    differs = stance[members] != stance[members[start]][at]
    days = np.where(differs, fields["said"][members].astype(np.int64) - earliest, FAR)
    if len(members):
        contested_from[members + 1] = np.minimum.reduceat(days, start)[at]
    peers = np.empty(len(members), dtype=PEER)
    for name in ("entry", "target", "said", "low", "high"):
        peers[name] = fields[name][members]
    peers["group"] = peers["entry"][start][at]
    return contested_from, peers


def _stances(fields: Ints) -> Ints:
    """Return the ends of each stance as one non-negative integer."""
    stances: Ints = (fields["low"].view(np.uint8).astype(np.int64) << 8) | fields["high"].view(np.uint8)
    return stances


def _counting_keys(reach: ReachTable, ranked: RankedStatements, places: int) -> CountingKeys:
    """Make and sort the keys, with a key of silence before all others of its place."""
    rows = ranked.rank if reach.row is None else ranked.rank.take(reach.row)
    rank, day = len(ranked.fields).bit_length(), int(ranked.day.max(initial=0)).bit_length()
    if places.bit_length() + 1 + day + rank > 63:
        raise ValueError(f"panel: found {len(ranked.fields):,} statements, too many for one 64-bit key")
    base = np.append(False, ~ranked.fields["framing"]).astype(np.int64) << day
    base = ((base | ranked.day) << rank) | np.arange(len(base))
    keys = np.empty(len(reach.place) + places, dtype=np.int64)
    spoken, silent = keys[: len(reach.place)], keys[len(reach.place) :]
    spoken[:], silent[:] = reach.place, np.arange(places)
    keys <<= 1 + day + rank
    spoken |= base.take(rows)
    keys.sort()
    return CountingKeys(keys, 1 + day + rank, day + rank, rank)


def _winners(counting: CountingKeys, ranked: RankedStatements) -> Ints:
    """Return for each key the rank that decides from its day on, among all of its place and voice so far."""
    rank = counting.rank_of(counting.keys)
    voice = (counting.keys >> counting.day) << counting.rank
    if not ranked.general.any():
        return counting.rank_of(np.maximum.accumulate(voice | rank))
    general = ranked.general.take(rank)
    narrow, wide = (
        counting.rank_of(np.maximum.accumulate(voice | np.where(chosen, rank, 0))) for chosen in (~general, general)
    )
    # What is said for all only fills, unless it is against all; of that only what decides there counts below.
    fills = (narrow > 0) & (np.append(0, ranked.fields["low"]).take(wide) > 0)
    return np.where(fills, narrow, np.maximum(narrow, wide))


def _framing_fills_silence(counting: CountingKeys, keys: Ints) -> Ints:
    """Return which of the deciding keys count: framing only until the holder first speaks on the place."""
    fills = np.ones(len(keys), dtype=bool)
    framing = np.flatnonzero((keys >> counting.day) & 1 == 0)
    place = keys[framing] >> counting.own
    # The first own word of the same place, on any day, is the first key not below this.
    first = np.searchsorted(keys, ((place << 1) | 1) << counting.day)
    has = first < len(keys)
    has[has] = keys[first[has]] >> counting.own == place[has]
    framing, first = framing[has], first[has]
    fills[framing] = counting.day_of(keys[framing]) < counting.day_of(keys[first])
    return fills


def _last_repeated(counting: CountingKeys, ranked: RankedStatements, keys: Ints, winner: Ints) -> Ints:
    """Return for each deciding key the last day so far on which its voice took the winner's stance on the place."""
    days = ranked.day.take(winner)
    # Who decides from the day on which it begins to count was said last itself.
    older = np.flatnonzero(days < counting.day_of(keys))
    if not len(older):
        return days
    stance = np.append(0, _stances(ranked.fields))
    width = counting.day - counting.rank

    def taken(keys: Ints, rank: Ints) -> Ints:
        """Return place and voice, stance and day as one integer."""
        packed: Ints = (((keys >> counting.day) << 16 | stance.take(rank)) << width) | counting.day_of(keys)
        return packed

    every = taken(counting.keys, counting.rank_of(counting.keys))
    every.sort()
    last = np.searchsorted(every, taken(keys[older], winner[older]), side="right") - 1
    days[older] = every[last] & ((1 << width) - 1)
    return days


def _pack_entries(fields: Ints) -> Ints:
    """Pack the fields of each rank into one integer, to look up once instead of four times; the first is silence."""
    packed = np.empty(len(fields) + 1, dtype=np.int64)
    packed[0] = (SILENT & 255) << LOW | (SILENT & 255) << HIGH | (UNSAID & 0xFFFFFFFF)
    packed[1:] = fields["framing"]
    for name, width in (("high", REPORTED - HIGH), ("low", HIGH - LOW)):
        packed[1:] <<= width
        packed[1:] |= fields[name].view(np.uint8)
    packed[1:] <<= LOW
    packed[1:] |= fields["entry"]
    return packed
