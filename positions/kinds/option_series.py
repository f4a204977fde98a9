"""Options as arrays: conflicts and common ground weighed down the tree, for many days at once (``semantics.md`` §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from positions.kinds.series import Array, Holdings, IssueBlock, Measure, count_true, element_rows
from positions.model.issues import OptionsIssue


@dataclass(frozen=True, slots=True)
class Branch:
    """An element with parts: its leaves from ``start`` to ``end``, what each weighs among all, and its other parts."""

    start: int
    end: int
    weight: float
    branches: tuple[Branch, ...]

    @property
    def leaves(self) -> slice:
        """The places of the leaves."""
        return slice(self.start, self.end)

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
    end = len(order)
    branches = tuple(grow_branches(issue, part, order) for part in inner)
    return Branch(start, end, issue.leaf_weights[leaves[0]] if leaves else 0.0, branches)


@dataclass(frozen=True, slots=True)
class OptionSigns:
    """What parties say of the leaves of issues whose trees are alike, shape (parties, issues, leaves, days).

    ``signs`` are 1 for who accepts, -1 for who rejects, 0 for who does neither, ``sure`` those as bounds count them:
    contested with both signs is neither. ``spoken``, of shape (parties, issues, days): whether a party has spoken of
    any element. ``issues`` are their places among all.
    """

    tree: Branch
    issues: list[int]
    signs: Array
    sure: Array
    spoken: Array

    def measure(self, one: int, two: int) -> tuple[Array, ...]:
        """Return the distances, their bounds, whether they are known and on the agenda, by issue and day."""
        conflict, common = _shares(self.tree, self.signs[one], self.signs[two])
        counted = conflict + common
        known = counted > 0
        far = conflict / np.where(known, counted, 1)
        agenda = self.spoken[one] | self.spoken[two]
        lo, hi = _bounds(self.tree, self.sure[one], self.sure[two])
        return far, np.where(known, np.minimum(lo, far), lo), np.maximum(hi * agenda, far), known, agenda


def options_series(issues: Sequence[OptionsIssue], held: Holdings) -> Measure:
    """Measure options: conflict among what both have spoken of, bounds over all ways to fill what is unstated."""
    signs = (held.low > 0.5).view(np.int8) - (held.low < 0.5).view(np.int8)
    sure = signs
    if held.contest is not None:
        split = (held.contests.least(held.contests.low) < 0.5) & (held.contests.greatest(held.contests.low) > 0.5)
        split[0] = False
        sure = np.where(split.take(held.contest), np.int8(0), signs)
    spoken = np.logical_or.reduceat(~np.isnan(held.low), [rows.start for rows in element_rows(issues)], axis=1)
    alike: dict[Branch, tuple[list[int], list[list[int]]]] = {}
    for place, (issue, rows) in enumerate(zip(issues, element_rows(issues), strict=True)):
        order: list[str] = []
        places, leaves = alike.setdefault(grow_branches(issue, None, order), ([], []))
        names = [element.id for element in issue.elements]
        places.append(place)
        leaves.append([rows.start + names.index(leaf) for leaf in order])
    options = [
        OptionSigns(
            tree, places, signs[:, leaves], signs[:, leaves] if sure is signs else sure[:, leaves], spoken[:, places]
        )
        for tree, (places, leaves) in alike.items()
    ]

    def measure(one: int, two: int) -> IssueBlock:
        shape = len(issues), held.low.shape[2]
        block = IssueBlock(*(np.empty(shape) for _ in range(3)), *(np.empty(shape, bool) for _ in range(2)))
        for option in options:
            for name, values in zip(("distance", "lo", "hi", "known", "agenda"), option.measure(one, two), strict=True):
                getattr(block, name)[option.issues] = values
        return block

    return measure


def _shares(tree: Branch, one: Array, two: Array) -> tuple[Array, Array]:
    """Return the weights of conflict and of common ground, shared among what both have a stance on."""
    product = one * two
    conflict, common, both = product < 0, one + two == 2, product != 0

    def share(branch: Branch) -> tuple[Array, Array, Array]:
        sums = [count_true(some[..., branch.leaves, :]).astype(np.float64) for some in (conflict, common, both)]
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
        return reduce(np.add, [branch.weight * count_true(chosen[..., branch.leaves, :]) for branch in groups])

    conflict, free = weigh(one * two < 0), weigh(total >= 0)
    whole, common = weigh(total > -2), weigh(total == 2)
    return conflict / np.where(free > 0, free, 1), (whole - common) / np.where(whole > 0, whole, 1)
