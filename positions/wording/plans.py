"""Plans in plain, neutral sentences."""

from __future__ import annotations

from positions.analysis.plans.party_standing import VERDICTS, ClauseStanding, PartyStanding
from positions.analysis.plans.plan import Clause
from positions.analysis.plans.plan_comparison import PartyChoice, PlanComparison
from positions.kinds.records import ClauseVerdict
from positions.model.codebook import Codebook
from positions.model.lists import capitalize_first, count_words, join_words, percent_words
from positions.wording.parties import party_words
from positions.wording.positions import stance_words


def level_words(clause: Clause, codebook: Codebook) -> str:
    """Name the level of a clause, ``ready now``, or both ends of its range."""
    issue = codebook.issue(clause.issue)
    upper = f" to {issue.level(clause.stance_to).label}" if clause.stance_to is not None else ""
    return f"{issue.level(clause.stance).label}{upper}"


def clause_words(clause: Clause, codebook: Codebook) -> str:
    """Write what a clause lays down: ``Ceasefire: ready to discuss it to for it now``."""
    return f"{codebook.path_label(clause.issue, clause.element)}: {level_words(clause, codebook)}"


def held_words(standing: ClauseStanding, codebook: Codebook) -> str:
    """Write what the party holds on a clause, ``rules it out``, naming the places if it holds different things."""
    labels_by_words: dict[str, list[str]] = {}
    for position in standing.positions:
        issue = codebook.issue(position.issue)
        label = codebook.element(issue.id, position.said_of).label if position.said_of else issue.label
        marks = ", reported" * position.reported + ", contested" * position.contested
        labels_by_words.setdefault(f"{stance_words(position, codebook)}{marks}", []).append(label)
    if not labels_by_words:
        return (
            "nothing recorded on it, only on others" if standing.verdict == "could accept" else "nothing recorded on it"
        )
    if len(labels_by_words) == 1:
        return next(iter(labels_by_words))
    return "; ".join(
        f"{words} ({join_words(dict.fromkeys(labels), most=3)})" for words, labels in labels_by_words.items()
    )


def standing_words(standing: PartyStanding, codebook: Codebook) -> str:
    """Write in one sentence how a party stands on a plan; a distance comes with its bounds and coverage."""
    name = capitalize_first(party_words(standing.party, codebook))
    verbs: dict[ClauseVerdict, str] = {"silent": "is silent on"}
    counts = [f"{verbs.get(verdict, verdict)} {count}" for verdict in VERDICTS if (count := standing.count(verdict))]
    clauses = f"{name} {join_words(counts)} of {count_words(len(standing.clauses), 'clause')}"
    bounds = f"[{standing.lo:.2f}, {standing.hi:.2f}]"
    if standing.distance is None:
        return f"{clauses}; no clause can be compared yet, the bounds are {bounds}."
    return f"{clauses}; it is {standing.distance:.2f} from the plan {bounds} on {_share_words(standing)}."


def choice_words(choice: PartyChoice, comparison: PlanComparison, codebook: Codebook) -> str:
    """Write to which of two plans a party is closer, with both distances, their bounds and coverage."""
    name = capitalize_first(party_words(choice.party, codebook))
    titles = [f"“{reading.plan.title}”" for reading in comparison.readings]
    distances = [f"{_distance_words(standing)} on {_share_words(standing)}" for standing in choice.standings]
    first, second = (f"{title} ({distance})" for title, distance in zip(titles, distances, strict=True))
    if choice.closer is None:
        return f"{name} cannot be compared with both {first} and {second}."
    if choice.closer == "neither":
        return f"{name} is as far from {first} as from {second}."
    if choice.closer == "undecided":
        return f"{name} may be closer to either, {first} or {second}: the bounds overlap."
    near, far = (first, second) if choice.closer == "first" else (second, first)
    return f"{name} is closer to {near} than to {far}."


def _distance_words(standing: PartyStanding) -> str:
    if standing.distance is None:
        return "no distance"
    return f"{standing.distance:.2f} [{standing.lo:.2f}, {standing.hi:.2f}]"


def _share_words(standing: PartyStanding) -> str:
    share = f"{percent_words(standing.coverage)} of it"
    return f"{share}, which is thin" if standing.thin else share
