"""Plans: a proposal as a file of clauses, how far each party is from it, and two of them side by side."""

from positions.plans.clauses import Clause, Plan, Problem, plan_problems, read_plan
from positions.plans.pairs import ClausePair, PartyChoice, PlanComparison, compare_plans
from positions.plans.standing import ClauseStanding, PartyStanding, PlanReading, Verdict, measure_plan

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
    "Verdict",
    "compare_plans",
    "measure_plan",
    "plan_problems",
    "read_plan",
]
