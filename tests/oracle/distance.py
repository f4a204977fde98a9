"""§3: two parties on one issue: δ, its bounds, and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from tests.oracle.state import Position, State
from tests.oracle.values import HALF, leaf_weights, leaves, weight

Range: TypeAlias = tuple[Fraction, Fraction]
Pair: TypeAlias = tuple[str, str]
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Between:
    """A distance with its bounds: ``point`` is ``None`` where there is none."""

    point: Fraction | None
    lo: Fraction
    hi: Fraction


@dataclass(frozen=True)
class IssueDistance:
    """Two parties on one issue of their agenda.

    ``gap``: scales. ``common`` and ``open``: options. Conditions: ``unmet`` is the mean unmet demand of (demander,
    addressee), ``elements`` what each element gives.
    """

    issue: str
    point: Fraction | None
    lo: Fraction
    hi: Fraction
    weight: Fraction
    gap: Fraction | None = None
    common: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    unmet: dict[Pair, Fraction] = field(default_factory=dict)
    elements: dict[str, Between] = field(default_factory=dict)


def issue_distance(state: State, issue: Any, pair: Pair) -> IssueDistance | None:
    """``None`` where the issue is not on the pair's agenda."""
    measure = {"scale": scale_distance, "options": options_distance, "conditions": conditions_distance}
    return measure[issue.kind](state, issue, pair)


def mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, ZERO) / len(numbers)


def widened(point: Fraction | None, lo: Fraction, hi: Fraction) -> Between:
    """Bounds that contain the point."""
    return Between(point, lo, hi) if point is None else Between(point, min(lo, point), max(hi, point))


def apart(one: Range, two: Range) -> Fraction:
    return (abs(one[0] - two[0]) + abs(one[1] - two[1])) / 2


def farthest(speaker: Position) -> Fraction:
    """How far a silent party could stand from what a speaker's midpoint may be."""
    middles = [(low + high) / 2 for low, high in speaker.ranges]
    return max(max(middle, 1 - middle) for middle in middles)


def as_scale(one: Position | None, two: Position | None) -> Between | None:
    """Two positions on one line; ``None`` where both are silent."""
    if one is not None and two is not None:
        ways = [apart(first, second) for first in one.ranges for second in two.ranges]
        return widened(apart((one.low, one.high), (two.low, two.high)), min(ways), max(ways))
    speaker = one or two
    return Between(None, ZERO, farthest(speaker)) if speaker else None


def scale_distance(state: State, issue: Any, pair: Pair) -> IssueDistance | None:
    one, two = (state.get((party, issue.id, None)) for party in pair)
    between = as_scale(one, two)
    if between is None:
        return None
    gap = max(ZERO, max(one.low, two.low) - min(one.high, two.high)) if one and two else None
    return IssueDistance(issue.id, between.point, between.lo, between.hi, weight(issue, *pair), gap=gap)


def options_distance(state: State, issue: Any, pair: Pair) -> IssueDistance | None:
    if not any((party, issue.id, element.id) in state for party in pair for element in issue.elements):
        return None
    signs = {leaf: tuple(sign(state.get((party, issue.id, leaf))) for party in pair) for leaf in leaves(issue)}
    both = {leaf for leaf, both_signs in signs.items() if 0 not in both_signs}
    shares = leaf_weights(issue, both)
    apart_weight = sum((shares[leaf] for leaf in both if sum(signs[leaf]) == 0), ZERO)
    common_weight = sum((shares[leaf] for leaf in both if sum(signs[leaf]) == 2), ZERO)
    known = apart_weight + common_weight
    point = apart_weight / known if known else None
    between = widened(point, *options_bounds(state, issue, pair))
    common = tuple(leaf for leaf in leaves(issue) if signs[leaf] == (1, 1))
    free = tuple(leaf for leaf in leaves(issue) if sorted(signs[leaf]) == [0, 1])
    return IssueDistance(
        *(issue.id, point, between.lo, between.hi, weight(issue, *pair)), common=common, open=() if common else free
    )


def sign(position: Position | None) -> int:
    """Accepts (1), rejects (−1), unstated (0)."""
    return 0 if position is None else (position.stance > 0) - (position.stance < 0)


def contested_sign(position: Position | None) -> int:
    """The sign as the bounds count it: contested statements of both signs are as good as none."""
    if position is None or (min(position.stances) < 0 < max(position.stances)):
        return 0
    return sign(position)


def options_bounds(state: State, issue: Any, pair: Pair) -> tuple[Fraction, Fraction]:
    """What δ could be once everything unstated is filled, each leaf with its weight among all."""
    shares = leaf_weights(issue, set(leaves(issue)))
    weights: dict[tuple[int, int], Fraction] = {}
    for leaf, share in shares.items():
        low, high = sorted(contested_sign(state.get((party, issue.id, leaf))) for party in pair)
        weights[low, high] = weights.get((low, high), ZERO) + share
    common, conflict = weights.get((1, 1), ZERO), weights.get((-1, 1), ZERO)
    accepted, rejected, blank = (weights.get(signs, ZERO) for signs in ((0, 1), (-1, 0), (0, 0)))
    lo = conflict / (conflict + common + accepted + blank) if conflict else ZERO
    everything = conflict + common + accepted + rejected + blank
    hi = (conflict + accepted + rejected + blank) / everything if everything else ZERO
    return lo, hi


def conditions_distance(state: State, issue: Any, pair: Pair) -> IssueDistance | None:
    elements: dict[str, Between] = {}
    unmet: dict[Pair, list[Fraction]] = {}
    for element in issue.elements:
        one, two = (state.get((party, issue.id, element.id)) for party in pair)
        between, demander = condition(one, two, [party in element.addressees for party in pair])
        if between is None:
            continue
        elements[element.id] = between
        if demander is not None and between.point is not None:
            unmet.setdefault((pair[demander], pair[1 - demander]), []).append(between.point)
    if not elements:
        return None
    known = [between.point for between in elements.values() if between.point is not None]
    point = mean(known) if known else None
    bounds = widened(
        point, mean([between.lo for between in elements.values()]), mean([between.hi for between in elements.values()])
    )
    means = {direction: mean(points) for direction, points in unmet.items()}
    return IssueDistance(*(issue.id, point, bounds.lo, bounds.hi, weight(issue, *pair)), unmet=means, elements=elements)


def condition(
    one: Position | None, two: Position | None, addressed: Sequence[bool]
) -> tuple[Between | None, int | None]:
    """What one condition gives, and which of the two demands it of the other."""
    if addressed[0] != addressed[1]:
        demander = 1 if addressed[0] else 0
        return unmet_demand(*((one, two) if demander == 0 else (two, one))), demander
    if not all(addressed) and (one is None or two is None):
        return None, None
    return as_scale(one, two), None


def unmet_demand(demand: Position | None, answer: Position | None) -> Between | None:
    """u = q·r; whether there is a demand says the winner, how much of it may be met all that are contested."""
    if demand is None or not insistence(demand.middle):
        return None
    insistences = [insistence((low + high) / 2) for low, high in demand.ranges]
    if answer is None:
        return Between(None, ZERO, max(insistences))
    responses = [1 - (low + high) / 2 for low, high in answer.ranges]
    ways = [firm * response for firm in insistences for response in responses]
    return widened(insistence(demand.middle) * (1 - answer.middle), min(ways), max(ways))


def insistence(middle: Fraction) -> Fraction:
    """How far a value stands above the middle, in [0, 1]."""
    return max(ZERO, (middle - HALF) * 2)
