"""The steps from one day's distance to another's: what moved, entered and left by issue, and framing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from dashboard.query.case import Picture
from positions.analysis.movement import Movement
from positions.kinds.records import ROUNDING
from positions.wording.movement import moved_issues

STEPS: Final = ("issue", "issue_label", "kind", "day", "value", "start", "end", "one", "other")


def steps_frame(movement: Movement, picture: Picture) -> pd.DataFrame:
    """List the steps from the earlier to the later distance: what moved, entered and left by issue, then framing.

    ``kind`` is ``total``, ``moved``, ``entered``, ``left`` or ``framing``. ``value`` is the change, from ``start`` to
    ``end``, all on the scale of the distance; a total has its ``day``. ``one`` and ``other`` are the parties' Shapley
    shares of the issue's change, missing if they are undefined. Without a movement there are the totals alone.
    """
    first, last = movement.before.distance, movement.after.distance
    if first is None or last is None:
        return pd.DataFrame(columns=list(STEPS))
    codebook, at = picture.case.codebook, first
    rows: list[tuple[Any, ...]] = [("", "", "total", movement.start, first, 0.0, first, None, None)]
    for issue, kind, amount, shares in _changes(movement):
        label = codebook.issue(issue).label if issue else ""
        rows.append((issue, label, kind, None, amount, at, at + amount, *shares))
        at += amount
    rows.append(("", "", "total", movement.end, last, 0.0, last, None, None))
    return pd.DataFrame(rows, columns=list(STEPS))


def _changes(movement: Movement) -> Iterator[tuple[str, str, float, list[float | None]]]:
    """Yield what changed the distance in the order of its sentences: issue, kind, amount, shares of the parties."""
    unshared: list[float | None] = [None, None]
    for issue in moved_issues(movement):
        if issue.contribution:
            shares = [issue.shares[party] if issue.shares else None for party in movement.parties]
            yield issue.issue, "moved", issue.contribution, shares
    for kind, amounts in (("entered", movement.entered), ("left", movement.left)):
        yield from ((issue, kind, amount, unshared) for issue, amount in amounts.items())
    if movement.parts and abs(movement.parts.framing) > ROUNDING:
        yield "", "framing", movement.parts.framing, unshared
