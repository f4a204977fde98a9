"""A panel's day is the state of that day, whether built at once, asked by its index, or kept while the log grows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.panel import SILENT, IncrementalPanel, Panel, build_index, build_panel
from positions.analysis.panel.slots import slots_of
from positions.analysis.state import State
from positions.errors import QueryError
from positions.model.dates import day_number, day_of
from positions.model.position import Position
from positions.model.query import Query
from positions.model.revision import select_in_force
from positions.store.columns import build_columns
from tests.examples import golden_codebook
from tests.positions.analysis.panel.history import SPAN, History, golden_history, histories, questions, states
from tests.strategies import FIRST

PARTS = ("low", "high", "entry", "since", "reported", "contested")


def told(position: Position) -> tuple[Any, ...]:
    since = day_number(position.since.last)
    return position.stance, position.highest, position.basis[0], since, position.reported, position.contested


def column(panel: Panel, day: int, history: History) -> dict[Any, Any]:
    """One day of a panel, told like positions."""
    found = {}
    for row, place in enumerate(panel.places):
        if panel.low[row, day] != SILENT:
            entry = history.rows[panel.entry[row, day]].id
            values = (getattr(panel, name)[row, day] for name in ("since", "reported", "contested"))
            found[place] = (panel.low[row, day], panel.high[row, day], entry, *values)
    return found


def expected(state: State) -> dict[Any, Any]:
    leaves = {slot for issue in golden_codebook().issues for slot in slots_of(issue)}
    return {place: told(position) for place, position in state.positions.items() if place[1:] in leaves}


def same(one: Panel, two: Panel) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in (*PARTS, "parties", "slots", "days"))


@given(histories(), questions())
def test_a_panels_column_equals_the_state_of_that_day(history: History, asked: Query) -> None:
    panel = build_panel(history.columns(), golden_codebook(), asked, days=SPAN[::2] + SPAN[::3])
    days = [day_of(number) for number in panel.days]
    assert days == sorted({*SPAN[::2], *SPAN[::3]})
    for place, (day, state) in enumerate(states(history, days, asked).items()):
        assert column(panel, place, history) == expected(state), day


@given(histories(), questions())
def test_the_days_are_those_from_the_first_to_the_last_saying(history: History, asked: Query) -> None:
    panel = build_panel(history.columns(), golden_codebook(), asked)
    records = select_in_force(history.revisions(), asked).records
    said = [day_number(record.statement.said_on.last) for record in records]
    assert panel.days.tolist() == (list(range(min(said), max(said) + 1)) if said else [])
    assert panel.parties == tuple(sorted({record.statement.holder for record in records}))
    for place, state in enumerate(states(history, [day_of(number) for number in panel.days], asked).values()):
        assert column(panel, place, history) == expected(state)


@given(histories(), questions())
def test_the_index_answers_any_day_as_the_panel_does(history: History, asked: Query) -> None:
    index = build_index(history.columns(), golden_codebook(), asked)
    for day in SPAN:
        assert same(index.at(day), build_panel(history.columns(), golden_codebook(), asked, days=[day]))


@given(histories(), st.data())
def test_a_kept_panel_follows_its_log(history: History, data: st.DataObject) -> None:
    book = golden_codebook()
    public_by = data.draw(st.sampled_from([None, FIRST + timedelta(days=3)]))
    cut = data.draw(st.integers(0, len(history.rows)))
    kept = IncrementalPanel(build_columns(history.rows[:cut]), book, days=SPAN, public_by=public_by)
    step = data.draw(st.integers(1, 4))
    for end in [*range(cut, len(history.rows), step), len(history.rows)]:
        before = kept.panel.entry.copy()
        changed = kept.follow(build_columns(history.rows[:end]))
        unchanged = np.setdiff1d(np.arange(len(before)), changed)
        assert np.array_equal(before[unchanged], kept.panel.entry[unchanged])
    fresh = build_panel(history.columns(), book, Query(public_by=public_by), days=SPAN)
    for party in fresh.parties:
        for part in PARTS:
            mine = kept.panel.cube(part)[kept.panel.parties.index(party)]
            assert np.array_equal(mine, fresh.cube(part)[fresh.parties.index(party)])
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
