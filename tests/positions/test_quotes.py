from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import QueryError
from positions.quotes import is_quoted, locate, nearest

TEXT = "He said: “We are ready.” Then again: “We are ready.” And “no\nmore."


def test_a_quote_that_stands_once_is_found() -> None:
    assert locate(TEXT, "Then again") == TEXT.index("Then")


def test_an_altered_quote_is_refused_with_the_nearest_passage() -> None:
    with pytest.raises(QueryError, match="nearest passage is:\n  .*We are ready"):
        locate(TEXT, "We are all ready.")


def test_an_ambiguous_quote_is_refused_with_its_places_unless_one_is_named() -> None:
    first, second = TEXT.index("We"), TEXT.rindex("We")
    with pytest.raises(QueryError, match=rf"stands 2 times(.|\n)*--start {first}(.|\n)*--start {second}"):
        locate(TEXT, "We are ready.")
    assert locate(TEXT, "We are ready.", start=second) == second
    with pytest.raises(QueryError, match="start: found 3, allowed: "):
        locate(TEXT, "We are ready.", start=3)


def test_straight_and_curly_marks_open_a_quotation_within_a_paragraph() -> None:
    assert is_quoted(TEXT, TEXT.index("We"))
    assert not is_quoted(TEXT, TEXT.index("Then"))
    assert is_quoted(TEXT, TEXT.index("no"))
    assert not is_quoted(TEXT, TEXT.index("more"))
    assert is_quoted('a "b c" d "e', 11)
    assert not is_quoted('a "b c" d', 8)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_a_quote_in_a_text_is_found_at_its_own_characters_or_told_ambiguous(left: str, quote: str, right: str) -> None:
    text = left + quote + right
    try:
        place = locate(text, quote)
    except QueryError as error:
        assert "times in the document" in str(error)
        place = locate(text, quote, start=len(left))
    assert text[place : place + len(quote)] == quote


@given(st.text(max_size=80), st.text(max_size=40))
def test_the_nearest_passage_never_fails(text: str, quote: str) -> None:
    assert isinstance(nearest(text, quote), str)
    assert isinstance(nearest(text * 500, quote), str)
