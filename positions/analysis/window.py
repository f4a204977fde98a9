"""The window of a movement: its two days, and what the holders' own word compares on both (``semantics.md`` §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from positions.analysis.distance import issue_distance, own_distance
from positions.analysis.source_conflict import StateSource
from positions.analysis.state import State
from positions.model.codebook import Codebook
from positions.model.position import Position, PositionKey


@dataclass(frozen=True)
class Window:
    """Two days of two parties.

    ``states`` are those of the holders' own word on the first and on the last day, ``compared`` has the distance of
    each issue that it compares on each. Without ``is_open`` own word compares nothing before the last day, and there is
    no movement.
    """

    codebook: Codebook
    pair: tuple[str, str]
    days: tuple[date, date]
    states: tuple[State, State]
    compared: tuple[Mapping[str, float], Mapping[str, float]]
    is_open: bool

    @cached_property
    def changes(self) -> Mapping[str, float]:
        """The change of distance of each issue that own word compares on both days (B), in codebook order."""
        first, last = self.compared
        return {name: last[name] - first[name] for name in first if name in last} if self.is_open else {}

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """The weight of each issue for the pair."""
        return {issue.id: issue.weight(*self.pair) for issue in self.codebook.issues}

    @cached_property
    def total(self) -> float:
        """The weight of B."""
        return sum(self.weights[name] for name in self.changes)

    def mean(self, values: Mapping[str, float]) -> float | None:
        """Return the weighted mean of some issues' values, ``None`` if they weigh nothing."""
        return mean_distance(values, self.weights)

    def shared_mean(self, day: int) -> float | None:
        """Return the mean distance over B on the first (0) or the last day (1)."""
        return self.mean({name: self.compared[day][name] for name in self.changes})

    def changes_without(self, answers: StateSource, source: str) -> Mapping[str, float]:
        """Return the same as :attr:`changes` without the documents of one source: 0 for what it then cannot compare."""
        first, last = (self._compare_without(place, answers, source) for place in (0, 1))
        return {
            name: one - two if (one := last[name]) is not None and (two := first[name]) is not None else 0.0
            for name in self.changes
        }

    def _compare_without(self, place: int, answers: StateSource, source: str) -> Mapping[str, float | None]:
        """Return the distances of :attr:`changes` on a day without a source; only what rests on it is measured."""
        whole, state = self._pair_positions[place], answers.own_without(self.days[place], source, self.pair)
        touched = {
            key[1]
            for key, position in whole.items()
            if (standing := state.positions.get(key)) is not position and standing != position
        }
        return {
            name: own_distance(state, self.codebook.issue(name), self.pair)
            if name in touched
            else self.compared[place][name]
            for name in self.changes
        }

    @cached_property
    def _pair_positions(self) -> Sequence[Mapping[PositionKey, Position]]:
        """The positions of the pair on both days."""
        return [
            {key: position for key, position in state.positions.items() if key[0] in self.pair} for state in self.states
        ]

    def shares(self, issue: str) -> Mapping[str, float] | None:
        """Return each party's mean effect on an issue's distance over the orders in which the two could have moved.

        They are the two-player Shapley values and add up to the change; ``None`` if in neither order the two can be
        compared half-way.
        """
        before, after = self.compared[0][issue], self.compared[1][issue]
        orders = []
        for place, party in enumerate(self.pair):
            halfway = issue_distance(self._after_move_of(party), self.codebook.issue(issue), self.pair)
            if halfway and halfway.distance is not None:
                steps = (halfway.distance - before, after - halfway.distance)
                orders.append(steps if place == 0 else steps[::-1])
        if not orders:
            return None
        return {party: sum(order[place] for order in orders) / len(orders) for place, party in enumerate(self.pair)}

    def _after_move_of(self, party: str) -> State:
        """Return the first state with one party's positions taken from the second."""
        before, after = self.states
        positions = {key: position for key, position in before.positions.items() if key[0] != party}
        positions |= {key: position for key, position in after.positions.items() if key[0] == party}
        return replace(before, positions=positions)


def open_window(answers: StateSource, codebook: Codebook, pair: tuple[str, str], *, asked: date, end: date) -> Window:
    """Return the window from the first day, from the one asked for on, on which own word compares an issue.

    If there is none before ``end`` the window stays shut, from the day asked for.
    """
    last, last_compared = answers.own(end), answers.own_distances(end, pair)
    for day in (asked, *answers.own_days(pair, after=asked, before=end)):
        if compared := answers.own_distances(day, pair):
            return Window(codebook, pair, (day, end), (answers.own(day), last), (compared, last_compared), True)
    compared = answers.own_distances(asked, pair)
    return Window(codebook, pair, (asked, end), (answers.own(asked), last), (compared, last_compared), False)


def mean_distance(values: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """Return the mean of some issues' values by the issues' weights, ``None`` if they weigh nothing."""
    total = sum(weights[name] for name in values)
    return sum(weights[name] * value for name, value in values.items()) / total if total else None
