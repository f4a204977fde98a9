"""Conditions: each something that its addressees would have to do; for who wants it a stance is how firmly.

Distance (``semantics.md`` §3): where exactly one of the two is addressed, the unmet demand u = q · r with insistence
q = max(0, stance) / 2 and refusal r = 1 − value of the answer; else as on a scale, where both have spoken. δ is the
mean of the known u, within the mean of all bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from positions.kinds.base import ATTITUDES, Attitude, IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.records import BothPositions, ElementDistance, IssueDistance, Standing
from positions.kinds.scale import position_words
from positions.kinds.tables import (
    DemandRole,
    Digit,
    IssueBlock,
    Table,
    TableLookup,
    any_of,
    count_at,
    level_codes,
    pack_counts,
    share,
    table_of,
    transpose,
)
from positions.model.issues import ConditionsIssue, Issue

BY_STANCE: Final[Mapping[int, Attitude]] = dict(zip((2, 1, 0, -1, -2), ATTITUDES, strict=True))
WANTS: Final = {2: "insists on it", 1: "asks for it", 0: "is undecided", -1: "is reluctant", -2: "is against it"}
"""What a stance means for who would not have to act."""
ANSWERS: Final = {2: "commits to it", 1: "is open to it", 0: "is undecided", -1: "is reluctant", -2: "refuses it"}
"""What a stance means for an addressee."""


class ConditionsKind(IssueKind):
    """Operations of conditions."""

    model = ConditionsIssue
    metric = "interval"
    view = KindView(
        attitudes=("insists or commits", "asks or is open", "undecided", "reluctant", "against it", "unstated")
    )

    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        """Take the mean of the unmet demands, and of what both hold on conditions that address both or neither."""
        found = (
            _part(element, positions_of(pair, positions, issue, element), pair, addressees)
            for element, addressees in issue.addressed.items()
        )
        parts = tuple(part for part in found if part)
        if not parts:
            return None
        known = [part.distance for part in parts if part.distance is not None]
        delta = sum(known) / len(known) if known else None
        lo, hi = (sum(bounds) / len(parts) for bounds in zip(*((part.lo, part.hi) for part in parts), strict=True))
        return IssueDistance(
            issue.id,
            issue.kind,
            delta,
            lo if delta is None else min(lo, delta),
            hi if delta is None else max(hi, delta),
            issue.weight(*pair),
            parts,
            common_ground=tuple(part.element for part in parts if part.standing in ("met", "common") and part.element),
            unmet=(_mean_unmet(parts, pair[0]), _mean_unmet(parts, pair[1])),
        )

    def digits(self, issue: Issue) -> Sequence[Digit]:
        """Tabulate the unmet demand; counts of known and of all demands, and what is asked of the silent, in halves."""
        levels = (None, *issue.values)

        def apart(one: int | None, two: int | None) -> float:
            return 0.0 if one is None or two is None else abs(issue.values[one] - issue.values[two])

        def unmet(demand: int | None, answer: int | None) -> float:
            return 0.0 if not _asks(demand) or answer is None else _asks(demand) / 2 * (1 - issue.values[answer])

        demands, counts, codes = table_of(levels, unmet), table_of(levels, _demand_counts), level_codes(issue)
        tables: Mapping[DemandRole, tuple[Table, ...]] = {
            "same": (table_of(levels, apart), table_of(levels, _pair_counts)),
            "first": (demands, counts),
            "second": (transpose(demands), transpose(counts)),
        }
        conditions = enumerate(issue.addressed.values())
        return [Digit(slot, "low", codes, tables, addressees) for slot, addressees in conditions]

    def block(self, look: TableLookup, spoken: bool) -> IssueBlock:
        """Take the mean of the known unmet demands, within the mean of all bounds."""
        unmet, counts = look(0), look(1)
        known = count_at(counts, 0)
        mean, compared = share(unmet, known), any_of(known)
        if spoken:
            return IssueBlock(mean, mean, mean, compared, compared)
        demanded, silent = count_at(counts, 1), count_at(counts, 2)
        # The known demands are among all, so their mean is no less than the lower bound; the upper bound may be less.
        hi = share(unmet + silent / 2, demanded).clip(mean)
        return IssueBlock(mean, share(unmet, demanded), hi, compared, any_of(demanded))

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        """Say condition by condition who wants it and what became of that."""
        return "; ".join(_part_words(issue, part, names) for part in distance.parts)

    def held_words(self, issue: Issue, holder: str, element: str | None, stances: tuple[int, int]) -> str:
        """Say what a stance means: for whom the condition addresses, another thing than for who demands it."""
        if stances[0] != stances[1]:
            return issue.level_words(*stances)
        return (ANSWERS if holder in issue.addressed.get(element, ()) else WANTS)[stances[0]]

    def attitude(self, issue: Issue, stance: int) -> Attitude:
        """Return what a stance comes to."""
        return BY_STANCE[stance]


def _part(
    element: str | None, both: BothPositions, pair: tuple[str, str], addressees: tuple[str, ...]
) -> ElementDistance | None:
    addressed = [party in addressees for party in pair]
    if sum(addressed) == 1:
        return _demand(element, both, pair, demander=addressed.index(False))
    return _shared_condition(element, both)


def _demand(
    element: str | None, both: BothPositions, pair: tuple[str, str], *, demander: int
) -> ElementDistance | None:
    """Unmet demand u = q · r of the demander on the addressee; ``None`` if nothing is demanded."""
    demand, answer = both[demander], both[1 - demander]
    insistence = _asks(demand.stance) / 2 if demand else 0.0
    if not insistence:
        return None
    if answer is None:
        return ElementDistance(element, both, "unanswered", None, 0.0, insistence, pair[demander])
    refusal = 1 - answer.value
    status: Standing = "met" if refusal == 0 else "refused" if refusal == 1 else "partly met"
    unmet = insistence * refusal
    return ElementDistance(element, both, status, unmet, unmet, unmet, pair[demander])


def _shared_condition(element: str | None, both: BothPositions) -> ElementDistance | None:
    """Compare like a scale where both or neither would have to act; ``None`` unless both have spoken."""
    one, two = both
    if one is None or two is None:
        return None
    delta = abs(one.value - two.value)
    return ElementDistance(element, both, "apart" if delta else "common", delta, delta, delta)


def _asks(stance: int | None) -> int:
    """Return twice the insistence of a stance."""
    return max(0, stance or 0)


def _demand_counts(demand: int | None, answer: int | None) -> int:
    asked, answered = bool(_asks(demand)), answer is not None
    return pack_counts(asked and answered, asked, 0 if answered else _asks(demand))


def _pair_counts(one: int | None, two: int | None) -> int:
    both = one is not None and two is not None
    return pack_counts(both, both)


def _mean_unmet(parts: Sequence[ElementDistance], demander: str) -> float | None:
    unmet = [part.distance for part in parts if part.demander == demander and part.distance is not None]
    return sum(unmet) / len(unmet) if unmet else None


def _part_words(issue: Issue, part: ElementDistance, names: Mapping[str, str]) -> str:
    label = next(element.label for element in issue.elements if element.id == part.element)
    if part.demander is None:
        named_positions = zip(names.values(), part.positions, strict=True)
        return f"{label}: {', '.join(position_words(name, position, issue) for name, position in named_positions)}"
    return f"{names[part.demander]} wants {label} ({part.standing})"
