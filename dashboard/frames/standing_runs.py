"""Issues with elements over time: runs of days on which a party's position on an element stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

import pandas as pd

from dashboard.query.case import Case
from positions.kinds.base import ATTITUDES
from positions.kinds.registry import kind_of
from positions.model.issues import Issue
from positions.model.position import Position
from positions.model.statement import Statement

COLUMNS: Final = (
    *("element", "element_label", "depth", "holder", "first", "last", "span", "stance", "standing", "words"),
    *("inherited_from", "reported", "contested", "statement"),
)
SIGNS: Final = dict(zip((*ATTITUDES, "unstated"), "▲✓~▽✕·", strict=True))
"""A sign for each attitude and for silence; it is never shown without the word."""


def issue_days(case: Case, issue: Issue) -> list[date]:
    """Return the days, in order, on which a party took a stance on an issue itself or an outlet reported one."""
    days = {statement.said_on.last for statement in _statements(case, issue)}
    return sorted(days)


def _statements(case: Case, issue: Issue) -> list[Statement]:
    """Return the statements on an issue that can decide a position, claims by others left out."""
    return [record.statement for record in case.index.on_issues([issue.id]) if record.statement.voice != "ascribed"]


def runs_frame(case: Case, issue: Issue, parties: Sequence[str] = (), *, most: int = 0) -> pd.DataFrame:
    """List the runs of days with the same stance, for each element spoken of and each party that spoke of it.

    A run lasts from its ``first`` to its ``last`` of the days with statements on the issue, ``span`` of them; only the
    ``most`` last of these days count (0: all). ``standing`` is proposed, accepted, undecided, reluctant, rejected or
    unstated; ``inherited_from`` is the wider element that decides, ``statement`` the id that began the run.
    """
    statements = _statements(case, issue)
    days = sorted({statement.said_on.last for statement in statements})[-most:]
    slots = dict.fromkeys((statement.element, statement.holder) for statement in statements)
    named_elements = {element for element, _ in slots}
    elements = [element.id for element in issue.ordered_elements if element.id in named_elements]
    states = [case.index.positions_on(issue.id, day) for day in days]
    rows = []
    for element in elements:
        declared = case.codebook.element(issue.id, element)
        depth = issue.depth(element)
        for party in (party.id for party in case.codebook.parties if not parties or party.id in parties):
            positions_by_day = [positions.get((party, issue.id, element)) for positions in states]
            # A party whose positions on this element are all inherited adds no row.
            if any(position and position.said_of == element for position in positions_by_day):
                rows += _runs((element, declared.label, depth, party), positions_by_day, days, case, issue.id)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _runs(
    labels: tuple[Any, ...],
    positions_by_day: Sequence[Position | None],
    days: Sequence[date],
    case: Case,
    issue_id: str,
) -> list[tuple[Any, ...]]:
    rows, issue = [], case.codebook.issue(issue_id)
    kind = kind_of(issue)
    steps = list(zip(days, positions_by_day, strict=True))
    for _, group in groupby(steps, key=lambda step: (step[1].stance, step[1].said_of) if step[1] else None):
        run = list(group)
        (first, position), (last, _) = run[0], run[-1]
        span = (first, last, len(run))
        if position is None:
            rows.append((*labels, *span, None, "unstated", "has not said", "", False, False, ""))
            continue
        wider = position.said_of if position.said_of != labels[0] else None
        above = case.codebook.element(issue_id, wider).label if wider else ""
        stances, standing = (position.stance, position.highest), kind.attitude(issue, position.stance)
        words = kind.held_words(issue, position.holder, position.element, stances)
        positions = [position for _, position in run if position]
        marks = any(one.reported for one in positions), any(one.contested for one in positions)
        rows.append((*labels, *span, position.stance, standing, words, above, *marks, position.basis[0]))
    return rows
