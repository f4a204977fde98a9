"""Each kind's distance and bounds (``semantics.md`` §3) from sums over an issue's tables, for many days at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from positions.analysis.panel.lookup_tables import field_of
from positions.analysis.panel.slots import Ints

TableLookup: TypeAlias = Callable[[int], Ints]
"""Looks up one of the kind's tables: its sums by issue and day."""
ALWAYS: Final = np.ones((1, 1))
"""Known, or on the agenda, everywhere."""


@dataclass(frozen=True, slots=True)
class IssueBlock:
    """Issues of one kind for one pair on some days, by issue and day.

    ``distance`` is 0 where unknown; ``lo`` and ``hi`` are 0 off the agenda; ``known`` and ``agenda`` are 0 or 1.
    """

    distance: Ints
    lo: Ints
    hi: Ints
    known: Ints
    agenda: Ints


def _known(count: Ints) -> Ints:
    return (count > 0).astype(float)


def scale_part(look: TableLookup, spoken: bool) -> IssueBlock:
    """Scales: the mean distance of the ranges' ends; with both ``spoken`` on all of them there are no bounds."""
    far = look(0)
    if spoken:
        return IssueBlock(far, far, far, ALWAYS, ALWAYS)
    known, agenda = look(1), look(2)
    return IssueBlock(far, far, far + (agenda - known), known, agenda)


def options_part(look: TableLookup, spoken: bool) -> IssueBlock:
    """Options: conflicts among the known leaves; the bounds fill the unstated one way and the other."""
    counts = look(0)
    conflict, known = field_of(counts, 0), field_of(counts, 1)
    far, compared = conflict / np.maximum(known, 1), _known(known)
    if spoken:
        # Where both reject every leaf nothing is left to be filled, and nothing is known either.
        return IssueBlock(far, far, far + (1 - compared), compared, ALWAYS)
    accepted, whole, rest, said = (field_of(counts, place) for place in (2, 3, 4, 5))
    agenda = _known(said)
    lo = conflict / np.maximum(accepted, 1)
    return IssueBlock(far, lo, (rest + (whole == 0)) / np.maximum(whole, 1) * agenda, compared, agenda)


def conditions_part(look: TableLookup, spoken: bool) -> IssueBlock:
    """Conditions: the mean of the known unmet demands, within the mean of all bounds."""
    unmet, counts = look(0), look(1)
    known = field_of(counts, 0)
    mean, compared = unmet / np.maximum(known, 1), _known(known)
    if spoken:
        return IssueBlock(mean, mean, mean, compared, compared)
    demanded, silent = field_of(counts, 1), field_of(counts, 2)
    base = np.maximum(demanded, 1)
    # The known demands are among all, so their mean is no less than the lower bound; the upper bound may be less.
    return IssueBlock(mean, unmet / base, np.maximum((unmet + silent / 2) / base, mean), compared, _known(demanded))


FORMULAS: Final[dict[str, Callable[[TableLookup, bool], IssueBlock]]] = {
    "scale": scale_part,
    "options": options_part,
    "conditions": conditions_part,
}
