"""Distances of the compared parties, with bounds and coverage; the numbers are the comparison's own."""

from __future__ import annotations

from itertools import combinations

from positions.codebook import Codebook
from positions.distance import Comparison, compare
from positions.explain import comparison_words, issue_words
from positions.snapshot.material import Material
from positions.snapshot.report import Pair, PairIssue


def comparisons(material: Material) -> tuple[Comparison, ...]:
    """Compare every two of the compared parties."""
    pairs = combinations(material.codebook.principals, 2)
    return tuple(compare(material.state, material.codebook, one.id, two.id) for one, two in pairs)


def pair_rows(found: tuple[Comparison, ...], codebook: Codebook) -> tuple[Pair, ...]:
    """Tell each comparison in numbers and words."""
    return tuple(_pair(comparison, codebook) for comparison in found)


def _pair(comparison: Comparison, codebook: Codebook) -> Pair:
    one, two = (codebook.party(party).name for party in comparison.parties)
    return Pair(
        parties=comparison.parties,
        names=(one, two),
        distance=comparison.distance,
        lo=comparison.lo,
        hi=comparison.hi,
        coverage=comparison.coverage,
        thin=comparison.thin,
        words=comparison_words(comparison, codebook),
        issues=tuple(
            PairIssue(
                issue=item.issue,
                label=codebook.issue(item.issue).label,
                distance=item.distance,
                lo=item.lo,
                hi=item.hi,
                weight=item.weight,
                words=issue_words(item, comparison.parties, codebook),
            )
            for item in comparison.issues
        ),
    )
