"""How a kind asks for the positions that it measures."""

from __future__ import annotations

from typing import Protocol

from positions.kinds.records import BothPositions
from positions.model.issues import Issue
from positions.model.position import Position


class PositionLookup(Protocol):
    """Whatever knows positions: a :class:`positions.analysis.state.State`."""

    def position(self, holder: str, issue: str, element: str | None = None) -> Position | None:
        """Return a holder's position, ``None`` if it is silent."""


def positions_of(pair: tuple[str, str], positions: PositionLookup, issue: Issue, element: str | None) -> BothPositions:
    """Return what two parties hold on an element, in the order of the pair."""
    return positions.position(pair[0], issue.id, element), positions.position(pair[1], issue.id, element)
