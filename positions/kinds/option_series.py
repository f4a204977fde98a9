"""Options as arrays: conflicts and common ground weighed down the tree, for many days at once (``semantics.md`` §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from positions.kinds.ranges import MIDDLE
from positions.kinds.series import Array, Holdings, IssueBlock, count_true, element_rows
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
class AlikeOptions:
    """What one party says of the leaves of issues whose trees are alike, shape (issues, leaves, days).

    ``signs`` are 1 where it accepts, -1 where it rejects, 0 where it does neither, ``sure`` those as bounds count them:
    contested with both signs is neither. ``issues`` are their places among all.
    """

    tree: Branch
    issues: list[int]
    signs: Array
    sure: Array

    def against(self, other: AlikeOptions) -> tuple[Array, Array, Array, Array]:
        """Return the distances, their bounds and whether they are known, by issue and day."""
        parts = _LeafParts.of(self.signs, other.signs)
        conflict, common = parts.shares(self.tree)
        counted = conflict + common
        known = counted > 0
        far = conflict / np.where(known, counted, 1)
        if self.sure is not self.signs or other.sure is not other.signs:
            parts = _LeafParts.of(self.sure, other.sure)
        lo, hi = parts.bounds(self.tree)
        return far, np.where(known, np.minimum(lo, far), lo), np.maximum(hi, far), known


@dataclass(frozen=True, slots=True)
class OptionSeries:
    """What one party says of options; ``spoken``, of shape (issues, days): whether it has spoken of any element."""

    alike: Sequence[AlikeOptions]
    spoken: Array

    @classmethod
    def of(cls, issues: Sequence[OptionsIssue], held: Holdings) -> OptionSeries:
        """Sort the leaves of issues down their trees."""
        signs = np.sign(held.low) * held.spoken.view(np.int8)
        sure = signs
        contested = np.flatnonzero(held.contested)
        if len(contested):
            values = held.values(contested)
            sure = signs.copy()
            sure.ravel()[contested[(values.least < MIDDLE) & (values.most > MIDDLE)]] = 0
        alike = [
            AlikeOptions(tree, places, signs[leaves], signs[leaves] if sure is signs else sure[leaves])
            for tree, places, leaves in _alike_trees(issues)
        ]
        starts = [rows.start for rows in element_rows(issues)]
        return cls(alike, np.logical_or.reduceat(held.spoken, starts, axis=0))

    def against(self, other: OptionSeries) -> IssueBlock:
        """Measure conflict among what both have spoken of, with bounds over all ways to fill what is unstated."""
        agenda = self.spoken | other.spoken
        far, lo, hi = (np.empty(agenda.shape) for _ in range(3))
        block = IssueBlock(far, lo, hi, np.empty(agenda.shape, bool), agenda)
        for one, two in zip(self.alike, other.alike, strict=True):
            for name, values in zip(("distance", "lo", "hi", "known"), one.against(two), strict=True):
                getattr(block, name)[one.issues] = values
        hi *= agenda
        return block


def _alike_trees(issues: Sequence[OptionsIssue]) -> list[tuple[Branch, list[int], list[list[int]]]]:
    """Group issues by how their trees look: the tree, the places of the issues, and the rows of their leaves."""
    alike: dict[Branch, tuple[list[int], list[list[int]]]] = {}
    for place, (issue, rows) in enumerate(zip(issues, element_rows(issues), strict=True)):
        order: list[str] = []
        places, leaves = alike.setdefault(grow_branches(issue, None, order), ([], []))
        names = {element.id: row for row, element in enumerate(issue.elements, rows.start)}
        places.append(place)
        leaves.append([names[leaf] for leaf in order])
    return [(tree, *some) for tree, some in alike.items()]


@dataclass(frozen=True, slots=True)
class _LeafParts:
    """How two parties stand on the leaves, truth values of shape (issues, leaves, days); the sum of their signs too."""

    conflict: Array
    common: Array
    signs: tuple[Array, Array]
    total: Array

    @classmethod
    def of(cls, one: Array, two: Array) -> _LeafParts:
        """Compare the signs of two parties."""
        total = one + two
        return cls(one * two < 0, total == 2, (one, two), total)

    def shares(self, tree: Branch) -> tuple[Array, Array]:
        """Return the weights of conflict and of common ground, shared among what both have a stance on."""
        if not tree.branches:
            # Where all leaves weigh the same, only their number counts.
            return count_true(self.conflict).astype(np.float64), count_true(self.common).astype(np.float64)
        both = self.signs[0] * self.signs[1] != 0

        def share(branch: Branch) -> tuple[Array, Array, Array]:
            every = (self.conflict, self.common, both)
            sums = [count_true(some[:, branch.leaves]).astype(np.float64) for some in every]
            for inner in branch.branches:
                for total, part in zip(sums, share(inner), strict=True):
                    total += part
            parts = np.maximum(sums[2], 1)
            return sums[0] / parts, sums[1] / parts, sums[2] > 0

        return share(tree)[:2]

    def bounds(self, tree: Branch) -> tuple[Array, Array]:
        """Return the least and the greatest distance over all ways to fill what is unstated."""
        groups = [branch for branch in tree.every() if branch.weight]

        def weigh(chosen: Array) -> Array:
            return reduce(np.add, [branch.weight * count_true(chosen[:, branch.leaves]) for branch in groups])

        conflict, free = weigh(self.conflict), weigh(self.total >= 0)
        whole, common = weigh(self.total > -2), weigh(self.common)
        return conflict / np.where(free > 0, free, 1), (whole - common) / np.where(whole > 0, whole, 1)
