"""Tidy frames for the figures and tables, one row for each mark, day or position: pure functions of states.

Text columns hold unescaped text: whoever draws it has to escape it.
"""

from __future__ import annotations

from collections import Counter, namedtuple
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise
from math import inf, isnan, nan
from typing import Any, Final

import numpy as np
import pandas as pd

from positions.analysis.distance import Comparison
from positions.analysis.panel import Panel, pair_distances
from positions.analysis.state import State
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.issues import Issue
from positions.model.lists import join_words
from positions.model.position import Position
from positions.model.revision import Record
from positions.model.statement import Statement
from positions.wording.positions import claim_words, stance_words
from positions.wording.rows import POSITION_COLUMNS, position_row
from positions.wording.speakers import source_name

DAYS: Final = ("day", "step", "statements", "gap_days")
TREND: Final = ("party", "other", "day", "step", "distance", "lo", "hi", "coverage", "thin")
ROWS: Final = ("issue", "issue_label", "minus", "plus", "levels", "distance", "silent", "pair")
MARKS: Final = (
    *("holder", "issue", "kind", "value", "value_to", "at", "spread_lo", "spread_hi", "since", "age_days"),
    *("contested", "name", "words", "by", "statement", "quote", "stale"),
)
MOST_COMPARED: Final = 3
"""The most parties that are compared pair by pair: the lines of more could not be told apart."""
RECENT_CLAIMS: Final = 200
"""How many of the last claims about a position key are searched for their stances."""
TABLE: Final = (
    *POSITION_COLUMNS,
    *("kind", "issue_label", "element_label", "words", "covers", "claims", "by", "statement", "quote"),
)


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """Return a frame's rows as named tuples, with the columns as fields."""
    kind = _row_kind(tuple(map(str, frame.columns)))
    return [kind(*values) for values in frame.to_numpy(dtype=object).tolist()]


@lru_cache(maxsize=64)
def _row_kind(columns: tuple[str, ...]) -> Any:
    # Making a class of tuples takes a hundred times as long as filling it.
    return namedtuple("Row", columns)


def _object_frame(rows: Sequence[Any], columns: Sequence[str]) -> pd.DataFrame:
    """Make a frame of a day's few rows with the values as they are, numbers that are missing as NaN.

    To choose a type for each column, pandas takes ten times as long as for everything else.
    """
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def choose_pairs(codebook: Codebook, parties: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return the pairs of the first :data:`MOST_COMPARED` parties; of the principals if fewer than two are given.

    Rows are sorted by the first pair.
    """
    names = list(parties) if len(parties) > 1 else [party.id for party in codebook.principals]
    return tuple(combinations(names[:MOST_COMPARED], 2))


def days_frame(said: Iterable[date]) -> pd.DataFrame:
    """Count the statements of each day on which something was said, in order; ``said`` has the day of each.

    ``step`` counts the days from 0, ``statements`` the statements of the day; ``gap_days`` is the number of days
    since the row before (0 for the first).
    """
    tally = Counter(said)
    ordered = sorted(tally)
    gaps = [0, *((later - earlier).days for earlier, later in pairwise(ordered))]
    rows = [(day, step, tally[day], gap) for step, (day, gap) in enumerate(zip(ordered, gaps, strict=bool(ordered)))]
    return pd.DataFrame(rows, columns=list(DAYS))


def trend_frame(
    panel: Panel, codebook: Codebook, days: Sequence[date], pairs: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """Measure the given pairs on each day of a panel: one row per pair and day, ordered by pair, then day.

    ``days`` are those of the panel. ``distance``, ``lo``, ``hi`` and ``coverage`` are in [0, 1] and missing if
    :func:`positions.analysis.distance.compare` gives ``None``; ``thin`` marks a coverage below one half.
    """
    distances = pair_distances(panel, codebook, pairs)
    parts = [
        pd.DataFrame(
            {
                **dict(zip(("party", "other"), pair, strict=True)),
                "day": list(days),
                "step": range(len(days)),
                **{name: getattr(distances, name)[index] for name in TREND[4:]},
            }
        )
        for index, pair in enumerate(distances.pairs)
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(TREND))


def thin_days(frame: pd.DataFrame, calendar: pd.DataFrame, *, keep: int | None, most: int) -> pd.DataFrame:
    """Keep ``most`` evenly spaced days of a frame, among them the first and the last, and the step to ``keep``.

    A chart is a few hundred pixels wide: more days would only make the response larger.
    """
    if len(calendar) <= most:
        return frame
    steps = set(np.linspace(0, len(calendar) - 1, most).round().astype(int).tolist())
    return frame[frame["step"].isin(steps | {keep})]


def rows_frame(state: State, codebook: Codebook, comparison: Comparison | None) -> pd.DataFrame:
    """List the issues with two poles that have any mark, the largest distance first, the incomparable last.

    ``distance`` in [0, 1] is that of ``comparison``, missing if it has none; ``minus`` and ``plus`` are the poles
    in words, ``levels`` the values of the levels in [0, 1], ``silent`` the names of the silent principals,
    ``pair`` those of the two that are compared.
    """
    names = [codebook.party(party).name for party in comparison.parties] if comparison else []
    rows = []
    for issue in codebook.issues:
        keys = [*state.positions, *state.claims]
        if not kind_of(issue).view.axis or not any(key[1] == issue.id for key in keys):
            continue
        difference = comparison.issue(issue.id) if comparison else None
        silent = [party.name for party in codebook.principals if state.position(party.id, issue.id) is None]
        distance = difference.distance if difference and difference.distance is not None else nan
        poles = issue.minus or "against", issue.plus or "for"
        silence = join_words(silent) if silent else ""
        rows.append((issue.id, issue.label, *poles, tuple(issue.values.values()), distance, silence, " – ".join(names)))
    rows.sort(key=lambda row: inf if isnan(row[5]) else -row[5])
    return _object_frame(rows, ROWS)


def marks_frame(state: State, codebook: Codebook, records: Mapping[str, Record]) -> pd.DataFrame:
    """List the marks of issues with two poles: each position, and each claim by others that differs from it.

    ``kind`` is ``own`` (the holder's side says so), ``reported`` (only the outlet's words) or ``claim`` (by another
    party, which changes no position). ``value``, ``value_to`` and ``at`` are the ends and the middle of the range in
    [0, 1]; ``spread_lo`` and ``spread_hi`` the lowest and highest value of statements of the same day and rank that
    disagree, missing if they agree. ``by`` names the speaker, ``statement`` is the id of the deciding statement,
    ``age_days`` its age on the state's day; ``stale``: nobody has repeated the position lately.
    """
    rows: list[dict[str, Any]] = []
    for issue in codebook.issues:
        if kind_of(issue).view.axis:
            positions = (position for position in state.positions.values() if position.issue == issue.id)
            rows.extend(_position_mark(position, issue, codebook, records) for position in positions)
            rows.extend(_claim_marks(state, issue, codebook, records))
    return _object_frame([[row[name] for name in MARKS] for row in rows], MARKS)


def _position_mark(
    position: Position, issue: Issue, codebook: Codebook, records: Mapping[str, Record]
) -> dict[str, Any]:
    peers = [records[ref].statement for ref in position.basis]
    values = [issue.values[stance] for statement in peers for stance in (statement.stance, statement.highest)]
    return {
        **_mark(peers[0], issue, codebook),
        "kind": "reported" if position.reported else "own",
        "spread_lo": min(values) if position.contested else nan,
        "spread_hi": max(values) if position.contested else nan,
        "contested": position.contested,
        "words": stance_words(position, codebook),
        "age_days": position.age_days,
        "stale": position.stale,
    }


def _claim_marks(
    state: State, issue: Issue, codebook: Codebook, records: Mapping[str, Record]
) -> Iterable[dict[str, Any]]:
    for (holder, issue_id, element), claims in state.claims.items():
        if issue_id != issue.id:
            continue
        position = state.position(holder, issue_id, element)
        # The last claim of each stance is enough: a repetition says nothing new about the holder.
        recent = (records[ref].statement for ref in claims[-RECENT_CLAIMS:])
        latest = {(claim.stance, claim.highest): claim for claim in recent}
        for stances, claim in latest.items():
            if position is None or stances != (position.stance, position.highest):
                yield {
                    **_mark(claim, issue, codebook),
                    "kind": "claim",
                    "spread_lo": nan,
                    "spread_hi": nan,
                    "contested": False,
                    "words": claim_words(claim, codebook),
                    "age_days": (state.as_of - claim.said_on.last).days,
                    "stale": False,
                }


def _mark(statement: Statement, issue: Issue, codebook: Codebook) -> dict[str, Any]:
    low, high = issue.values[statement.stance], issue.values[statement.highest]
    return {
        "issue": issue.id,
        "holder": statement.holder,
        "name": codebook.party(statement.holder).name,
        "value": low,
        "value_to": high,
        "at": (low + high) / 2,
        "since": str(statement.said_on),
        "by": source_name(statement, codebook),
        "statement": statement.id,
        "quote": statement.quote,
    }


def table_frame(state: State, codebook: Codebook, records: Mapping[str, Record]) -> pd.DataFrame:
    """List the positions on elements that were spoken of themselves, in codebook order of issue and element.

    The columns begin with :data:`positions.wording.rows.POSITION_COLUMNS`. ``covers`` counts this element and those
    inside it that inherit the position, ``words`` names the level, ``claims`` counts the statements of others about
    the same position; ``by`` names the speaker of the deciding ``statement``.
    """
    covers = Counter(_origin_key(position) for position in state.positions.values())
    rows = []
    for position in state.positions.values():
        if position.element == position.said_of:
            issue, statement = codebook.issue(position.issue), records[position.basis[0]].statement
            rows.append(
                {
                    **position_row(position),
                    "kind": issue.kind,
                    "issue_label": issue.label,
                    "element_label": codebook.element(issue.id, statement.element).label if statement.element else "",
                    "words": stance_words(position, codebook),
                    "covers": covers[_origin_key(position)],
                    "claims": len(state.claims.get((position.holder, position.issue, position.element), ())),
                    "by": source_name(statement, codebook),
                    "statement": statement.id,
                    "quote": statement.quote,
                }
            )
    return _object_frame([[row[name] for name in TABLE] for row in rows], TABLE)


def _origin_key(position: Position) -> tuple[str, str, str | None, str]:
    return position.holder, position.issue, position.said_of, position.basis[0]
