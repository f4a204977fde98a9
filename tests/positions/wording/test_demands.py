from __future__ import annotations

from datetime import date

import pytest

from positions.analysis.demands import Link, demands_at
from positions.analysis.state import state_at
from positions.wording.demands import demand_counts, demand_marks, demand_words, link_words
from tests.examples import golden_codebook, golden_records, golden_state, said

DAY, MARCH_15 = date(2022, 3, 31), date(2022, 3, 15)


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
    demands, state = demands_at(golden_records(), golden_codebook(), as_of=MARCH_15), golden_state("2022-03-15")
    assert demand_counts(demands, state) == "3 demands recorded: 2 resisted and 1 refused."
    assert demand_counts(demands[:1], state) == "1 demand recorded: 1 refused."
    assert demand_counts((), state) == "Nobody demands anything of anybody."


def test_a_count_of_demands_says_how_old_what_it_rests_on_is() -> None:
    demands, state = demands_at(golden_records(), golden_codebook(), as_of=DAY), golden_state("2022-03-31")
    words = demand_counts(demands, state)
    assert words == "3 demands recorded: 2 resisted and 1 refused. 2 of them rest on words up to 30 days old."
    assert demand_counts(demands[:1], state).endswith(" 1 of them rests on words up to 30 days old.")


def test_that_no_answer_is_recorded_is_said_and_words_of_a_vague_date_may_be_older() -> None:
    records = [
        said("2022-01", "UKR", "preconditions/halt-attacks", 2, number=1),
        said("2022-01-20", "RUS", "preconditions/demilitarisation", 2, number=2),
    ]
    demands = demands_at(records, golden_codebook(), as_of=DAY)
    words = demand_counts(demands, state_at(records, golden_codebook(), as_of=DAY))
    assert words == "2 demands recorded: 2 without a recorded answer. All rest on words up to 89 days old."


def test_a_link_is_told_without_ids() -> None:
    link = Link("UKR", "preconditions/halt-attacks", "military-aid", "s001")
    words = link_words(link, golden_codebook())
    assert words == "Ukraine: “Military aid” only with or after “Preconditions: Halt to attacks”"


def test_what_an_outlet_alone_says_is_marked() -> None:
    records = [
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1, voice="framing"),
        said("2022-03-02", "RUS", "preconditions/halt-attacks", -2, number=2, voice="framing"),
    ]
    [demand] = demands_at(records, golden_codebook(), as_of=DAY)
    assert demand_marks(demand) == ("reported, not stated", "answer reported")
