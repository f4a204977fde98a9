from __future__ import annotations

from datetime import date

from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.model.revision import Record
from positions.wording.distance import comparison_words, extreme_sentences, issue_words
from tests.examples import golden_codebook, said

DAY = date(2022, 3, 20)


def extremes(*records: Record, pairs: tuple[tuple[str, str], ...] = (("RUS", "UKR"),), day: date = DAY) -> list[str]:
    state = state_at(records, golden_codebook(), as_of=day)
    comparisons = [compare(state, golden_codebook(), *pair) for pair in pairs]
    return [sentence.words for sentence in extreme_sentences(comparisons, golden_codebook())]


def both(about: str, one: int, other: int, number: int) -> list[Record]:
    return [
        said("2022-03-01", "RUS", about, one, number=number),
        said("2022-03-01", "UKR", about, other, number=number),
    ]


def test_of_equal_distances_the_codebook_decides_and_not_the_weight() -> None:
    """Venue is lighter than the others and neutrality comes first."""
    found = extremes(*both("neutrality", 2, -2, 1), *both("venue/minsk", 2, -2, 2), *both("military-aid", 1, 0, 3))
    assert [words.split(":")[0] for words in found] == [
        "Furthest apart are Russia and Ukraine on Neutrality",
        "Closest are Russia and Ukraine on Military aid",
    ]
    near = extremes(*both("neutrality", 2, 1, 1), *both("military-aid", 2, 1, 2), *both("venue/minsk", 2, -2, 3))
    assert near[1].startswith("Closest are Russia and Ukraine on Neutrality: ")
    assert near[1].endswith("(distance 0.25). So are Russia and Ukraine on Military aid.")


def test_what_only_an_outlet_says_is_marked_and_what_cannot_be_compared_has_no_age() -> None:
    records = [
        said("2022-01-20", "UKR", "venue/any", 1, number=1),
        said("2022-03-18", "UKR", "venue/istanbul", 2, number=2),
        said("2022-03-18", "RUS", "venue/istanbul", 2, number=3, voice="framing"),
    ]
    [words] = extremes(*records)
    assert words.endswith("both accept Istanbul, of Russia only an outlet says so (distance 0.00).")


def test_the_age_of_a_wider_word_counts_where_it_holds_for_a_place() -> None:
    anywhere = said("2022-01-20", "UKR", "venue/any", 1, number=1)
    [words] = extremes(anywhere, said("2022-03-18", "RUS", "venue/istanbul", 2, number=2))
    assert words.endswith("both accept Istanbul, last said 59 days before by Ukraine (distance 0.00).")


def test_the_first_pair_decides_between_pairs() -> None:
    usa = said("2022-03-01", "USA", "neutrality", -2, number=9)
    records = (*both("neutrality", 2, -2, 1), usa)
    found = extremes(*records, pairs=(("RUS", "UKR"), ("RUS", "USA"), ("UKR", "USA")))
    assert found[0].startswith("Furthest apart are Russia and Ukraine on Neutrality")
    assert found[1].startswith("Closest are Ukraine and the United States on Neutrality")


def test_a_single_issue_is_neither_furthest_nor_closest() -> None:
    [words] = extremes(*both("neutrality", 2, 1, 1))
    assert words.startswith("Only one issue can be compared: Russia and Ukraine on Neutrality: ")


def test_where_all_is_equal_one_sentence_is_enough_and_without_a_distance_none() -> None:
    assert [words[:7] for words in extremes(*both("neutrality", 2, 2, 1), *both("military-aid", 1, 1, 2))] == [
        "Closest"
    ]
    far = extremes(*both("neutrality", 2, -2, 1), *both("military-aid", 2, -2, 2))
    assert [words[:8] for words in far] == ["Furthest"]
    assert extremes(said("2022-03-01", "RUS", "neutrality", 2)) == []


def venue_words(*records: Record) -> str:
    comparison = compare(state_at(records, golden_codebook(), as_of=DAY), golden_codebook(), "RUS", "UKR")
    venue = comparison.issue("venue")
    assert venue
    return issue_words(venue, comparison.parties, golden_codebook())


def test_a_party_is_for_what_it_named_itself_and_not_for_what_follows_from_it() -> None:
    belarus, gomel = (
        said("2022-03-01", "RUS", f"venue/{name}", 2, number=n) for n, name in enumerate(("belarus", "gomel"))
    )
    minsk, ruled_out = (
        said("2022-03-01", "UKR", f"venue/{name}", -2, number=n) for n, name in enumerate(("minsk", "belarus"), 5)
    )
    assert venue_words(belarus, gomel, minsk, ruled_out).startswith(
        "Venue: Russia is for Belarus and Gomel, Ukraine against"
    )


def test_what_only_the_other_named_is_told_where_nothing_else_conflicts() -> None:
    anywhere = said("2022-03-01", "RUS", "venue/any", 1, number=1)
    minsk = said("2022-03-01", "UKR", "venue/minsk", -2, number=2)
    assert venue_words(anywhere, minsk).startswith("Venue: Russia is for Minsk, Ukraine against")


def test_what_rests_on_a_stale_position_says_its_age() -> None:
    records = [*both("neutrality", 2, 1, 1), said("2022-04-10", "UKR", "neutrality", 1, number=2)]
    [words] = extremes(*records, day=date(2022, 4, 15))
    assert words.endswith(", last said 45 days before by Russia (distance 0.25).")
    comparison = compare(state_at(records, golden_codebook(), as_of=date(2022, 4, 15)), golden_codebook(), "RUS", "UKR")
    assert comparison_words(comparison, golden_codebook()).endswith("last said 45 days before by Russia.")


def test_of_a_silent_side_it_is_said_that_it_has_not_said_and_not_that_nothing_is_shared() -> None:
    assert venue_words(said("2022-03-01", "RUS", "venue/belarus", 2)) == "Venue: Ukraine has not said"


def test_a_sentence_begins_with_a_capital_also_before_an_article() -> None:
    state = state_at(both("neutrality", 2, 1, 1), golden_codebook(), as_of=DAY)
    words = comparison_words(compare(state, golden_codebook(), "USA", "RUS"), golden_codebook())
    assert words.startswith("The United States and Russia cannot be compared yet")
    nothing = compare(state_at([], golden_codebook(), as_of=DAY), golden_codebook(), "RUS", "UKR")
    assert comparison_words(nothing, golden_codebook()) == (
        "Russia and Ukraine: nothing is recorded that could be compared."
    )
