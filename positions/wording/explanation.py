"""Why a distance is what it is, in sentences under short heads; the same on every surface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from positions.analysis.distance import Comparison
from positions.analysis.explanation import DistanceExplanation
from positions.kinds.records import ROUNDING, ElementDistance, IssueDistance
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import capitalize_first, join_words, percent_words
from positions.model.position import Position
from positions.wording.common_ground import ground_words
from positions.wording.distance import deciding_positions, pair_words, stand_words
from positions.wording.parties import party_words, silent_words
from positions.wording.positions import reported_words, stale_words

MOST_NAMED = 4
"""The most sources or issues that a sentence names."""


class Reason(NamedTuple):
    """Sentences of an explanation with their head, such as ``Bounds``."""

    head: str
    words: str


def distance_title(comparison: Comparison, issue: IssueDistance | None, codebook: Codebook) -> str:
    """Name a number and what it is about: ``0.25 apart: Russia and Ukraine on Peace talks, 27 February 2022``.

    Without ``issue`` it is the distance over all issues.
    """
    distance = issue.distance if issue else comparison.distance
    number = capitalize_first(distance_phrase(distance))
    about = f" on {codebook.issue(issue.issue).label}" if issue else ""
    pair = capitalize_first(pair_words(comparison, codebook)) if distance is None else pair_words(comparison, codebook)
    return f"{number}: {pair}{about}, {day_in_words(comparison.as_of)}"


def distance_phrase(distance: float | None) -> str:
    """Write a distance, ``0.25 apart``, or that there is none."""
    return "not comparable" if distance is None else f"{distance:.2f} apart"


def explanation_reasons(explanation: DistanceExplanation, codebook: Codebook) -> tuple[Reason, ...]:
    """Write why a distance is what it is, and what would change it, as sentences under heads; none is empty."""
    issue = explanation.issue
    reasons = _issue_reasons(explanation, issue, codebook) if issue else _overall_reasons(explanation, codebook)
    return tuple(Reason(head, words) for head, words in reasons if words)


def _issue_reasons(
    explanation: DistanceExplanation, issue: IssueDistance, codebook: Codebook
) -> Iterator[tuple[str, str]]:
    names = {party: party_words(party, codebook) for party in explanation.comparison.parties}
    model = codebook.issue(issue.issue)
    yield "Where they stand", _stand_words(explanation, issue, codebook)
    yield "Distance", capitalize_first(kind_of(model).measure_words(model, issue, names))
    yield "Own word", _own_words(explanation, issue.distance)
    yield "Weight", _weight_words(explanation, issue)
    yield "Bounds", _bounds_words(issue.lo, issue.hi, [position for part in issue.parts for position in part.positions])
    if explanation.one_level:
        yield "One level off", _range_words(explanation.one_level, "if one coding were a level lower or higher")
    yield "Outlets", _outlet_words(explanation, issue.distance)
    yield "What would change it", _change_words(explanation, issue, codebook)


def _stand_words(explanation: DistanceExplanation, issue: IssueDistance, codebook: Codebook) -> str:
    words = stand_words(issue, explanation.comparison.parties, codebook)
    positions = deciding_positions(issue)
    marks = filter(None, (reported_words(positions, codebook), stale_words(positions, codebook)))
    return f"{capitalize_first(', '.join((words, *marks)))}."


def _own_words(explanation: DistanceExplanation, distance: float | None) -> str:
    """Write what the distance would be without what only outlets say; empty if it would be the same."""
    if distance is None or (explanation.own is not None and abs(explanation.own - distance) <= ROUNDING):
        return ""
    words = "they could not be compared" if explanation.own is None else f"it would be {explanation.own:.2f}"
    return f"By the parties' own word alone, without what only outlets say, {words}."


def _weight_words(explanation: DistanceExplanation, issue: IssueDistance) -> str:
    comparison = explanation.comparison
    part = explanation.parts.get(issue.issue)
    if part is None or comparison.distance is None:
        agenda = sum(one.weight for one in comparison.issues)
        share = percent_words(issue.weight / agenda) if agenda else "nothing"
        return f"It is {share} of the agenda by weight, and adds nothing to the distance over all issues."
    total = sum(one.weight for one in comparison.issues if one.distance is not None)
    return (
        f"{percent_words(issue.weight / total)} of what can be compared: it adds {part:.2f} to the distance over all "
        f"issues, {comparison.distance:.2f}."
    )


def _bounds_words(lo: float | None, hi: float | None, positions: Sequence[Position | None]) -> str:
    """Write the bounds and what leaves them open: who is silent, and statements of a day that disagree."""
    if lo is None or hi is None:
        return ""
    if hi - lo <= ROUNDING:
        return f"{lo:.2f}, whatever the silent may say."
    opening, silent = f"Between {lo:.2f} and {hi:.2f}", None in positions
    if not any(position and position.contested for position in positions):
        return f"{opening} once the silent have spoken."
    split = "which of the statements that disagree counts"
    return f"{opening}, depending on {f'what the silent may say and {split}' if silent else split}."


def _range_words(ends: tuple[float, float], condition: str) -> str:
    low, high = ends
    return (
        f"{low:.2f} still {condition}." if high - low <= ROUNDING else f"Between {low:.2f} and {high:.2f} {condition}."
    )


def _outlet_words(explanation: DistanceExplanation, distance: float | None) -> str:
    """Name the outlets without whose reports the distance would be another; of many those that change it most."""
    if distance is None:
        return ""
    if not explanation.without:
        return "Without the reports of any single outlet it would be the same."
    by_change = sorted(explanation.without.items(), key=lambda item: -_change_without(distance, item[1]))
    told = [
        f"without {source} {'they could not be compared' if other is None else f'it would be {other:.2f}'}"
        for source, other in by_change
    ]
    return f"{capitalize_first(join_words(told, most=MOST_NAMED))}."


def _change_without(distance: float, other: float | None) -> float:
    return 2.0 if other is None else abs(other - distance)


def _change_words(explanation: DistanceExplanation, issue: IssueDistance, codebook: Codebook) -> str:
    """Write which demands, if met, and which words of the silent would change a distance on an issue."""
    demands = [part for part in issue.parts if part.demander and part.distance != 0]
    if demands:
        return " ".join(_demand_words(explanation, part, codebook) for part in demands)
    about = codebook.issue(issue.issue).label
    grounds = (ground for ground in explanation.grounds if not ground.is_common)
    sentences = [ground_words(ground, codebook).removeprefix(f"{about}: ") for ground in grounds]
    return " ".join(capitalize_first(words) for words in (*sentences, *_element_words(issue, codebook)))


def _demand_words(explanation: DistanceExplanation, part: ElementDistance, codebook: Codebook) -> str:
    pair = explanation.comparison.parties
    answerer = next(party for party in pair if party != part.demander)
    name = capitalize_first(party_words(answerer, codebook))
    assert explanation.issue
    label = codebook.element(explanation.issue.issue, str(part.element)).label
    if part.distance is None:
        return f"{name} has not answered on {label}, which counts up to {part.hi:.2f}."
    return f"{name} meeting the demand for {label}, which counts {part.distance:.2f}."


def _element_words(issue: IssueDistance, codebook: Codebook) -> Iterator[str]:
    """Name the elements on which two who share some differ, and those of which only one of them has spoken."""
    leaves = [part for part in issue.parts if part.element and part.element in codebook.issue(issue.issue).slots]
    conflicts = [part for part in leaves if part.standing == "conflict"]
    if issue.common_ground and conflicts:
        yield f"Either giving way on {_labels(conflicts, issue, codebook)}."
    halves = [part for part in leaves if part.positions.count(None) == 1]
    if issue.distance is not None and halves and not issue.open:
        yield f"Only one of them has spoken of {_labels(halves, issue, codebook)}."


def _labels(parts: Sequence[ElementDistance], issue: IssueDistance, codebook: Codebook) -> str:
    return join_words((codebook.element(issue.issue, str(part.element)).label for part in parts), most=MOST_NAMED)


def _overall_reasons(explanation: DistanceExplanation, codebook: Codebook) -> Iterator[tuple[str, str]]:
    comparison = explanation.comparison
    ordered = sorted(explanation.parts.items(), key=lambda item: -round(item[1], 9))
    parts = [f"{codebook.issue(name).label} {part:.2f}" for name, part in ordered]
    yield "Made of", f"{', '.join(parts)}: each issue's distance by its weight." if parts else ""
    if comparison.coverage is not None:
        thin = ", which is thin" if comparison.thin else ""
        yield "Coverage", f"{percent_words(comparison.coverage)} of the agenda by weight can be compared{thin}."
    yield "Own word", _own_words(explanation, comparison.distance)
    every = (position for issue in comparison.issues for part in issue.parts for position in part.positions)
    yield "Bounds", _bounds_words(comparison.lo, comparison.hi, list(every))
    if comparison.sensitivity:
        yield "Weights", _range_words(comparison.sensitivity, "with the weight of a single issue halved or doubled")
    yield "Outlets", _outlet_words(explanation, comparison.distance)
    silences = [_silence_words(explanation, issue, codebook) for issue in comparison.issues if issue.distance is None]
    yield "What would change it", f"{capitalize_first('; '.join(silences))}." if silences else ""


def _silence_words(explanation: DistanceExplanation, issue: IssueDistance, codebook: Codebook) -> str:
    return f"{codebook.issue(issue.issue).label}: {silence_words(explanation.comparison.parties, issue, codebook)}"


def silence_words(parties: tuple[str, str], issue: IssueDistance, codebook: Codebook) -> str:
    """Say who has not spoken on an issue that cannot be compared: ``Ukraine has not said``."""
    spoken = {position.holder for part in issue.parts for position in part.positions if position}
    silent = [party for party in parties if party not in spoken]
    return silent_words(silent, codebook) if silent else "neither answers the other yet"
