"""Changes between two queries: in the world (two days) or in our knowledge (two instants)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from positions.analysis.state import State
from positions.model.dates import end_of_day
from positions.model.position import Position, PositionKey
from positions.model.revision import Revision
from positions.model.statement import Statement

ChangeKind: TypeAlias = Literal["first stated", "moved", "repeated", "no longer known"]


@dataclass(frozen=True, slots=True)
class PositionChange:
    """A position that differs between two states; ``before`` or ``after`` is ``None`` if the holder was silent then.

    ``kind``: *first stated* (silence before), *moved* (another stance), *repeated* (the same stance by other
    statements), *no longer known* (silence after).
    """

    key: PositionKey
    kind: ChangeKind
    before: Position | None
    after: Position | None

    @property
    def is_spoken_of(self) -> bool:
        """Whether the statement was about this element itself and not about one that contains it."""
        return self.after is None or self.after.said_of == self.after.element


def state_changes(before: State, after: State) -> tuple[PositionChange, ...]:
    """List the positions that differ between two states, in codebook order; age alone is not a difference."""
    keys = dict.fromkeys([*after.positions, *before.positions])
    changes = (_change(key, before.positions.get(key), after.positions.get(key)) for key in keys)
    return tuple(change for change in changes if change)


def _change(key: PositionKey, before: Position | None, after: Position | None) -> PositionChange | None:
    if before is None or after is None:
        return PositionChange(key, "first stated" if before is None else "no longer known", before, after)
    if (before.stance, before.highest) != (after.stance, after.highest):
        return PositionChange(key, "moved", before, after)
    return None if before.basis == after.basis else PositionChange(key, "repeated", before, after)


def count_repeated(changes: Iterable[PositionChange]) -> int:
    """Count the positions that were only said again, without those that merely follow from a wider one."""
    return sum(change.kind == "repeated" and change.is_spoken_of for change in changes)


def is_between(statement: Statement, recorded_at: datetime, first: date, last: date) -> bool:
    """Return whether a statement was said, or a revision of it recorded, after the first day and up to the last."""
    is_said = first < statement.said_on.last <= last
    return is_said or end_of_day(first) < recorded_at <= end_of_day(last)


def recorded_between(revisions: Iterable[Revision], first: datetime, last: datetime) -> tuple[Revision, ...]:
    """Return the revisions recorded after ``first`` and up to ``last``, in order."""
    return tuple(revision for revision in revisions if first < revision.recorded_at <= last)
