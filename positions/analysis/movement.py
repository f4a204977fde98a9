"""Movement between two days: how the distance of two parties changed, who moved, and by which statements.

Formulas: ``semantics.md`` §5. A first statement on an issue changes the coverage and is not movement. Only what the
holders' own sides said counts: outlets' framings and claims by others move nobody. A negative change means closer
together, a positive one further apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias

from positions.analysis.distance import Comparison, issue_distance
from positions.analysis.source_conflict import OutletRange, StateSource, UncachedStates, measure_outlet_range
from positions.analysis.state import State, state_at
from positions.errors import QueryError
from positions.kinds.records import IssueDistance
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.position import PositionKey
from positions.model.revision import Record
from positions.model.statement import Statement

MovementVerdict: TypeAlias = Literal["converging", "diverging", "no measurable change", "not comparable"]
ROUNDING: Final = 1e-12
"""Differences below this are rounding, not change."""


@dataclass(frozen=True, slots=True)
class IssueMovement:
    """One issue that could be compared on both days.

    ``change`` is δ after − δ before, in [−1, 1]; ``contribution`` its weighted part of the movement; ``shares`` the
    two-player Shapley values of the parties, which add up to ``change`` (``None`` if in neither order of the two moves
    the parties can be compared half-way).
    """

    issue: str
    change: float
    contribution: float
    shares: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A statement that changed its holder's position, and by how much it changed the issue's distance.

    ``before`` and ``after`` are the holder's stance (low, high) on the statement's subject, ``None`` for silence;
    ``contribution`` is δ after − δ before, ``None`` if the issue cannot be compared before or after. ``recoded``: the
    statement was corrected, so an earlier ledger may show it differently.
    """

    statement: str
    said_on: PartialDate
    holder: str
    issue: str
    element: str | None
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    contribution: float | None
    recoded: bool


@dataclass(frozen=True, slots=True)
class Movement:
    """How the distance of two parties changed between two days.

    ``change`` = ``movement`` + ``coverage_effect``, all on the scale of D, in [−1, 1]; ``change`` and
    ``coverage_effect`` are ``None`` if D is missing on a day, ``movement`` if no issue can be compared on both days.
    ``movement`` counts only if it exceeds ``noise_band``; ``noise_set_by`` names what sets the band.
    """

    parties: tuple[str, str]
    start: date
    end: date
    before: Comparison
    after: Comparison
    change: float | None
    movement: float | None
    coverage_effect: float | None
    issues: tuple[IssueMovement, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]
    ledger: tuple[LedgerEntry, ...]
    verdict: MovementVerdict
    noise_band: float
    noise_set_by: str


def movement_between(records: Sequence[Record], codebook: Codebook, *parties: str, start: date, end: date) -> Movement:
    """Return how two parties moved between the end of ``start`` and the end of ``end``, with the ledger.

    ``records`` are the statements in force; choose them with :func:`positions.model.revision.select_in_force`. Raises
    ``QueryError`` if ``start`` is not before ``end``, or if the parties are not two that the codebook knows.
    """
    if len(parties) != 2:
        raise QueryError(f"parties: found {len(parties)}, allowed: two different parties")
    pair = (parties[0], parties[1])
    movement = resolve_movement(UncachedStates(records, codebook), codebook, pair, start=start, end=end)
    return replace(movement, ledger=ledger_between(records, codebook, pair, start=start, end=end))


def resolve_movement(
    answers: StateSource, codebook: Codebook, pair: tuple[str, str], *, start: date, end: date
) -> Movement:
    """Return the same as :func:`movement_between` without the ledger, from the states of ``answers``.

    The ledger replays statement by statement, which in a busy period takes longer than everything else.
    """
    if start >= end:
        raise QueryError(f"from: found {start}, allowed: before {end}, the day to compare with")
    before, after = (answers.compare(day, *pair) for day in (start, end))
    issues = _issue_movements((answers.own(start), answers.own(end)), codebook, pair)
    movement = sum(issue.contribution for issue in issues) if issues else None
    change = after.distance - before.distance if before.distance is not None and after.distance is not None else None
    bands = [measure_outlet_range(answers, *pair, as_of=day) for day in (start, end)]
    band, set_by = _noise_band(codebook, pair, [issue.issue for issue in issues], bands)
    compared = [
        {issue.issue for issue in comparison.issues if issue.distance is not None} for comparison in (before, after)
    ]
    return Movement(
        pair,
        start,
        end,
        before,
        after,
        change,
        movement,
        change - (movement or 0.0) if change is not None else None,
        issues,
        tuple(issue.id for issue in codebook.issues if issue.id in compared[1] - compared[0]),
        tuple(issue.id for issue in codebook.issues if issue.id in compared[0] - compared[1]),
        (),
        _verdict(movement, band),
        band,
        set_by,
    )


def _issue_movements(
    states: tuple[State, State], codebook: Codebook, pair: tuple[str, str]
) -> tuple[IssueMovement, ...]:
    changes = []
    halfway = [_move_party(states, party) for party in pair]
    for issue in codebook.issues:
        before, after = (_distance_value(issue_distance(state, issue, pair)) for state in states)
        if before is not None and after is not None:
            shares = _shares(
                [_distance_value(issue_distance(state, issue, pair)) for state in halfway], pair, before, after
            )
            changes.append((issue.id, issue.weight(*pair), after - before, shares))
    total = sum(weight for _, weight, _, _ in changes)
    return tuple(
        IssueMovement(name, change, weight * change / total if total else 0.0, shares)
        for name, weight, change, shares in changes
    )


def _distance_value(distance: IssueDistance | None) -> float | None:
    return distance.distance if distance else None


def _shares(
    halfway: Sequence[float | None], pair: tuple[str, str], before: float, after: float
) -> Mapping[str, float] | None:
    """Return the mean effect of each party's move over the orders in which the two could have moved.

    ``halfway`` holds the distance after the first party's move alone and after the second's alone.
    """
    orders = []
    for first, between in enumerate(halfway):
        if between is not None:
            steps = (between - before, after - between)
            orders.append(steps if first == 0 else steps[::-1])
    if not orders:
        return None
    return {party: sum(order[index] for order in orders) / len(orders) for index, party in enumerate(pair)}


def _move_party(states: tuple[State, State], party: str) -> State:
    """Return the first state with one party's positions taken from the second."""
    before, after = states
    positions = {key: position for key, position in before.positions.items() if key[0] != party}
    positions |= {key: position for key, position in after.positions.items() if key[0] == party}
    return replace(before, positions=positions)


def ledger_between(
    records: Sequence[Record], codebook: Codebook, pair: tuple[str, str], *, start: date, end: date
) -> tuple[LedgerEntry, ...]:
    """Replay what two parties said after ``start`` and up to ``end``; return an entry for each statement that moved.

    Statements come in order of (said on, recorded at, id). If an issue can be compared throughout, its entries add up
    to its change exactly.
    """
    own = [record for record in records if record.statement.voice == "self" and record.statement.holder in pair]
    earlier = [record for record in own if record.statement.said_on.last <= start]
    fresh = [record for record in own if start < record.statement.said_on.last <= end]
    fresh.sort(key=lambda record: (record.statement.said_on.last, record.recorded_at, record.statement.id))
    moves = []
    before = state_at(earlier, codebook, as_of=end)
    last = {issue.id: _distance_value(issue_distance(before, issue, pair)) for issue in codebook.issues}
    for record in fresh:
        earlier.append(record)
        after = state_at(earlier, codebook, as_of=end)
        if move := _ledger_entry(record, (before, after), last[record.statement.issue], codebook, pair):
            moves.append(move)
        delta = _distance_value(issue_distance(after, codebook.issue(record.statement.issue), pair))
        # While a distance is missing its last value is kept, so that the entries add up.
        last[record.statement.issue] = last[record.statement.issue] if delta is None else delta
        before = after
    return tuple(moves)


def _ledger_entry(
    record: Record, states: tuple[State, State], last: float | None, codebook: Codebook, pair: tuple[str, str]
) -> LedgerEntry | None:
    before, after = states
    statement = record.statement
    keys: list[PositionKey] = [key for key in after.positions if key[:2] == (statement.holder, statement.issue)]
    if all(_stance(before, key) == _stance(after, key) for key in keys):
        return None
    delta = _distance_value(issue_distance(after, codebook.issue(statement.issue), pair))
    stances = (_holder_stance(before, statement, codebook), _holder_stance(after, statement, codebook))
    return LedgerEntry(
        statement.id,
        statement.said_on,
        statement.holder,
        statement.issue,
        statement.element,
        *stances,
        None if delta is None or last is None else delta - last,
        recoded=record.number > 1,
    )


def _stance(state: State, key: PositionKey) -> tuple[int, int] | None:
    position = state.positions.get(key)
    return (position.stance, position.highest) if position else None


def _holder_stance(state: State, statement: Statement, codebook: Codebook) -> tuple[int, int] | None:
    """Return the holder's stance on a statement's subject, if need be inherited from an element that contains it."""
    path = codebook.issue(statement.issue).path(statement.element)
    stances = (_stance(state, (statement.holder, statement.issue, step)) for step in path)
    return next((stance for stance in stances if stance), None)


def _noise_band(
    codebook: Codebook, pair: tuple[str, str], issues: Sequence[str], bands: Sequence[OutletRange | None]
) -> tuple[float, str]:
    """Return the noise band, the larger of one level on the heaviest issue and the outlet range, and what sets it."""
    weights = {name: codebook.issue(name).weight(*pair) for name in issues}
    total = sum(weights.values())
    levels = {name: weight * codebook.issue(name).step / total for name, weight in weights.items()} if total else {}
    heaviest = max(levels, key=lambda name: (weights[name], levels[name]), default=None)
    band = levels[heaviest] if heaviest else 0.0
    set_by = f"one level on {codebook.issue(heaviest).label}" if heaviest else "nothing can be compared on both days"
    for outlet_range in bands:
        if outlet_range and outlet_range.width > band + ROUNDING:
            band, set_by = outlet_range.width, f"leaving out {outlet_range.widest}"
    return band, set_by


def _verdict(movement: float | None, band: float) -> MovementVerdict:
    if movement is None:
        return "not comparable"
    if abs(movement) <= band + ROUNDING:
        return "no measurable change"
    return "converging" if movement < 0 else "diverging"
