"""Distances of the compared parties, with the bounds and coverage of the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Final

from positions.analysis.distance import Comparison
from positions.analysis.movement import resolve_movement
from positions.snapshot.context import Material
from positions.snapshot.report_distances import PairIssue, PairView, Point, Shift
from positions.wording.distance import comparison_words, issue_words
from positions.wording.movement import movement_words

COURSE: Final = 12
"""How many days the course of a distance covers."""


def comparisons(material: Material) -> tuple[Comparison, ...]:
    """Compare every two of the compared parties."""
    pairs = combinations(material.codebook.principals, 2)
    return tuple(material.index.compare(material.asked.as_of, one.id, two.id) for one, two in pairs)


def pair_rows(pairs: tuple[Comparison, ...], material: Material, *, course: int = COURSE) -> tuple[PairView, ...]:
    """Return each comparison in numbers and words, with its movement and its course over the last ``course`` days."""
    asked = material.asked
    days = tuple(dict.fromkeys((*material.index.days_to(asked.as_of, course - 1), asked.as_of)))
    return tuple(_pair(comparison, material, days) for comparison in pairs)


def _pair(comparison: Comparison, material: Material, days: Sequence[date]) -> PairView:
    codebook = material.codebook
    one, two = (codebook.party(party).name for party in comparison.parties)
    return PairView(
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
        shift=_shift(comparison.parties, material),
        course=tuple(_point(material.index.compare(day, *comparison.parties)) for day in days),
    )


def _shift(pair: tuple[str, str], material: Material) -> Shift:
    asked = material.asked
    movement = resolve_movement(material.index, material.codebook, pair, start=asked.since, end=asked.as_of)
    return Shift(
        movement=movement.movement,
        change=movement.change,
        coverage_effect=movement.coverage_effect,
        noise_band=movement.noise_band,
        noise_set_by=movement.noise_set_by,
        verdict=movement.verdict,
        words=movement_words(movement, material.codebook),
    )


def _point(comparison: Comparison) -> Point:
    return Point(day=comparison.as_of, distance=comparison.distance, lo=comparison.lo, hi=comparison.hi)
