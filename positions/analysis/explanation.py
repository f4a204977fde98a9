"""Why a distance is what it is: what it is made of, and what it would be without a source or with a level off.

Formulas: ``semantics.md`` §3 and §4. Every surface that explains a number of a day takes it from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from positions.analysis.common_ground import find_common_ground
from positions.analysis.distance import Comparison, issue_distance
from positions.analysis.state import State
from positions.analysis.state_index import StateIndex
from positions.analysis.window import mean_distance
from positions.kinds.records import ROUNDING, Ground, IssueDistance
from positions.model.codebook import Codebook
from positions.model.issues import Issue
from positions.model.position import Position, PositionKey


@dataclass(frozen=True, slots=True)
class DistanceExplanation:
    """What two parties' distance on one day rests on: over all issues, or on ``issue``.

    ``parts`` has what each comparable issue adds to the overall distance, by id, in the order of the codebook; they
    add up to it. ``without`` has the sources (a document's origin, else its outlet) without whose reports the
    explained distance would be another, with that other one, ``None`` if the parties could then not be compared.
    ``one_level`` is the least and the greatest distance on the issue with a single coding a level lower or higher,
    ``None`` for the whole and if there is no distance. ``own`` is the distance by the parties' own word alone,
    which outlets' words do not fill, ``None`` if that compares nothing. ``grounds`` say what the parties share on
    the issue, or what would open it.
    """

    comparison: Comparison
    parts: Mapping[str, float]
    without: Mapping[str, float | None]
    own: float | None
    issue: IssueDistance | None = None
    one_level: tuple[float, float] | None = None
    grounds: tuple[Ground, ...] = ()


def issue_parts(comparison: Comparison) -> Mapping[str, float]:
    """Return what each comparable issue adds to a distance: weight × δ over the comparable weight."""
    known = [issue for issue in comparison.issues if issue.distance is not None]
    total = sum(issue.weight for issue in known)
    return {issue.issue: issue.weight * (issue.distance or 0.0) / total for issue in known} if total else {}


def explain_distance(index: StateIndex, codebook: Codebook, pair: tuple[str, str], day: date) -> DistanceExplanation:
    """Explain two parties' distance over all issues on a day."""
    whole = index.compare(day, *pair)
    others = {source: one.distance for source, one in _without(index, pair, day)}
    own = index.own_distances(day, pair)
    mean = mean_distance(own, {issue.id: issue.weight(*pair) for issue in codebook.issues})
    return DistanceExplanation(whole, issue_parts(whole), _other_distances(others, whole.distance), mean)


def explain_issue(
    index: StateIndex, codebook: Codebook, pair: tuple[str, str], issue_id: str, day: date
) -> DistanceExplanation | None:
    """Explain two parties' distance on an issue on a day; ``None`` if neither has spoken on it."""
    whole, issue, state = index.compare(day, *pair), codebook.issue(issue_id), index.state(day)
    distance = whole.issue(issue_id)
    if distance is None:
        return None
    compared = ((source, one.issue(issue_id)) for source, one in _without(index, pair, day))
    others = {source: one.distance if one else None for source, one in compared}
    grounds = find_common_ground(state, codebook, pair)
    return DistanceExplanation(
        whole,
        issue_parts(whole),
        _other_distances(others, distance.distance),
        index.own_distances(day, pair).get(issue_id),
        distance,
        _one_level_off(state, issue, pair),
        tuple(ground for ground in grounds if ground.issue == issue_id),
    )


def _without(index: StateIndex, pair: tuple[str, str], day: date) -> Iterator[tuple[str, Comparison]]:
    for source in index.outlets_of(day, pair):
        yield source, index.compare(day, *pair, without=source)


def _other_distances(others: Mapping[str, float | None], distance: float | None) -> Mapping[str, float | None]:
    """Keep the sources without which a distance is another one; there has to be one."""
    if distance is None:
        return {}
    return {source: one for source, one in others.items() if one is None or abs(one - distance) > ROUNDING}


def _one_level_off(state: State, issue: Issue, pair: tuple[str, str]) -> tuple[float, float] | None:
    """Return the least and the greatest distance over all ways to move one coding by a level, and over none."""
    measured = (issue_distance(one, issue, pair) for one in (state, *_shifted_states(state, issue, pair)))
    distances = [one.distance if one else None for one in measured]
    known = [one for one in distances if one is not None]
    return (min(known), max(known)) if distances[0] is not None else None


def _shifted_states(state: State, issue: Issue, pair: tuple[str, str]) -> Iterator[State]:
    """Yield the states in which what one statement decides for one of a pair lies a level lower, or higher."""
    coded: dict[tuple[str, str], dict[PositionKey, Position]] = {}
    for key, position in state.positions.items():
        if key[0] in pair and key[1] == issue.id:
            coded.setdefault((key[0], position.basis[0]), {})[key] = position
    for positions in coded.values():
        for step in (-1, 1):
            shifted = {key: _shift(position, issue, step) for key, position in positions.items()}
            if shifted != positions:
                yield replace(state, positions={**state.positions, **shifted})


def _shift(position: Position, issue: Issue, step: int) -> Position:
    """Move both ends of a position's range by a level, as far as there is one."""
    levels = sorted(issue.values)

    def moved(stance: int) -> int:
        return levels[max(0, min(len(levels) - 1, levels.index(stance) + step))]

    low, high = moved(position.stance), moved(position.highest)
    return replace(
        position,
        stance=low,
        stance_to=None if position.stance_to is None else high,
        value=issue.values[low],
        value_to=issue.values[high],
        stances=((low, high), *position.stances[1:]),
    )
