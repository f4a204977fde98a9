"""What a kind of issue tells of two or more parties: distances, common ground, a clause of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from positions.model.position import Position

ROUNDING: Final = 1e-12
"""Differences of values up to this are rounding: what is equal as a fraction is equal."""
BothPositions: TypeAlias = tuple[Position | None, Position | None]
"""What two parties hold, in the order of the pair, ``None`` if silent."""
DemandStatus: TypeAlias = Literal["met", "leaning", "undecided", "resisted", "refused", "unanswered", "dropped"]
"""What became of a demand (``semantics.md`` §6): by the answer's distance from the + pole, 0 is met and 1 refused."""
Standing: TypeAlias = Literal["common", "conflict", "open", "unstated", "apart"] | DemandStatus
"""How two parties stand on one element. Options: both accept it (common), one accepts and one rejects it
(conflict), neither rejects and one accepts it (open), else unstated. Conditions: what became of the demand.
Scales and shared conditions: common when the ranges meet, else apart."""
Agreement: TypeAlias = Literal["common", "open", "silent", "against", "not demanded", "none"]
"""What parties share: something (common); a place that one accepts and nobody rejects (open); fewer than two have
spoken (silent); all are against it (against); a condition above whose middle nobody stands (not demanded); else none.
"""

ClauseVerdict: TypeAlias = Literal["accepts", "could accept", "rejects", "silent"]
"""How a party stands to a clause of a plan, by its own words on it; :func:`positions.analysis.plans.measure_plan` has
what each means."""


@dataclass(frozen=True, slots=True)
class ElementDistance:
    """Two parties on one element: ``positions`` in the order of the pair, ``None`` if silent.

    ``distance`` in [0, 1] is the element's own (conditions: the unmet demand); ``lo`` and ``hi`` bound it.
    ``demander`` is the party whose demand it is when exactly one of the two is addressed.
    """

    element: str | None
    positions: BothPositions
    standing: Standing
    distance: float | None = None
    lo: float = 0.0
    hi: float = 1.0
    demander: str | None = None


@dataclass(frozen=True, slots=True)
class IssueDistance:
    """Two parties' distance on one issue, with its bounds and what it is made of.

    ``gap`` (scales) is what lies between the ranges, 0 when they meet. ``common_ground``: the range of values both
    accept (scales, low and high), the leaves both accept (options), the conditions that both want; empty for none.
    ``open`` (options): if there is no common ground, the leaves that neither rejects and at least one accepts.
    ``unmet`` (conditions): mean unmet demand of the first party on the second, and the other way round.
    ``weight`` is the mean salience of the pair.
    """

    issue: str
    kind: str
    distance: float | None
    lo: float
    hi: float
    weight: float
    parts: tuple[ElementDistance, ...]
    gap: float | None = None
    common_ground: tuple[float, float] | tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    unmet: tuple[float | None, float | None] = (None, None)

    @property
    def basis(self) -> tuple[str, ...]:
        """Ids of the statements behind the distance, each once."""
        every = (name for part in self.parts for position in part.positions if position for name in position.basis)
        return tuple(dict.fromkeys(every))


@dataclass(frozen=True, slots=True)
class Opening:
    """One of the cheapest ways to common ground: all movers come to ``to``, a value in [0, 1] or a place.

    ``moves`` names each party that has to move and by how much, in value; 0 for one that has only not spoken yet.
    """

    to: float | str
    moves: tuple[tuple[str, float], ...]

    @property
    def cost(self) -> float:
        """The total movement, in value."""
        return sum(by for _, by in self.moves)


@dataclass(frozen=True, slots=True)
class Ground:
    """What some parties share on one issue, or on one of its conditions (``semantics.md`` §5).

    ``spoken`` and ``silent`` split the parties. ``shared``: on scales and conditions the range of values that all who
    have spoken hold (low, high), empty if their ranges do not meet. ``places``: on options the leaves that all accept;
    ``open`` those that nobody rejects and one accepts, ``against`` those that all reject. Where nothing is shared,
    ``blocking`` names each party without which the others would share something, ``gap`` is the least total movement
    that opens something, and ``openings`` are all ways that cost as little.
    """

    issue: str
    element: str | None
    agreement: Agreement
    spoken: tuple[str, ...]
    silent: tuple[str, ...]
    shared: tuple[float, float] | tuple[()] = ()
    places: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    gap: float | None = None
    openings: tuple[Opening, ...] = ()

    @property
    def is_common(self) -> bool:
        """Whether at least two parties have spoken and share something."""
        return self.agreement == "common"


def cheapest(ways: Iterable[Opening]) -> tuple[float, tuple[Opening, ...]]:
    """Return the least total movement of some ways, and all of those that need no more."""
    every = tuple(ways)
    least = min(way.cost for way in every)
    return least, tuple(way for way in every if way.cost <= least + ROUNDING)


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """A party on what a plan's clause is about: the distance in [0, 1] with its bounds, ``None`` if incomparable.

    ``positions`` are the party's own that were compared, empty if it is silent.
    """

    verdict: ClauseVerdict
    distance: float | None
    lo: float
    hi: float
    positions: tuple[Position, ...]
