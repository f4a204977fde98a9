"""The weighted mean of distances, with bounds and coverage: over two parties' issues, or over the clauses of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from positions.kinds.records import ROUNDING

THIN: Final = 0.5
"""Coverage below which a distance is thin: it is marked everywhere and never a headline by itself."""


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
    """The mean over the comparable items, bounds over all items, and the comparable share of the weight, in [0, 1].

    ``sensitivity`` is the least and the greatest mean with the weight of a single item halved or doubled; ``None``
    without a mean.
    """

    distance: float | None
    lo: float
    hi: float
    coverage: float
    sensitivity: tuple[float, float] | None


def weighted_mean(items: Sequence[WeightedDistance]) -> WeightedMean | None:
    """Average distances by weight (``semantics.md`` §4); ``None`` if nothing has a weight."""
    total = sum(item.weight for item in items)
    if not total:
        return None
    lo = sum(item.weight * item.lo for item in items) / total
    hi = sum(item.weight * item.hi for item in items) / total
    compared = sum(item.weight for item in items if item.distance is not None)
    if not compared:
        return WeightedMean(None, lo, hi, 0.0, None)
    mean = sum(item.weight * item.distance for item in items if item.distance is not None) / compared
    # Rounding may put the mean slightly outside the bounds.
    return WeightedMean(mean, min(lo, mean), max(hi, mean), compared / total, _sensitivity(items, compared))


def _sensitivity(items: Sequence[WeightedDistance], total: float) -> tuple[float, float]:
    """Return the least and the greatest mean over all ways to halve or double the weight of one comparable item."""
    known = [(item.weight, item.distance) for item in items if item.distance is not None]
    whole = sum(weight * distance for weight, distance in known)
    means = [
        (whole + more * weight * distance) / (total + more * weight)
        for weight, distance in known
        for more in (-0.5, 1.0)
    ]
    return min(means), max(means)


def is_thin(coverage: float | None) -> bool:
    """Return whether too little of the weight is comparable for a mean to stand by itself; exactly half is enough."""
    return coverage is None or coverage < THIN - ROUNDING
