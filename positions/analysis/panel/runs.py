"""Runs: each place's positions as stretches of days, by the rule ``LATEST`` (``semantics.md`` §2).

All that bears on a place is sorted once by one integer key (place, day said, depth, direct, publication, record), so
the last of a day is what decides from that day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from positions.analysis.panel.in_force import Bearing
from positions.analysis.panel.slots import Ints

SILENT: Final = -128
"""Stance code of a silent place."""
UNSAID: Final = -1
"""Entry of a silent place."""
NEVER: Final = -(2**31)
"""``since`` of a silent place, and the day from which its first, silent, run holds."""
LOW, HIGH, REPORTED = 32, 40, 48
"""Where a packed entry holds the ends of its stance, and whether it is framing."""


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


@dataclass(frozen=True, slots=True)
class Keys:
    """Sorted keys, one for each reach and one of silence for each place, and where their parts start, in bits.

    A key is, from the top: ``place``, ``own`` word (not framing), day ``said`` from 1 (0: silence), ``depth``,
    ``direct``, and the rank by publication and record. Keys that differ from ``said`` up are of different days,
    those that do not from ``depth`` up are of peers.
    """

    keys: Ints
    place: int
    own: int
    said: int
    depth: int
    direct: int

    def day(self, keys: Ints) -> Ints:
        """Return the day said of some keys, 0 for silence."""
        return (keys >> self.said) & ((1 << (self.own - self.said)) - 1)

    def rank(self, keys: Ints) -> Ints:
        """Return the rank of some keys."""
        return keys & ((1 << self.direct) - 1)


def runs_of(found: Bearing, places: int) -> Runs:
    """Resolve what bears on ``places`` places into runs."""
    said = found.sayings["said"]
    earliest = int(said.min()) if len(said) else 0
    made = _sorted_keys(found, earliest, places)
    told = _told(found.sayings)
    won, contested = _winners(made, told)
    keys = made.keys.take(won)
    counts = _framing_fills_silence(made, keys)
    if not counts.all():
        keys, contested = keys[counts], contested[counts]
    since = made.day(keys)
    silent = np.flatnonzero(since == 0)
    since += earliest - 1
    since[silent] = NEVER
    held = told.take(made.rank(keys))
    return Runs(
        (keys >> made.place).astype(np.int32),
        since.astype(np.int32),
        held.astype(np.int32),
        (held >> LOW).astype(np.int8),
        (held >> HIGH).astype(np.int8),
        (held >> REPORTED).astype(np.bool_),
        contested,
    )


def _sorted_keys(found: Bearing, earliest: int, places: int) -> Keys:
    """Make and sort the keys, with a key of silence before all others of its place."""
    said, count = found.sayings["said"] - (earliest - 1), len(found.sayings)
    bits = [max(1, _bits(said)), max(1, _bits(found.depth)), 1, count.bit_length()]
    if places.bit_length() + 1 + sum(bits) > 63:
        raise ValueError(f"panel: found {count:,} statements, too many to be ranked by one 64-bit key")
    base = (~found.sayings["framing"]).astype(np.int64)
    for part, width in zip((said, found.depth, found.sayings["direct"], np.arange(count)), bits, strict=True):
        base <<= width
        base |= part
    top = sum(bits) + 1
    keys = np.empty(len(found.place) + places, dtype=np.int64)
    reached, silent = keys[: len(found.place)], keys[len(found.place) :]
    reached[:], silent[:] = found.place, np.arange(places)
    keys <<= top
    reached |= base if found.row is None else base.take(found.row)
    # Silence has the rank after all, by which it is told.
    silent |= count
    keys.sort()
    return Keys(keys, top, top - 1, sum(bits[1:]), sum(bits[2:]), bits[3])


def _bits(values: Ints) -> int:
    """How many bits hold the largest of some numbers that are not negative."""
    return int(values.max(initial=0)).bit_length()


def _told(sayings: Ints) -> Ints:
    """Pack what a run tells of an entry into one integer, to look it up once, not four times; silence comes last."""
    told = np.empty(len(sayings) + 1, dtype=np.int64)
    told[-1] = (SILENT & 255) << LOW | (SILENT & 255) << HIGH | (UNSAID & 0xFFFFFFFF)
    told[:-1] = sayings["framing"]
    for name, width in (("high", REPORTED - HIGH), ("low", HIGH - LOW)):
        told[:-1] <<= width
        told[:-1] |= sayings[name].view(np.uint8)
    told[:-1] <<= LOW
    told[:-1] |= sayings["entry"]
    return told


def _winners(made: Keys, told: Ints) -> tuple[Ints, Ints]:
    """Return which keys decide a day, and whether a peer (same place, tier, day and depth) says otherwise."""
    keys = made.keys
    differ = keys[1:] ^ keys[:-1]
    won = np.flatnonzero(np.append(differ >= (1 << made.said), len(keys) > 0))
    pair = np.flatnonzero(differ < (1 << made.depth))
    one, two = (told.take(made.rank(keys.take(pair + place))) >> LOW for place in (0, 1))
    pair = pair[one != two]
    contested = np.zeros(len(won), dtype=bool)
    owner = np.searchsorted(won, pair + 1)
    contested[owner[(keys[won[owner]] ^ keys[pair]) < (1 << made.depth)]] = True
    return won, contested


def _framing_fills_silence(made: Keys, keys: Ints) -> Ints:
    """Tell which winners count: framing only until its holder first speaks on the place."""
    counts = np.ones(len(keys), dtype=bool)
    framing = np.flatnonzero((keys >> made.own) & 1 == 0)
    place = keys[framing] >> made.place
    # The first own word of the same place, on any day, is the first key not below this.
    first = np.searchsorted(keys, ((place << 1) | 1) << made.own)
    has = first < len(keys)
    has[has] = keys[first[has]] >> made.place == place[has]
    framing, first = framing[has], first[has]
    counts[framing] = made.day(keys[framing]) < made.day(keys[first])
    return counts
