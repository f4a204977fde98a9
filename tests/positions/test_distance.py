from __future__ import annotations

from fractions import Fraction as F

import pytest

from positions.distance import compare
from positions.errors import QueryError
from tests.examples import golden_codebook, golden_state

GOLDEN_TABLE = {
    "2022-03-05": {
        "neutrality": (F(7, 8), F(7, 8), F(7, 8)),
        "venue": (F(1), F(2, 5), F(1)),
        "preconditions": (F(1), F(1, 2), F(1)),
        "military-aid": (None, F(0), F(1)),
        "total": (F(15, 16), F(487, 1040), F(199, 208), F(9, 13)),
    },
    "2022-03-15": {
        "neutrality": (F(1, 2), F(1, 2), F(1, 2)),
        "venue": (F(2, 3), F(2, 5), F(4, 5)),
        "preconditions": (F(11, 16), F(11, 16), F(11, 16)),
        "military-aid": (F(1), F(1), F(1)),
        "total": (F(895, 1248), F(1449, 2080), F(1513, 2080), F(1)),
    },
}


def close(found: float | None, exact: F | None) -> bool:
    return found is None if exact is None else found == pytest.approx(float(exact), abs=1e-12)


@pytest.mark.parametrize("day", GOLDEN_TABLE)
def test_golden_example_holds_to_exact_fractions(day: str) -> None:
    found = compare(golden_state(day), golden_codebook(), "RUS", "UKR")
    for issue_id, (delta, lo, hi) in ((k, v[:3]) for k, v in GOLDEN_TABLE[day].items() if k != "total"):
        issue = found.issue(issue_id)
        assert issue is not None
        assert close(issue.distance, delta), issue_id
        assert close(issue.lo, lo), issue_id
        assert close(issue.hi, hi), issue_id
    total = (found.distance, found.lo, found.hi, found.coverage)
    assert all(close(*pair) for pair in zip(total, GOLDEN_TABLE[day]["total"], strict=True)), total


def test_golden_ukraine_and_united_states_on_15_march() -> None:
    found = compare(golden_state("2022-03-15"), golden_codebook(), "UKR", "USA")
    assert close(found.distance, F(1, 12))


def test_a_party_is_not_compared_with_itself() -> None:
    with pytest.raises(QueryError, match="two different parties"):
        compare(golden_state("2022-03-05"), golden_codebook(), "RUS", "RUS")
