"""Positions: what a holder stands for on an issue, or on one of its elements, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from positions.model.dates import PartialDate

STALE_AFTER: Final = 30
"""Days after which a position that nobody has repeated is stale (``semantics.md`` §2)."""
PositionKey: TypeAlias = tuple[str, str, str | None]
"""Holder, issue and element (``None`` for an issue taken as a whole): what a position is about."""


@dataclass(frozen=True, slots=True)
class Position:
    """One holder's resolved stance on one issue and element.

    ``value`` and ``value_to`` are the ends of the stance range in [0, 1], equal for a point; ``since`` is when the
    deciding statement was said and ``age_days`` how long before the state's day. ``reported``: only the outlet's
    framing says so. ``contested``: statements of the same day and rank disagree. ``basis`` holds the ids of the
    statements behind it, the deciding one first; ``said_of`` is the element that they spoke of, which may contain
    ``element``.
    """

    holder: str
    issue: str
    element: str | None
    stance: int
    stance_to: int | None
    value: float
    value_to: float
    since: PartialDate
    age_days: int
    reported: bool
    contested: bool
    basis: tuple[str, ...]
    said_of: str | None

    @property
    def highest(self) -> int:
        """The upper end of the stance range."""
        return self.stance if self.stance_to is None else self.stance_to
