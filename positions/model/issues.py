"""Issues: what stances are taken on, and how each kind of issue is built.

A model here knows its structure: which levels it may have, which elements, what contains what, and who would have to
act. How a kind is measured, worded and shown is told by :mod:`positions.kinds`. Another kind is another subclass of
:class:`Issue`; :func:`positions.kinds.registry.register` makes codebooks that use it readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from positions.errors import QueryError, allowed
from positions.files.characters import VISIBLE
from positions.model.levels import CONDITION_LEVELS, DEFAULT_LEVELS, Level
from positions.model.option_tree import Tree
from positions.model.words import Id, Word, first_repeated


class Element(Word):
    """A part of an issue on which stances are taken: a place of a venue tree, a condition.

    ``parent`` (options only) is the element that contains it, and ``inherits`` whether what is said of that one holds
    for it too. ``addressees`` (conditions only) are the parties that would have to act; if ``joint`` they would have to
    act together, so that one who wants it demands it of the others.
    """

    id: Id
    label: str
    definition: str = ""
    parent: Id | None = None
    inherits: bool = True
    addressees: tuple[Id, ...] = ()
    joint: bool = False


class Issue(Word):
    """What every kind of issue has; each kind is a subclass that fixes ``kind`` and adds its own fields.

    ``plus`` and ``minus`` put the two poles in words; ``saliences`` weigh the issue for each party (default 1);
    ``stale_after`` is how many days after it was last repeated a position becomes stale. Of the class,
    ``takes_ranges`` says that a statement may span several levels, ``alternatives`` that its elements are to be chosen
    from, so that naming one takes no stance yet; ``stances`` are the levels that it may declare (default: any).
    """

    takes_ranges: ClassVar[bool] = False
    alternatives: ClassVar[bool] = False
    stances: ClassVar[frozenset[int] | None] = None

    id: Id
    kind: str
    label: str = Field(pattern=VISIBLE)
    definition: str = ""
    plus: str = ""
    minus: str = ""
    saliences: Mapping[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    stale_after: int = Field(default=30, ge=1)
    levels: tuple[Level, ...] = DEFAULT_LEVELS

    if TYPE_CHECKING:  # At run time it would hide the field of the kinds whose codebook declares elements.

        @property
        def elements(self) -> tuple[Element, ...]:
            """What stances are taken on; empty for an issue that is taken as a whole."""

    @model_validator(mode="after")
    def _levels_sound(self) -> Issue:
        if len(self.levels) < 2:
            raise ValueError(f"levels: issue {self.id!r} needs at least two")
        if repeated := first_repeated(level.stance for level in self.levels):
            raise ValueError(f"levels: stance {repeated} is declared twice in issue {self.id!r}")
        for level in self.levels:
            if self.stances is not None and level.stance not in self.stances:
                raise ValueError(f"levels of {self.id!r}: {allowed(level.stance, map(str, sorted(self.stances)))}")
        return self

    @cached_property
    def values(self) -> Mapping[int, float]:
        """Value in [0, 1] of each stance, in order of stance; equally spaced if none is declared."""
        ordered = sorted(self.levels, key=lambda level: level.stance)
        steps = len(ordered) - 1
        return {
            level.stance: place / steps if level.value is None else level.value for place, level in enumerate(ordered)
        }

    @property
    def step(self) -> float:
        """What one level's change is worth: the largest gap between neighbouring levels, at most ½."""
        ordered = sorted(self.values.values())
        return min(0.5, max(high - low for low, high in pairwise(ordered)))

    @property
    def noun(self) -> str:
        """What one of the elements is called, empty for an issue without."""
        return ""

    @property
    def nouns(self) -> str:
        """What several of the elements are called, empty for an issue without."""
        return ""

    @property
    def nests(self) -> bool:
        """Whether some of the elements contain others."""
        return any(element.parent for element in self.elements)

    @cached_property
    def slots(self) -> tuple[str | None, ...]:
        """What two parties are compared on: the elements, or ``None`` for an issue that is taken as a whole."""
        return tuple(element.id for element in self.elements) or (None,)

    @cached_property
    def ordered_elements(self) -> tuple[Element, ...]:
        """The elements with each one's own right under it."""
        places = {element.id: place for place, element in enumerate(self.elements)}
        return tuple(
            sorted(
                self.elements,
                key=lambda element: [places[step] for step in reversed(self.within(element.id)) if step is not None],
            )
        )

    @property
    def addressed(self) -> Mapping[str | None, tuple[str, ...]]:
        """What can be demanded, by element (``None``: the whole issue), with the parties that would have to act."""
        return {}

    def path(self, element: str | None) -> tuple[str | None, ...]:
        """Return an element and all whose stances hold for it, the most specific first."""
        return (element,)

    def within(self, element: str | None) -> tuple[str | None, ...]:
        """Return an element and all that contain it, the most specific first, whether or not it inherits."""
        return (element,)

    def depth(self, element: str | None) -> int:
        """Return how many elements contain this one."""
        return len(self.within(element)) - 1

    def reach(self, element: str | None) -> tuple[str | None, ...]:
        """Return the slots that a stance on an element holds for."""
        return (element,)

    def holds_for(self, element: str | None) -> tuple[str | None, ...]:
        """Return all elements, the slots and those that contain some, that a stance on an element holds for."""
        return (element,)

    def cover(self, leaves: Iterable[str]) -> tuple[str, ...]:
        """Return the fewest elements that contain exactly these, in their order; themselves where none contains any."""
        return tuple(leaves)

    @property
    def root(self) -> str | None:
        """The one element that contains all others, ``None`` if there is none."""
        return None

    @property
    def joint(self) -> frozenset[str | None]:
        """What its addressees would have to do together, by element (``None``: the whole issue)."""
        return frozenset()

    def level(self, stance: int) -> Level:
        """Return the level of a stance; raise ``QueryError`` listing the declared ones."""
        for level in self.levels:
            if level.stance == stance:
                return level
        raise QueryError(allowed(stance, map(str, sorted(self.values))), field=f"stance of {self.id}")

    def level_words(self, stance: int, stance_to: int | None = None) -> str:
        """Name a level, ``ready now``, or both ends of a range, ``reluctant to undecided``."""
        ends = dict.fromkeys((stance,) if stance_to is None else (stance, stance_to))
        return " to ".join(self.level(end).label for end in ends)

    def weight(self, party: str, other: str) -> float:
        """Mean salience of the issue for two parties (``semantics.md`` §4)."""
        return (self.saliences.get(party, 1.0) + self.saliences.get(other, 1.0)) / 2


class ScaleIssue(Issue):
    """An issue whose stances lie on one line from the − pole to the + pole; it has no elements."""

    takes_ranges = True

    kind: Literal["scale"]
    addressees: tuple[Id, ...] = ()

    @property
    def elements(self) -> tuple[Element, ...]:
        """No elements: the issue itself is what stances are taken on."""
        return ()

    @property
    def addressed(self) -> Mapping[str | None, tuple[str, ...]]:
        """The issue itself, where the codebook says who would have to act."""
        return {None: self.addressees} if self.addressees else {}

    @model_validator(mode="after")
    def _values_rise(self) -> ScaleIssue:
        values = list(self.values.values())
        if any(high <= low for low, high in pairwise(values)):
            raise ValueError(f"levels: the values of issue {self.id!r} must rise with the stance, found {values}")
        return self


class IssueWithElements(Issue):
    """What the kinds share whose stances are taken on elements.

    ``element_noun`` is what the codebook calls one of them (``place``; default the kind's own ``default_noun``) and
    ``element_plural`` what it calls several, where that is not the noun with an s.
    """

    default_noun: ClassVar[str] = "element"

    elements: tuple[Element, ...] = Field(min_length=1)
    element_noun: str = ""
    element_plural: str = ""

    @property
    def noun(self) -> str:
        """What one of the elements is called: ``place``."""
        return self.element_noun or self.default_noun

    @property
    def nouns(self) -> str:
        """What several of the elements are called: ``places``."""
        return self.element_plural or f"{self.noun}s"

    @model_validator(mode="after")
    def _elements_distinct(self) -> IssueWithElements:
        if repeated := first_repeated(element.id for element in self.elements):
            raise ValueError(f"elements: id {repeated!r} is declared twice in issue {self.id!r}")
        return self


class OptionsIssue(IssueWithElements):
    """An issue of alternatives in a tree; a stance on an element holds for all that it contains."""

    alternatives = True
    stances = frozenset({-2, -1, 1, 2})
    default_noun = "option"

    kind: Literal["options"]
    levels: tuple[Level, ...] = tuple(level for level in DEFAULT_LEVELS if level.stance)

    @model_validator(mode="after")
    def _tree_sound(self) -> OptionsIssue:
        Tree({element.id: element.parent for element in self.elements})
        return self

    @cached_property
    def values(self) -> Mapping[int, float]:
        """Value of each stance as on the default five levels: −2 … +2 are 0 … 1, and there is no middle."""
        return {stance: (stance + 2) / 4 for stance in sorted(level.stance for level in self.levels)}

    @property
    def step(self) -> float:
        """What one level's change is worth: a quarter, as on the default five levels."""
        return 0.25

    @cached_property
    def tree(self) -> Tree:
        """The containment tree of the elements."""
        return Tree({element.id: element.parent for element in self.elements})

    @cached_property
    def slots(self) -> tuple[str | None, ...]:
        """The leaves of the tree."""
        return self.tree.leaves

    @property
    def root(self) -> str | None:
        """The element that contains all others, ``None`` in a forest."""
        return self.tree.root

    @cached_property
    def leaf_weights(self) -> Mapping[str, float]:
        """What each leaf weighs among all of them; they add up to 1 (``semantics.md`` §3)."""
        return self.tree.share(self.tree.leaves)

    @cached_property
    def _paths(self) -> Mapping[str, tuple[str, ...]]:
        apart = {element.id for element in self.elements if not element.inherits}
        paths = {}
        for element in self.elements:
            path = self.tree.path(element.id)
            end = next((place for place, step in enumerate(path, start=1) if step in apart), len(path))
            paths[element.id] = path[:end]
        return paths

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {element.id: [] for element in self.elements}
        for name, path in self._paths.items():
            for step in path:
                below[step].append(name)
        return {name: tuple(names) for name, names in below.items()}

    def path(self, element: str | None) -> tuple[str | None, ...]:
        """Return an element and all whose stances hold for it, the most specific first."""
        return (None,) if element is None else self._paths[element]

    def within(self, element: str | None) -> tuple[str | None, ...]:
        """Return an element and all that contain it, the most specific first, whether or not it inherits."""
        return (None,) if element is None else self.tree.path(element)

    def cover(self, leaves: Iterable[str]) -> tuple[str, ...]:
        """Return the fewest elements that contain exactly these leaves, in their order."""
        return self.tree.cover(leaves)

    def reach(self, element: str | None) -> tuple[str | None, ...]:
        """Return the leaves that a stance on an element holds for, itself if it is one."""
        return (None,) if element is None else tuple(one for one in self.slots if element in self.path(one))

    def holds_for(self, element: str | None) -> tuple[str | None, ...]:
        """Return the elements, leaves or not, that a stance on an element holds for, in declared order."""
        return (None,) if element is None else self._below[element]


class ConditionsIssue(IssueWithElements):
    """An issue of separate conditions, each something that its addressees would have to do."""

    stances = frozenset({-2, -1, 0, 1, 2})
    default_noun = "condition"

    kind: Literal["conditions"]
    levels: tuple[Level, ...] = CONDITION_LEVELS

    @property
    def addressed(self) -> Mapping[str | None, tuple[str, ...]]:
        """Every condition, also those that address nobody."""
        return {element.id: element.addressees for element in self.elements}

    @cached_property
    def joint(self) -> frozenset[str | None]:
        """The conditions that their addressees would have to meet together."""
        return frozenset(element.id for element in self.elements if element.joint)

    @model_validator(mode="after")
    def _conditions_apart(self) -> ConditionsIssue:
        for element in self.elements:
            if element.parent:
                raise ValueError(f"elements: condition {element.id!r} has a parent; only options form a tree")
        return self
