"""Conditions as arrays: unmet demands and what both hold, for many days at once (``semantics.md`` §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from positions.kinds.series import Array, Holdings, IssueBlock, Lines, SeriesMeasure, element_rows, mean_by_issue
from positions.model.issues import Issue


@dataclass(frozen=True, slots=True)
class Demands:
    """What parties ask for and how they answer, each array of shape (parties, conditions, days).

    ``insistence`` is 0 for whoever asks for nothing, ``refusal`` 0 for whoever has not answered; ``least`` and ``most``
    are what they may come to: of an unanswered demand the refusal between 0 and 1. ``addressed`` says whom a condition
    addresses, by party and condition.
    """

    insistence: Array
    refusal: Array
    least: tuple[Array, Array]
    most: tuple[Array, Array]
    answered: Array
    addressed: Array

    @classmethod
    def of(cls, held: Holdings, issues: Sequence[Issue]) -> Demands:
        """Compute insistence and refusal of what parties hold."""
        insistence = np.nan_to_num((held.low + held.high - 1).clip(0), copy=False)
        refusal = 1 - (held.low + held.high) / 2
        ranges = (held.contests.low + held.contests.high) / 2
        asks = (2 * ranges - 1).clip(0), 1 - ranges
        # Whether there is a demand the deciding statement says, whatever contests it.
        asked = insistence > 0
        least = held.least(insistence, asks[0]) * asked, np.nan_to_num(held.least(refusal, asks[1]))
        most = held.greatest(insistence, asks[0]) * asked, np.nan_to_num(held.greatest(refusal, asks[1]), nan=1.0)
        addressees = [some for issue in issues for some in issue.addressed.values()]
        addressed = np.array([[party in some for some in addressees] for party in held.parties], dtype=bool)
        return cls(insistence, np.nan_to_num(refusal), least, most, ~np.isnan(held.low), addressed)

    def measure(self, demander: int, answerer: int, rows: Array) -> IssueBlock:
        """Measure the unmet demands of one party on another, on some conditions."""
        asked = self.insistence[demander, rows]
        is_asked = asked > 0
        return IssueBlock(
            asked * self.refusal[answerer, rows],
            self.least[0][demander, rows] * self.least[1][answerer, rows],
            self.most[0][demander, rows] * self.most[1][answerer, rows],
            is_asked & self.answered[answerer, rows],
            is_asked,
        )


def conditions_series(issues: Sequence[Issue], held: Holdings) -> SeriesMeasure:
    """Measure conditions: the mean of the unmet demands, and of what both hold where both or neither are addressed."""
    rows, lines, demands = element_rows(issues), Lines.of(held), Demands.of(held, issues)

    def measure(one: int, two: int) -> IssueBlock:
        parts = lines.measure(one, two)
        addressed = demands.addressed[[one, two]]
        if not addressed.all(axis=0).all():
            parts = _only_where_both_spoke(parts, np.flatnonzero(~addressed.any(axis=0)))
        for demander, answerer, asked in (
            (one, two, addressed[1] & ~addressed[0]),
            (two, one, addressed[0] & ~addressed[1]),
        ):
            if asked.any():
                asked_rows = np.flatnonzero(asked)
                parts = _replace_rows(parts, asked_rows, demands.measure(demander, answerer, asked_rows))
        return mean_by_issue(rows, parts)

    return measure


def _only_where_both_spoke(parts: IssueBlock, rows: Array) -> IssueBlock:
    """Take conditions off the agenda of which one alone speaks, if neither is addressed."""
    if parts.known is None or parts.agenda is None:
        return parts
    parts.agenda[rows] = parts.known[rows]
    parts.hi[rows] *= parts.known[rows]
    return parts


def _replace_rows(parts: IssueBlock, rows: Array, others: IssueBlock) -> IssueBlock:
    """Return parts of which some are others."""
    known, agenda = (
        np.ones(parts.distance.shape, bool) if some is None else some for some in (parts.known, parts.agenda)
    )
    lo, hi = (some.copy() if some is parts.distance else some for some in (parts.lo, parts.hi))
    replaced = replace(parts, lo=lo, hi=hi, known=known, agenda=agenda)
    for name in ("distance", "lo", "hi", "known", "agenda"):
        getattr(replaced, name)[rows] = getattr(others, name)
    return replaced
