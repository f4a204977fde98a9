"""What a kind of issue tells of two or more parties: distances, common ground, a clause of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from positions.model.position import Position

BothPositions: TypeAlias = tuple[Position | None, Position | None]
"""What two parties hold, in the order of the pair, ``None`` if silent."""
Standing: TypeAlias = Literal[
    "common", "conflict", "open", "unstated", "met", "partly met", "refused", "unanswered", "apart"
]
"""How two parties stand on one element. Options: both accept it (common), one accepts and one rejects it
(conflict), neither rejects and one accepts it (open), else unstated. Conditions: what became of the demand.
Scales and shared conditions: common when the ranges meet, else apart."""

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
    accept (scales, low and high), the leaves both accept (options), the demands met (conditions); empty for none.
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
class Ground:
    """What some parties share on one issue, or on one of its conditions.

    ``spoken`` and ``silent`` split the parties. ``shared``: on scales and conditions the range of values that all who
    have spoken hold (low, high), empty if their ranges do not meet. ``places``: on options the leaves that all of
    them accept, and there ``open`` the leaves that none rejects and at least one accepts. Where nothing is shared,
    ``blocking`` names each party without which the others would share something, ``least`` is the smallest sum of
    moves (in value, [0, 1] a party) that would open it, ``moves`` who would have to move how far, and ``at`` where
    they would meet: a value, or the places that cost as little.
    """

    issue: str
    element: str | None
    spoken: tuple[str, ...]
    silent: tuple[str, ...]
    shared: tuple[float, float] | tuple[()] = ()
    places: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    least: float | None = None
    moves: Mapping[str, float] | None = None
    at: float | tuple[str, ...] | None = None

    @property
    def found(self) -> bool:
        """Return whether at least two parties have spoken and share something."""
        return len(self.spoken) > 1 and bool(self.shared or self.places)


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
