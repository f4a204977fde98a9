"""The distance between two parties: by issue, then weighted over all that either has spoken on.

Formulas: ``semantics.md`` §3 and §4. Every distance is in [0, 1], where 0 is the same position and 1 the opposite
poles, and comes with the bounds that it could take once the silent have spoken. Where nothing can be compared there
is no distance, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from positions.analysis.state import State
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.issues import Issue, OptionsIssue, ScaleIssue
from positions.model.position import Position

THIN: Final = 0.5
"""Coverage below which a distance is thin: marked everywhere, and never a headline by itself."""

Standing: TypeAlias = Literal[
    "common", "conflict", "open", "unstated", "met", "partly met", "refused", "unanswered", "apart"
]
"""How two parties stand on one element. Options: both accept it (common), one accepts and one rejects it
(conflict), neither rejects and one accepts it (open), else unstated. Conditions: what became of the demand.
Scales and shared conditions: common when the ranges meet, else apart."""


@dataclass(frozen=True, slots=True)
class ElementDistance:
    """Two parties on one element: ``positions`` in the order of the pair, ``None`` where silent.

    ``distance`` in [0, 1] is the element's own (conditions: the unmet demand); ``lo`` and ``hi`` bound it.
    ``demander`` is the party whose demand it is when exactly one of the two is addressed.
    """

    element: str | None
    positions: tuple[Position | None, Position | None]
    standing: Standing
    distance: float | None = None
    lo: float = 0.0
    hi: float = 1.0
    demander: str | None = None


@dataclass(frozen=True, slots=True)
class IssueDistance:
    """Two parties' distance on one issue, with its bounds and what it is made of.

    ``gap`` (scales) is what lies between the ranges, 0 when they meet. ``common_ground``: the range of values both
    accept (scales, low and high), the leaves both accept (options), the demands met (conditions); empty for none.
    ``open`` (options): where there is no common ground, the leaves that neither rejects and at least one accepts.
    ``unmet`` (conditions): mean unmet demand of the first party on the second, and the other way round.
    ``weight`` is the mean salience of the pair.
    """

    issue: str
    kind: Literal["scale", "options", "conditions"]
    distance: float | None
    lo: float
    hi: float
    weight: float
    parts: tuple[ElementDistance, ...]
    gap: float | None = None
    common_ground: tuple[float, float] | tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    unmet: tuple[float | None, float | None] = (None, None)

    @property
    def basis(self) -> tuple[str, ...]:
        """Ids of the statements behind the distance, each once."""
        found = (ref for part in self.parts for position in part.positions if position for ref in position.basis)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The distance of two parties over their agenda: the issues on which either has spoken.

    ``distance`` is the salience-weighted mean over the comparable issues (``None`` when there is none),
    ``coverage`` their share of the agenda's weight, ``lo`` and ``hi`` the bounds over the whole agenda; all
    in [0, 1], and ``None`` when the agenda is empty. ``thin`` marks a coverage below :data:`THIN`.
    """

    parties: tuple[str, str]
    as_of: date
    distance: float | None
    lo: float | None
    hi: float | None
    coverage: float | None
    issues: tuple[IssueDistance, ...]

    @property
    def thin(self) -> bool:
        """Tell whether too little of the agenda is comparable for the distance to stand by itself."""
        return self.coverage is None or self.coverage < THIN

    def issue(self, issue_id: str) -> IssueDistance | None:
        """Return the distance on one issue, ``None`` where neither party has spoken on it."""
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
    chosen = codebook.issues if issues is None else [codebook.issue(name) for name in issues]
    return weighed(pair, state.as_of, tuple(found for issue in chosen if (found := issue_distance(state, issue, pair))))


def weighed(pair: tuple[str, str], as_of: date, agenda: tuple[IssueDistance, ...]) -> Comparison:
    """Return what the distances of a pair on the issues of its agenda make together."""
    total = sum(item.weight for item in agenda)
    if not total:
        return Comparison(pair, as_of, None, None, None, None, agenda)
    lo = sum(item.weight * item.lo for item in agenda) / total
    hi = sum(item.weight * item.hi for item in agenda) / total
    compared = sum(item.weight for item in agenda if item.distance is not None)
    if not compared:
        return Comparison(pair, as_of, None, lo, hi, 0.0, agenda)
    mean = sum(item.weight * item.distance for item in agenda if item.distance is not None) / compared
    # Rounding may put a bound a hair inside the mean that it mathematically contains.
    return Comparison(pair, as_of, mean, min(lo, mean), max(hi, mean), compared / total, agenda)


def issue_distance(state: State, issue: Issue, pair: tuple[str, str]) -> IssueDistance | None:
    """Measure one issue for a pair; ``None`` where it is not on the pair's agenda."""
    if isinstance(issue, ScaleIssue):
        return _scale(state, issue, pair)
    return _options(state, issue, pair) if isinstance(issue, OptionsIssue) else _conditions(state, issue, pair)


def _both(
    state: State, issue: str, element: str | None, pair: tuple[str, str]
) -> tuple[Position | None, Position | None]:
    return state.position(pair[0], issue, element), state.position(pair[1], issue, element)


def _scale(state: State, issue: ScaleIssue, pair: tuple[str, str]) -> IssueDistance | None:
    both = _both(state, issue.id, None, pair)
    one, two = both
    if one is None and two is None:
        return None
    weight = issue.weight(*pair)
    if one is None or two is None:
        return IssueDistance(issue.id, "scale", None, 0.0, 1.0, weight, (ElementDistance(None, both, "unstated"),))
    delta = (abs(one.value - two.value) + abs(one.value_to - two.value_to)) / 2
    low, high = max(one.value, two.value), min(one.value_to, two.value_to)
    part = ElementDistance(None, both, "common" if low <= high else "apart", delta, delta, delta)
    shared = (low, high) if low <= high else ()
    return IssueDistance(
        issue.id, "scale", delta, delta, delta, weight, (part,), gap=max(0.0, low - high), common_ground=shared
    )


def _options(state: State, issue: OptionsIssue, pair: tuple[str, str]) -> IssueDistance | None:
    spoken = [element.id for element in issue.elements if any(_both(state, issue.id, element.id, pair))]
    if not spoken:
        return None
    leaves = issue.tree.leaves
    parts = {name: _option(state, issue, name, pair) for name in dict.fromkeys([*leaves, *spoken])}
    tally = [_signs(parts[leaf].positions) for leaf in leaves]
    common, conflict = tally.count((1, 1)), tally.count((-1, 1))
    half, against, blank = tally.count((0, 1)), tally.count((-1, 0)), tally.count((0, 0))
    known = conflict + common
    low_base, high_base = known + half + blank, known + half + against + blank
    return IssueDistance(
        issue.id,
        "options",
        conflict / known if known else None,
        conflict / low_base if conflict else 0.0,
        (conflict + half + against + blank) / high_base if high_base else 1.0,
        issue.weight(*pair),
        tuple(parts[element.id] for element in issue.elements if element.id in parts),
        common_ground=tuple(leaf for leaf in leaves if parts[leaf].standing == "common"),
        open=() if common else tuple(leaf for leaf in leaves if parts[leaf].standing == "open"),
    )


def _signs(both: tuple[Position | None, Position | None]) -> tuple[int, int]:
    """Return whether each accepts (1), rejects (−1) or neither (0), the lower first."""
    one, two = _sign(both[0]), _sign(both[1])
    return (one, two) if one <= two else (two, one)


def _sign(position: Position | None) -> int:
    stance = position.stance if position else 0
    return (stance > 0) - (stance < 0)


def _option(state: State, issue: OptionsIssue, element: str, pair: tuple[str, str]) -> ElementDistance:
    both = _both(state, issue.id, element, pair)
    low, high = _signs(both)
    if (low, high) == (1, 1):
        return ElementDistance(element, both, "common", 0.0, 0.0, 0.0)
    if (low, high) == (-1, 1):
        return ElementDistance(element, both, "conflict", 1.0, 1.0, 1.0)
    return ElementDistance(element, both, "open" if (low, high) == (0, 1) else "unstated")


def _conditions(state: State, issue: Issue, pair: tuple[str, str]) -> IssueDistance | None:
    parts = []
    for element in issue.elements:
        both = _both(state, issue.id, element.id, pair)
        addressed = [party in element.addressees for party in pair]
        part = (
            _demand(element.id, both, pair, demander=addressed.index(False))
            if sum(addressed) == 1
            else _shared_condition(element.id, both)
        )
        if part:
            parts.append(part)
    if not parts:
        return None
    known = [part.distance for part in parts if part.distance is not None]
    delta = sum(known) / len(known) if known else None
    lo, hi = (sum(bounds) / len(parts) for bounds in zip(*((part.lo, part.hi) for part in parts), strict=True))
    return IssueDistance(
        issue.id,
        "conditions",
        delta,
        lo if delta is None else min(lo, delta),
        hi if delta is None else max(hi, delta),
        issue.weight(*pair),
        tuple(parts),
        common_ground=tuple(part.element for part in parts if part.standing in ("met", "common") and part.element),
        unmet=(_mean_unmet(parts, pair[0]), _mean_unmet(parts, pair[1])),
    )


def _demand(
    element: str, both: tuple[Position | None, Position | None], pair: tuple[str, str], *, demander: int
) -> ElementDistance | None:
    """Unmet demand u = q · r of the demander on the addressee; ``None`` where nothing is demanded."""
    demand, answer = both[demander], both[1 - demander]
    insistence = max(0, demand.stance) / 2 if demand else 0.0
    if not insistence:
        return None
    if answer is None:
        return ElementDistance(element, both, "unanswered", None, 0.0, insistence, pair[demander])
    refusal = 1 - answer.value
    standing: Standing = "met" if refusal == 0 else "refused" if refusal == 1 else "partly met"
    unmet = insistence * refusal
    return ElementDistance(element, both, standing, unmet, unmet, unmet, pair[demander])


def _shared_condition(element: str, both: tuple[Position | None, Position | None]) -> ElementDistance | None:
    """Compare like a scale where both or neither would have to act; ``None`` unless both have spoken."""
    one, two = both
    if one is None or two is None:
        return None
    delta = abs(one.value - two.value)
    return ElementDistance(element, both, "apart" if delta else "common", delta, delta, delta)


def _mean_unmet(parts: Sequence[ElementDistance], demander: str) -> float | None:
    unmet = [part.distance for part in parts if part.demander == demander and part.distance is not None]
    return sum(unmet) / len(unmet) if unmet else None
