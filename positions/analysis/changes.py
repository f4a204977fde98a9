"""What changed between two questions: in the world (two days) or in our knowledge (two instants)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from positions.analysis.state import State
from positions.model.position import Position, PositionKey
from positions.model.revision import Revision

ChangeKind: TypeAlias = Literal["first stated", "moved", "repeated", "no longer known"]


@dataclass(frozen=True, slots=True)
class PositionChange:
    """One position that two states tell differently; ``before`` or ``after`` is ``None`` where one is silent.

    ``kind``: *first stated* (silence before), *moved* (another stance), *repeated* (the same stance by other
    statements), *no longer known* (silence after).
    """

    place: PositionKey
    kind: ChangeKind
    before: Position | None
    after: Position | None


def state_changes(before: State, after: State) -> tuple[PositionChange, ...]:
    """List the positions that differ between two states, in codebook order; age alone is no difference."""
    places = dict.fromkeys([*after.positions, *before.positions])
    found = (_change(place, before.positions.get(place), after.positions.get(place)) for place in places)
    return tuple(change for change in found if change)


def _change(place: PositionKey, before: Position | None, after: Position | None) -> PositionChange | None:
    if before is None or after is None:
        return PositionChange(place, "first stated" if before is None else "no longer known", before, after)
    if (before.stance, before.highest) != (after.stance, after.highest):
        return PositionChange(place, "moved", before, after)
    return None if before.basis == after.basis else PositionChange(place, "repeated", before, after)


def recorded_between(revisions: Iterable[Revision], first: datetime, last: datetime) -> tuple[Revision, ...]:
    """Return the revisions recorded after ``first`` and up to ``last``, in order."""
    return tuple(revision for revision in revisions if first < revision.recorded_at <= last)
