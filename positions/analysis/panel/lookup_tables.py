"""Small integer codes and distance tables: how two codes on a slot, or on a few slots together, compare.

A party's stance on a slot is a *digit*, 0 when silent. A few neighbouring slots of an issue make a *chunk* with one
joint code. Tables give for two codes what a chunk adds to an issue: distances, and the counts that the bounds need,
packed into one integer. Sums over an issue's chunks are all that its kind's formula takes (``semantics.md`` §3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

import numpy as np

from positions.analysis.panel.slots import Ints
from positions.model.issues import Element, Issue, OptionsIssue, ScaleIssue

DemandRole: TypeAlias = Literal["same", "first", "second"]
"""Who demands on a slot: neither or both of a pair (compare like a scale), the first or the second."""
FIELD: Final = 10
"""Bits of one packed count, six in an integer: an issue's counts stay below 1024."""


def field_of(packed: Ints, place: int) -> Ints:
    """Unpack one count."""
    return (packed >> (FIELD * place)) & ((1 << FIELD) - 1)


def _packed(*counts: Ints) -> Ints:
    total = np.zeros(counts[0].shape, dtype=np.int64)
    for place, count in enumerate(counts):
        total += count.astype(np.int64) << (FIELD * place)
    return total


@dataclass(frozen=True, slots=True)
class Digit:
    """One slot's code: read from ``source`` (``low`` or ``high``) of ``slot`` by ``code`` (256 bytes, by stance).

    ``tables`` gives for each role the tables that the kind's formula takes, each of shape (codes, codes).
    """

    slot: int
    source: Literal["low", "high"]
    code: bytes
    tables: dict[DemandRole, tuple[Ints, ...]] = field(repr=False)
    key: tuple[object, ...]
    element: Element | None = None

    @property
    def codes(self) -> int:
        """How many codes there are, that of silence included."""
        return len(self.tables["same"][0])


def digits_of(issue: Issue, first: int) -> list[Digit]:
    """Return an issue's digits; its slots start at ``first``."""
    if isinstance(issue, ScaleIssue):
        return _scale(issue, first)
    return _options(issue, first) if isinstance(issue, OptionsIssue) else _conditions(issue, first)


def _level_codes(issue: Issue) -> bytes:
    """Return codes by stance: 1 and more for the levels in order, 0 for all else."""
    codes = bytearray(256)
    for place, stance in enumerate(issue.values):
        codes[stance & 255] = place + 1
    return bytes(codes)


def _values(issue: Issue) -> tuple[Ints, Ints]:
    """Return by code the value in [0, 1] and whether something is said."""
    values = np.array([0.0, *issue.values.values()])
    return values, np.arange(len(values)) > 0


def _apart(issue: Issue) -> tuple[Ints, Ints, Ints]:
    """Return by two codes the difference of values (0 where one is silent), whether both and whether any speaks."""
    values, said = _values(issue)
    both = said[:, None] & said
    return np.abs(values[:, None] - values) * both, both, said[:, None] | said


def _scale(issue: ScaleIssue, first: int) -> list[Digit]:
    """Tables: half the distance of each end; whether both speak and whether any does, told once."""
    apart, both, either = _apart(issue)
    codes, key = _level_codes(issue), ("scale", tuple(issue.values.items()))
    low: dict[DemandRole, tuple[Ints, ...]] = {"same": (apart / 2, both.astype(float), either.astype(float))}
    high: dict[DemandRole, tuple[Ints, ...]] = {"same": (apart / 2, np.zeros(both.shape), np.zeros(both.shape))}
    return [Digit(first, "low", codes, low, (*key, "low")), Digit(first, "high", codes, high, (*key, "high"))]


def _options(issue: OptionsIssue, first: int) -> list[Digit]:
    """Table: counts of leaves in conflict, known, not rejected by one alone or both, not by both, and the rest."""
    signs = np.array([0, 1, -1])
    codes = bytes(1 if 0 < byte < 128 else 2 if byte > 128 else 0 for byte in range(256))
    one, two = signs[:, None], signs[None, :]
    common, conflict = (one + two == 2), (one * two == -1)
    whole = one + two > -2
    counts = _packed(conflict, conflict | common, one + two >= 0, whole, whole & ~common, (one != 0) | (two != 0))
    return [
        Digit(first + place, "low", codes, {"same": (counts,)}, ("options",)) for place in range(len(issue.tree.leaves))
    ]


def _conditions(issue: Issue, first: int) -> list[Digit]:
    """Tables: the unmet demand; counts of known and of all demands, and what is asked of the silent, in halves."""
    apart, both, _ = _apart(issue)
    values, said = _values(issue)
    insistence = np.array([0, *(max(0, stance) for stance in issue.values)])
    demanded = (insistence > 0)[:, None] & np.ones(len(said), dtype=bool)
    answered = demanded & said
    unmet = np.where(answered, insistence[:, None] / 2 * (1 - values), 0.0)
    counts = _packed(answered, demanded, np.where(demanded & ~said, insistence[:, None], 0))
    tables: dict[DemandRole, tuple[Ints, ...]] = {
        "same": (apart, _packed(both, both)),
        "first": (unmet, counts),
        "second": (unmet.T, counts.T),
    }
    codes, key = _level_codes(issue), ("conditions", tuple(issue.values.items()))
    return [Digit(first + place, "low", codes, tables, key, element) for place, element in enumerate(issue.elements)]


def roles(digit: Digit, pair: tuple[str, str]) -> DemandRole:
    """Tell who of a pair demands on a slot: the one not addressed, when exactly one is."""
    if digit.element is None:
        return "same"
    addressed = [party in digit.element.addressees for party in pair]
    return "same" if addressed[0] == addressed[1] else "second" if addressed[0] else "first"


@dataclass(slots=True)
class LookupTables:
    """One kind's flat tables, each chunk's made once; asked at the chunk's offset + code × codes + code."""

    made: list[tuple[Ints, ...]] = field(default_factory=list)
    offsets: dict[tuple[object, ...], int] = field(default_factory=dict)
    size: int = 0

    def offset(self, chunk: Sequence[Digit], chosen: Sequence[DemandRole]) -> int:
        """Return where the tables of a chunk in the given roles start, making them where they are new."""
        key = (*(digit.key for digit in chunk), *chosen)
        if key not in self.offsets:
            self.offsets[key] = self.size
            picked = [digit.tables[role] for digit, role in zip(chunk, chosen, strict=True)]
            self.made.append(tuple(_joint(parts) for parts in zip(*picked, strict=True)))
            self.size += len(self.made[-1][0])
        return self.offsets[key]

    def flat(self) -> list[Ints]:
        """Return the tables of all chunks made, one after the other."""
        return [np.concatenate(parts) for parts in zip(*self.made, strict=True)]


def _joint(tables: Sequence[Ints]) -> Ints:
    """Add up tables over the joint codes of their digits, the first digit the most significant; flat."""
    total = tables[0]
    for table in tables[1:]:
        codes = len(total) * len(table)
        total = (total[:, None, :, None] + table[None, :, None, :]).reshape(codes, codes)
    return total.ravel()


def chunks_of(digits: Sequence[Digit], most: int) -> list[list[Digit]]:
    """Cut an issue's digits into chunks of at most ``most`` joint codes, at least one digit each."""
    chunks: list[list[Digit]] = []
    codes = most + 1
    for digit in digits:
        if codes * digit.codes > most:
            chunks.append([])
            codes = 1
        chunks[-1].append(digit)
        codes *= digit.codes
    return chunks
