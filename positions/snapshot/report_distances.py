"""The part of a report about the distance of two parties and how it moved, as frozen models."""

from __future__ import annotations

from datetime import date

from positions.analysis.movement import MovementVerdict
from positions.model.words import Word


class PairIssue(Word):
    """Two parties on one issue: distance (``None`` if not comparable) and bounds in [0, 1], weight ≥ 0."""

    issue: str
    label: str
    distance: float | None
    lo: float
    hi: float
    weight: float
    words: str


class Shift(Word):
    """How a pair moved since the earlier day: :class:`positions.analysis.movement.Movement` in short.

    ``movement`` is negative if they came closer; it counts only if it exceeds ``noise_band``.
    """

    movement: float | None
    change: float | None
    coverage_effect: float | None
    noise_band: float
    noise_set_by: str
    verdict: MovementVerdict
    words: str


class Point(Word):
    """The distance of two parties at the end of a day with a statement; the bounds are ``None`` if the distance is."""

    day: date
    distance: float | None
    lo: float | None
    hi: float | None


class PairView(Word):
    """Two parties over their agenda; the numbers are those of :class:`positions.analysis.distance.Comparison`.

    ``course`` holds the distance on the last days with a statement, ending with the report's day.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    distance: float | None
    lo: float | None
    hi: float | None
    coverage: float | None
    thin: bool
    words: str
    issues: tuple[PairIssue, ...]
    shift: Shift
    course: tuple[Point, ...]
