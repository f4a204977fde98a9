from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from positions.analysis.movement import Movement, movement_between
from positions.wording.movement import (
    caveat_words,
    counts_words,
    moved_issues,
    party_sentences,
    rests_words,
    signed_number,
    verdict_counts,
    verdict_words,
)
from positions.wording.verdict import movement_words
from tests.examples import golden_codebook, golden_codebook_with, golden_records, said

START, END = date(2022, 3, 5), date(2022, 3, 15)


def between(records: Any, *pair: str) -> Movement:
    return movement_between(records, golden_codebook(), *(pair or ("RUS", "UKR")), start=START, end=END)


def refusal(**fields: Any) -> list[Any]:
    """Ukraine accepts Minsk by one outlet's report and rules it out by another's."""
    return [
        said("2022-03-01", "RUS", "venue/minsk", 2, number=1, outlet="A", **fields),
        said("2022-03-01", "UKR", "venue/minsk", 1, number=2, outlet="A"),
        said("2022-03-08", "UKR", "venue/minsk", -2, number=3, outlet="B"),
    ]


@pytest.mark.parametrize(
    ("value", "words"), [(0.25, "+0.25"), (-0.25, "−0.25"), (0.0, "0.00"), (0.004, "0.00"), (-1e-15, "0.00")]
)
def test_a_change_has_a_sign_unless_it_rounds_to_nothing(value: float, words: str) -> None:
    assert signed_number(value) == words


def test_a_verdict_comes_with_its_amount() -> None:
    assert verdict_words("further apart", 0.42) == "further apart by 0.42"
    assert verdict_words("closer", -0.001) == "closer by less than 0.01"
    assert verdict_words("no measurable change", 0.1) == "no measurable change"
    assert verdict_words(None, None) == "no movement can be told"


def test_a_finding_says_on_whose_reports_it_rests_and_then_comes_its_caveat() -> None:
    movement = between(refusal())
    assert rests_words(movement.rests_on) == ", resting on reports of A and B"
    assert caveat_words(movement).startswith(
        "The change exceeds what one level on the heaviest issue is worth, 0.25;"
        " without the reports of either the finding would not stand."
    )
    assert rests_words(()) == ""


def test_a_finding_that_no_single_source_carries_says_so() -> None:
    twice = [
        *refusal(),
        *(said("2022-03-01", party, "venue/minsk", 1, number=n, outlet="C") for n, party in ((4, "RUS"), (5, "UKR"))),
        said("2022-03-08", "UKR", "venue/minsk", -2, number=6, outlet="D"),
    ]
    assert caveat_words(between(twice)).endswith(", and stands without the reports of any single source.")


def test_no_measurable_change_tells_the_change_and_what_a_level_is_worth() -> None:
    words = movement_words(between(golden_records(), "UKR", "USA"), golden_codebook())
    assert words.startswith("Between 5 March 2022 and 15 March 2022 Ukraine and the United States: ")
    assert ", no measurable change. " in words
    assert "The change, −0.05, is within what one level on the heaviest issue is worth, 0.10." in words
    assert "The United States moved on" in words


def test_a_movement_is_told_with_its_parts_and_without_those_that_are_nothing() -> None:
    words = movement_words(between(golden_records()), golden_codebook())
    assert words.startswith("Between 5 March 2022 and 15 March 2022 Russia and Ukraine: closer on ")
    assert "3 issues could be compared on both days: closer on 3." in words
    assert (
        "The distance went from 0.94 to 0.70: −0.36 by movement and +0.13 as Military aid became comparable." in words
    )
    assert (
        "Russia moved on Neutrality (closer by 0.12), Preconditions (closer by 0.22) and Venue (closer by 0.50)."
    ) in words
    assert "last said" not in words
    assert "+0.00" not in words


def test_a_single_issue_is_named_and_the_old_words_that_a_party_moved_away_from_say_their_age() -> None:
    records = [
        *(said("2022-01-20", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-12", "RUS", "neutrality", -2, number=3),
    ]
    words = movement_words(between(records), golden_codebook())
    assert "Only Neutrality could be compared on both days." in words
    assert words.endswith("The older words on what moved were last said 54 days before by Ukraine.")


def test_a_movement_that_starts_later_than_asked_says_why() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-08", "UKR", "neutrality", 2, number=2),
        said("2022-03-10", "UKR", "neutrality", -2, number=3),
    ]
    words = movement_words(between(records), golden_codebook())
    assert words.startswith("Between 8 March 2022 and 15 March 2022 Russia and Ukraine: ")
    assert "The comparison starts on 8 March 2022 instead of 5 March 2022: until then" in words


def test_without_a_movement_the_change_of_the_distance_is_told_undivided() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "UKR", "neutrality", 2, number=2, voice="framing"),
        said("2022-03-08", "UKR", "neutrality", -2, number=3, voice="framing"),
    ]
    words = movement_words(between(records), golden_codebook())
    assert "Russia and Ukraine: no movement can be told, their own words do not compare on both days." in words
    assert "The distance went from 0.00 to 1.00, which cannot be divided" in words
    assert caveat_words(between(records)) == counts_words(between(records), golden_codebook()) == ""


def test_what_only_outlets_say_and_what_left_are_parts_of_their_own() -> None:
    records = [
        *(said("2022-03-01", party, "military-aid", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=3),
        said("2022-03-01", "RUS", "preconditions/halt-attacks", -2, number=4),
        said("2022-03-08", "UKR", "preconditions/halt-attacks", 0, number=5),
        said("2022-03-08", "RUS", "neutrality", 2, number=6),
        said("2022-03-08", "UKR", "neutrality", -2, number=7, voice="framing"),
    ]
    words = movement_words(between(records), golden_codebook())
    assert "as Preconditions ceased to be comparable" in words
    assert "by what only outlets say" in words
    assert "0.00 by movement" not in words


def test_issues_come_largest_first_and_of_equals_the_first_of_the_codebook() -> None:
    subjects = ("military-aid", "neutrality", "venue/minsk")
    records = [
        said(day, party, about, stance, number=number)
        for number, (day, party, about, stance) in enumerate(
            [
                *(("2022-03-01", party, about, 2) for party in ("RUS", "UKR") for about in subjects),
                *(("2022-03-08", "UKR", about, -2) for about in subjects),
            ]
        )
    ]
    movement = between(records)
    assert [issue.issue for issue in moved_issues(movement)] == ["neutrality", "military-aid", "venue"]
    assert verdict_counts(movement) == {"closer": 0, "further apart": 3, "no measurable change": 0}
    assert list(party_sentences(movement, golden_codebook())) == [
        "Ukraine moved on Neutrality (away by 1.00), Military aid (away by 1.00) and Venue (away by 1.00)."
    ]
    alike = tuple(issue.model_copy(update={"saliences": {}}) for issue in golden_codebook().issues)
    equal = movement_between(records, golden_codebook_with(issues=alike), "RUS", "UKR", start=START, end=END)
    assert [issue.issue for issue in moved_issues(equal)] == ["neutrality", "venue", "military-aid"]
