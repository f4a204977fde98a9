"""Movement between two days: how the distance of two parties changed, who moved, and whose report that rests on.

Formulas: ``semantics.md`` §5. Only what the holders' own sides said counts: outlets' framings and claims by others move
nobody, and a first statement on an issue is not movement. A negative change means closer together, a positive one
further apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from positions.analysis.distance import Comparison
from positions.analysis.ledger import LedgerEntry, ledger_between
from positions.analysis.source_conflict import StateSource, UncachedStates
from positions.analysis.window import Window, open_window
from positions.errors import QueryError
from positions.kinds.records import ROUNDING
from positions.model.codebook import Codebook
from positions.model.revision import Record

Verdict: TypeAlias = Literal["closer", "further apart", "no measurable change"]


@dataclass(frozen=True, slots=True)
class IssueMovement:
    """One issue that the holders' own word compares on both days.

    ``change`` is δ after − δ before, in [−1, 1]; ``contribution`` its weighted part of the movement, ``None`` if the
    issues weigh nothing; ``shares`` the two-player Shapley values of the parties, which add up to ``change`` (``None``
    if in neither order of the two moves the parties can be compared half-way). ``verdict`` compares the change with
    ``level_band``, what one level is worth, and ``rests_on`` names the sources without which it would be another.
    """

    issue: str
    change: float
    contribution: float | None
    shares: Mapping[str, float] | None
    level_band: float
    verdict: Verdict
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeParts:
    """The parts of a change of D, which add up to it, all in [−1, 1].

    ``movement`` is what moved; ``entered`` and ``left`` what became comparable or ceased to be; ``framing`` what
    outlets' own words filled in.
    """

    movement: float
    entered: float
    left: float
    framing: float


@dataclass(frozen=True, slots=True)
class Movement:
    """How the distance of two parties changed between the end of ``start`` and of ``end``.

    ``asked`` is the first day as it was asked for; ``start`` is later if own word compared nothing until then.
    ``change`` is D after − D before, in [−1, 1], ``None`` if D is missing on a day. ``movement`` is what moved by the
    holders' own word, ``None`` if nothing can be compared on both days, and then ``parts``, which divides the change,
    is ``None`` too. ``own`` has δ of each issue that own word compares, in [0, 1], on the first and on the last day;
    ``entered`` and ``left`` name the issues that only one of them has, with what each adds to D. ``verdict`` compares
    the movement with ``level_band``, one level on the heaviest issue; ``rests_on`` names the sources (a document's
    origin, else its outlet) without which it would be another.
    """

    parties: tuple[str, str]
    asked: date
    start: date
    end: date
    before: Comparison
    after: Comparison
    change: float | None
    movement: float | None
    parts: ChangeParts | None
    own: tuple[Mapping[str, float], Mapping[str, float]]
    entered: Mapping[str, float]
    left: Mapping[str, float]
    issues: tuple[IssueMovement, ...]
    ledger: tuple[LedgerEntry, ...]
    level_band: float | None
    verdict: Verdict | None
    rests_on: tuple[str, ...]

    @property
    def coverage_effect(self) -> float | None:
        """What entered and left together, in [−1, 1]."""
        return self.parts.entered + self.parts.left if self.parts else None


def movement_between(records: Sequence[Record], codebook: Codebook, *parties: str, start: date, end: date) -> Movement:
    """Return how two parties moved between the end of ``start`` and the end of ``end``, with the ledger.

    ``records`` are the statements in force; choose them with :func:`positions.model.revision.select_in_force`. Raises
    ``QueryError`` if ``start`` is not before ``end``, or if the parties are not two that the codebook knows.
    """
    if len(parties) != 2:
        raise QueryError(f"parties: found {len(parties)}, allowed: two different parties")
    pair = (parties[0], parties[1])
    movement = resolve_movement(UncachedStates(records, codebook), codebook, pair, start=start, end=end)
    return replace(movement, ledger=ledger_between(records, codebook, pair, start=movement.start, end=end))


def resolve_movement(
    answers: StateSource, codebook: Codebook, pair: tuple[str, str], *, start: date, end: date
) -> Movement:
    """Return the same as :func:`movement_between` without the ledger, from the states of ``answers``.

    The ledger replays statement by statement, which in a busy period takes longer than everything else.
    """
    if start >= end:
        raise QueryError(f"from: found {start}, allowed: before {end}, the day to compare with")
    window = open_window(answers, codebook, pair, asked=start, end=end)
    before, after = (answers.compare(day, *pair) for day in window.days)
    moved, band = window.mean(window.changes), _level_band(window)
    without = _changes_without(answers, window, band)
    means = {source: window.mean(changes) for source, changes in without.items()}
    verdict = None if moved is None or band is None else judge_change(moved, band)
    return Movement(
        *(pair, start, *window.days, before, after),
        change=None if before.distance is None or after.distance is None else after.distance - before.distance,
        movement=moved,
        parts=_parts(window, before, after),
        own=window.compared,
        entered=_amounts(window, 1),
        left=_amounts(window, 0),
        issues=tuple(_issue_movement(window, name, without) for name in window.changes),
        ledger=(),
        level_band=band,
        verdict=verdict,
        rests_on=() if moved is None or band is None else _rests_on(moved, band, means),
    )


def judge_change(change: float, band: float) -> Verdict:
    """Say what a change of distance comes to: within the band, the band itself included, nothing measurable."""
    if abs(change) <= band + ROUNDING:
        return "no measurable change"
    return "closer" if change < 0 else "further apart"


def _changes_without(answers: StateSource, window: Window, band: float | None) -> dict[str, Mapping[str, float]]:
    """Return the changes of each issue without each source; none if nothing changed measurably, so nothing rests."""
    moved = window.mean(window.changes)
    is_measurable = moved is not None and band is not None and judge_change(moved, band) != "no measurable change"
    steps = {name: window.codebook.issue(name).step for name in window.changes}
    if not is_measurable and all(
        judge_change(change, steps[name]) == "no measurable change" for name, change in window.changes.items()
    ):
        return {}
    sources = answers.outlets_of(window.days[1], window.pair)
    return {source: window.changes_without(answers, source) for source in sources}


def _issue_movement(window: Window, name: str, without: Mapping[str, Mapping[str, float]]) -> IssueMovement:
    change, band = window.changes[name], window.codebook.issue(name).step
    return IssueMovement(
        name,
        change,
        window.weights[name] * change / window.total if window.total else None,
        window.shares(name),
        band,
        judge_change(change, band),
        _rests_on(change, band, {source: changes[name] for source, changes in without.items()}),
    )


def _rests_on(change: float, band: float, without: Mapping[str, float | None]) -> tuple[str, ...]:
    """Return the sources without which a measurable change is within the band or has the other sign."""
    if judge_change(change, band) == "no measurable change":
        return ()
    return tuple(
        source
        for source, alone in sorted(without.items())
        if alone is not None and (abs(alone) <= band + ROUNDING or alone * change < 0)
    )


def _parts(window: Window, before: Comparison, after: Comparison) -> ChangeParts | None:
    moved = window.mean(window.changes)
    first, last = (window.mean(compared) for compared in window.compared)
    shared_first, shared_last = window.shared_mean(0), window.shared_mean(1)
    distances = (before.distance, after.distance)
    if moved is None or first is None or last is None or shared_first is None or shared_last is None:
        return None
    # Framing only fills silence: what own word compares on a day, D compares too.
    assert distances[0] is not None
    assert distances[1] is not None
    framing = (distances[1] - last) - (distances[0] - first)
    return ChangeParts(moved, last - shared_last, shared_first - first, framing)


def _amounts(window: Window, day: int) -> Mapping[str, float]:
    """Return what each issue adds that entered (of the last day, 1) or left (of the first, 0)."""
    mean, compared = window.shared_mean(day), window.compared[day]
    total = sum(window.weights[name] for name in compared)
    if mean is None or not total:
        return {}
    sign = 1 if day else -1
    return {
        name: sign * window.weights[name] * (distance - mean) / total
        for name, distance in compared.items()
        if name not in window.changes
    }


def _level_band(window: Window) -> float | None:
    """Return what one level on the heaviest issue is worth, of equals on the first of the codebook."""
    if not window.total:
        return None
    # Weights that are equal as fractions, such as (0.1 + 0.2) / 2 and 0.15, may differ by rounding.
    most = max(window.weights[name] for name in window.changes)
    heaviest = next(name for name in window.changes if window.weights[name] >= most - ROUNDING)
    return window.weights[heaviest] * window.codebook.issue(heaviest).step / window.total
