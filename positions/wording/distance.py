"""Distances in sentences; a thin one is never told by itself."""

from __future__ import annotations

from positions.analysis.distance import Comparison
from positions.kinds.records import IssueDistance
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook


def pair_words(comparison: Comparison, codebook: Codebook) -> str:
    """Name the two parties: ``Russia and Ukraine``."""
    return " and ".join(codebook.party(party).name for party in comparison.parties)


def comparison_words(comparison: Comparison, codebook: Codebook) -> str:
    """Tell a comparison in one or two sentences; a thin distance is never told by itself."""
    pair = pair_words(comparison, codebook)
    if comparison.coverage is None or comparison.lo is None or comparison.hi is None:
        return f"{pair}: neither has spoken on anything that could be compared."
    bounds = f"[{comparison.lo:.2f}, {comparison.hi:.2f}]"
    if comparison.distance is None:
        return f"{pair} cannot be compared yet: on every issue one of them is silent; the bounds are {bounds}."
    share = f"{comparison.coverage:.0%} of the agenda".replace("%", "\u00a0%")
    thin = ", which is thin" if comparison.thin else ""
    largest = max(
        (issue for issue in comparison.issues if issue.distance is not None),
        key=lambda issue: issue.weight * (issue.distance or 0),
    )
    told = f"{pair} are {comparison.distance:.2f} apart {bounds} on {share}{thin}"
    if not largest.distance:
        return f"{told}; they hold the same on all that can be compared."
    return f"{told}; the largest part is {issue_words(largest, comparison.parties, codebook)}."


def issue_words(distance: IssueDistance, parties: tuple[str, str], codebook: Codebook) -> str:
    """Tell how two parties stand on an issue: ``Venue: Russia is for Minsk, Ukraine against``."""
    issue = codebook.issue(distance.issue)
    names = {party: codebook.party(party).name for party in parties}
    return f"{issue.label}: {kind_of(issue).distance_words(issue, distance, names)}"
