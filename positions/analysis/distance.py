"""The distance between two parties: by issue, then weighted over all that either has spoken on.

Formulas: ``semantics.md`` §3 and §4. Every distance is in [0, 1], where 0 is the same position and 1 the opposite
poles, and comes with the bounds that it could take once the silent have spoken. If nothing can be compared the distance
is missing, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from positions.analysis.aggregate import is_thin, weighted_mean
from positions.analysis.state import State
from positions.errors import QueryError
from positions.kinds.records import IssueDistance
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.issues import Issue


@dataclass(frozen=True, slots=True)
class Comparison:
    """The distance of two parties over their agenda: the issues on which either has spoken.

    ``distance`` is the salience-weighted mean over the comparable issues (``None`` without any), ``coverage`` their
    share of the agenda's weight, ``lo`` and ``hi`` the bounds over the whole agenda; all in [0, 1], and ``None`` if the
    agenda is empty. ``sensitivity`` is the least and the greatest distance with the weight of a single issue halved or
    doubled.
    """

    parties: tuple[str, str]
    as_of: date
    distance: float | None
    lo: float | None
    hi: float | None
    coverage: float | None
    issues: tuple[IssueDistance, ...]
    sensitivity: tuple[float, float] | None = None

    @property
    def thin(self) -> bool:
        """Whether the coverage is too little for the distance to stand by itself."""
        return is_thin(self.coverage)

    def issue(self, issue_id: str) -> IssueDistance | None:
        """Return the distance on one issue, ``None`` if neither party has spoken on it."""
        return next((issue for issue in self.issues if issue.issue == issue_id), None)


def compare(
    state: State, codebook: Codebook, party: str, other: str, *, issues: Sequence[str] | None = None
) -> Comparison:
    """Measure how far two parties stand apart in a state, on all issues or on those named.

    Raises ``QueryError`` for unknown ids and for a party compared with itself.
    """
    pair = (codebook.party(party).id, codebook.party(other).id)
    if party == other:
        raise QueryError(f"parties: found {party!r} twice, allowed: two different parties")
    agenda = codebook.issues if issues is None else [codebook.issue(name) for name in issues]
    distances = (issue_distance(state, issue, pair) for issue in agenda)
    return aggregate_issues(pair, state.as_of, tuple(distance for distance in distances if distance))


def aggregate_issues(pair: tuple[str, str], as_of: date, agenda: tuple[IssueDistance, ...]) -> Comparison:
    """Combine a pair's distances on the issues of its agenda into one comparison."""
    mean = weighted_mean(agenda)
    if mean is None:
        return Comparison(pair, as_of, None, None, None, None, agenda)
    return Comparison(pair, as_of, mean.distance, mean.lo, mean.hi, mean.coverage, agenda, mean.sensitivity)


def issue_distance(state: State, issue: Issue, pair: tuple[str, str]) -> IssueDistance | None:
    """Measure a pair's distance on one issue by the formulas of its kind; ``None`` if neither has spoken on it."""
    return kind_of(issue).distance(issue, state, pair)


def own_distance(state: State, issue: Issue, pair: tuple[str, str]) -> float | None:
    """Return two parties' distance on an issue in a state, ``None`` if it does not compare them on it."""
    measured = issue_distance(state, issue, pair)
    return measured.distance if measured else None


def own_distances(state: State, codebook: Codebook, pair: tuple[str, str]) -> dict[str, float]:
    """Return the distance of every issue on which a state compares two parties, in codebook order."""
    measured = ((issue.id, own_distance(state, issue, pair)) for issue in codebook.issues)
    return {issue: distance for issue, distance in measured if distance is not None}
