"""What an index takes over from the one before is what it would answer anew, whatever was recorded in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from positions.analysis.movement import resolve_movement
from positions.analysis.state_index import StateIndex
from positions.model.query import Query
from positions.store.book import Book
from positions.workspace import Workspace, open_workspace

DAYS = (date(2022, 2, 25), date(2022, 2, 27), date(2022, 4, 14))


def answers(index: StateIndex, workspace: Workspace) -> list[Any]:
    """Return all that is asked of an index about some days."""
    codebook = workspace.codebook
    told: list[Any] = []
    for day in DAYS:
        told += [index.state(day), index.own(day)]
        for pair in combinations([party.id for party in codebook.principals], 2):
            sources = index.outlets_of(day, pair)
            told += [index.compare(day, *pair, without=source) for source in (None, *sources)]
            told += [index.own_without(day, source, pair) for source in sources]
            if day != DAYS[0]:
                told.append(resolve_movement(index, codebook, pair, start=DAYS[0], end=day))
    return told


def retract(name: str) -> Callable[[Book], object]:
    return lambda book: book.retract(name, reason="a test")


def correct(name: str, **fields: Any) -> Callable[[Book], object]:
    return lambda book: book.correct(name, reason="a test", **fields)


CHANGES = (
    retract("001-08"),
    correct("003-22", stance=1),
    retract("004-14"),
    correct("003", outlet="Another outlet"),
    retract("002-18"),
    retract("000-01"),
)


def test_what_is_taken_over_is_what_would_be_answered_anew(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        before = workspace.index()
        answers(before, workspace)
        for change in CHANGES:
            with workspace.recording(coder="anna") as book:
                change(book)
            index, anew = workspace.index(), workspace.index()
            index.take_over(before)
            assert answers(index, workspace) == answers(anew, workspace), change
            before = index


def test_what_was_not_changed_is_the_very_same(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        before = workspace.index()
        state = before.state(DAYS[-1])
        key, position = next(iter(state.positions.items()))
        with workspace.recording(coder="anna") as book:
            book.retract(position.basis[0], reason="a test")
        index = workspace.index()
        index.take_over(before)
        after = index.state(DAYS[-1])
        assert after.positions.get(key) != state.positions[key]
        others = [one for one in state.positions if one[:2] != key[:2]]
        assert others
        assert all(after.positions[one] is state.positions[one] for one in others)


@pytest.mark.parametrize("query", [Query(public_by=date(2022, 3, 1))])
def test_nothing_is_taken_over_from_another_query(shipped: Path, query: Query) -> None:
    with open_workspace(shipped) as workspace:
        before, index, anew = workspace.index(), workspace.index(query), workspace.index(query)
        answers(before, workspace)
        index.take_over(before)
        assert answers(index, workspace) == answers(anew, workspace)
