"""Words are found accents and case aside, phrases in a row, and told in the text's own offsets."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.quotes.word_search import MOST_TERMS, find_terms, matches_all, read_terms, word_line


def marked(text: str, words: str) -> list[str]:
    return [text[span.start : span.end] for span in find_terms(text, read_terms(words))]


def finds(text: str, words: str) -> bool:
    terms = read_terms(words)
    return bool(terms) and matches_all(word_line(text), terms)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Zelenskyy’s négociation", "negociation ZELENSKYY", ["Zelenskyy", "négociation"]),
        ("ne\u0301gociation", "négo", ["ne\u0301gociation"]),
        ("Straße nach Genf", "strasse", ["Straße"]),
        ("ﬁnal oﬃce", "final OFFICE", ["ﬁnal", "oﬃce"]),
        ("talks, stalks and talking", "talk", ["talks", "talking"]),
        ("We are ready. Ready for talks", '"ready for"', ["Ready for"]),
        ("ready for", '"ready fo"', []),
        ("non-negotiable terms", "non-neg", ["non-negotiable"]),
        ("the nego-\ntiations went on", "negotiations", ["nego-\ntiations"]),
        ("so\u00adft hyphen", "soft", ["so\u00adft"]),
        ("Переговоры в Минске", "минске", ["Минске"]),
        ("المُفاوضات في جنيف", "المفاوضات", ["المُفاوضات"]),
        ("हिन्दी में वार्ता", "वार्ता", ["वार्ता"]),
        ("双方在明斯克谈判", "谈判", ["谈判"]),
        ("a b a b a", '"a b a"', ["a b a b a"]),
    ],
)
def test_words_are_found_in_the_texts_own_characters(text: str, words: str, found: list[str]) -> None:
    assert marked(text, words) == found
    assert finds(text, words) == bool(found)


def test_every_word_is_wanted_in_any_order() -> None:
    assert finds("talks in Minsk", "minsk talks")
    assert not finds("talks in Minsk", "minsk geneva")
    assert finds("talks in Minsk", '"in minsk" talks')
    assert not finds("talks in Minsk", '"minsk in"')


@pytest.mark.parametrize(
    ("words", "needles"),
    [
        ("", []),
        ("?! …", []),
        ('""', []),
        ("“ready for”talks", [" ready for ", " talks"]),
        ("«ready now", [" ready now "]),
        ("a a A á", [" a"]),
        ('"talks" talks', [" talks ", " talks"]),
    ],
)
def test_what_is_typed_is_read_as_words_and_phrases(words: str, needles: list[str]) -> None:
    assert [term.needle for term in read_terms(words)] == needles


def test_only_so_many_words_are_looked_for() -> None:
    assert len(read_terms(" ".join(f"w{number}" for number in range(200)))) == MOST_TERMS


texts = st.text(alphabet=st.sampled_from("abÉe\u0301ßﬁ -\n\u00ad.“谈й\u0130ِ𝒫😀"), max_size=40)


@given(texts, st.text(alphabet=st.sampled_from("abeéßf谈и \"'"), max_size=8))
def test_a_text_that_matches_has_each_of_its_words_marked(text: str, words: str) -> None:
    terms, spans = read_terms(words), find_terms(text, read_terms(words))
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    if terms and matches_all(word_line(text), terms):
        assert all(any(term.needle in word_line(text[one.start : one.end]) for one in spans) for term in terms)


@given(texts)
def test_composed_and_decomposed_texts_have_the_same_words(text: str) -> None:
    assert word_line(unicodedata.normalize("NFD", text)) == word_line(unicodedata.normalize("NFC", text))
