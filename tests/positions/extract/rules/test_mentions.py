"""Who is named where: spellings, dated offices, unnamed officials, pronouns."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.extract.language.phrases import tokenize
from positions.extract.rules.mentions import Mention, mentions_between
from tests.positions.extract.reading import DAY, name_index


def mentions(text: str, day: date = DAY) -> list[Mention]:
    return name_index().find_mentions(tokenize(text), day)


def meant(text: str, day: str = "2022-03-10") -> list[str]:
    """Say each mention in short: its words = kind speaker parties."""
    tokens = tokenize(text)

    def short(one: Mention) -> str:
        name = text[tokens[one.first].start : tokens[one.end - 1].end]
        return f"{name} = {one.kind} {one.speaker or '-'} {'+'.join(one.parties)}".strip()

    return [short(one) for one in mentions(text, date.fromisoformat(day))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Volodymyr Zelensky arrived.", "Volodymyr Zelensky = person zelensky UKR"),
        ("Zelenskyy arrived.", "Zelenskyy = person zelensky UKR"),
        ("Mr Putin left.", "Mr Putin = person putin RUS"),
        ("The Kremlin waits.", "Kremlin = party kremlin RUS"),
        ("A note from the White House", "White House = party white-house USA"),
        ("Price named the price.", "Price = person price USA"),
        ("The Kiev regime waits.", "Kiev regime = party kyiv UKR"),
        ("Russian troops wait.", "Russian troops = party moscow RUS"),
    ],
)
def test_a_spelling_of_the_codebook_or_the_lexicon_is_who_it_names(text: str, found: str) -> None:
    assert meant(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "John Smith spoke in Bern.",
        "putin without a capital is no name",
        "The Putins are alike.",
        "The Ukrainian city was quiet.",
        "A diplomat spoke.",
        "A Russian city official spoke.",
        "",
    ],
)
def test_who_is_unknown_is_not_mentioned(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    ("office", "day", "speaker"),
    [
        ("the US president", "2021-01-01", "trump"),
        ("the US president", "2022-03-10", "biden"),
        ("the US president", "2025-03-01", "trump"),
        ("Germany's chancellor", "2021-01-01", "merkel"),
        ("Germany's chancellor", "2022-03-10", "scholz"),
        ("the British prime minister", "2022-03-10", "johnson"),
        ("the British prime minister", "2025-03-01", "starmer"),
        ("the foreign minister of Ukraine", "2022-03-10", "kuleba"),
        ("the foreign minister of Ukraine", "2025-03-01", "sybiha"),
        ("Kyiv's top diplomat", "2022-03-10", "kuleba"),
    ],
)
def test_an_office_is_who_holds_it_on_the_day(office: str, day: str, speaker: str) -> None:
    (one,) = mentions(office, date.fromisoformat(day))
    assert (one.kind, one.speaker) == ("person", speaker)


def test_an_office_without_a_known_holder_keeps_its_party() -> None:
    (one,) = mentions("the US secretary of state", date(2012, 1, 1))
    assert (one.speaker, one.parties) == (None, ("USA",))


def test_who_lost_their_office_still_belongs_to_the_last_party_but_speaks_for_nobody() -> None:
    (one,) = mentions("Angela Merkel spoke.", date(2025, 3, 1))
    assert (one.speaker, one.parties) == ("merkel", ("DEU",))
    assert name_index().party_of("merkel", date(2021, 1, 1)) == "DEU"
    assert name_index().party_of("merkel", date(2025, 3, 1)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A senior Ukrainian diplomat spoke.", "Ukrainian diplomat = official kyiv UKR"),
        ("A Russian military source spoke.", "Russian military source = official moscow RUS"),
        ("A Chinese Foreign Ministry aide spoke.", "Chinese Foreign Ministry aide = official beijing CHN"),
        ("Ukraine's delegation left.", "Ukraine's delegation = party ukrainian-delegation UKR"),
    ],
)
def test_a_partys_word_before_somebodys_is_an_official(text: str, found: str) -> None:
    assert meant(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kremlin spokesman Dmitry Peskov spoke.", "Kremlin spokesman Dmitry Peskov = person peskov RUS"),
        (
            "Russian Foreign Minister Sergei Lavrov spoke.",
            "Russian Foreign Minister Sergei Lavrov = person lavrov RUS",
        ),
        (
            "Ukrainian presidential adviser Mykhailo Podolyak spoke.",
            "Ukrainian presidential adviser Mykhailo Podolyak = person podolyak UKR",
        ),
    ],
)
def test_an_office_and_the_name_behind_it_are_one(text: str, found: str) -> None:
    assert meant(text) == [found]


def test_an_office_and_the_name_of_somebody_else_are_two() -> None:
    assert [one.speaker for one in mentions("Ukrainian Foreign Minister, Sergei Lavrov")] == [
        "kuleba",
        "lavrov",
    ]
    assert [one.speaker for one in mentions("Putin and Zelensky met.")] == ["putin", "zelensky"]


@pytest.mark.parametrize("text", ["Both sides met.", "The two sides met.", "Both delegations met.", "They met."])
def test_both_sides_are_the_lexicons_two(text: str) -> None:
    (one,) = mentions(text)
    assert (one.kind, one.parties) == ("they", ("RUS", "UKR"))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("He and his wife left.", ["he", "he"]),
        ("We and our men left.", ["we", "we"]),
        ("The minister spoke of it.", ["anaphor", "anaphor"]),
        ("Analysts spoke.", ["stranger"]),
        ("Themes and weather", []),
    ],
)
def test_pronouns_and_words_for_somebody_are_of_their_kind(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in mentions(text)] == kinds


def test_a_party_has_its_government_and_an_unknown_one_has_none() -> None:
    assert name_index().government_of("RUS") == "moscow"
    assert name_index().government_of("UKR") == "kyiv"
    assert name_index().government_of("XXX") is None


def test_mentions_come_in_order_and_never_overlap() -> None:
    text = "The Russian foreign minister, Sergey Lavrov, told the Ukrainian delegation and Kyiv's envoy that they wait."
    found = mentions(text)
    assert found == sorted(found)
    assert all(one.end <= two.first for one, two in pairwise(found))


@given(st.lists(st.integers(1, 4), max_size=12), st.integers(-2, 40), st.integers(-2, 40))
def test_mentions_between_two_tokens_are_those_that_lie_wholly_there(steps: list[int], low: int, stop: int) -> None:
    places = [sum(steps[:index]) for index in range(len(steps) + 1)]
    all_mentions = [Mention(first, end, "person", None, ()) for first, end in pairwise(places)]
    expected = [one for one in all_mentions if low <= one.first and one.end <= stop]
    assert mentions_between(all_mentions, low, stop) == expected
