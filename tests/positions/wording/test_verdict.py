from __future__ import annotations

from datetime import date
from typing import Any

from positions.analysis.movement import Movement, movement_between
from positions.wording.verdict import verdict_parts, verdict_sentence
from tests.examples import golden_codebook, golden_records, said

START, END = date(2022, 3, 5), date(2022, 3, 15)


def between(records: Any, *pair: str) -> Movement:
    return movement_between(records, golden_codebook(), *(pair or ("RUS", "UKR")), start=START, end=END)


def sentence(records: Any, *pair: str) -> str:
    return verdict_sentence(between(records, *pair), golden_codebook())


def both(day: str, about: str, *stances: int, number: int) -> list[Any]:
    parties = zip(("RUS", "UKR"), stances, strict=True)
    return [said(day, party, about, stance, number=number + n) for n, (party, stance) in enumerate(parties)]


def test_issues_stand_under_their_verdicts_with_their_distances_and_the_whole_comes_last() -> None:
    words = sentence(golden_records())
    assert words.startswith("Since 5 March 2022 Russia and Ukraine: closer on ")
    assert "Venue (1.00 → 0.50)" in words
    assert "newly comparable: Military aid" in words or "newly opposed: Military aid" in words
    assert ". Overall 0.94 → 0.70; by movement alone closer by 0.36, resting on" in words


def test_a_change_within_a_level_is_no_measurable_one_and_said_to_be_so() -> None:
    records = [
        *both("2022-03-01", "neutrality", 2, -2, number=1),
        said("2022-03-10", "UKR", "neutrality", -1, number=3),
    ]
    words = sentence(records)
    assert "by no more than one level: Neutrality" in words
    assert "no measurable change" in words


def test_what_can_newly_be_compared_is_opposed_agreed_or_in_between() -> None:
    first = both("2022-03-01", "neutrality", 2, 2, number=1)
    for stances, words in (((2, -2), "newly opposed: "), ((2, 2), "newly in agreement: ")):
        assert words in sentence([*first, *both("2022-03-10", "military-aid", *stances, number=5)])


def test_two_that_never_compare_have_no_verdict() -> None:
    words = sentence([said("2022-03-01", "RUS", "neutrality", 2, number=1)])
    assert words.endswith("no movement can be told, their own words do not compare on both days.")


def test_a_thin_distance_is_marked() -> None:
    records = [
        *both("2022-03-01", "neutrality", 2, -2, number=1),
        *(said("2022-03-01", "RUS", about, 1, number=9) for about in ("venue/minsk", "military-aid")),
    ]
    movement = between(records)
    assert movement.after.thin == ("(thin: " in sentence(records))


def test_each_part_names_the_statements_that_decide_it_and_the_parts_make_the_sentence() -> None:
    movement = between(golden_records())
    parts = verdict_parts(movement, golden_codebook())
    known = {record.statement.id for record in golden_records()}
    resting = [part for part in parts if part.statements]
    assert len(resting) == len(movement.issues) + len(movement.entered) + len(movement.left)
    assert {name for part in resting for name in part.statements} <= known
    assert "".join(part.text for part in parts) == sentence(golden_records())


def test_a_distance_that_outlets_fill_is_said_to_be_by_own_word() -> None:
    records = [
        *both("2022-03-01", "venue/minsk", 2, 2, number=1),
        said("2022-03-10", "UKR", "venue/minsk", -2, number=3),
        *(
            said("2022-03-10", party, "venue/gomel", 2, number=n, voice="framing")
            for n, party in ((4, "RUS"), (5, "UKR"))
        ),
    ]
    assert "Venue (0.00 → 1.00 by their own word)" in sentence(records)
