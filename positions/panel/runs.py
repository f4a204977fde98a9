"""Runs: each place's positions as stretches of days, by the rule ``LATEST`` (``semantics.md`` §2).

All that bears on a place is sorted once by one integer key (place, day said, depth, direct, publication, record), so
the last of a day is what decides from that day on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from positions.panel.inforce import Placed
from positions.panel.spots import Ints

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


def runs_of(found: Placed, places: int) -> Runs:
    """Resolve what bears on ``places`` places into runs."""
    found = _framing_fills_silence(found, places)
    if not len(found.place):
        return _with_silence(found, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool), places)
    order, key, bits = _sorted(found)
    row = order[key & ((1 << bits) - 1)]
    peers = key >> (bits + 1)
    days = peers >> _bits(found.depth)
    won = np.flatnonzero(np.append(days[1:] != days[:-1], True))
    return _with_silence(found, row[won], _contested(found, row, peers, won), places)


def _framing_fills_silence(found: Placed, places: int) -> Placed:
    """Drop the framing of a place from the day on which its holder first speaks: what is left needs no tier."""
    if not found.framing.any():
        return found
    own = ~found.framing
    first = np.full(places, np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(first, found.place[own], found.said[own])
    keep = own | (found.said < first[found.place])
    return Placed(*(getattr(found, field.name)[keep] for field in fields(Placed)))


def _bits(values: Ints) -> int:
    """How many bits hold the largest of some numbers that are not negative."""
    return int(values.max()).bit_length()


def _sorted(found: Placed) -> tuple[Ints, Ints, int]:
    """Return the order by (publication, record), the sorted keys that end in a place in it, and that place's bits."""
    order = _stable_order(found.published)
    bits = len(order).bit_length()
    said = found.said - found.said.min()
    widths = (_bits(said), _bits(found.depth), 1, bits)
    if _bits(found.place) + sum(widths) > 63:
        raise ValueError(f"panel: found {len(order):,} rows, too many to be ranked by one 64-bit key")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    key = found.place.astype(np.int64)
    for part, width in zip((said, found.depth, found.direct, rank), widths, strict=True):
        key <<= width
        key |= part
    key.sort()
    return order, key, bits


def _stable_order(values: Ints) -> Ints:
    """Return the order of some days, equal ones as they lie."""
    span = values - values.min()
    # Sixteen bits are sorted by their digits, in one go over the rows.
    return np.argsort(span.astype(np.uint16) if span.max() < 2**16 else span, kind="stable")


def _contested(found: Placed, row: Ints, peers: Ints, won: Ints) -> Ints:
    """Mark the winners among whose peers (same place, day and depth) somebody says otherwise."""
    pair = np.flatnonzero(peers[1:] == peers[:-1])
    one, two = row[pair], row[pair + 1]
    pair = pair[(found.low[one] != found.low[two]) | (found.high[one] != found.high[two])]
    marked = np.zeros(len(won), dtype=bool)
    owner = np.searchsorted(won, pair + 1)
    marked[owner[peers[won[owner]] == peers[pair]]] = True
    return marked


def _with_silence(found: Placed, won: Ints, contested: Ints, places: int) -> Runs:
    """Collect the winners' runs behind a silent run for each place."""
    size = len(won) + places
    place = found.place[won]
    at = np.arange(len(won)) + place + 1
    silent = np.arange(places) + np.searchsorted(place, np.arange(places))

    def spread(values: Ints, blank: int) -> Ints:
        spaced = np.full(size, blank, dtype=values.dtype)
        spaced[at] = values
        return spaced

    owner = spread(place, 0)
    owner[silent] = np.arange(places)
    return Runs(
        owner,
        spread(found.said[won], NEVER),
        spread(found.entry[won], UNSAID),
        spread(found.low[won], SILENT),
        spread(found.high[won], SILENT),
        spread(found.framing[won], False),
        spread(contested, False),
    )
