"""A panel's day is the state of that day, whether built at once, asked by its index, or kept while the log grows."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.panel import SILENT, IncrementalPanel, Panel, build_index, build_panel
from positions.analysis.panel.dense import DENSE
from positions.analysis.state import State
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.dates import day_number, day_of
from positions.model.issues import Level
from positions.model.position import Position
from positions.model.query import Query
from positions.model.revision import select_in_force
from positions.store.columns import build_columns
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

PARTS = (*DENSE, "since")


def told(position: Position) -> tuple[Any, ...]:
    since = day_number(position.since.last)
    marks = position.reported, position.contested, position.stale
    return position.stance, position.highest, position.basis[0], since, *marks


def column(panel: Panel, day: int, history: History) -> dict[Any, Any]:
    """One day of a panel, told like positions."""
    found = {}
    for row, place in enumerate(panel.places):
        if panel.low[row, day] != SILENT:
            entry = history.rows[panel.entry[row, day]].id
            values = (getattr(panel, name)[row, day] for name in ("since", "reported", "contested", "stale"))
            found[place] = (panel.low[row, day], panel.high[row, day], entry, *values)
        else:
            assert not panel.stale[row, day]
    return found


def expected(state: State) -> dict[Any, Any]:
    return {place: told(position) for place, position in state.positions.items()}


def same(one: Panel, two: Panel) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in (*PARTS, "parties", "slots", "days"))


@given(cases(), questions())
def test_a_panels_column_equals_the_state_of_that_day(case: Case, asked: Query) -> None:
    codebook, history = case
    days = calendar(history)
    panel = build_panel(history.columns(), codebook, asked, days=days[::2] + days[::3])
    drawn = [day_of(number) for number in panel.days]
    assert drawn == sorted({*days[::2], *days[::3]})
    for place, (day, state) in enumerate(states(case, drawn, asked).items()):
        assert column(panel, place, history) == expected(state), day


@pytest.mark.parametrize("seed", range(0, 400, 40))
def test_panels_of_fuller_logs_equal_the_states_of_their_days(seed: int) -> None:
    for number in range(seed, seed + 40):
        codebook, revisions = strategies.seeded(number)
        history = history_of(revisions)
        panel = build_panel(history.columns(), codebook, days=calendar(history))
        days = [day_of(day) for day in panel.days]
        for place, (day, state) in enumerate(states((codebook, history), days, Query()).items()):
            assert column(panel, place, history) == expected(state), (number, day)


@given(cases(), questions())
def test_the_days_are_those_from_the_first_to_the_last_saying(case: Case, asked: Query) -> None:
    codebook, history = case
    records = select_in_force(history.revisions(), asked).records
    said = [day_number(record.statement.said_on.last) for record in records]
    panel = build_panel(history.columns(), codebook, asked)
    assert panel.days.tolist() == (list(range(min(said), max(said) + 1)) if said else [])
    assert panel.parties == tuple(sorted({record.statement.holder for record in records}))
    last = panel.days[-1:].tolist()
    for state in states(case, [day_of(number) for number in last], asked).values():
        assert column(panel, -1, history) == expected(state)


@given(cases(), questions())
def test_the_index_answers_any_day_as_the_panel_does(case: Case, asked: Query) -> None:
    codebook, history = case
    index = build_index(history.columns(), codebook, asked)
    for day in calendar(history)[::3]:
        assert same(index.at(day), build_panel(history.columns(), codebook, asked, days=[day]))


@given(cases(), st.data())
def test_a_kept_panel_follows_its_log(case: Case, data: st.DataObject) -> None:
    codebook, history = case
    days = calendar(history)
    public_by = data.draw(st.sampled_from([None, date(2022, 1, 10)]))
    cut = data.draw(st.integers(0, len(history.rows)))
    kept = IncrementalPanel(build_columns(history.rows[:cut]), codebook, days=days, public_by=public_by)
    step = data.draw(st.integers(1, 4))
    for end in [*range(cut, len(history.rows), step), len(history.rows)]:
        before = kept.panel.entry.copy()
        changed = kept.follow(build_columns(history.rows[:end]))
        unchanged = np.setdiff1d(np.arange(len(before)), changed)
        assert np.array_equal(before[unchanged], kept.panel.entry[unchanged])
    fresh = build_panel(history.columns(), codebook, Query(public_by=public_by), days=days)
    for party in fresh.parties:
        for part in PARTS:
            mine = kept.panel.cube(part)[kept.panel.parties.index(party)]
            assert np.array_equal(mine, fresh.cube(part)[fresh.parties.index(party)]), part
    assert kept.panel.find_peers().tolist() == fresh.find_peers().tolist()
    others = [place for place, (party, *_) in enumerate(kept.panel.places) if party not in fresh.parties]
    assert (kept.panel.low[others] == SILENT).all()


def test_words_that_the_codebook_lacks_are_refused() -> None:
    book = golden_codebook()
    less = book.model_copy(update={"issues": book.issues[1:]})
    with pytest.raises(QueryError, match="found 'neutrality', which the codebook does not declare"):
        build_panel(golden_history().columns(), less)
    fewer = book.model_copy(update={"parties": book.parties[1:]})
    with pytest.raises(QueryError, match="holder: found 'RUS', allowed: UKR, USA"):
        build_panel(golden_history().columns(), fewer)


def wide_levels(*stances: int) -> Case:
    """Two parties at the ends of a scale with such levels."""
    levels = tuple(Level(stance=stance, label=str(stance), definition="x") for stance in stances)
    issue = strategies.extend(golden_codebook().issue("neutrality"), levels=levels)
    codebook = Codebook(title="Wide", parties=golden_codebook().parties, issues=(issue,))
    history, template = History(), golden_records()[0].statement
    history.document("doc", "2022-03-31")
    for holder, stance in (("RUS", stances[0]), ("UKR", stances[-1])):
        fields = {"id": holder, "holder": holder, "speaker_party": holder, "stance": stance, "stance_to": None}
        history.tell("statement", holder, template.model_copy(update=fields))
    return codebook, history


def test_stances_of_up_to_127_are_held_and_greater_ones_are_refused() -> None:
    case = wide_levels(-127, 0, 127)
    panel = build_panel(case[1].columns(), case[0])
    (state,) = states(case, [day_of(panel.days[0])], Query()).values()
    assert column(panel, 0, case[1]) == expected(state)
    assert sorted(panel.low[:, 0]) == [-127, 127]
    for stances in ((-128, 0, 1), (0, 1, 128), (-1000, 1000)):
        with pytest.raises(QueryError, match=r"stance of (RUS|UKR): found .*, allowed in a panel: -127 to 127"):
            wide_levels(*stances)[1].columns()
