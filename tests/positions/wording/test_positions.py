from __future__ import annotations

from datetime import date

import pytest

from positions.analysis.state import State, state_at
from positions.model.codebook import Party
from positions.model.dates import PartialDate
from positions.wording.parties import parties_words, party_words, silent_words
from positions.wording.positions import age_words, reported_words, since_phrase, stale_words, stance_words
from positions.wording.quotes import readable_quote
from tests.examples import golden_codebook, said

DAY = date(2022, 3, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-02-25", "since 25 February 2022"),
        ("../2022-02-24", "said by 24 February 2022"),
        ("2022-01", "said in January 2022"),
        ("2022", "said in 2022"),
        ("2022-04-11/2022-04-14", "said between 11 April 2022 and 14 April 2022"),
    ],
)
def test_only_a_precise_date_is_a_since(text: str, words: str) -> None:
    assert since_phrase(PartialDate.parse(text)) == words


def state() -> State:
    records = [
        said("2022-03-30", "RUS", "preconditions/halt-attacks", 2, number=1),
        said("2022-02-20", "UKR", "preconditions/halt-attacks", 2, number=2),
    ]
    return state_at(records, golden_codebook(), as_of=DAY)


def test_a_condition_has_other_words_for_who_would_have_to_act() -> None:
    """No label of both, such as "demands or commits", is shown of either."""
    words = {
        party: stance_words(position, golden_codebook())
        for party in ("RUS", "UKR")
        if (position := state().position(party, "preconditions", "halt-attacks"))
    }
    assert words == {"RUS": "commits to it", "UKR": "demands it"}


def test_only_what_is_stale_is_told_with_its_age() -> None:
    positions = list(state().positions.values())
    assert stale_words(positions, golden_codebook()) == "last said 39 days before by Ukraine"
    assert stale_words(positions[:1], golden_codebook()) == ""


def test_the_age_of_several_words_is_that_of_the_oldest_and_says_that_others_are_younger() -> None:
    records = [
        said("2022-02-20", "UKR", "preconditions/halt-attacks", 2, number=1),
        said("2022-01", "UKR", "neutrality", 2, number=2),
        said("2022-03-30", "RUS", "neutrality", 2, number=3, voice="framing"),
    ]
    positions = list(state_at(records, golden_codebook(), as_of=DAY).positions.values())
    assert stale_words(positions, golden_codebook()) == "last said in part 59 to 89 days before by Ukraine"
    assert reported_words(positions, golden_codebook()) == "of Russia only an outlet says so"
    assert reported_words([], golden_codebook()) == ""


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [
        (0, 0, "the same day"),
        (1, 1, "1 day before"),
        (27, 57, "27 to 57 days before"),
        (0, 3, "up to 3 days before"),
        (35, None, "at least 35 days before"),
        (0, None, ""),
    ],
)
def test_an_age_is_as_vague_as_its_date(youngest: int, oldest: int | None, words: str) -> None:
    assert age_words(youngest, oldest) == words


def test_names_have_their_article_in_sentences() -> None:
    assert party_words("USA", golden_codebook()) == "the United States"
    assert parties_words(["RUS", "USA"], golden_codebook()) == "Russia and the United States"
    assert silent_words(["USA"], golden_codebook()) == "the United States has not said"
    assert silent_words(["RUS", "USA"], golden_codebook()) == "Russia and the United States have not said"
    assert Party(id="GMB", name="Gambia", article="the").in_sentence == "the Gambia"
    assert Party(id="EU", name="European Union", article="").in_sentence == "European Union"


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("the Kremlin <u>said</u> Friday", "the Kremlin said Friday"),
        ("one<br/>two</ P >", "onetwo</ P >"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("<b onclick=x>", "<b onclick=x>"),
        ("[We] have *not*", "[We] have *not*"),
    ],
)
def test_quotes_are_shown_without_formatting_tags_and_otherwise_as_they_are(quote: str, shown: str) -> None:
    assert readable_quote(quote) == shown
