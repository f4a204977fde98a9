"""Options as arrays: conflicts and common ground weighed down the tree, for many days at once (``semantics.md`` §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from positions.kinds.series import Array, Holdings, IssueBlock, SeriesMeasure, element_rows
from positions.model.issues import OptionsIssue


@dataclass(frozen=True, slots=True)
class Branch:
    """An element with parts: the rows of its leaves, what each of them weighs among all, and its other parts."""

    leaves: slice
    weight: float
    branches: tuple[Branch, ...]

    def every(self) -> tuple[Branch, ...]:
        """Return the branch and all within it."""
        return (self, *(one for branch in self.branches for one in branch.every()))


def grow_branches(issue: OptionsIssue, element: str | None, order: list[str]) -> Branch:
    """Return the branch of an element (``None``: of all); its leaves are appended to ``order``."""
    parts = issue.tree.children.get(element, ())
    inner = [part for part in parts if part in issue.tree.children]
    if len(parts) == len(inner) == 1:
        return grow_branches(issue, inner[0], order)
    leaves = [part for part in parts if part not in inner]
    start = len(order)
    order += leaves
    branches = tuple(grow_branches(issue, part, order) for part in inner)
    return Branch(slice(start, start + len(leaves)), issue.leaf_weights[leaves[0]] if leaves else 0.0, branches)


@dataclass(frozen=True, slots=True)
class OptionSigns:
    """What parties say of the leaves of one issue: 1 accepts, -1 rejects, 0 neither; shape (parties, leaves, days).

    ``sure`` are the signs as bounds count them: contested with both signs is neither. ``spoken``, of shape (parties,
    days): whether a party has spoken of any element.
    """

    tree: Branch
    signs: Array
    sure: Array
    spoken: Array

    def measure(self, one: int, two: int) -> tuple[Array, ...]:
        """Return the distance, its bounds, whether it is known and whether the issue is on the agenda, by day."""
        conflict, common = _shares(self.tree, self.signs[one], self.signs[two])
        counted = conflict + common
        known = counted > 0
        far = conflict / np.where(known, counted, 1)
        agenda = self.spoken[one] | self.spoken[two]
        lo, hi = _bounds(self.tree, self.sure[one], self.sure[two])
        return far, np.where(known, np.minimum(lo, far), lo), np.maximum(hi * agenda, far), known, agenda


def options_series(issues: Sequence[OptionsIssue], held: Holdings) -> SeriesMeasure:
    """Measure options: conflict among what both have spoken of, bounds over all ways to fill what is unstated."""
    signs = (held.low > 0.5).view(np.int8) - (held.low < 0.5).view(np.int8)
    sure = signs
    if held.contest is not None:
        split = (held.contests.least(held.contests.low) < 0.5) & (held.contests.greatest(held.contests.low) > 0.5)
        split[0] = False
        sure = np.where(split.take(held.contest), np.int8(0), signs)
    spoken = ~np.isnan(held.low)
    options = []
    for issue, rows in zip(issues, element_rows(issues), strict=True):
        order: list[str] = []
        tree = grow_branches(issue, None, order)
        names = [element.id for element in issue.elements]
        leaves = [rows.start + names.index(leaf) for leaf in order]
        options.append(OptionSigns(tree, signs[:, leaves], sure[:, leaves], np.any(spoken[:, rows], axis=1)))

    def measure(one: int, two: int) -> IssueBlock:
        return IssueBlock(*map(np.array, zip(*(option.measure(one, two) for option in options), strict=True)))

    return measure


def _count(chosen: Array) -> Array:
    """Count truth values by day."""
    counts: Array = chosen.view(np.uint8).sum(axis=0, dtype=np.uint8 if len(chosen) < 256 else np.uint32)
    return counts


def _shares(tree: Branch, one: Array, two: Array) -> tuple[Array, Array]:
    """Return the weights of conflict and of common ground, shared among what both have a stance on."""
    product = one * two
    conflict, common, both = product < 0, one + two == 2, product != 0

    def share(branch: Branch) -> tuple[Array, Array, Array]:
        sums = [_count(some[branch.leaves]).astype(np.float64) for some in (conflict, common, both)]
        for inner in branch.branches:
            for total, part in zip(sums, share(inner), strict=True):
                total += part
        parts = np.maximum(sums[2], 1)
        return sums[0] / parts, sums[1] / parts, sums[2] > 0

    return share(tree)[:2]


def _bounds(tree: Branch, one: Array, two: Array) -> tuple[Array, Array]:
    """Return the least and the greatest distance over all ways to fill what is unstated."""
    total = one + two
    groups = [branch for branch in tree.every() if branch.weight]

    def weigh(chosen: Array) -> Array:
        weights: Array = np.sum([branch.weight * _count(chosen[branch.leaves]) for branch in groups], axis=0)
        return weights

    conflict, free = weigh(one * two < 0), weigh(total >= 0)
    whole, common = weigh(total > -2), weigh(total == 2)
    return conflict / np.where(free > 0, free, 1), (whole - common) / np.where(whole > 0, whole, 1)
