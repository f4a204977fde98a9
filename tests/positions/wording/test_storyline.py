from __future__ import annotations

from dataclasses import replace
from typing import Any

from positions.analysis.storyline import StoryMove
from positions.wording.storyline import (
    effect_words,
    move_subject,
    move_words,
    report_words,
    storyline_sentence,
    tally_words,
)
from tests.examples import golden_codebook, golden_records, said
from tests.positions.analysis.test_storyline import END, START, moves


def by_key(records: Any) -> dict[tuple[str, str], StoryMove]:
    return {(move.holder, move.issue): move for move in moves(records)}


def test_the_sentence_names_who_moved_on_what_who_did_not_and_what_was_opened() -> None:
    records = (*golden_records()[:13], said("2022-03-10", "RUS", "military-aid", -2, number=40))
    words = storyline_sentence(moves(records), golden_codebook(), ("RUS", "UKR"), days=(START, END))
    assert words == (
        "Between 5 March 2022 and 15 March 2022 Russia and Ukraine did not move. Newly opened: Military aid by Russia."
    )
    words = storyline_sentence(moves(golden_records()), golden_codebook(), ("RUS", "UKR"), days=(START, END))
    assert words.startswith("Between 5 March 2022 and 15 March 2022 Russia moved on Neutrality")
    assert "; Ukraine moved on Neutrality" in words


def test_a_correction_is_not_told_as_a_move() -> None:
    [move] = [one for one in moves(golden_records()) if (one.holder, one.issue) == ("UKR", "neutrality")]
    recoded = replace(move, entries=(replace(move.entries[0], recoded=True),))
    assert "Ukraine did not move." in storyline_sentence([recoded], golden_codebook(), ("UKR",), days=(START, END))


def test_a_move_is_told_from_what_to_what_with_the_wider_element_that_the_first_was_said_of() -> None:
    records = (
        said("2022-03-01", "UKR", "venue/belarus", 1, number=1),
        said("2022-03-10", "UKR", "venue/minsk", -2, number=2),
    )
    [move] = moves(records)
    assert move_subject(move, golden_codebook()) == "Venue: Minsk"
    assert move_words(move, golden_codebook()) == ("open to it (as part of Belarus)", "rejects it")
    first = by_key(golden_records())["RUS", "military-aid"]
    assert move_words(first, golden_codebook())[0] == "silent"


def test_effects_are_told_on_the_issue_and_over_all_issues() -> None:
    story = by_key(golden_records())
    [ukraine, states] = story["RUS", "neutrality"].effects
    words = effect_words(ukraine, story["RUS", "neutrality"], golden_codebook())
    assert words[0] == "Neutrality, from Ukraine: 0.88 → 0.75"
    assert words[1].startswith("all issues: 0.94 → ")
    assert effect_words(states, story["RUS", "neutrality"], golden_codebook())[0].startswith(
        "Neutrality, from the United States: "
    )
    [ukraine, _] = story["RUS", "military-aid"].effects
    assert effect_words(ukraine, story["RUS", "military-aid"], golden_codebook())[0] == (
        "Military aid, from Ukraine: now comparable, 1.00"
    )


def test_a_report_is_named_and_told_to_be_the_only_one() -> None:
    move = moves(golden_records())[0]
    assert report_words(move, "The Example") == "rests on one outlet (The Example)"
    assert report_words(move, "Another") == "rests on one outlet (The Example, in Another)"
    assert tally_words(4, 0) == "Said again, unchanged: 4 · recoded: 0"
