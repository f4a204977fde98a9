"""A fourth kind of issue in one file: rankings, in which each party puts the elements in an order of preference.

A stance is a place in the order, the highest for what comes first. δ is Spearman's footrule over the elements that
both rank, the mean difference of their values; an element that one has not ranked yet may end up anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from positions.kinds.base import IssueKind, KindView
from positions.kinds.lookup import PositionLookup, positions_of
from positions.kinds.records import BothPositions, ElementDistance, IssueDistance
from positions.kinds.tables import (
    Digit,
    IssueBlock,
    TableLookup,
    any_of,
    count_at,
    level_codes,
    pack_counts,
    share,
    table_of,
)
from positions.model.issues import Issue, IssueWithElements
from positions.model.lists import join_words


class RankingIssue(IssueWithElements):
    """An issue of which the parties say in which order they prefer its elements."""

    default_noun = "choice"

    kind: Literal["ranking"]


class RankingKind(IssueKind):
    """Operations of rankings."""

    model = RankingIssue
    metric = "ordinal"
    view = KindView(matrix=True, attitudes=("first", "high", "in the middle", "low", "last", "not ranked"))

    def distance(self, issue: Issue, positions: PositionLookup, pair: tuple[str, str]) -> IssueDistance | None:
        parts = [_part(slot, positions_of(pair, positions, issue, slot)) for slot in issue.slots]
        ranked = tuple(part for part in parts if any(part.positions))
        if not ranked:
            return None
        known = [part.distance for part in ranked if part.distance is not None]
        delta = sum(known) / len(known) if known else None
        hi = sum(part.hi for part in ranked) / len(ranked)
        return IssueDistance(
            *(issue.id, issue.kind, delta, sum(known) / len(ranked), hi if delta is None else max(hi, delta)),
            weight=issue.weight(*pair),
            parts=ranked,
            common_ground=tuple(str(part.element) for part in ranked if part.standing == "common"),
        )

    def digits(self, issue: Issue) -> Sequence[Digit]:
        values = (None, *issue.values.values())

        def far(one: float | None, two: float | None) -> float:
            return 0.0 if one is None or two is None else abs(one - two)

        def unknown(one: float | None, two: float | None) -> float:
            alone = one if two is None else two if one is None else None
            return 0.0 if alone is None else max(alone, 1 - alone)

        def counts(one: float | None, two: float | None) -> int:
            return pack_counts(one is not None and two is not None, one is not None or two is not None)

        tables = (table_of(values, far), table_of(values, unknown), table_of(values, counts))
        return [Digit(place, "low", level_codes(issue), {"same": tables}) for place in range(len(issue.slots))]

    def block(self, look: TableLookup, spoken: bool) -> IssueBlock:
        far, known, ranked = look(0), count_at(look(2), 0), count_at(look(2), 1)
        mean = share(far, known)
        if spoken:
            return IssueBlock(mean, mean, mean, None, None)
        hi = share(far + look(1), ranked).clip(mean)
        return IssueBlock(mean, share(far, ranked), hi, any_of(known), any_of(ranked))

    def distance_words(self, issue: Issue, distance: IssueDistance, names: Mapping[str, str]) -> str:
        labels = {element.id: element.label for element in issue.elements}
        told = []
        for place, name in enumerate(names.values()):
            held = [(part.positions[place], labels[str(part.element)]) for part in distance.parts]
            order = sorted((-position.value, label) for position, label in held if position)
            words = f"prefers {join_words((label for _, label in order), last='to')}" if order else "has ranked nothing"
            told.append(f"{name} {words}")
        return "; ".join(told)


def _part(element: str | None, both: BothPositions) -> ElementDistance:
    values = [position.value for position in both if position]
    if len(values) == 2:
        far = abs(values[0] - values[1])
        return ElementDistance(element, both, "apart" if far else "common", far, far, far)
    return ElementDistance(element, both, "unstated", hi=max([0, *values, *(1 - value for value in values)]))
