"""A containment tree of options: what lies in what, and which leaves an element holds for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from positions.errors import allowed


class Tree:
    """Elements by containment, given as child → parent (``None`` for a root); several roots are allowed.

    Raises ``ValueError`` naming the element when a parent is unknown or when elements contain each other.
    """

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self._parents = dict(parents)
        for element, parent in self._parents.items():
            if parent is not None and parent not in self._parents:
                raise ValueError(f"elements: parent of {element!r}: {allowed(parent, self._parents)}")
        self._paths = {element: self._climb(element) for element in self._parents}

    def _climb(self, element: str) -> tuple[str, ...]:
        path = [element]
        while (parent := self._parents[path[-1]]) is not None:
            if parent in path:
                raise ValueError(f"elements: {element!r} contains itself: {' > '.join([*path, parent])}")
            path.append(parent)
        return tuple(path)

    def path(self, element: str) -> tuple[str, ...]:
        """Return the element and all that contain it, the most specific first."""
        return self._paths[element]

    def depth(self, element: str) -> int:
        """Return how many elements contain this one; a root has depth 0."""
        return len(self._paths[element]) - 1

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The elements that contain no other, in declared order: the ones distances are counted over."""
        inner = set(self._parents.values())
        return tuple(element for element in self._parents if element not in inner)

    @cached_property
    def root(self) -> str | None:
        """The one element that contains all others, ``None`` if there are several topmost ones."""
        tops = [element for element, parent in self._parents.items() if parent is None]
        return tops[0] if len(tops) == 1 else None

    def cover(self, leaves: Iterable[str]) -> tuple[str, ...]:
        """Return the fewest elements that contain exactly these leaves, in their order.

        An element with a single leaf never stands for it: who names a town has not named its country.
        """
        chosen = tuple(leaves)
        whole = {name for name in self._paths if len(own := self.below(name)) > 1 and set(own) <= set(chosen)}
        widest = (next((step for step in reversed(self._paths[leaf]) if step in whole), leaf) for leaf in chosen)
        return tuple(dict.fromkeys(widest))

    @cached_property
    def children(self) -> Mapping[str | None, tuple[str, ...]]:
        """What each element contains directly, in declared order; under ``None`` the topmost ones."""
        children: dict[str | None, list[str]] = {}
        for element, parent in self._parents.items():
            children.setdefault(parent, []).append(element)
        return {parent: tuple(names) for parent, names in children.items()}

    def share(self, counted: Collection[str]) -> dict[str, float]:
        """Share 1 equally, step by step down the tree, among the children that hold a counted leaf; return the shares.

        They add up to 1, and there are none if no leaf is counted (``semantics.md`` §3).
        """
        holding = {step for leaf in counted for step in self._paths[leaf]}
        shares: dict[str, float] = {}
        rest: list[tuple[str | None, float]] = [(None, 1.0)]
        while rest:
            element, amount = rest.pop()
            below = self.children.get(element, ())
            sharing = [child for child in below if child in holding]
            if element is not None and not below:
                shares[element] = amount
            rest += [(child, amount / len(sharing)) for child in sharing]
        return shares

    def below(self, element: str) -> tuple[str, ...]:
        """Return the leaves that the element contains (itself when it is one), in declared order."""
        return tuple(leaf for leaf in self.leaves if element in self._paths[leaf])
