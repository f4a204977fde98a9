"""A series of distances is what comparing the states day by day gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from positions.analysis.distance import compare
from positions.analysis.panel import build_panel, distance_frame, pair_distances
from positions.analysis.state import State
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.query import Query
from tests import oracle_strategies as strategies
from tests.examples import golden_codebook, golden_records
from tests.positions.analysis.panel.history import (
    Case,
    History,
    calendar,
    cases,
    golden_history,
    history_of,
    questions,
    states,
)


def close(value: float | None) -> Any:
    return pytest.approx(math.nan if value is None else value, abs=1e-12, nan_ok=True)


def assert_compares(case: Case, days: Sequence[date], asked: Query) -> None:
    """The frames of all pairs, both ways, against compare on each day."""
    codebook, history = case
    panel = build_panel(history.columns(), codebook, asked, days=days)
    pairs = list(combinations([party.id for party in codebook.parties], 2))
    pairs += [(two, one) for one, two in pairs]
    frame, parts = distance_frame(panel, codebook, pairs), distance_frame(panel, codebook, pairs, by_issue=True)
    by_day = states(case, days, asked)
    for row in frame.itertuples():
        found = compare(by_day[row.day.date()], codebook, row.party, row.other)
        for name in ("distance", "lo", "hi", "coverage"):
            assert getattr(row, name) == close(getattr(found, name)), (row, name)
        assert row.thin == found.thin
    assert len(frame) == len(pairs) * len(days)
    assert_issues_compare(parts, by_day, codebook, pairs)


def assert_issues_compare(
    parts: pd.DataFrame, by_day: dict[date, State], codebook: Codebook, pairs: Sequence[tuple[str, str]]
) -> None:
    """The rows by issue are those of each pair's agenda."""
    for row in parts.itertuples():
        issue = compare(by_day[row.day.date()], codebook, row.party, row.other).issue(row.issue)
        assert issue is not None, row
        for name in ("distance", "lo", "hi", "weight"):
            assert getattr(row, name) == close(getattr(issue, name)), (row, name)
    agendas = [compare(state, codebook, *pair).issues for state in by_day.values() for pair in pairs]
    assert len(parts) == sum(map(len, agendas))


@given(cases(), questions())
def test_a_distance_series_equals_compare(case: Case, asked: Query) -> None:
    assert_compares(case, calendar(case[1])[::2], asked)


@pytest.mark.parametrize("block", [3, 1024])
@pytest.mark.parametrize("seed", range(0, 90, 30))
def test_series_of_fuller_logs_equal_compare(seed: int, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("positions.analysis.panel.distances.BLOCK", block)
    monkeypatch.setattr("positions.analysis.panel.dense.BLOCK", 10 * block)
    monkeypatch.setattr("positions.analysis.panel.by_party.MANY", block)
    for number in range(seed + (block == 3), seed + 30, 2):
        codebook, revisions = strategies.seeded(number)
        history = history_of(revisions)
        assert_compares((codebook, history), calendar(history), Query())


def test_pairs_are_checked_and_an_absent_party_is_silent() -> None:
    book = golden_codebook()
    panel = build_panel(History().columns(), book, days=strategies.DAYS)
    assert np.isnan(pair_distances(panel, book, [("RUS", "UKR")]).coverage).all()
    for pair, message in ((("RUS", "RUS"), "twice"), (("RUS", "XXX"), "party: found 'XXX'")):
        with pytest.raises(QueryError, match=message):
            distance_frame(panel, book, [pair])


def one_issue(content: dict[str, Any], said: Sequence[tuple[str, str | None, int, date]]) -> Case:
    """Two parties on one issue; each saying is of a holder, an element, a stance and a day."""
    whole = {"id": "issue", "label": "Issue", **content}
    parties = [{"id": party, "name": party} for party in ("RUS", "UKR")]
    codebook = Codebook.model_validate({"title": "One issue", "parties": parties, "issues": [whole]})
    history, template = History(), golden_records()[0].statement
    history.document("doc", "2022-03-31")
    for number, (holder, element, stance, day) in enumerate(said):
        fields = {"id": f"s{number}", "holder": holder, "speaker_party": holder, "issue": "issue", "element": element}
        words = {"stance": stance, "stance_to": None, "said_on": PartialDate.of(day)}
        history.tell("statement", f"s{number}", template.model_copy(update=fields | words))
    return codebook, history


MONDAY, TUESDAY = date(2022, 2, 28), date(2022, 3, 1)


@pytest.mark.parametrize("days", [[MONDAY], [MONDAY, TUESDAY], [TUESDAY]])
def test_two_that_have_spoken_on_the_only_scale_are_compared_on_every_day(days: list[date]) -> None:
    case = one_issue(
        {"kind": "scale"}, [("RUS", None, 2, MONDAY), ("UKR", None, -2, MONDAY), ("UKR", None, 0, TUESDAY)]
    )
    assert_compares(case, days, Query())
    codebook, history = case
    found = pair_distances(build_panel(history.columns(), codebook, days=days), codebook)
    assert found.distance.tolist() == [[1 if day == MONDAY else 0.5 for day in days]]
    assert found.coverage.tolist() == [[1 for _ in days]]


@pytest.mark.parametrize("nested", [False, True])
def test_more_leaves_than_a_few_bits_can_count_are_counted(nested: bool) -> None:
    leaves = [f"p{number}" for number in range(1_100)]
    elements: list[dict[str, Any]] = [{"id": leaf, "label": leaf} for leaf in leaves]
    if nested:
        elements = [{"id": "all", "label": "all"}, *({**leaf, "parent": "all"} for leaf in elements)]
    said = [("RUS", leaf, 2, MONDAY) for leaf in leaves] + [("UKR", leaf, -2, MONDAY) for leaf in leaves[:1_030]]
    said += [("UKR", leaf, 1, MONDAY) for leaf in leaves[1_030:1_095]]
    assert_compares(one_issue({"kind": "options", "elements": elements}, said), [MONDAY], Query())


def test_more_conditions_than_a_few_bits_can_count_are_counted() -> None:
    names = [f"c{number}" for number in range(600)]
    elements = [{"id": name, "label": name, "addressees": ["UKR"]} for name in names]
    said = [("RUS", name, 2, MONDAY) for name in names] + [("UKR", name, -1, MONDAY) for name in names[:20]]
    assert_compares(one_issue({"kind": "conditions", "elements": elements}, said), [MONDAY], Query())


def test_without_pairs_there_are_no_distances() -> None:
    book = golden_codebook()
    panel = build_panel(golden_history().columns(), book)
    assert distance_frame(panel, book, []).empty
    assert distance_frame(panel, book, [], by_issue=True).empty
