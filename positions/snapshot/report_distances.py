"""The part of a report about the distance of two parties and how it moved, as frozen models."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from positions.analysis.movement import Verdict
from positions.model.words import Share, Word


class PairIssue(Word):
    """Two parties on one issue: distance (``None`` if not comparable) and bounds in [0, 1], weight ≥ 0."""

    issue: str
    label: str
    distance: Share | None
    lo: Share
    hi: Share
    weight: Annotated[float, Field(ge=0)]
    words: str


class Shift(Word):
    """How a pair moved since the earlier day: :class:`positions.analysis.movement.Movement` in short.

    ``start`` is the day from which on it is told. ``change`` is that of D, divided into ``movement``, ``entered``,
    ``left`` and ``framing``; negative is closer. ``finding`` is the verdict with its amount in words, ``words`` all.
    """

    start: date
    verdict: Verdict | None
    level_band: float | None
    rests_on: tuple[str, ...]
    change: float | None
    movement: float | None
    entered: float | None
    left: float | None
    framing: float | None
    finding: str
    words: str


class Point(Word):
    """The distance of two parties at the end of a day with a statement; the bounds are ``None`` if the distance is."""

    day: date
    distance: Share | None
    lo: Share | None
    hi: Share | None


class PairView(Word):
    """Two parties over their agenda; the numbers are those of :class:`positions.analysis.distance.Comparison`.

    ``course`` holds the distance on the last days with a statement, ending with the report's day.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    distance: Share | None
    lo: Share | None
    hi: Share | None
    coverage: Share | None
    thin: bool
    words: str
    issues: tuple[PairIssue, ...]
    shift: Shift
    course: tuple[Point, ...]
