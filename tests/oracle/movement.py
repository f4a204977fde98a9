"""§5: what happened to the distance of two parties between two days, and whose word it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from positions.model.codebook import Codebook
from positions.model.revision import Record
from tests.oracle.comparison import Comparison, compare
from tests.oracle.distance import ZERO, Pair
from tests.oracle.ledger import Row, ledger
from tests.oracle.sayings import Saying, from_records
from tests.oracle.state import state
from tests.oracle.values import step
from tests.oracle.window import Window, changes_without, deltas, open_window, shapley


@dataclass(frozen=True)
class IssueMovement:
    """One issue of B. ``shares``: the Shapley value of each party, ``None`` where no order can be compared half-way."""

    change: Fraction
    contribution: Fraction | None
    shares: dict[str, Fraction] | None
    level_band: Fraction
    verdict: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class Movement:
    """Between the end of ``start`` and of ``end``; ``asked`` is the first day as it was asked for.

    ``change`` is ΔD; ``parts`` is ``None`` where it is told undivided. ``entered`` and ``left`` give each issue's
    amount. Without a movement there are no ``level_band`` and ``verdict``.
    """

    asked: date
    start: date
    end: date
    before: Comparison
    after: Comparison
    change: Fraction | None
    parts: dict[str, Fraction] | None
    entered: dict[str, Fraction]
    left: dict[str, Fraction]
    issues: dict[str, IssueMovement]
    level_band: Fraction | None
    verdict: str | None
    rests_on: tuple[str, ...]
    ledger: tuple[Row, ...]

    @property
    def movement(self) -> Fraction | None:
        return None if self.parts is None else self.parts["movement"]


def movement(records: Iterable[Record | Saying], codebook: Codebook, pair: Pair, asked: date, end: date) -> Movement:
    """§5 whole; ``asked`` is before ``end``."""
    sayings = from_records(records)
    window = open_window(sayings, codebook, pair, asked, end)
    before, after = (compare(state(sayings, codebook, day), codebook, pair) for day in window.days)
    without = {origin: changes_without(origin, sayings, window) for origin in {one.origin for one in sayings}}
    moved, band = window.mean(window.changes), level_band(window)
    means = {origin: window.mean(changes) for origin, changes in without.items()}
    return Movement(
        *(asked, *window.days, before, after),
        change=None if before.point is None or after.point is None else after.point - before.point,
        parts=parts(before, after, window),
        entered=amounts(window, 1, 1),
        left=amounts(window, 0, -1),
        issues={name: issue_movement(window, name, without) for name in window.shared},
        level_band=band,
        verdict=None if moved is None or band is None else verdict(moved, band),
        rests_on=() if moved is None or band is None else rests_on(moved, band, means),
        ledger=ledger(sayings, codebook, pair, window.days[0], end),
    )


def issue_movement(window: Window, name: str, without: dict[str, dict[str, Fraction]]) -> IssueMovement:
    """The same words for one issue, with its own step as the band."""
    change, band = window.changes[name], step(window.codebook.issue(name))
    alone = {origin: changes[name] for origin, changes in without.items()}
    contribution = window.weights[name] * change / window.total if window.total else None
    return IssueMovement(
        change, contribution, shapley(window, name), band, verdict(change, band), rests_on(change, band, alone)
    )


def parts(before: Comparison, after: Comparison, window: Window) -> dict[str, Fraction] | None:
    """ΔD = movement + entered + left + framing; ``None`` where there is no movement."""
    moved = window.mean(window.changes)
    if moved is None:
        return None
    # Framing only fills silence: what own word compares on a day, D compares too.
    first, last = exists(window.own(0)), exists(window.own(1))
    return {
        "movement": moved,
        "entered": last - exists(window.over_shared(1)),
        "left": exists(window.over_shared(0)) - first,
        "framing": (exists(after.point) - last) - (exists(before.point) - first),
    }


def exists(number: Fraction | None) -> Fraction:
    assert number is not None
    return number


def amounts(window: Window, day: int, direction: int) -> dict[str, Fraction]:
    """What each issue that entered (last day, 1) or left (first day, −1) adds: w(δ − D_own over B) / Σw."""
    mean = window.over_shared(day)
    if mean is None:
        return {}
    compared = deltas(window.compared[day])
    total = sum((window.weights[name] for name in compared), ZERO)
    return {
        name: direction * window.weights[name] * (point - mean) / total
        for name, point in compared.items()
        if name not in window.shared
    }


def level_band(window: Window) -> Fraction | None:
    """One level on the heaviest issue of B, of equals the first of the codebook."""
    if not window.total:
        return None
    heaviest = max(window.shared, key=lambda name: window.weights[name])
    return window.weights[heaviest] * step(window.codebook.issue(heaviest)) / window.total


def verdict(change: Fraction, band: Fraction) -> str:
    if abs(change) <= band:
        return "no measurable change"
    return "closer" if change < 0 else "further apart"


def rests_on(change: Fraction, band: Fraction, without: Mapping[str, Fraction | None]) -> tuple[str, ...]:
    """The origins without which a change is within the band or has the other sign; none where nothing changed."""
    if abs(change) <= band:
        return ()
    return tuple(
        origin
        for origin, alone in sorted(without.items())
        if alone is not None and (abs(alone) <= band or alone * change < 0)
    )
