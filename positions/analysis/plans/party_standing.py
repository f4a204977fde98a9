"""How each party stands on a plan, clause by clause: a clause is compared like a position (``semantics.md`` §3).

Silence never counts as consent or refusal: it lowers the coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from positions.analysis.aggregate import WeightedMean, is_thin, weighted_mean
from positions.analysis.plans.plan import Clause, Plan, own_slots, plan_problems
from positions.analysis.state import State
from positions.errors import QueryError
from positions.kinds.records import ClauseVerdict
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.issues import Issue
from positions.model.position import Position

VERDICTS: Final[tuple[ClauseVerdict, ...]] = ("accepts", "could accept", "rejects", "silent")


@dataclass(frozen=True, slots=True)
class ClauseStanding:
    """A party on one clause: the distance in [0, 1] with its bounds, ``None`` if there is nothing to compare.

    ``weight`` is the party's salience of the issue; ``positions`` are the party's own that were compared (of options:
    on the leaves that the clause is about), empty if it is silent.
    """

    clause: Clause
    verdict: ClauseVerdict
    distance: float | None
    lo: float
    hi: float
    weight: float
    positions: tuple[Position, ...]

    @property
    def basis(self) -> tuple[str, ...]:
        """Ids of the statements behind the verdict, each once."""
        return tuple(dict.fromkeys(reference for position in self.positions for reference in position.basis))


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """A party on a whole plan: the weighted mean over the comparable clauses, with bounds over all of them.

    ``distance`` is ``None`` if no clause can be compared; ``coverage`` is the comparable clauses' share of the
    weight; all in [0, 1].
    """

    party: str
    distance: float | None
    lo: float
    hi: float
    coverage: float
    clauses: tuple[ClauseStanding, ...]

    @property
    def thin(self) -> bool:
        """Whether too little of the plan is comparable for the distance to stand by itself."""
        return is_thin(self.coverage)

    def count(self, verdict: ClauseVerdict) -> int:
        """Return the number of clauses with this verdict."""
        return sum(standing.verdict == verdict for standing in self.clauses)


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan compared with the state of a day: one standing for each requested party."""

    plan: Plan
    as_of: date
    parties: tuple[PartyStanding, ...]


def measure_plan(plan: Plan, state: State, codebook: Codebook, *, parties: Sequence[str] | None = None) -> PlanReading:
    """Measure how far parties (default: the principal ones) are from a plan in a state.

    **Scales and conditions.** The distance is the gap between the ranges of values. *Accepts*: the ranges meet, so the
    distance is 0. *Could accept*: they do not, but their nearest ends lie on the same
    side of the middle (value 1/2), or the party's lies in the middle (undecided), or they are neighbouring levels that
    are not the two poles. *Rejects*: otherwise. *Silent*: no position.

    **Options.** Over the leaves that the clause is about, as agreed or opposed in sign, with reluctance counted as
    rejecting: opposed / (opposed + agreed), so 0 or 1 on one leaf; no distance if nothing is stated. Leaves weigh as
    between two parties (§3), so that three towns of one country count no more than the country. *Accepts*: agrees on
    all of them. *Rejects*: opposes all. *Silent*: stated nothing on them nor on any alternative under the same
    root. *Could accept*: otherwise: it agrees on some, or it has spoken of alternatives and leaves some open, rejecting
    neither the place nor what contains it. Such silence gives no distance. A party that rules a place out agrees with a
    clause that rules it out, though between two parties (§3) that is not common ground.

    **Overall** each clause weighs as much as its issue is salient to the party (the plan itself has no saliences), so
    an issue of several clauses weighs several times. Raises ``QueryError`` for unknown parties and for a plan that the
    codebook does not allow.
    """
    if problems := plan_problems(plan, codebook):
        raise QueryError(
            "\n".join(f"clause {problem.clause + 1} {problem.field}: {problem.message}" for problem in problems)
        )
    party_ids = [party.id for party in codebook.principals] if parties is None else list(dict.fromkeys(parties))
    standings = (_party_standing(plan, state, codebook, codebook.party(party).id) for party in party_ids)
    return PlanReading(plan, state.as_of, tuple(standings))


def _party_standing(plan: Plan, state: State, codebook: Codebook, party: str) -> PartyStanding:
    clauses = tuple(
        _clause_standing(plan, clause, state, codebook.issue(clause.issue), party) for clause in plan.clauses
    )
    mean = weighted_mean(clauses) or WeightedMean(None, 0.0, 1.0, 0.0, None)
    return PartyStanding(party, mean.distance, mean.lo, mean.hi, mean.coverage, clauses)


def _clause_standing(plan: Plan, clause: Clause, state: State, issue: Issue, party: str) -> ClauseStanding:
    elements = (None, *(element.id for element in issue.elements))
    positions = {element: position for element in elements if (position := state.position(party, issue.id, element))}
    reading = kind_of(issue).clause_reading(
        issue, (clause.stance, clause.highest), own_slots(plan, clause, issue), positions
    )
    return ClauseStanding(
        clause,
        reading.verdict,
        reading.distance,
        reading.lo,
        reading.hi,
        issue.saliences.get(party, 1.0),
        reading.positions,
    )
