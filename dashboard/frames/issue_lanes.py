"""What the lanes of an issue show: runs of days on which a party's position stays the same, and marks of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import pandas as pd

from dashboard.figures.base import DocumentSpan
from dashboard.figures.issue_lanes import VOICES, IssueLanes, LaneLevel
from dashboard.frames.document_days import list_document_days
from dashboard.frames.issue_history import daily_positions_frame, statements_frame
from dashboard.query.case import Case
from dashboard.query.day_frames import rows_of
from dashboard.query.view import View
from positions.kinds.registry import kind_of
from positions.model.issues import Issue

LANE_RUNS: Final = (*("holder", "thread", "level", "day", "step", "until", "until_step"), "stale", "reported")
LANE_MARKS: Final = (
    *("holder", "level", "day", "step", "voice", "row", "count", "words", "by", "statement", "quote"),
    "opens",
)
SIDES: Final = ("against", "undecided", "for")
"""The sides of an element, for which it has a level each."""


def build_lanes(case: Case, issue: Issue, parties: Sequence[str] = ()) -> IssueLanes:
    """Return the lanes of an issue: of its levels or, if it has elements, of the sides taken on each spoken of.

    ``LANE_RUNS``: a position on a ``level`` from ``day`` (``step`` among the days with statements) until the next one;
    a range has a run in each of its levels. ``thread`` tells the elements apart. ``LANE_MARKS``: the statements of a
    voice on a day, ``count`` of them, with the last one's words; ``row`` counts the voices above it from 0.
    ``opens`` is the id of a statement or, for several, the address of the list of those of its party and voice on the
    day, with the last one open.
    """
    statements = statements_frame(case, [issue], parties)
    axis = kind_of(issue).view.axis
    if not axis:
        statements = statements[statements["element"].notna()]
    own = {(row.holder, row.element) for row in rows_of(statements) if row.voice != "ascribed"}
    daily = [
        row for row in rows_of(daily_positions_frame(case, issue, parties)) if axis or (row.holder, row.element) in own
    ]
    runs = [run for _, rows in groupby(daily, key=lambda row: (row.holder, row.element)) for run in _runs(rows, issue)]
    marks = [
        (*mark, mark[9] if mark[6] == 1 else _list_address(case, issue, mark))
        for mark in _marks(rows_of(statements), issue, held={(run[0], run[2]) for run in runs})
    ]
    frames = pd.DataFrame(runs, columns=list(LANE_RUNS)), pd.DataFrame(marks, columns=list(LANE_MARKS))
    used = {*frames[0]["level"], *frames[1]["level"]}
    return IssueLanes(tuple(_levels(issue, used)), *(frame.astype({"level": object}) for frame in frames))


def document_spans(case: Case) -> tuple[DocumentSpan, ...]:
    """Return the documents of a case for the lane under a chart."""
    return tuple(
        DocumentSpan(row.document.title, row.document.outlet, row.published, row.said[0] if row.said else None)
        for row in list_document_days(case)
    )


def _list_address(case: Case, issue: Issue, mark: tuple[Any, ...]) -> str:
    """Return the address of the statements of a mark's party and voice on its day, with the last one open."""
    holder, level, day, _, voice = mark[:5]
    element = None if kind_of(issue).view.axis else f"{issue.id}/{level[0]}"
    limits = case.query.known_at, case.query.public_by
    view = View(day, *limits, mark[9], page="statements", parties=(holder,), issues=(issue.id,), since=day)
    return replace(view, voice=voice, element=element).address()


def _levels(issue: Issue, used: set[Any]) -> list[LaneLevel]:
    if kind_of(issue).view.axis:
        ordered = sorted(issue.levels, key=lambda level: -level.stance)
        return [LaneLevel(level.stance, level.label, level.definition) for level in ordered]
    return [
        LaneLevel(key, f"{element.label}: {side}", element.definition)
        for element in issue.ordered_elements
        for side in reversed(SIDES)
        if (key := (element.id, side)) in used
    ]


def _keys(issue: Issue, element: Any, low: float, high: float) -> list[Any]:
    """Return the levels that a range of values in [0, 1] covers."""
    if kind_of(issue).view.axis:
        return [stance for stance, value in issue.values.items() if low - 1e-9 <= value <= high + 1e-9]
    middle = (low + high) / 2
    return [(element, SIDES[(middle > 0.5) - (middle < 0.5) + 1])]


def _runs(rows: Any, issue: Issue) -> list[tuple[Any, ...]]:
    states = [
        next(group) for _, group in groupby(rows, key=lambda row: (row.value, row.value_to, row.stale, row.reported))
    ]
    runs: list[tuple[Any, ...]] = []
    for row, after in zip(states, [*states[1:], None], strict=True):
        until = (after.day, after.step) if after else (None, None)
        keys = _keys(issue, row.element, row.value, row.value_to)
        runs += [(row.holder, row.element, key, row.day, row.step, *until, row.stale, row.reported) for key in keys]
    return runs


def _marks(rows: Sequence[Any], issue: Issue, *, held: set[tuple[Any, Any]]) -> list[tuple[Any, ...]]:
    order = list(VOICES)

    def place(row: Any) -> tuple[Any, ...]:
        keys = _keys(issue, row.element, row.value, row.value_to)
        return row.holder, keys[len(keys) // 2], row.day, row.step

    placed = sorted(
        ((place(row), order.index(row.voice), number, row) for number, row in enumerate(rows)),
        key=lambda one: (str(one[0][:2]), one[0][2], one[1], one[2]),
    )
    marks = []
    for where, group in groupby(placed, key=lambda one: one[0]):
        row = 0
        for voice, same in groupby(group, key=lambda one: one[1]):
            statements = [one[3] for one in same]
            last = statements[-1]
            # A cross on a bar of its own hue could not be seen.
            row = max(row, 1) if order[voice] == "ascribed" and where[:2] in held else row
            words = last.words, last.by, last.statement, last.quote
            marks.append((*where, order[voice], row, len(statements), *words))
            row += 1
    return marks
