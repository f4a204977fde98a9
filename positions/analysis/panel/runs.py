"""Runs: the positions on each place as stretches of days, by the rule ``LATEST`` (``semantics.md`` §2).

The statements that count for a place are sorted once by one integer key (place, day said, depth, direct, publication,
record), so the last one of a day decides from that day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from positions.analysis.panel.in_force import ReachTable
from positions.analysis.panel.slots import Ints

SILENT: Final = -128
"""Stance code of a silent place."""
UNSAID: Final = -1
"""Entry of a silent place."""
NEVER: Final = -(2**31)
"""``since`` of a silent place, and the day on which the first, silent run of each place begins."""
LOW, HIGH, REPORTED = 32, 40, 48
"""The bits at which a packed entry holds the ends of its stance and whether it is framing."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Positions as runs, in order of place and day; every place starts with a silent run at :data:`NEVER`.

    A run holds for its ``place`` from ``since`` (days since 1970) until the place's next run; ``entry`` is the deciding
    statement's row in the log, ``low`` and ``high`` are the ends of its stance.
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
    """Sorted keys, for each statement and place and for the silence of each place, with the bits where parts start.

    The parts are, from the highest bit: ``place``, ``own`` word (not framing), day ``said`` from 1 (0: silence),
    ``depth``, ``direct``, and the rank by publication and record. Keys that differ in ``said`` or above are of
    different days; keys that agree in ``depth`` and above are of peers.
    """

    keys: Ints
    place: int
    own: int
    said: int
    depth: int
    direct: int

    def day(self, keys: Ints) -> Ints:
        """Return the day said of each key, 0 for silence."""
        return (keys >> self.said) & ((1 << (self.own - self.said)) - 1)

    def rank(self, keys: Ints) -> Ints:
        """Return the rank of each key."""
        return keys & ((1 << self.direct) - 1)


def resolve_runs(reach: ReachTable, places: int) -> Runs:
    """Resolve statements into the runs of ``places`` places."""
    said = reach.sayings["said"]
    earliest = int(said.min()) if len(said) else 0
    keys = _sorted_keys(reach, earliest, places)
    packed = _pack_entries(reach.sayings)
    deciding, contested = _winners(keys, packed)
    values = keys.keys.take(deciding)
    counts = _framing_fills_silence(keys, values)
    if not counts.all():
        values, contested = values[counts], contested[counts]
    since = keys.day(values)
    silent = np.flatnonzero(since == 0)
    since += earliest - 1
    since[silent] = NEVER
    entries = packed.take(keys.rank(values))
    return Runs(
        (values >> keys.place).astype(np.int32),
        since.astype(np.int32),
        entries.astype(np.int32),
        (entries >> LOW).astype(np.int8),
        (entries >> HIGH).astype(np.int8),
        (entries >> REPORTED).astype(np.bool_),
        contested,
    )


def _sorted_keys(reach: ReachTable, earliest: int, places: int) -> Keys:
    """Make and sort the keys, with a key of silence before all others of its place."""
    said, count = reach.sayings["said"] - (earliest - 1), len(reach.sayings)
    bits = [max(1, _bits(said)), max(1, _bits(reach.depth)), 1, count.bit_length()]
    if places.bit_length() + 1 + sum(bits) > 63:
        raise ValueError(f"panel: found {count:,} statements, too many to be ranked by one 64-bit key")
    base = (~reach.sayings["framing"]).astype(np.int64)
    for part, width in zip((said, reach.depth, reach.sayings["direct"], np.arange(count)), bits, strict=True):
        base <<= width
        base |= part
    top = sum(bits) + 1
    keys = np.empty(len(reach.place) + places, dtype=np.int64)
    spoken, silent = keys[: len(reach.place)], keys[len(reach.place) :]
    spoken[:], silent[:] = reach.place, np.arange(places)
    keys <<= top
    spoken |= base if reach.row is None else base.take(reach.row)
    # The rank after all statements stands for silence.
    silent |= count
    keys.sort()
    return Keys(keys, top, top - 1, sum(bits[1:]), sum(bits[2:]), bits[3])


def _bits(values: Ints) -> int:
    """Return how many bits hold the largest of some non-negative numbers."""
    return int(values.max(initial=0)).bit_length()


def _pack_entries(sayings: Ints) -> Ints:
    """Pack the fields of each entry into one integer, to look up once instead of four times; the last is silence."""
    packed = np.empty(len(sayings) + 1, dtype=np.int64)
    packed[-1] = (SILENT & 255) << LOW | (SILENT & 255) << HIGH | (UNSAID & 0xFFFFFFFF)
    packed[:-1] = sayings["framing"]
    for name, width in (("high", REPORTED - HIGH), ("low", HIGH - LOW)):
        packed[:-1] <<= width
        packed[:-1] |= sayings[name].view(np.uint8)
    packed[:-1] <<= LOW
    packed[:-1] |= sayings["entry"]
    return packed


def _winners(sorted_keys: Keys, packed: Ints) -> tuple[Ints, Ints]:
    """Return the indices of the keys that decide a day, and whether a peer (same place, voice, day, depth) differs."""
    keys = sorted_keys.keys
    differ = keys[1:] ^ keys[:-1]
    deciding = np.flatnonzero(np.append(differ >= (1 << sorted_keys.said), len(keys) > 0))
    pair = np.flatnonzero(differ < (1 << sorted_keys.depth))
    one, two = (packed.take(sorted_keys.rank(keys.take(pair + side))) >> LOW for side in (0, 1))
    pair = pair[one != two]
    contested = np.zeros(len(deciding), dtype=bool)
    owner = np.searchsorted(deciding, pair + 1)
    contested[owner[(keys[deciding[owner]] ^ keys[pair]) < (1 << sorted_keys.depth)]] = True
    return deciding, contested


def _framing_fills_silence(sorted_keys: Keys, keys: Ints) -> Ints:
    """Return which of the deciding keys count: framing only until the holder first speaks on the place."""
    counts = np.ones(len(keys), dtype=bool)
    framing = np.flatnonzero((keys >> sorted_keys.own) & 1 == 0)
    place = keys[framing] >> sorted_keys.place
    # The first own word of the same place, on any day, is the first key not below this.
    first = np.searchsorted(keys, ((place << 1) | 1) << sorted_keys.own)
    has = first < len(keys)
    has[has] = keys[first[has]] >> sorted_keys.place == place[has]
    framing, first = framing[has], first[has]
    counts[framing] = sorted_keys.day(keys[framing]) < sorted_keys.day(keys[first])
    return counts
