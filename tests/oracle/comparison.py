"""§4: two parties over their whole agenda."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from positions.model.codebook import Codebook
from tests.oracle.distance import ZERO, IssueDistance, Pair, issue_distance
from tests.oracle.state import State
from tests.oracle.values import HALF


@dataclass(frozen=True)
class Comparison:
    """D with its bounds and coverage; ``None`` for what does not exist.

    ``sensitivity`` is the least and the greatest D with the weight of one issue halved or doubled.
    """

    point: Fraction | None
    lo: Fraction | None
    hi: Fraction | None
    coverage: Fraction | None
    thin: bool
    sensitivity: tuple[Fraction, Fraction] | None
    issues: dict[str, IssueDistance]


def compare(state: State, codebook: Codebook, pair: Pair) -> Comparison:
    agenda = {issue.id: found for issue in codebook.issues if (found := issue_distance(state, issue, pair))}
    total = sum((found.weight for found in agenda.values()), ZERO)
    if not total:
        # reading: no coverage is thin too; there is no D that could be shown otherwise.
        return Comparison(None, None, None, None, True, None, agenda)
    compared = {name: found for name, found in agenda.items() if found.point is not None}
    weights = {name: found.weight for name, found in compared.items()}
    point = weighted(compared, weights)
    lo = sum((found.weight * found.lo for found in agenda.values()), ZERO) / total
    hi = sum((found.weight * found.hi for found in agenda.values()), ZERO) / total
    if point is not None:
        lo, hi = min(lo, point), max(hi, point)
    coverage = sum(weights.values(), ZERO) / total
    return Comparison(point, lo, hi, coverage, coverage < HALF, sensitivity(compared, weights), agenda)


def weighted(issues: dict[str, Any], weights: dict[str, Fraction]) -> Fraction | None:
    """The weighted mean of some issues' δ; ``None`` where nothing weighs anything."""
    total = sum((weights[name] for name in issues), ZERO)
    return sum((weights[name] * found.point for name, found in issues.items()), ZERO) / total if total else None


def sensitivity(issues: dict[str, Any], weights: dict[str, Fraction]) -> tuple[Fraction, Fraction] | None:
    variants = [
        weighted(issues, {**weights, name: weights[name] * factor})
        for name in issues
        for factor in (Fraction(1, 2), Fraction(2))
    ]
    points = [point for point in variants if point is not None]
    return (min(points), max(points)) if points else None
