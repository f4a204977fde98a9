"""Distances of many pairs over many days at once; each day equals :func:`positions.analysis.distance.compare`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest
from math import prod
from typing import Final

import numpy as np

from positions.analysis.distance import THIN
from positions.analysis.panel.dense import Panel
from positions.analysis.panel.lookup_tables import LookupTables, SlotDigit, chunks_of, digits_of
from positions.analysis.panel.slots import Ints, slots_of
from positions.errors import QueryError
from positions.kinds.base import IssueKind
from positions.kinds.registry import KINDS, kind_of
from positions.kinds.tables import IssueBlock
from positions.model.codebook import Codebook

CODES: Final = 256
"""The most joint codes of a chunk: one byte, and tables of 256 × 256 numbers that stay in the processor's cache."""
BLOCK: Final = 1024
"""Days computed at a time, few enough for the processor's cache."""


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances of pairs on days: ``distance``, ``lo``, ``hi`` and ``coverage`` in [0, 1], shape (pairs, days).

    The distance is NaN if nothing is comparable, bounds and coverage are NaN if the agenda is empty. ``days`` are days
    since 1970.
    """

    pairs: tuple[tuple[str, str], ...]
    days: Ints
    distance: Ints
    lo: Ints
    hi: Ints
    coverage: Ints

    @property
    def thin(self) -> Ints:
        """Whether the coverage is below :data:`~positions.analysis.distance.THIN` or missing, shape (pairs, days)."""
        # A coverage of exactly one half may come out a rounding error below it.
        return ~(self.coverage >= THIN - 1e-12)


@dataclass(frozen=True, slots=True)
class KindBlock:
    """The issues of one kind: their ``rows`` in the codebook and their chunks.

    Chunks are stored layer by layer: the first chunk of every issue, then the second of those that have one, and so on;
    issues with more chunks come first. ``layers`` holds each layer's size, so summing an issue's chunks is summing
    layers.
    """

    rows: tuple[int, ...]
    chunks: tuple[tuple[SlotDigit, ...], ...]
    layers: tuple[int, ...]
    kind: IssueKind


@dataclass(frozen=True, slots=True)
class PairLookup:
    """The lookup tables of a kind's issues, and where each pair's tables start in them.

    ``offset`` has the shape (pairs, chunks, 1), or (1, chunks, 1) if all pairs use the same tables.
    """

    offset: Ints
    flat: list[Ints]


@dataclass(frozen=True, slots=True)
class PartyCodes:
    """Parties' joint codes on some days, shape (parties, chunks, days), and who has ``spoken`` on every slot.

    ``scaled`` is code × number of codes, plus the start of the tables if all pairs use the same.
    """

    scaled: Ints
    codes: Ints
    spoken: Ints

    def entries(self, one: int, two: int) -> Ints:
        """Return the indices of a pair's entries in its tables."""
        found: Ints = self.scaled[one] + self.codes[two]
        return found


def pair_distances(panel: Panel, codebook: Codebook, pairs: Sequence[tuple[str, str]] | None = None) -> Distances:
    """Measure pairs of parties (default: all of the panel, in its order) on every day of a panel.

    A party of whom the panel says nothing is silent. Raises ``QueryError`` for an unknown party and for a party
    compared with itself.
    """
    chosen = check_pairs(panel, codebook, pairs)
    totals = np.full((4, len(chosen), len(panel.days)), np.nan)
    weights = weights_of(codebook, chosen)
    for span, index, parts in issue_parts(panel, codebook, chosen):
        for total, values in zip(totals, _total(parts, weights[index]), strict=True):
            total[index, span] = values
    return Distances(chosen, panel.days, *totals)


def check_pairs(
    panel: Panel, codebook: Codebook, pairs: Sequence[tuple[str, str]] | None
) -> tuple[tuple[str, str], ...]:
    """Return the given pairs, or all of the panel; raise ``QueryError`` for an unknown party or two equal ones."""
    if pairs is None:
        return tuple(combinations(panel.parties, 2))
    for one, two in pairs:
        codebook.party(one)
        codebook.party(two)
        if one == two:
            raise QueryError(f"parties: found {one!r} twice, allowed: two different parties")
    return tuple(pairs)


def weights_of(codebook: Codebook, pairs: Sequence[tuple[str, str]]) -> Ints:
    """Return each pair's weight on each issue, shape (pairs, issues)."""
    weights = [issue.weight(*pair) for pair in pairs for issue in codebook.issues]
    return np.array(weights, dtype=float).reshape(len(pairs), len(codebook.issues))


def issue_parts(
    panel: Panel, codebook: Codebook, pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[slice, int, list[tuple[KindBlock, IssueBlock]]]]:
    """Yield for each block of days and each pair: the days, the pair's index and the issues by kind."""
    blocks = _kind_blocks(codebook)
    lookups = [_pair_lookup(block, pairs) for block in blocks]
    people = {party: index for index, party in enumerate(dict.fromkeys(name for pair in pairs for name in pair))}
    for start in range(0, len(panel.days), BLOCK):
        span = slice(start, min(start + BLOCK, len(panel.days)))
        codes = [
            _code_parties(panel, block, lookup, tuple(people), span)
            for block, lookup in zip(blocks, lookups, strict=True)
        ]
        for index, (one, two) in enumerate(pairs):
            ends = people[one], people[two]
            parts = [(g, _part(g, a, c, index, ends)) for g, a, c in zip(blocks, lookups, codes, strict=True)]
            yield span, index, parts


def _part(block: KindBlock, lookup: PairLookup, codes: PartyCodes, index: int, ends: tuple[int, int]) -> IssueBlock:
    """Compute one pair's issues of one kind."""
    indices = codes.entries(*ends)
    if len(lookup.offset) > 1:
        indices += lookup.offset[index]

    def look(table: int) -> Ints:
        return _sum_layers(np.take(lookup.flat[table], indices, mode="clip"), block.layers)

    return block.kind.block(look, bool(codes.spoken[list(ends)].all()))


def _sum_layers(values: Ints, layers: Sequence[int]) -> Ints:
    """Sum each issue's chunks into the first layer of ``values`` and return that layer."""
    start = layers[0]
    for size in layers[1:]:
        values[:size] += values[start : start + size]
        start += size
    return values[: layers[0]]


def _total(parts: Sequence[tuple[KindBlock, IssueBlock]], weight: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Aggregate a pair's issues (``semantics.md`` §4) to distance, lo, hi and coverage, each by day or one for all."""
    sums = zip(*(_sums(part, weight[list(group.rows)]) for group, part in parts), strict=True)
    far, lo, hi, known, agenda = (np.asarray(sum(values)) for values in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        far, lo, hi = far / known, lo / agenda, hi / agenda
        # If the distance is NaN, fmin and fmax keep the bound.
        return far, np.fmin(lo, far), np.where(np.isnan(hi), hi, np.fmax(hi, far)), known / agenda


def _sums(part: IssueBlock, weight: Ints) -> list[Ints]:
    """Return the weighted sums of a part's values over its issues."""
    sums: dict[int, Ints] = {}
    for values in (part.distance, part.lo, part.hi, part.known, part.agenda):
        if id(values) not in sums:
            sums[id(values)] = weight.sum(keepdims=True) if values is None else weight @ values
    return [sums[id(values)] for values in (part.distance, part.lo, part.hi, part.known, part.agenda)]


def _kind_blocks(codebook: Codebook) -> list[KindBlock]:
    """Group the issues by kind, with the chunks of each."""
    slots = np.cumsum([0, *(len(slots_of(issue)) for issue in codebook.issues)])
    blocks = []
    keys: dict[object, int] = {}
    for kind in KINDS.values():
        rows = [row for row, issue in enumerate(codebook.issues) if kind_of(issue) is kind]
        cut = {row: chunks_of(digits_of(codebook.issues[row], int(slots[row]), keys), CODES) for row in rows}
        rows.sort(key=lambda row: -len(cut[row]))
        layers = [[tuple(chunk) for chunk in layer if chunk] for layer in zip_longest(*(cut[row] for row in rows))]
        if rows:
            chunks = tuple(chunk for layer in layers for chunk in layer)
            blocks.append(KindBlock(tuple(rows), chunks, tuple(map(len, layers)), kind))
    return blocks


def _pair_lookup(block: KindBlock, pairs: Sequence[tuple[str, str]]) -> PairLookup:
    """Build the tables of some pairs; only those of conditions depend on the pair, by who is addressed."""
    tables = LookupTables()
    starts = [tables.offset(chunk, [digit.role(pair) for digit in chunk]) for pair in pairs for chunk in block.chunks]
    offset = np.array(starts, dtype=np.int64).reshape(len(pairs), len(block.chunks), 1)
    return PairLookup(offset[:1] if (offset == offset[:1]).all() else offset, tables.flat())


def _code_parties(panel: Panel, block: KindBlock, lookup: PairLookup, people: Sequence[str], span: slice) -> PartyCodes:
    """Encode the parties' stances on some days."""
    present = [row for row, party in enumerate(people) if party in panel.parties]
    places = [panel.parties.index(people[row]) for row in present]
    codes = np.zeros((len(people), len(block.chunks), span.stop - span.start), dtype=np.uint8)
    spoken = np.zeros(len(people), dtype=bool)
    spoken[present] = True
    for column, digit in ((column, digit) for column, chunk in enumerate(block.chunks) for digit in chunk):
        stance = panel.cube(digit.source)[places, digit.slot, span]
        # bytes.translate looks bytes up twice as fast as indexing an array.
        digits = np.frombuffer(stance.tobytes().translate(digit.code), dtype=np.uint8).reshape(stance.shape)
        codes[present, column] = codes[present, column] * np.uint8(digit.size) + digits
        spoken[present] &= digits.all(axis=1)
    wide = codes.astype(np.int64)
    size = np.array([[prod(digit.size for digit in chunk)] for chunk in block.chunks])
    return PartyCodes(wide * size + (lookup.offset[0] if len(lookup.offset) == 1 else 0), wide, spoken)
