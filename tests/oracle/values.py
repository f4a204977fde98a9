"""Values, weights and trees of an issue, exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

HALF = Fraction(1, 2)
ACCEPTS = Fraction(3, 4)
"""Value of +1 on a place: the lowest level that accepts it."""


def exact(number: float | int) -> Fraction:
    """The decimal number that a codebook writes, 0.8 for 4/5, not the binary one nearest to it."""
    return Fraction(str(number))


def values(issue: Any) -> dict[int, Fraction]:
    """The value in [0, 1] of each stance of an issue."""
    # reading: places have the values of the default five levels whatever levels they declare (the page gives them a
    # step of ¼); "the issue declares its own levels" is about scales and conditions.
    if issue.kind == "options":
        return {stance: Fraction(stance + 2, 4) for stance in (-2, -1, 0, 1, 2)}
    levels = sorted(issue.levels, key=lambda level: level.stance)
    return {
        level.stance: Fraction(place, len(levels) - 1) if level.value is None else exact(level.value)
        for place, level in enumerate(levels)
    }


def step(issue: Any) -> Fraction:
    """What one level's change is worth: the largest gap between neighbouring levels, at most ½, on options ¼."""
    if issue.kind == "options":
        return Fraction(1, 4)
    ordered = sorted(values(issue).values())
    return min(HALF, max(high - low for low, high in pairwise(ordered)))


def weight(issue: Any, party: str, other: str) -> Fraction:
    """§4: the mean of what the issue matters to the two."""
    return (exact(issue.saliences.get(party, 1)) + exact(issue.saliences.get(other, 1))) / 2


def stood_on(issue: Any) -> list[str | None]:
    """What positions are about: the elements, or the issue itself where it has none."""
    return [element.id for element in issue.elements] or [None]


def parents(issue: Any) -> dict[str, str | None]:
    return {element.id: element.parent for element in issue.elements}


def path(issue: Any, element: str | None) -> list[str | None]:
    """The element and all that contain it, the nearest first; off the options an element stands alone."""
    steps: list[str | None] = [element]
    above = parents(issue) if issue.kind == "options" else {}
    while (parent := above.get(steps[-1] or "")) is not None:
        steps.append(parent)
    return steps


def depth(issue: Any, element: str | None) -> int:
    return len(path(issue, element)) - 1


def root(issue: Any) -> str | None:
    """The one element that contains all others; a list or a forest has none."""
    if issue.kind != "options":
        return None
    tops = [element.id for element in issue.elements if element.parent is None]
    return tops[0] if len(tops) == 1 else None


def children(issue: Any, element: str | None) -> list[str]:
    """The elements right below one; below ``None`` the topmost."""
    return [name for name, parent in parents(issue).items() if parent == element]


def leaves(issue: Any) -> list[str]:
    return [element.id for element in issue.elements if not children(issue, element.id)]


def leaves_below(issue: Any, element: str) -> list[str]:
    return [leaf for leaf in leaves(issue) if element in path(issue, leaf)]


def leaf_weights(issue: Any, counted: set[str]) -> dict[str, Fraction]:
    """Share 1 equally, step by step down the tree, among the children that hold a counted leaf."""
    weights: dict[str, Fraction] = {}

    def share(elements: list[str], amount: Fraction) -> None:
        holding = [element for element in elements if counted & set(leaves_below(issue, element))]
        for element in holding:
            below = children(issue, element)
            if below:
                share(below, amount / len(holding))
            else:
                weights[element] = amount / len(holding)

    share(children(issue, None), Fraction(1))
    return weights
