"""The toolkit's answers on random codebooks and logs equal those of the exact oracle."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from positions.analysis.state import state_at
from positions.model.codebook import Codebook
from positions.model.revision import Record, select_in_force
from tests import oracle_strategies as strategies
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
