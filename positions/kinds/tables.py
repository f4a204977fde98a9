"""Small tables by which a panel measures an issue for many days at once; numpy is left to whoever computes with them.

A party's stance on a slot is a *code*, 0 when silent. Tables say for two codes what a slot adds to its issue; what a
kind makes of the sums over an issue's slots is its :meth:`~positions.kinds.base.IssueKind.block`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

from positions.model.issues import Issue

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")
Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
DemandRole: TypeAlias = Literal["same", "first", "second"]
"""Who demands on a slot: neither or both of a pair (compare like a scale), the first or the second."""
Table: TypeAlias = tuple[tuple[float, ...], ...]
"""A number by the code of the one and of the other."""
TableLookup: TypeAlias = Callable[[int], Array]
"""Gives the sums of one of a kind's tables, by issue and day."""
FIELD: Final = 10
"""Bits of one packed count, six in an integer: an issue's counts stay below 1024."""


@dataclass(frozen=True, slots=True)
class Digit:
    """How one slot is read and what it adds to its issue.

    ``slot`` counts the issue's slots from 0, ``source`` is the end of the stance that is read, ``codes`` gives its code
    by stance, 1 and up. ``tables`` are by role the tables that the kind's block takes, square and over all codes with
    silence as 0; kinds without demands have the role ``same`` alone. ``addressees`` would have to act.
    """

    slot: int
    source: Literal["low", "high"]
    codes: Mapping[int, int]
    tables: Mapping[DemandRole, tuple[Table, ...]]
    addressees: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many codes there are, that of silence included."""
        return len(self.tables["same"][0])

    def role(self, pair: tuple[str, str]) -> DemandRole:
        """Return who of a pair demands on the slot: the one not addressed, when exactly one is."""
        addressed = [party in self.addressees for party in pair]
        return "same" if addressed[0] == addressed[1] else "second" if addressed[0] else "first"


@dataclass(frozen=True, slots=True)
class IssueBlock:
    """Issues of one kind for one pair on some days, by issue and day.

    ``distance`` is 0 where unknown; ``lo`` and ``hi`` are 0 off the agenda; ``known`` and ``agenda`` are 0 or 1, and
    ``None`` if they are 1 everywhere.
    """

    distance: Array
    lo: Array
    hi: Array
    known: Array | None
    agenda: Array | None


def level_codes(issue: Issue) -> dict[int, int]:
    """Return a code for every level, in order of stance."""
    return {stance: code for code, stance in enumerate(issue.values, 1)}


def table_of(codes: Sequence[T], cell: Callable[[T, T], float]) -> Table:
    """Make a table of what every two codes stand for."""
    return tuple(tuple(cell(one, two) for two in codes) for one in codes)


def transpose(table: Table) -> Table:
    """Return a table with the two parties exchanged."""
    return tuple(zip(*table, strict=True))


def pack_counts(*counts: int) -> int:
    """Pack some counts into one number that can be summed; :func:`count_at` takes them out again."""
    return sum(count << (FIELD * index) for index, count in enumerate(counts))


def count_at(sums: Array, place: int) -> Array:
    """Return one of the counts that were packed."""
    return (sums >> (FIELD * place)) & ((1 << FIELD) - 1)


def share(part: Array, whole: Array) -> Array:
    """Return part / whole, 0 if both are 0; the whole is a count."""
    # With an upper bound, which no count reaches, clipping takes half the time.
    quotients: Array = part / whole.clip(1, 1 << FIELD)
    return quotients


def any_of(count: Array) -> Array:
    """Return 1.0 where something was counted, else 0.0."""
    return (count > 0).astype(float)
