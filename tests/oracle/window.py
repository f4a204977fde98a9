"""§5: the two days of a movement, and what the holders' own word compares on both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from positions.model.codebook import Codebook
from tests.oracle.comparison import weighted
from tests.oracle.distance import ZERO, IssueDistance, Pair, issue_distance
from tests.oracle.sayings import Saying
from tests.oracle.state import State, state
from tests.oracle.values import weight


def comparable(own: State, codebook: Codebook, pair: Pair) -> dict[str, IssueDistance]:
    """The issues of which a state compares two parties, in codebook order."""
    found = {issue.id: issue_distance(own, issue, pair) for issue in codebook.issues}
    return {name: one for name, one in found.items() if one is not None and one.point is not None}


def deltas(issues: dict[str, IssueDistance]) -> dict[str, Fraction]:
    return {name: found.point for name, found in issues.items() if found.point is not None}


@dataclass(frozen=True)
class Window:
    """``owns`` are the states by own word alone on the first and the last day; ``opens`` says if there is a window."""

    codebook: Codebook
    pair: Pair
    days: tuple[date, date]
    owns: tuple[State, State]
    opens: bool

    @cached_property
    def compared(self) -> tuple[dict[str, IssueDistance], dict[str, IssueDistance]]:
        """What own word compares on the first and on the last day."""
        first, last = (comparable(own, self.codebook, self.pair) for own in self.owns)
        return first, last

    @cached_property
    def shared(self) -> list[str]:
        """B, in codebook order."""
        first, last = self.compared
        return [name for name in first if name in last] if self.opens else []

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        return {issue.id: weight(issue, *self.pair) for issue in self.codebook.issues}

    @cached_property
    def total(self) -> Fraction:
        """What B weighs."""
        return sum((self.weights[name] for name in self.shared), ZERO)

    @cached_property
    def changes(self) -> dict[str, Fraction]:
        """Δδ of each issue of B."""
        first, last = map(deltas, self.compared)
        return {name: last[name] - first[name] for name in self.shared}

    def mean(self, changes: dict[str, Fraction]) -> Fraction | None:
        """The weighted mean of some changes over B; ``None`` where B weighs nothing."""
        if not self.total:
            return None
        return sum((self.weights[name] * changes[name] for name in self.shared), ZERO) / self.total

    def own(self, day: int) -> Fraction | None:
        """D_own on the first (0) or the last day (1)."""
        return weighted(self.compared[day], self.weights)

    def over_shared(self, day: int) -> Fraction | None:
        """D_own over B."""
        return weighted({name: self.compared[day][name] for name in self.shared}, self.weights)


def open_window(sayings: Sequence[Saying], codebook: Codebook, pair: Pair, asked: date, end: date) -> Window:
    """The window from the first day, at or after the one asked for, on which own word compares an issue."""
    # reading: an issue without weight compares too, as B may have "all its weights 0". Only a day on which a statement
    # begins to count can change what is compared. A window that would start on its last day, or that nothing starts,
    # keeps the day asked for.
    for day in [asked, *sorted({one.last for one in sayings if asked < one.last < end})]:
        own = state(sayings, codebook, day, own=True)
        if comparable(own, codebook, pair):
            return Window(codebook, pair, (day, end), (own, state(sayings, codebook, end, own=True)), True)
    owns = (state(sayings, codebook, asked, own=True), state(sayings, codebook, end, own=True))
    return Window(codebook, pair, (asked, end), owns, False)


def changes_without(origin: str, sayings: Sequence[Saying], window: Window) -> dict[str, Fraction]:
    """Δδ of each issue of the window's B without the documents of one origin."""
    # reading: "0 where not comparable" is said of each issue, as window, B and weights stay the same.
    left = [one for one in sayings if one.origin != origin]
    first, last = (
        deltas(comparable(state(left, window.codebook, day, own=True), window.codebook, window.pair))
        for day in window.days
    )
    return {name: last[name] - first[name] if name in first and name in last else ZERO for name in window.shared}


def shapley(window: Window, name: str) -> dict[str, Fraction] | None:
    """Each party's share in the change of an issue, over the orders that can be compared half-way."""

    def point(first: int, second: int) -> Fraction | None:
        mixed = {key: found for key, found in window.owns[first].items() if key[0] == window.pair[0]}
        mixed |= {key: found for key, found in window.owns[second].items() if key[0] == window.pair[1]}
        distance = issue_distance(mixed, window.codebook.issue(name), window.pair)
        return distance.point if distance else None

    before, after = point(0, 0), point(1, 1)
    assert before is not None
    assert after is not None
    orders = []
    if (halfway := point(1, 0)) is not None:
        orders.append((halfway - before, after - halfway))
    if (halfway := point(0, 1)) is not None:
        orders.append((after - halfway, halfway - before))
    if not orders:
        return None
    return {
        party: sum((order[place] for order in orders), ZERO) / len(orders) for place, party in enumerate(window.pair)
    }
