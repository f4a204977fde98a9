"""Where positions between two poles began and changed, for the small charts side by side, and their shared axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.query.source import Case
from dashboard.query.view import Axis, View
from positions.analysis.panel import SILENT
from positions.kinds.registry import kind_of
from positions.model.dates import day_of
from positions.model.issues import Issue
from positions.model.position import STALE_AFTER
from positions.wording.positions import range_words

COLUMNS: Final = (
    *("holder", "issue", "issue_label", "day", "step", "stance", "stance_to", "value", "value_to", "stale", "words"),
)
STEPS: Final = 120
"""Most days that a small chart is drawn with."""
WIDTH: Final = 96.0
"""Where the last day lies, in hundredths of a chart's width; the rest is how long it still stands."""


def multiples_frame(case: Case, view: View) -> pd.DataFrame:
    """List where a position between two poles began, changed or grew stale: one row for each, in order of day.

    ``value`` and ``value_to`` are the ends of the range in [0, 1], ``words`` its levels; a row holds until the party's
    next one on the issue. Of a long log every so many days are looked at, :data:`STEPS` in all.
    """
    codebook, steps = case.codebook, drawn_steps(len(case.days))
    issues = {issue.id: issue for issue in codebook.issues if kind_of(issue).view.axis and _is_chosen(issue, view)}
    parties = view.parties or tuple(party.id for party in codebook.principals)
    panel, rows = case.grid, []
    since = panel.since
    for place, (party, issue_id, _) in enumerate(panel.places):
        if issue_id not in issues or party not in parties:
            continue
        before = None
        for step in steps:
            low, high = int(panel.low[place, step]), int(panel.high[place, step])
            if low == SILENT:
                continue
            day = case.days[step]
            found = low, high, (day - day_of(int(since[place, step]))).days > STALE_AFTER
            if found != before:
                rows.append(_row(issues[issue_id], party, (day, step), found, case))
            before = found
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    rank = {name: place for place, name in enumerate(issues)}
    return frame.iloc[frame["issue"].map(rank).argsort(kind="stable")].reset_index(drop=True)


def drawn_steps(days: int) -> list[int]:
    """Return the steps that are drawn: all, or :data:`STEPS` of them with the first and the last."""
    return sorted(set(np.linspace(0, max(0, days - 1), min(days, STEPS)).round().astype(int).tolist()))


def _is_chosen(issue: Issue, view: View) -> bool:
    return not view.issues or issue.id in view.issues


def _row(issue: Issue, party: str, at: tuple[date, int], held: tuple[int, int, bool], case: Case) -> tuple[Any, ...]:
    low, high, stale = held
    words = range_words(case.codebook, issue.id, (low, high))
    return (party, issue.id, issue.label, *at, low, high, issue.values[low], issue.values[high], stale, words)


def axis_offset(days: Sequence[date], step: int, axis: Axis) -> float:
    """Return where a day lies on the shared axis, in hundredths of a chart's width."""
    if len(days) < 2:
        return 0.0
    if axis == "calendar":
        return WIDTH * (days[step] - days[0]).days / (days[-1] - days[0]).days
    return WIDTH * step / (len(days) - 1)
