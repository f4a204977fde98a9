"""Positions: what a holder stands for on an issue, or on one of its elements, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from positions.model.dates import PartialDate

PositionKey: TypeAlias = tuple[str, str, str | None]
"""Holder, issue and element (``None`` for an issue taken as a whole): what a position is about."""


@dataclass(frozen=True, slots=True)
class Position:
    """One holder's resolved stance on one issue and element.

    ``value`` and ``value_to`` are the ends of the stance range in [0, 1], equal for a point; ``since`` is when the
    deciding statement was said and ``age_days`` how many days before the state's day that was at least, ``oldest_days``
    at most (``None`` if nobody knows when it may have begun). ``reported``: only the outlet's framing says so.
    ``contested``: statements of the same element and competing day disagree. ``basis`` holds the ids of the statements
    behind it, the deciding one first, and ``stances`` what each says, as (low, high). ``said_of`` is the element that
    they spoke of, which may contain ``element``. ``outranked`` is the id of an earlier statement of a higher rank on
    the other side of the middle; ``stale``: nobody can have repeated it within the issue's ``stale_after`` days.
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
    oldest_days: int | None
    reported: bool
    contested: bool
    basis: tuple[str, ...]
    stances: tuple[tuple[int, int], ...]
    said_of: str | None
    outranked: str | None
    stale: bool

    @property
    def highest(self) -> int:
        """The upper end of the stance range."""
        return self.stance if self.stance_to is None else self.stance_to
