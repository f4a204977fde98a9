from __future__ import annotations

from datetime import date

import pytest

from positions.analysis.demands import demands_at
from positions.wording.demands import demand_counts, demand_marks, demand_words
from tests.examples import golden_codebook, golden_records, said

DAY = date(2022, 3, 31)


@pytest.mark.parametrize(
    ("later", "words"), [(2, "demands halt to attacks"), (1, "asks for halt to attacks"), (0, "no longer demands halt")]
)
def test_how_firmly_is_a_verb(later: int, words: str) -> None:
    records = [
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1),
        said("2022-03-02", "UKR", "preconditions/halt-attacks", later, number=2),
    ]
    [demand] = demands_at(records, golden_codebook(), as_of=DAY)
    assert demand_words(demand, golden_codebook()).startswith(words)


def test_demands_are_counted_by_what_became_of_them() -> None:
    demands = demands_at(golden_records(), golden_codebook(), as_of=DAY)
    assert demand_counts(demands) == "3 demands: 2 partly met and 1 refused."
    assert demand_counts(demands[:1]) == "1 demand: 1 refused."
    assert demand_counts(()) == "Nobody demands anything of anybody."


def test_what_an_outlet_alone_says_is_marked() -> None:
    records = [
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1, voice="framing"),
        said("2022-03-02", "RUS", "preconditions/halt-attacks", -2, number=2, voice="framing"),
    ]
    [demand] = demands_at(records, golden_codebook(), as_of=DAY)
    assert demand_marks(demand) == ("reported, not stated", "answer reported")
