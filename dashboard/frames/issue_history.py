"""Tidy frames of an issue over time: each party's position on each day, and every statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from dashboard.query.case import Case
from positions.analysis.panel import SILENT
from positions.model.dates import day_of
from positions.model.issues import Issue
from positions.model.revision import Record
from positions.wording.positions import claim_words
from positions.wording.speakers import source_name

DAILY_COLUMNS: Final = (
    "holder",
    "element",
    "day",
    "step",
    "value",
    "value_to",
    "age_days",
    "stale",
    "reported",
    "contested",
)
STATEMENT_COLUMNS: Final = (
    *("holder", "issue", "element", "stance", "stance_to", "value", "value_to", "said_on", "day", "step"),
    *("words", "voice", "by", "outlet", "statement", "quote"),
)


def daily_positions_frame(case: Case, issue: Issue, parties: Sequence[str] = ()) -> pd.DataFrame:
    """List each party's position on an issue on each day with statements; silence has no row.

    ``value`` and ``value_to`` are the ends of the range in [0, 1]; ``stale``: nobody can have repeated it within the
    issue's ``stale_after`` days.
    """
    panel, rows = case.panel, []
    since = panel.since
    for index, (party, issue_id, element) in enumerate(panel.places):
        if issue_id != issue.id or (parties and party not in parties):
            continue
        for step, day in enumerate(case.days):
            low, high = int(panel.low[index, step]), int(panel.high[index, step])
            if low == SILENT:
                continue
            age = (day - day_of(int(since[index, step]))).days
            ends = issue.values[low], issue.values[high]
            marks = (bool(cells[index, step]) for cells in (panel.stale, panel.reported, panel.contested))
            rows.append((party, element, day, step, *ends, age, *marks))
    return pd.DataFrame(rows, columns=list(DAILY_COLUMNS))


def statements_frame(case: Case, issues: Sequence[Issue], parties: Sequence[str] = ()) -> pd.DataFrame:
    """List every statement on the given issues, as :func:`records_frame` does, in order of day."""
    records = case.index.on_issues({issue.id for issue in issues})
    return records_frame(case, [one for one in records if not parties or one.statement.holder in parties])


def records_frame(case: Case, records: Sequence[Record]) -> pd.DataFrame:
    """List statements, one row each, in their order.

    ``day`` is the last day of ``said_on``, ``step`` its index among the days with statements, from 0.
    """
    steps = {day: step for step, day in enumerate(case.days)}
    rows = []
    for record in records:
        statement = record.statement
        issue = case.codebook.issue(statement.issue)
        ends = statement.stance, statement.highest, issue.values[statement.stance], issue.values[statement.highest]
        moment = str(statement.said_on), statement.said_on.last, steps[statement.said_on.last]
        words = claim_words(statement, case.codebook)
        speaker = source_name(statement, case.codebook)
        source = statement.voice, speaker, record.outlet, statement.id, statement.quote
        rows.append((statement.holder, statement.issue, statement.element, *ends, *moment, words, *source))
    return pd.DataFrame(rows, columns=list(STATEMENT_COLUMNS))


def all_statements_frame(case: Case) -> pd.DataFrame:
    """Return every statement as :func:`statements_frame` lists it."""
    return case.answer_once("statements", lambda: statements_frame(case, case.codebook.issues))
