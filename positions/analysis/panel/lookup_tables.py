"""Joint codes and flat distance tables: the comparison of two codes on a slot, or on several slots together.

A party's stance on a slot is a *digit*, 0 for silence. Several neighbouring slots of an issue make a *chunk* with one
joint code. The issue's kind defines what two codes on a slot add to the issue (:mod:`positions.kinds.tables`); a
chunk's table sums that over its slots, and the kind's block needs only the sums over an issue's chunks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from positions.analysis.panel.slots import Ints
from positions.kinds.registry import kind_of
from positions.kinds.tables import DemandRole, Digit
from positions.model.issues import Issue


@dataclass(frozen=True, slots=True)
class SlotDigit:
    """One slot of the panel: ``code`` encodes its stances (256 bytes, by stance), ``digit`` is the kind's definition.

    Digits with the same ``key`` have the same tables.
    """

    slot: int
    code: bytes
    digit: Digit
    key: int

    @property
    def source(self) -> Literal["low", "high"]:
        """Which end of the stance is encoded."""
        return self.digit.source

    @property
    def size(self) -> int:
        """The number of codes, including that of silence."""
        return self.digit.size

    def role(self, pair: tuple[str, str]) -> DemandRole:
        """Return who of a pair demands on the slot."""
        return self.digit.role(pair)


def digits_of(issue: Issue, first: int, keys: dict[object, int]) -> list[SlotDigit]:
    """Return an issue's digits; its slots start at ``first``; ``keys`` numbers the tables so far and is extended."""
    digits = kind_of(issue).digits(issue)
    # Compared by identity: the digits of an issue mostly share their tables, and comparing contents takes longer.
    tables = {id(digit.tables): digit.tables for digit in digits}
    numbers = {name: keys.setdefault(tuple(held.items()), len(keys)) for name, held in tables.items()}
    codes = {id(digit.codes): digit.codes for digit in digits}
    code = {name: _code_bytes(held) for name, held in codes.items()}
    return [SlotDigit(first + digit.slot, code[id(digit.codes)], digit, numbers[id(digit.tables)]) for digit in digits]


def _code_bytes(codes: Mapping[int, int]) -> bytes:
    found = bytearray(256)
    for stance, code in codes.items():
        found[stance & 255] = code
    return bytes(found)


@dataclass(slots=True)
class LookupTables:
    """One kind's flat tables, built once per chunk; an entry is at the chunk's offset + code × codes + code."""

    made: list[tuple[Ints, ...]] = field(default_factory=list)
    offsets: dict[tuple[object, ...], int] = field(default_factory=dict)
    size: int = 0

    def offset(self, chunk: Sequence[SlotDigit], roles: Sequence[DemandRole]) -> int:
        """Return where the tables of a chunk in the given roles start; build them if they are new."""
        key = (*(digit.key for digit in chunk), *roles)
        if key not in self.offsets:
            self.offsets[key] = self.size
            picked = [member.digit.tables[role] for member, role in zip(chunk, roles, strict=True)]
            self.made.append(tuple(_join_tables(list(map(np.array, parts))) for parts in zip(*picked, strict=True)))
            self.size += len(self.made[-1][0])
        return self.offsets[key]

    def flat(self) -> list[Ints]:
        """Return the tables of all chunks, concatenated."""
        return [np.concatenate(parts) for parts in zip(*self.made, strict=True)]


def _join_tables(tables: Sequence[Ints]) -> Ints:
    """Sum tables over the joint codes of their digits, the first digit being the most significant; flat."""
    total = tables[0]
    for table in tables[1:]:
        codes = len(total) * len(table)
        total = (total[:, None, :, None] + table[None, :, None, :]).reshape(codes, codes)
    return total.ravel()


def chunks_of(digits: Sequence[SlotDigit], most: int) -> list[list[SlotDigit]]:
    """Cut an issue's digits into chunks of at most ``most`` joint codes, at least one digit each."""
    chunks: list[list[SlotDigit]] = []
    codes = most + 1
    for digit in digits:
        if codes * digit.size > most:
            chunks.append([])
            codes = 1
        chunks[-1].append(digit)
        codes *= digit.size
    return chunks
