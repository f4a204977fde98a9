"""Runs: each place's positions as stretches of days, by the rule ``LATEST`` (``semantics.md`` §2).

All that bears on a place is sorted once by one integer key (place, day said, depth, direct, publication, record), so
the last of a day is what decides from that day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from positions.panel.inforce import FRAMING, Bearing
from positions.panel.spots import Ints
from positions.store.columns import Columns

SILENT: Final = -128
"""Stance code of a silent place."""
UNSAID: Final = -1
"""Entry of a silent place."""
NEVER: Final = -(2**31)
"""``since`` of a silent place, and the day from which its first, silent, run holds."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Positions as runs, in order of place and day; every place starts with a silent run at :data:`NEVER`.

    ``place`` and ``since`` (days since 1970) say where and from when a run holds, until the place's next; ``entry``
    is the deciding statement's row in the log, ``low`` and ``high`` the ends of its stance.
    """

    place: Ints
    since: Ints
    entry: Ints
    low: Ints
    high: Ints
    reported: Ints
    contested: Ints


def runs_of(columns: Columns, found: Bearing, places: int) -> Runs:
    """Resolve what bears on ``places`` places into runs."""
    if not len(found.place):
        nothing = np.zeros(0, dtype=np.int32)
        return _with_silence(columns, nothing, nothing, nothing, nothing, places)
    key, entry, shifts = _sorted(found)
    peers = key >> shifts["depth"]
    days = peers >> (shifts["said"] - shifts["depth"])
    won = np.flatnonzero(np.append(days[1:] != days[:-1], True))
    rank = (1 << shifts["direct"]) - 1
    contested = _contested(columns, key, entry, peers, won, rank)
    key = key[won]
    counts = _framing_fills_silence(key, shifts)
    if not counts.all():
        key, contested = key[counts], contested[counts]
    since = _day(key, shifts).astype(np.int32) + found.said.min()
    return _with_silence(columns, key >> shifts["place"], since, entry[key & rank], contested, places)


def _day(key: Ints, shifts: dict[str, int]) -> Ints:
    """Return the day said, counted from the first, of some keys."""
    return (key >> shifts["said"]) & ((1 << (shifts["own"] - shifts["said"])) - 1)


def _sorted(found: Bearing) -> tuple[Ints, Ints, dict[str, int]]:
    """Return sorted keys, the entry of each rank that they end in, and where their parts start.

    A key is, from the top: place, own word (not framing), day said, depth, direct, rank by publication and record.
    """
    order = _stable_order(found.published)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    said = found.said - found.said.min()
    shift, shifts, base = _bits(rank), {}, rank
    for name, part in (("direct", found.direct), ("depth", found.depth), ("said", said), ("own", ~found.framing)):
        shifts[name] = shift
        base |= part.astype(np.int64) << shift
        shift += _bits(part)
    shifts["place"] = shift
    if shift + _bits(found.place) > 63:
        raise ValueError(f"panel: found {len(order):,} statements, too many to be ranked by one 64-bit key")
    key = base if found.row is None else base[found.row]
    key |= found.place.astype(np.int64) << shift
    key.sort()
    return key, found.entry[order], shifts


def _bits(values: Ints) -> int:
    """How many bits hold the largest of some numbers that are not negative, at least one."""
    return max(1, int(values.max()).bit_length())


def _stable_order(values: Ints) -> Ints:
    """Return the order of some days, equal ones as they lie."""
    span = values - values.min()
    # Sixteen bits are sorted by their digits, in one go over the rows.
    return np.argsort(span.astype(np.uint16) if span.max() < 2**16 else span, kind="stable")


def _contested(columns: Columns, key: Ints, entry: Ints, peers: Ints, won: Ints, rank: int) -> Ints:
    """Mark the winners among whose peers (same place, tier, day and depth) somebody says otherwise."""
    pair = np.flatnonzero(peers[1:] == peers[:-1])
    one, two = entry[key[pair] & rank], entry[key[pair + 1] & rank]
    low, high = columns["stance"], columns["highest"]
    pair = pair[(low[one] != low[two]) | (high[one] != high[two])]
    marked = np.zeros(len(won), dtype=bool)
    owner = np.searchsorted(won, pair + 1)
    marked[owner[peers[won[owner]] == peers[pair]]] = True
    return marked


def _framing_fills_silence(key: Ints, shifts: dict[str, int]) -> Ints:
    """Tell which winners count: framing only until its holder first speaks on the place."""
    counts = np.ones(len(key), dtype=bool)
    framing = np.flatnonzero((key >> shifts["own"]) & 1 == 0)
    place = key[framing] >> shifts["place"]
    # The first own word of the same place, on any day, is the first key not below this.
    first = np.searchsorted(key, ((place << 1) | 1) << shifts["own"])
    has = first < len(key)
    has[has] = key[first[has]] >> shifts["place"] == place[has]
    framing, first = framing[has], first[has]
    counts[framing] = _day(key[framing], shifts) < _day(key[first], shifts)
    return counts


def _with_silence(columns: Columns, place: Ints, since: Ints, entry: Ints, contested: Ints, places: int) -> Runs:
    """Collect the winners' runs behind a silent run for each place."""
    silent = np.searchsorted(place, np.arange(places)) + np.arange(places)
    held = np.ones(len(place) + places, dtype=bool)
    held[silent] = False

    def spread(values: Ints, blank: int) -> Ints:
        spaced = np.full(len(held), blank, dtype=values.dtype)
        spaced[held] = values
        return spaced

    owner = spread(place, 0)
    owner[silent] = np.arange(places)
    return Runs(
        owner,
        spread(since, NEVER),
        spread(entry, UNSAID),
        spread(columns["stance"][entry], SILENT),
        spread(columns["highest"][entry], SILENT),
        spread(columns["voice"][entry] == FRAMING, False),
        spread(contested, False),
    )
