"""Plans: a proposal as a file of clauses, how far each party is from it, and two of them side by side."""

from positions.analysis.plans.party_standing import ClauseStanding, PartyStanding, PlanReading, measure_plan
from positions.analysis.plans.plan import Clause, Plan, Problem, plan_problems, read_plan
from positions.analysis.plans.plan_comparison import ClausePair, PartyChoice, PlanComparison, compare_plans

__all__ = [
    "Clause",
    "ClausePair",
    "ClauseStanding",
    "PartyChoice",
    "PartyStanding",
    "Plan",
    "PlanComparison",
    "PlanReading",
    "Problem",
    "compare_plans",
    "measure_plan",
    "plan_problems",
    "read_plan",
]
