"""The mean of distances by weight, with bounds and coverage: of issues between two parties, or of clauses of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class WeightedDistance(Protocol):
    """Something with a distance in [0, 1] (``None`` if it cannot be compared), bounds of it and a weight ≥ 0."""

    @property
    def distance(self) -> float | None:
        """The distance, ``None`` if there is nothing to compare."""

    @property
    def lo(self) -> float:
        """The least that the distance could be."""

    @property
    def hi(self) -> float:
        """The most that the distance could be."""

    @property
    def weight(self) -> float:
        """How much it counts."""


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """The mean distance of what can be compared, bounds over all, and the comparable share of the weight, in [0, 1]."""

    distance: float | None
    lo: float
    hi: float
    coverage: float


def weighted_mean(items: Sequence[WeightedDistance]) -> WeightedMean | None:
    """Average distances by weight (``semantics.md`` §4); ``None`` if nothing has a weight."""
    total = sum(item.weight for item in items)
    if not total:
        return None
    lo = sum(item.weight * item.lo for item in items) / total
    hi = sum(item.weight * item.hi for item in items) / total
    compared = sum(item.weight for item in items if item.distance is not None)
    if not compared:
        return WeightedMean(None, lo, hi, 0.0)
    mean = sum(item.weight * item.distance for item in items if item.distance is not None) / compared
    # Rounding may put a bound a hair inside the mean that it mathematically contains.
    return WeightedMean(mean, min(lo, mean), max(hi, mean), compared / total)
