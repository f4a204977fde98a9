from __future__ import annotations

import pytest

from positions.model.lists import capitalize_first, count_words, join_words, with_article


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "none"),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcd"), "a, b and 2 more"),
    ],
)
def test_words_are_joined_as_english_does(words: str, told: str) -> None:
    assert join_words(words, most=None if len(words) < 4 else 2) == told


def test_counts_articles_and_headings() -> None:
    assert (count_words(1, "day"), count_words(1000, "day"), count_words(2, "city", "cities")) == (
        "1 day",
        "1,000 days",
        "2 cities",
    )
    assert (with_article("place"), with_article("option")) == ("a place", "an option")
    assert (capitalize_first("NATO and more"), capitalize_first("")) == ("NATO and more", "")
