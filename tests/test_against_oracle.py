"""The toolkit's answers on random codebooks and logs equal those of the exact oracle."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from positions.analysis.common_ground import find_common_ground
from positions.analysis.demands import demands_at, links_at
from positions.analysis.distance import compare
from positions.analysis.movement import IssueMovement, Movement, movement_between
from positions.analysis.state import state_at
from positions.kinds.records import Ground, IssueDistance
from positions.model.codebook import Codebook
from positions.model.revision import Record, select_in_force
from tests import oracle_strategies as strategies
from tests.oracle import comparison as oracle_comparison
from tests.oracle import demands as oracle_demands
from tests.oracle import ground as oracle_ground
from tests.oracle import movement as oracle_movement
from tests.oracle import state as oracle_state

Case = tuple[Codebook, tuple[Record, ...]]


def records_of(negotiation: strategies.Negotiation) -> Case:
    codebook, revisions = negotiation
    return codebook, select_in_force(revisions).records


def days_of(records: tuple[Record, ...]) -> list[date]:
    return sorted({record.statement.said_on.last for record in records})


def near(value: float | None, exact: Fraction | None) -> Any:
    return value == (None if exact is None else pytest.approx(float(exact), abs=1e-12))


def standing(position: Any) -> dict[str, Any]:
    """What a position of either says, in the words of both."""
    return {
        "stance": (position.stance, position.highest),
        "basis": position.basis[0],
        "all": set(position.basis),
        "reported": position.reported,
        "contested": position.contested,
        "outranked": position.outranked,
        "stale": position.stale,
    }


@given(strategies.negotiations())
def test_states_are_those_of_the_oracle(negotiation: strategies.Negotiation) -> None:
    codebook, records = records_of(negotiation)
    for day in days_of(records):
        state, exact = state_at(records, codebook, as_of=day), oracle_state.state(records, codebook, day)
        assert list(state.positions) == list(exact)
        for key, position in state.positions.items():
            assert standing(position) == standing(exact[key])
            assert (position.age_days, position.oldest_days) == exact[key].age
            assert near(position.value, exact[key].low)
            assert near(position.value_to, exact[key].high)


def pairs_of(codebook: Codebook) -> list[tuple[str, str]]:
    return list(combinations([party.id for party in codebook.parties], 2))


@given(strategies.negotiations())
def test_comparisons_are_those_of_the_oracle(negotiation: strategies.Negotiation) -> None:
    codebook, records = records_of(negotiation)
    for day in days_of(records):
        state, exact_state = state_at(records, codebook, as_of=day), oracle_state.state(records, codebook, day)
        for pair in pairs_of(codebook):
            ours, exact = compare(state, codebook, *pair), oracle_comparison.compare(exact_state, codebook, pair)
            for name in ("distance", "lo", "hi", "coverage"):
                assert near(getattr(ours, name), getattr(exact, {"distance": "point"}.get(name, name))), name
            assert ours.thin == exact.thin
            assert (ours.sensitivity is None) == (exact.sensitivity is None)
            for value, fraction in zip(ours.sensitivity or (), exact.sensitivity or (), strict=True):
                assert near(value, fraction)
            assert [one.issue for one in ours.issues] == list(exact.issues)
            for one in ours.issues:
                same_issue(one, exact.issues[one.issue], pair)


def same_issue(ours: IssueDistance, exact: Any, pair: tuple[str, str]) -> None:
    assert near(ours.distance, exact.point)
    assert near(ours.lo, exact.lo)
    assert near(ours.hi, exact.hi)
    assert near(ours.gap, exact.gap)
    assert ours.open == exact.open
    if ours.kind == "options":
        assert ours.common_ground == exact.common
    if ours.kind == "conditions":
        assert [part.element for part in ours.parts] == list(exact.elements)
        for value, direction in zip(ours.unmet, (pair, pair[::-1]), strict=True):
            assert near(value, exact.unmet.get(direction))


@given(strategies.negotiations())
def test_common_ground_is_that_of_the_oracle(negotiation: strategies.Negotiation) -> None:
    codebook, records = records_of(negotiation)
    parties = [party.id for party in codebook.parties]
    for day in days_of(records):
        state = state_at(records, codebook, as_of=day)
        exact_state = oracle_state.state(records, codebook, day)
        for some in (parties[:2], parties):
            ours = find_common_ground(state, codebook, some)
            exact = oracle_ground.common_ground(exact_state, codebook, some)
            assert [(one.issue, one.element) for one in ours] == [(one.issue, one.element) for one in exact]
            for one, other in zip(ours, exact, strict=True):
                same_ground(one, other)


def same_ground(ours: Ground, exact: Any) -> None:
    for name in ("silent", "places", "open", "against"):
        assert getattr(ours, name) == getattr(exact, name), name
    assert ours.agreement == exact.told
    assert near(ours.gap, exact.gap)
    assert len(ours.openings) == len(exact.openings)
    for opening, other in zip(ours.openings, exact.openings, strict=True):
        assert opening.to == (other.to if isinstance(other.to, str) else pytest.approx(float(other.to)))
        assert [party for party, _ in opening.moves] == [party for party, _ in other.moves]
        assert [by for _, by in opening.moves] == pytest.approx([float(by) for _, by in other.moves])


@given(strategies.negotiations())
def test_movements_are_those_of_the_oracle(negotiation: strategies.Negotiation) -> None:
    codebook, records = records_of(negotiation)
    days = days_of(records)
    windows = [(days[0], days[-1]), (days[-2], days[-1])] if len(days) > 1 else []
    for asked, end in windows:
        for pair in pairs_of(codebook):
            ours = movement_between(records, codebook, *pair, start=asked, end=end)
            same_movement(ours, oracle_movement.movement(records, codebook, pair, asked, end))


def same_movement(ours: Movement, exact: Any) -> None:
    for name in ("asked", "start", "end", "verdict", "rests_on"):
        assert getattr(ours, name) == getattr(exact, name), name
    for name in ("change", "movement", "level_band"):
        assert near(getattr(ours, name), getattr(exact, name)), name
    assert (ours.parts is None) == (exact.parts is None)
    for name, part in (exact.parts or {}).items():
        assert near(getattr(ours.parts, name), part), name
    for mine, other in ((ours.entered, exact.entered), (ours.left, exact.left)):
        assert list(mine) == list(other)
        assert list(mine.values()) == pytest.approx(list(map(float, other.values())), abs=1e-12)
    assert [one.issue for one in ours.issues] == list(exact.issues)
    for one in ours.issues:
        same_issue_movement(one, exact.issues[one.issue])
    assert [(row.statement, row.holder, row.issue, row.element) for row in ours.ledger] == [
        (row.statement, row.holder, row.issue, row.element) for row in exact.ledger
    ]
    assert all(near(row.contribution, other.contribution) for row, other in zip(ours.ledger, exact.ledger, strict=True))


def same_issue_movement(ours: IssueMovement, exact: Any) -> None:
    for name in ("change", "contribution", "level_band"):
        assert near(getattr(ours, name), getattr(exact, name)), name
    assert (ours.verdict, ours.rests_on) == (exact.verdict, exact.rests_on)
    assert (ours.shares is None) == (exact.shares is None)
    for party, share in (exact.shares or {}).items():
        assert ours.shares is not None
        assert near(ours.shares[party], share)


@given(strategies.negotiations())
def test_demands_and_links_are_those_of_the_oracle(negotiation: strategies.Negotiation) -> None:
    codebook, records = records_of(negotiation)
    for day in days_of(records):
        ours, exact = demands_at(records, codebook, as_of=day), oracle_demands.demands(records, codebook, day)
        for one, other in zip(ours, exact, strict=True):
            for name in ("demander", "addressee", "issue", "element", "status", "reported", "answer_reported"):
                assert getattr(one, name) == getattr(other, name), name
            assert near(one.insistence, other.insistence)
            assert near(one.refusal, other.response)
        links = {(one.holder, one.before, one.after, one.statement) for one in links_at(records, codebook, as_of=day)}
        found = oracle_demands.links(records, codebook, day)
        assert links == {(one.holder, one.first, one.then, one.statement) for one in found}
