"""The classes of what a page shows on some of its days, and the style sheet's rule that hides the rest on each day."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

VARIANT: Final = "v"
"""The class of what is hidden but on the days that its classes ``d0`` and so on name."""
MOST_RANGED: Final = 60
"""The most days of a page that has classes for ranges of days: a day's rule names all that begin later or ended."""


def day_classes(shown: AbstractSet[int], within: AbstractSet[int], count: int) -> str:
    """Return the classes of an element that is shown on some of the days that what it lies in is shown ``within``.

    Days are indices from 0 to ``count``. Of the ways to say it the shortest is taken: the days that it is shown on
    (``v d3 d4``), those that it is not shown on (``x2``), or the first and the last one (``f3 t7``); what they say of
    days that are not ``within`` has no effect. Empty if it is shown on all.
    """
    hidden = within - shown
    if not hidden:
        return ""
    first, last = min(shown), max(shown)
    ways = [" ".join([VARIANT, *(f"d{day}" for day in sorted(shown))]), " ".join(f"x{day}" for day in sorted(hidden))]
    if count <= MOST_RANGED and not any(first < day < last for day in hidden):
        ends = (f"f{first}" if min(hidden) < first else "", f"t{last}" if max(hidden) > last else "")
        ways.append(" ".join(end for end in ends if end))
    return min(ways, key=len)


def hidden_on(day: int, count: int) -> str:
    """Return the selector of what :func:`day_classes` hides on a day of a page of ``count`` days."""
    ranges: list[str] = []
    if count <= MOST_RANGED:
        ranges = [*(f".f{later}" for later in range(day + 1, count)), *(f".t{earlier}" for earlier in range(day))]
    return f":is({','.join((f'.{VARIANT}:not(.d{day})', f'.x{day}', *ranges))})"
