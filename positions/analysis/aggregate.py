"""The weighted mean of distances, with bounds and coverage: over two parties' issues, or over the clauses of a plan."""

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
        """The smallest value that the distance could take."""

    @property
    def hi(self) -> float:
        """The largest value that the distance could take."""

    @property
    def weight(self) -> float:
        """Its weight in the mean, ≥ 0."""


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """The mean over the comparable items, bounds over all items, and the comparable share of the weight, in [0, 1]."""

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
    # Rounding may put the mean slightly outside the bounds.
    return WeightedMean(mean, min(lo, mean), max(hi, mean), compared / total)
