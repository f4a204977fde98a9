"""Krippendorff's α from its definition."""

from __future__ import annotations

import math
from collections import Counter
from itertools import permutations

from positions.kinds.base import Metric


def slow_alpha(values: list[list[float]], metric: Metric) -> float:
    """α from its definition: mean disagreement of all pairs within units over that of all pairs at all."""
    units = [[value for value in unit if not math.isnan(value)] for unit in zip(*values, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]
    counts = Counter(every)

    def apart(one: float, two: float) -> float:
        if metric == "nominal":
            return float(one != two)
        if metric == "interval":
            return (one - two) ** 2
        low, high = sorted((one, two))
        between = sum(count for value, count in counts.items() if low <= value <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2

    observed = sum(sum(apart(*pair) for pair in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    expected = sum(apart(*pair) for pair in permutations(every, 2)) / (len(every) - 1)
    return 1 - observed / expected
