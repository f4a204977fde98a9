"""The one list of abbreviations: what a full stop belongs to."""

from __future__ import annotations

import pytest

from positions.extract.language.sentences import split_sentences
from positions.language.reading_words import english_reading
from positions.quotes.abbreviations import ends_in_abbreviation
from positions.quotes.clause_bounds import widen_to_clauses


@pytest.mark.parametrize("word", [*english_reading().abbreviations, "U.S", "J"])
def test_an_abbreviation_or_initials_own_their_full_stop(word: str) -> None:
    text = f"It was {word}. Smith"
    assert ends_in_abbreviation(text, text.index(". Smith"))


@pytest.mark.parametrize("word", ["peace", "Captain", "mayor", "i.e", "5"])
def test_other_words_do_not(word: str) -> None:
    text = f"It was {word}."
    assert not ends_in_abbreviation(text, len(text) - 1)


@pytest.mark.parametrize(("word", "is_kept"), [("i.e", True), ("5", True), ("x", True), ("peace", False)])
def test_single_signs_own_it_only_where_a_wide_clause_does_no_harm(word: str, is_kept: bool) -> None:
    text = f"It was {word}."
    assert ends_in_abbreviation(text, len(text) - 1, or_single_sign=True) is is_kept


def test_words_before_the_start_do_not_count() -> None:
    assert not ends_in_abbreviation("Mr. X", 2, start=2)


def test_sentences_and_clauses_read_the_same_list_and_differ_only_at_single_signs() -> None:
    text = "It was Capt. Smith of Corp. Ukraina. He left on March 5. They stayed."
    first, second = "It was Capt. Smith of Corp. Ukraina.", "He left on March 5."
    assert [text[slice(*one.span)] for one in split_sentences(text)] == [first, second, "They stayed."]
    clause = slice(*widen_to_clauses(text, text.index("left"), text.index("left") + 4))
    assert text[clause] == f"{second} They stayed."
