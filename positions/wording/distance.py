"""Distances in sentences; a thin distance is always marked as such."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from positions.analysis.distance import Comparison
from positions.kinds.records import ROUNDING, IssueDistance
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.lists import capitalize_first, join_words, percent_words
from positions.model.position import Position
from positions.wording.parties import parties_words, party_words
from positions.wording.positions import reported_words, stale_words


def pair_words(comparison: Comparison, codebook: Codebook) -> str:
    """Name the two parties for the inside of a sentence: ``Russia and the United States``."""
    return parties_words(comparison.parties, codebook)


def comparison_words(comparison: Comparison, codebook: Codebook) -> str:
    """Write a comparison in one or two sentences; a thin distance is marked as such."""
    pair = capitalize_first(pair_words(comparison, codebook))
    if comparison.coverage is None or comparison.lo is None or comparison.hi is None:
        return f"{pair}: nothing is recorded that could be compared."
    bounds = f"[{comparison.lo:.2f}, {comparison.hi:.2f}]"
    if comparison.distance is None:
        return f"{pair} cannot be compared yet: on every issue one of them is silent; the bounds are {bounds}."
    share = f"{percent_words(comparison.coverage)} of the agenda"
    thin = ", which is thin" if comparison.thin else ""
    largest = max(
        (issue for issue in comparison.issues if issue.distance is not None),
        key=lambda issue: issue.weight * (issue.distance or 0),
    )
    words = f"{pair} are {comparison.distance:.2f} apart {bounds} on {share}{thin}"
    if not largest.distance:
        positions = [one for issue in comparison.issues if issue.distance == 0 for one in deciding_positions(issue)]
        age = stale_words(positions, codebook)
        return f"{words}; they hold the same on all that can be compared{f', {age}' if age else ''}."
    return f"{words}; the largest part is {_aged_words(largest, comparison.parties, codebook)}."


def issue_words(distance: IssueDistance, parties: tuple[str, str], codebook: Codebook) -> str:
    """Write how two parties stand on an issue: ``Venue: Russia is for Minsk, Ukraine against``."""
    return f"{codebook.issue(distance.issue).label}: {stand_words(distance, parties, codebook)}"


def stand_words(distance: IssueDistance, parties: tuple[str, str], codebook: Codebook) -> str:
    """Write how two parties stand on an issue that is named beside it: ``Russia is for Minsk, Ukraine against``."""
    issue = codebook.issue(distance.issue)
    return kind_of(issue).distance_words(issue, distance, {party: party_words(party, codebook) for party in parties})


def _aged_words(distance: IssueDistance, parties: tuple[str, str], codebook: Codebook) -> str:
    """Write how two parties stand on an issue, with what only outlets say and the age of what was not said lately."""
    positions = deciding_positions(distance)
    marks = filter(None, (reported_words(positions, codebook), stale_words(positions, codebook)))
    return ", ".join((issue_words(distance, parties, codebook), *marks))


def deciding_positions(distance: IssueDistance) -> list[Position]:
    """Return the positions that a distance rests on: on what both have said something that compares."""
    parts = [part for part in distance.parts if part.distance is not None] or distance.parts
    return [position for part in parts for position in part.positions if position]


class ExtremeSentence(NamedTuple):
    """A sentence on the issue on which pairs are furthest apart, or closest, with that pair and issue."""

    words: str
    comparison: Comparison
    issue: IssueDistance


def extreme_sentences(comparisons: Iterable[Comparison], codebook: Codebook) -> tuple[ExtremeSentence, ...]:
    """Write on which issue pairs are furthest apart and closest; ties go to the first pair, then to codebook order.

    One sentence if only one issue can be compared, or all at the same distance; none if nothing can be compared.
    """
    comparable = [(pair, issue) for pair in comparisons for issue in pair.issues if issue.distance is not None]
    if not comparable:
        return ()
    # What is equal but for rounding is a tie.
    furthest = max(comparable, key=lambda pair_issue: round(_distance(pair_issue[1]), 9))
    closest = min(comparable, key=lambda pair_issue: round(_distance(pair_issue[1]), 9))
    if len(comparable) == 1:
        openings = [("Only one issue can be compared:", furthest)]
    elif not furthest[1].distance:
        openings = [("Closest are", closest)]
    else:
        openings = [("Furthest apart are", furthest), ("Closest are", closest)]
        openings = openings if closest != furthest else openings[:1]
    return tuple(_extreme(opening, pair_issue, comparable, codebook) for opening, pair_issue in openings)


def _extreme(
    opening: str,
    chosen: tuple[Comparison, IssueDistance],
    comparable: list[tuple[Comparison, IssueDistance]],
    codebook: Codebook,
) -> ExtremeSentence:
    """Write one sentence on an extreme, and name what shares it: of equals none is the only one."""
    comparison, issue = chosen
    about = f"{pair_words(comparison, codebook)} on {_aged_words(issue, comparison.parties, codebook)}"
    words = f"{opening} {about} (distance {_distance(issue):.2f})."
    equals: dict[str, list[str]] = {}
    for other, one in comparable:
        if abs(_distance(one) - _distance(issue)) <= ROUNDING and (other, one) != chosen:
            age = stale_words(deciding_positions(one), codebook)
            label = f"{codebook.issue(one.issue).label}{f' ({age})' if age else ''}"
            equals.setdefault(pair_words(other, codebook), []).append(label)
    if equals:
        words += f" So are {join_words(f'{pair} on {join_words(labels)}' for pair, labels in equals.items())}."
    return ExtremeSentence(words, comparison, issue)


def _distance(issue: IssueDistance) -> float:
    return 0.0 if issue.distance is None else issue.distance
