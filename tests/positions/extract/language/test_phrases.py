from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.extract.language.phrases import Phrases, keep_outermost, tokenize


def found(phrase: str, text: str) -> list[str]:
    tokens = tokenize(text)
    return [text[tokens[m.first].start : tokens[m.end - 1].end] for m in Phrases([(phrase, True)]).find(tokens)]


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("talks", "Talks, not talkshow.", ["Talks"]),
        ("negotiat*", "They negotiated in negotiations.", ["negotiated", "negotiations"]),
        ("call|calls for", "She calls for peace and will call for it.", ["calls for", "call for"]),
        ("withdraw* ~ troops", "withdraw all of its troops", ["withdraw all of its troops"]),
        ("withdraw* ~ troops", "withdraw one two three four five troops", []),
        ("withdraw* ~ troops", "withdraw. Its troops", []),
        ("cease-fire", "a Cease-Fire now", ["Cease-Fire"]),
        ("kyiv's troops", "Kyiv’s troops", ["Kyiv’s troops"]),
        ("can't", "They can’t.", ["can’t"]),
        ("mediat*", "im-mediat-e", ["mediat"]),
        ("mediat*", "immediately", []),
    ],
)
def test_a_phrase_is_found_as_people_write_it(phrase: str, text: str, matches: list[str]) -> None:
    assert found(phrase, text) == matches


def test_names_keep_their_case() -> None:
    phrases = Phrases([("Price", True)], cased=True)
    assert len(phrases.find(tokenize("Price named the price"))) == 1


def test_of_one_value_the_longest_match_from_a_place_is_kept() -> None:
    phrases = Phrases([("peace", "p"), ("peace talks", "p")])
    (match,) = phrases.find(tokenize("peace talks"))
    assert match.end == 2


def test_outermost_leaves_out_what_a_longer_match_covers() -> None:
    phrases = Phrases([("peace talks", 1), ("talks", 2)])
    assert [match.value for match in keep_outermost(phrases.find(tokenize("the peace talks")))] == [1]


@given(st.text(max_size=200))
def test_tokens_are_the_texts_own_characters_in_order(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(one.end <= two.start for one, two in pairwise(tokens))


def test_gaps_take_linear_time() -> None:
    phrases = Phrases([("a ~ a ~ a ~ b", 1)])
    # Every word could open, fill or close a gap: the walk is bounded by the gaps, not by the length of the text.
    steps = [count_steps(phrases, "a " * length) for length in (500, 1000)]
    assert steps[1] <= 2.2 * steps[0]


def count_steps(phrases: Phrases[int], text: str) -> int:
    import sys

    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    tokens = tokenize(text)
    sys.setprofile(count)
    try:
        phrases.find(tokens)
    finally:
        sys.setprofile(None)
    return steps
