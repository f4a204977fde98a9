"""Compare two plans: where they differ, and to which of them each party is closer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from positions.analysis.plans.party_standing import PartyStanding, PlanReading, measure_plan
from positions.analysis.plans.plan import Clause, Plan, governing_clause
from positions.analysis.state import State
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.issues import Issue

Relation: TypeAlias = Literal["same", "differs", "only in the first", "only in the second"]
Closer: TypeAlias = Literal["first", "second", "neither", "undecided"]
TIE: Final = 1e-12
"""Distances no further apart than this are the same: sums of the same numbers may differ by rounding."""


@dataclass(frozen=True, slots=True)
class ClausePair:
    """What two plans lay down on one thing; of options, a clause on what contains it holds for it.

    ``distance`` in [0, 1] is the clauses' own (options: 0 for the same sign, 1 for opposite), ``None`` if only one
    plan has a clause on it.
    """

    issue: str
    element: str | None
    clauses: tuple[Clause | None, Clause | None]
    relation: Relation
    distance: float | None


@dataclass(frozen=True, slots=True)
class PartyChoice:
    """One party on two plans: ``closer`` is ``None`` if it cannot be compared with both.

    ``neither``: both distances are equal, and so are their bounds; ``undecided``: the bounds overlap, so that what is
    silent may decide.
    Each distance is over the clauses of that plan on which the party has spoken, so look at both coverages.
    """

    party: str
    standings: tuple[PartyStanding, PartyStanding]
    closer: Closer | None


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Two plans in one state: what they lay down, in codebook order, and one choice for each party."""

    readings: tuple[PlanReading, PlanReading]
    clauses: tuple[ClausePair, ...]
    parties: tuple[PartyChoice, ...]


def compare_plans(
    plan: Plan, other: Plan, state: State, codebook: Codebook, *, parties: Sequence[str] | None = None
) -> PlanComparison:
    """Compare two plans clause by clause and measure the parties' distance to both; errors as ``measure_plan``."""
    readings = (
        measure_plan(plan, state, codebook, parties=parties),
        measure_plan(other, state, codebook, parties=parties),
    )
    pairs = tuple(pair for issue in codebook.issues for pair in _clause_pairs(plan, other, issue))
    choices = (
        PartyChoice(one.party, (one, two), _closer(one, two))
        for one, two in zip(readings[0].parties, readings[1].parties, strict=True)
    )
    return PlanComparison(readings, pairs, tuple(choices))


def _clause_pairs(plan: Plan, other: Plan, issue: Issue) -> Iterator[ClausePair]:
    elements = {clause.element for clause in (*plan.clauses, *other.clauses) if clause.issue == issue.id}
    for element in [None, *(element.id for element in issue.elements)]:
        if element in elements:
            yield _clause_pair(
                governing_clause(plan, issue, element), governing_clause(other, issue, element), issue, element
            )


def _clause_pair(one: Clause | None, two: Clause | None, issue: Issue, element: str | None) -> ClausePair:
    if one is None or two is None:
        relation: Relation = "only in the first" if two is None else "only in the second"
        return ClausePair(issue.id, element, (one, two), relation, None)
    ranges = (one.stance, one.highest), (two.stance, two.highest)
    distance = kind_of(issue).clause_distance(issue, *ranges)
    return ClausePair(issue.id, element, (one, two), "same" if ranges[0] == ranges[1] else "differs", distance)


def _closer(one: PartyStanding, two: PartyStanding) -> Closer | None:
    if one.distance is None or two.distance is None:
        return None
    ends = ((one.distance, two.distance), (one.lo, two.lo), (one.hi, two.hi))
    if all(abs(end - other) <= TIE for end, other in ends):
        return "neither"
    if one.hi < two.lo - TIE:
        return "first"
    return "second" if two.hi < one.lo - TIE else "undecided"
