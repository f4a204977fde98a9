from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dashboard.components.runs_table import build_runs_table
from dashboard.frames.standing_runs import issue_days, runs_frame
from dashboard.markup.serialise import serialise_part
from dashboard.query.day_frames import rows_of
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.wording.party_style import party_styles


@pytest.fixture
def case(source: CaseStore) -> Any:
    return source.case(View())


@pytest.mark.parametrize("name", ["venue", "preconditions", "humanitarian"])
def test_runs_are_what_the_state_of_every_day_says(case: Any, source: CaseStore, name: str) -> None:
    issue = case.codebook.issue(name)
    rows, days = rows_of(runs_frame(case, issue)), issue_days(case, issue)
    assert rows
    for element, party in {(row.element, row.holder) for row in rows}:
        own = [row for row in rows if (row.element, row.holder) == (element, party)]
        assert sum(row.span for row in own) == len(days)
        for day in days:
            (run,) = [row for row in own if row.first <= day <= row.last]
            found = source.picture(source.fit_view(View(as_of=day))).state.position(party, name, element)  # type: ignore[union-attr]
            assert (run.stance if run.standing != "unstated" else None) == (found.stance if found else None)
            if found:
                assert run.statement in case.records
                wider = case.codebook.element(name, found.said_of).label if found.said_of != element else ""
                assert run.inherited_from == wider


def test_the_last_days_only_where_there_are_many(case: Any) -> None:
    issue = case.codebook.issue("venue")
    days = issue_days(case, issue)
    rows = rows_of(runs_frame(case, issue, ("RUS",), most=2))
    assert {row.holder for row in rows} == {"RUS"}
    assert min(row.first for row in rows) == days[-2]


def test_cells_say_in_words_what_their_marks_mean(case: Any) -> None:
    issue, style = case.codebook.issue("venue"), party_styles(case.codebook)
    text = str(serialise_part(build_runs_table(case, issue, style, case.days[-1], ())))
    for words in ("✕ rejects it", "▲ backs it", "✓ accepts it", " has not said", "as for Belarus", "▽ reluctant"):
        assert words in text
    conditions = str(
        serialise_part(build_runs_table(case, case.codebook.issue("preconditions"), style, case.days[-1], ()))
    )
    assert "▲ demands it" in conditions
    assert "to be done by Ukraine" in conditions
    nobody = serialise_part(build_runs_table(case, issue, style, case.days[0] - timedelta(1), ("GBR",)))
    assert "Nobody has taken a stance" in str(nobody)
