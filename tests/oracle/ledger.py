"""§5: the move ledger, which statement moved whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from positions.model.codebook import Codebook
from tests.oracle.distance import Pair, issue_distance
from tests.oracle.sayings import Saying, counting, own_word
from tests.oracle.state import State, state


@dataclass(frozen=True)
class Row:
    """One statement that changed its holder's position: δ after − δ before, ``None`` where one of them is missing."""

    statement: str
    holder: str
    issue: str
    element: str | None
    contribution: Fraction | None


def ledger(sayings: Sequence[Saying], codebook: Codebook, pair: Pair, start: date, end: date) -> tuple[Row, ...]:
    """Replay the pair's own statements after ``start`` and up to ``end``, one at a time."""
    own = [one for one in own_word(counting(sayings, end)) if one.holder in pair]
    replayed = [one for one in own if one.last <= start]
    before = state(replayed, codebook, end)
    points = {issue.id: delta(before, codebook, pair, issue.id) for issue in codebook.issues}
    rows = []
    for one in sorted((one for one in own if one.last > start), key=lambda one: (one.last, one.recorded_at, one.id)):
        replayed.append(one)
        after = state(replayed, codebook, end)
        if stances(before, one) != stances(after, one):
            rows.append(row(one, points[one.issue], delta(after, codebook, pair, one.issue)))
        # reading: a distance that is missing for a while is taken up where it was left, so that the rows add up.
        points[one.issue] = later(points[one.issue], delta(after, codebook, pair, one.issue))
        before = after
    return tuple(rows)


def delta(standing: State, codebook: Codebook, pair: Pair, name: str) -> Fraction | None:
    distance = issue_distance(standing, codebook.issue(name), pair)
    return distance.point if distance else None


def later(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return before if after is None else after


def row(one: Saying, before: Fraction | None, after: Fraction | None) -> Row:
    contribution = None if before is None or after is None else after - before
    return Row(one.id, one.holder, one.issue, one.element, contribution)


def stances(standing: State, one: Saying) -> dict[str | None, tuple[int, int]]:
    """What the statement's holder stands for on its issue, by element."""
    # reading: a statement changed a position where a stance or range is another; a repetition, an age, a contest
    # that the winner survives is no row (and moves no δ).
    return {
        key[2]: (found.stance, found.highest) for key, found in standing.items() if key[:2] == (one.holder, one.issue)
    }
