"""What every kind of issue answers; each kind is one subclass of :class:`IssueKind` in a file of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

from positions.kinds.lookup import PositionLookup
from positions.kinds.ranges import range_distance, range_ground, range_reading
from positions.kinds.records import ClauseReading, Ground, IssueDistance
from positions.model.issues import Issue
from positions.model.position import Position

if TYPE_CHECKING:
    from positions.kinds.series import Holdings, Series

Metric: TypeAlias = Literal["nominal", "ordinal", "interval"]
"""How a disagreement weighs: any alike, by ranks, by the squared difference of values."""
Attitude: TypeAlias = Literal["proposed", "accepted", "undecided", "reluctant", "rejected"]
"""What a stance on an element comes to, from the + pole to the − pole: pages mark each alike on every issue."""
ATTITUDES: Final[tuple[Attitude, ...]] = ("proposed", "accepted", "undecided", "reluctant", "rejected")


@dataclass(frozen=True, slots=True)
class KindView:
    """What a page may draw of a kind, so that pages choose by what is possible and never by the kind's name.

    ``axis``: a position lies on one line between two poles. ``matrix``: a table of elements by party says most, with
    what two parties share under it. ``sides``: a stance on an element is for it or against it. ``attitudes`` names what
    :data:`ATTITUDES` mean here, in that order, and last what silence does.
    """

    axis: bool = False
    matrix: bool = False
    sides: bool = False
    attitudes: tuple[str, ...] = (*ATTITUDES, "unstated")


class IssueKind(ABC):
    """All that depends on the kind of an issue: formulas, words and what a page may draw.

    ``model`` reads such an issue from a codebook and knows its structure. ``metric`` is how a disagreement of coders
    weighs: as an interval where distances take values as such, so that it weighs by how far it would move one, ordinal
    where a stance is more or less. Where a method is given here, it takes what is held on each element as a range of
    values on a line.
    """

    model: ClassVar[type[Issue]]
    metric: ClassVar[Metric]
    view: ClassVar[KindView]

    @abstractmethod
    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        """Measure an issue for a pair, by the formulas of ``semantics.md`` §3; ``None`` off the pair's agenda."""

    def grounds(self, issue: Issue, positions: PositionLookup, parties: tuple[str, ...]) -> tuple[Ground, ...]:
        """Return the common ground of some parties on an issue, one for each thing that they could share."""
        return tuple(range_ground(issue, slot, positions, parties) for slot in issue.slots)

    def clause_reading(
        self, issue: Issue, clause: tuple[int, int], slots: Sequence[str | None], held: Mapping[str | None, Position]
    ) -> ClauseReading:
        """Compare a clause, a range of stances on some slots, with what a party holds on the issue's elements."""
        return range_reading(issue, clause, held.get(slots[0]))

    def clause_distance(self, issue: Issue, one: tuple[int, int], two: tuple[int, int]) -> float:
        """Return how far two plans' clauses on the same thing are apart, in [0, 1]; each is a range of stances."""
        return range_distance(issue, one, two)

    @abstractmethod
    def series(self, issues: Sequence[Any], holdings: Holdings) -> Series:
        """Make what a party holds on issues of the kind ready to be measured on many days at once.

        Every day of a measurement equals :meth:`distance`. Only this may import numpy.
        """

    @abstractmethod
    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Say how two parties stand on an issue; ``names`` are theirs by id, in the order of the pair."""

    def measure_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Say how a distance comes about from what both hold; by default it is the mean of those on its elements."""
        labels = {element.id: element.label for element in issue.elements}
        known = [
            f"{labels.get(str(part.element), issue.label)} {part.distance:.2f}"
            for part in distance.parts
            if part.distance is not None
        ]
        return f"The mean of what can be compared: {', '.join(known)}." if known else ""

    def held_words(self, issue: Issue, holder: str, element: str | None, stances: tuple[int, int]) -> str:
        """Say what a range of stances on an element means for its holder: by default the names of its levels."""
        return issue.level_words(*stances)

    def attitude(self, issue: Issue, stance: int) -> Attitude:
        """Return what a stance on an element comes to; by default its value decides."""
        value = issue.values[stance]
        if value in (0, 1):
            return "proposed" if value else "rejected"
        return "undecided" if value == 0.5 else "accepted" if value > 0.5 else "reluctant"
