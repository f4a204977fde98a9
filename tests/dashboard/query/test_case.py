"""What is known to one query: an answer that serves many days is what each day alone would have."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.analysis.storyline import moves_between


@pytest.mark.parametrize("start", [0, 3])
def test_the_moves_up_to_a_day_are_those_replayed_up_to_it(source: CaseStore, start: int) -> None:
    case = source.case(View())
    pairs = tuple(combinations([party.id for party in case.codebook.principals], 2))
    for end in case.days[start + 1 :]:
        replayed = moves_between(case.index, case.codebook, pairs, start=case.days[start], end=end)
        assert case.moves(pairs, case.days[start], end) == replayed
    assert case.moves(pairs, case.days[0], case.days[-1])
