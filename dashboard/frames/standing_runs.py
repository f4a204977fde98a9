"""Issues with elements over time: runs of days on which each party held the same on each element."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

import pandas as pd

from dashboard.query.source import Case
from positions.kinds.base import ATTITUDES
from positions.kinds.registry import kind_of
from positions.model.issues import Issue
from positions.model.position import Position

COLUMNS: Final = (
    *("element", "element_label", "depth", "holder", "first", "last", "span", "stance", "standing", "words"),
    *("inherited_from", "reported", "contested", "statement"),
)
SIGNS: Final = dict(zip((*ATTITUDES, "unstated"), "▲✓~▽✕·", strict=True))
"""A mark for every attitude, and for silence; its word always goes with it."""


def issue_days(case: Case, issue: Issue) -> list[date]:
    """Return the days on which somebody took a stance of its own on an issue, or an outlet told one."""
    found = {said.said_on.last for said in _statements(case, issue)}
    return sorted(found)


def _statements(case: Case, issue: Issue) -> list[Any]:
    every = (record.statement for record in case.index.records)
    return [said for said in every if said.issue == issue.id and said.voice != "ascribed"]


def runs_frame(case: Case, issue: Issue, parties: Sequence[str] = (), *, most: int = 0) -> pd.DataFrame:
    """List the runs of days with the same stance: for each element that was spoken of and each party that spoke.

    A run holds from its ``first`` to its ``last`` day of those on which something was said of the issue, ``span`` of
    them; only the ``most`` last of these days count (0: all). ``standing`` is proposed, accepted, undecided,
    reluctant, rejected or unstated; ``inherited_from`` the wider element that decided, ``statement`` what began it.
    """
    said = _statements(case, issue)
    days = sorted({one.said_on.last for one in said})[-most:]
    spoken = dict.fromkeys((one.element, one.holder) for one in said)
    named_elements = {element for element, _ in spoken}
    elements = [element.id for element in issue.ordered_elements if element.id in named_elements]
    states = [case.index.positions_on(issue.id, day) for day in days]
    rows = []
    for element in elements:
        named = case.codebook.element(issue.id, element)
        depth = issue.depth(element)
        for party in (party.id for party in case.codebook.parties if not parties or party.id in parties):
            held = [positions.get((party, issue.id, element)) for positions in states]
            # Whoever has nothing on this element but what follows from a wider one adds no row of its own.
            if any(position and position.said_of == element for position in held):
                rows += _runs((element, named.label, depth, party), held, days, case, issue.id)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _runs(
    place: tuple[Any, ...], held: Sequence[Position | None], days: Sequence[date], case: Case, issue_id: str
) -> list[tuple[Any, ...]]:
    found, issue = [], case.codebook.issue(issue_id)
    kind = kind_of(issue)
    steps = list(zip(days, held, strict=True))
    for _, group in groupby(steps, key=lambda step: (step[1].stance, step[1].said_of) if step[1] else None):
        own = list(group)
        (first, position), (last, _) = own[0], own[-1]
        span = (first, last, len(own))
        if position is None:
            found.append((*place, *span, None, "unstated", "has not said", "", False, False, ""))
            continue
        wider = position.said_of if position.said_of != place[0] else None
        above = case.codebook.element(issue_id, wider).label if wider else ""
        stances, standing = (position.stance, position.highest), kind.attitude(issue, position.stance)
        words = kind.held_words(issue, position.holder, position.element, stances)
        marks = any(one.reported for _, one in own if one), any(one.contested for _, one in own if one)
        found.append((*place, *span, position.stance, standing, words, above, *marks, position.basis[0]))
    return found
