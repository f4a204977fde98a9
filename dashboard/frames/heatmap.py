"""How far two parties are apart on each issue over time: runs of days with the same distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.frames.small_multiples import drawn_steps
from dashboard.query.case import Case
from positions.analysis.panel import SILENT, UNSAID, Panel
from positions.analysis.panel.frames import distance_frame

COLUMNS: Final = (
    *("issue", "issue_label", "first", "last", "place", "span", "distance", "stale", "reported", "statements"),
)


def heat_frame(case: Case, pair: tuple[str, str], issues: Sequence[str] = ()) -> pd.DataFrame:
    """List the runs of drawn days on which two parties' distance on an issue stays the same, by issue, then day.

    Only issues on which both can ever be compared have rows; ``issues`` leaves out all but some. A run lasts from day
    ``first`` to ``last``, ``span`` of the drawn days (:func:`drawn_steps`) from the one at index ``place``.
    ``distance`` is in [0, 1], missing if they cannot be compared; ``stale``: it rests on words that were not repeated
    lately, ``reported``: in part on what only outlets say. ``statements`` has the indexes of the days on which a
    statement decides a position of one of them anew.
    """
    steps = drawn_steps(len(case.days))
    far = _distances(case, pair, steps)
    rows: list[tuple[Any, ...]] = []
    for issue in case.codebook.issues:
        if issue.id in far and (not issues or issue.id in issues):
            stale, reported, said = _marks(case.panel, pair, issue.id, steps)
            for place, span in _runs(list(zip(far[issue.id], stale, reported, strict=True))):
                first, last = case.days[steps[place]], case.days[steps[place + span - 1]]
                within = tuple(index for index in range(place, place + span) if said[index])
                distance = far[issue.id][place]
                marks = stale[place], reported[place]
                rows.append((issue.id, issue.label, first, last, place, span, distance, *marks, within))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _distances(case: Case, pair: tuple[str, str], steps: Sequence[int]) -> dict[str, list[float | None]]:
    """Return the distance on each drawn day by issue, of the issues that can ever be compared."""
    frame = case.answer_once(
        ("issue distances", pair), lambda: distance_frame(case.panel, case.codebook, [pair], by_issue=True)
    )
    place = {step: index for index, step in enumerate(steps)}
    step_of = {day: place.get(step) for step, day in enumerate(case.days)}
    far: dict[str, list[float | None]] = {}
    columns = (frame[name].tolist() for name in ("issue", "day", "distance"))
    for issue, day, distance in zip(*columns, strict=True):
        index = step_of[day.date()]
        if index is not None and distance == distance:
            far.setdefault(issue, [None] * len(steps))[index] = round(distance, 9)
    return far


def _marks(panel: Panel, pair: tuple[str, str], issue: str, steps: Sequence[int]) -> tuple[list[bool], ...]:
    """Return for each drawn day whether words on an issue are stale, only an outlet's, or decided anew."""
    places = [index for index, (party, of, _) in enumerate(panel.places) if of == issue and party in pair]
    drawn = np.ix_(places, list(steps))
    entry, held = panel.entry[drawn], panel.low[drawn] != SILENT
    before = np.concatenate([np.full((len(places), 1), UNSAID), entry[:, :-1]], axis=1)
    marks = (panel.stale[drawn], panel.reported[drawn], entry != before)
    return tuple((mark & held).any(axis=0).tolist() for mark in marks)


def _runs(values: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Yield the start and the length of each run of equal values."""
    start = 0
    for _, group in groupby(values):
        length = len(list(group))
        yield start, length
        start += length
