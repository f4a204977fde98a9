"""Distances of the compared parties, with the bounds and coverage of the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Final

from positions.analysis.distance import Comparison
from positions.analysis.movement import Movement, resolve_movement
from positions.model.codebook import Codebook
from positions.snapshot.context import Material
from positions.snapshot.report_distances import PairIssue, PairView, Point, Shift
from positions.wording.distance import comparison_words, issue_words
from positions.wording.movement import verdict_words
from positions.wording.verdict import movement_words

COURSE: Final = 12
"""How many days the course of a distance covers."""


def comparisons(material: Material) -> tuple[Comparison, ...]:
    """Compare every two of the compared parties."""
    pairs = combinations(material.codebook.principals, 2)
    return tuple(material.index.compare(material.asked.as_of, one.id, two.id) for one, two in pairs)


def movements(pairs: Sequence[Comparison], material: Material) -> tuple[Movement, ...]:
    """Return how each pair moved since the earlier day, without ledgers."""
    asked, codebook = material.asked, material.codebook
    return tuple(
        resolve_movement(material.index, codebook, pair.parties, start=asked.since, end=asked.as_of) for pair in pairs
    )


def pair_rows(moved: Sequence[Movement], material: Material, *, course: int = COURSE) -> tuple[PairView, ...]:
    """Return each pair in numbers and words, with its movement and its course over the last ``course`` days."""
    asked = material.asked
    days = tuple(dict.fromkeys((*material.index.days_to(asked.as_of, course - 1), asked.as_of)))
    return tuple(_pair(movement, material, days) for movement in moved)


def _pair(movement: Movement, material: Material, days: Sequence[date]) -> PairView:
    comparison = movement.after
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
        shift=_shift(movement, codebook),
        course=tuple(_point(material.index.compare(day, *comparison.parties)) for day in days),
    )


def _shift(movement: Movement, codebook: Codebook) -> Shift:
    parts = movement.parts
    return Shift(
        start=movement.start,
        verdict=movement.verdict,
        level_band=movement.level_band,
        rests_on=movement.rests_on,
        change=movement.change,
        movement=parts.movement if parts else None,
        entered=parts.entered if parts else None,
        left=parts.left if parts else None,
        framing=parts.framing if parts else None,
        finding=verdict_words(movement.verdict, movement.movement),
        words=movement_words(movement, codebook),
    )


def _point(comparison: Comparison) -> Point:
    return Point(day=comparison.as_of, distance=comparison.distance, lo=comparison.lo, hi=comparison.hi)
