"""Verbs of speaking in a sentence, and which of its words are spoken."""

from __future__ import annotations

import pytest

from positions.extract.language.phrases import tokenize
from positions.extract.language.sentences import split_sentences
from positions.extract.rules.speech import TaggedTokens, find_verbs, flag_spoken, skip_auxiliaries
from tests.positions.extract.reading import words


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Lavrov said so.", ["said"]),
        ("Lavrov made the offer.", []),
        ("He came with offers.", []),
        ("He has nothing to say, but wants to propose it.", ["wants"]),
        ("A plan that calls for talks", ["calls for"]),
        ("It is their demand.", []),
        ("It is a rejection.", []),
    ],
)
def test_nouns_and_infinitives_are_not_verbs_of_speaking(text: str, verbs: list[str]) -> None:
    tokens = tokenize(text)
    tagged = TaggedTokens(tokens, [], [False] * len(tokens))
    matches = find_verbs(tagged, words())
    assert [text[tokens[one.first].start : tokens[one.end - 1].end] for one in matches] == verbs


def test_a_quoted_verb_does_not_attribute() -> None:
    tokens = tokenize("Lavrov said so.")
    assert find_verbs(TaggedTokens(tokens, [], [True] * len(tokens)), words()) == []


def test_auxiliaries_and_adverbs_belong_to_their_verb() -> None:
    tokens = tokenize("Lavrov has repeatedly said so.")
    assert skip_auxiliaries(tokens, 3, 0) == 1
    assert skip_auxiliaries(tokens, 3, 2) == 2


def test_a_quotation_of_a_word_or_two_is_no_utterance() -> None:
    text = "Kuleba called it a “bad trap” but “we are ready for it”."
    tokens = tokenize(text)
    (sentence,) = split_sentences(text)
    flags = flag_spoken(tokens, sentence.quotes)
    assert [t.text for t, flag in zip(tokens, flags, strict=True) if flag] == ["we", "are", "ready", "for", "it"]


def test_a_quotation_that_opens_the_sentence_is_an_utterance_however_short() -> None:
    text = "Never,” Kuleba said."
    tokens = tokenize(text)
    assert flag_spoken(tokens, [(0, 6)]) == [True, True, False, False, False, False]
    assert flag_spoken([], [(0, 6)]) == []
