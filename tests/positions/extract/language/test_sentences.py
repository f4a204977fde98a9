from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import MissingExtraError
from positions.extract.language.sentences import LONGEST, sentence_spans, split_sentences


def cut(text: str) -> list[str]:
    return [text[sentence.span.start : sentence.span.end] for sentence in split_sentences(text)]


def quotes(text: str) -> list[str]:
    found = dict.fromkeys(quote for sentence in split_sentences(text) for quote in sentence.quotes)
    return [text[quote.start : quote.end] for quote in found]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("Mr. Lavrov met Gen. Fomin in the U.S. today.", ["Mr. Lavrov met Gen. Fomin in the U.S. today."]),
        ("“Yes.” He left.", ["“Yes.”", "He left."]),
        ("Does it end?” she asked. No.", ["Does it end?” she asked.", "No."]),
        ("It cost $6.4 billion. Much.", ["It cost $6.4 billion.", "Much."]),
        ("A heading\nA line.\n\n  Another.", ["A heading", "A line.", "Another."]),
        ("KYIV, Feb 25 (Agency) - Talks began.", ["Talks began."]),
        ("-- A point. Another.", ["A point.", "Another."]),
        ("", []),
    ],
)
def test_a_text_is_cut_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “we are ready”.", ["we are ready"]),
        ('He said "we are ready".', ["we are ready"]),
        ("He said 'we can't wait' again.", ["we can't wait"]),
        ("He said «we are ready».", ["we are ready"]),
        ("“They ask, ‘can’t we?’ We can.” He left.", ["They ask, ‘can’t we?’ We can."]),
        ("The soldiers' boots and Kyiv's roads.", []),
        ("“First.\n“Second,” he said.", ["First.", "Second,"]),
        ("He said “it never closed. It went on.", ["it never closed."]),
        ('An inch is 1" long. He said so.', []),
    ],
)
def test_quotations_are_found_whatever_marks_a_text_uses(text: str, inside: list[str]) -> None:
    assert quotes(text) == inside


def test_a_short_line_without_a_full_stop_is_a_heading() -> None:
    first, second = split_sentences("Zelensky refuses diplomacy\nHe said no.")
    assert (first.heading, second.heading) == (True, False)


def test_a_transcripts_label_is_kept_apart() -> None:
    (sentence,) = split_sentences("FOMIN (translated): We reduce it.")
    assert sentence.label is not None
    assert sentence.label.end - sentence.label.start == len("FOMIN")


def test_a_line_without_end_is_cut_at_blanks() -> None:
    assert all(len(sentence) <= 2 * LONGEST for sentence in cut("word " * 5_000))


@given(st.text(alphabet="ab .!?\"“”‘’'«»\n", max_size=300))
def test_sentences_are_ordered_and_hold_no_outer_blanks(text: str) -> None:
    spans = [sentence.span for sentence in split_sentences(text)]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in spans)


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "Mr. Lavrov came. He left.", ["Mr. Lavrov came.", "He left."]),
        ("en-GB", "Mr. Lavrov came.\nHe left.", ["Mr. Lavrov came.", "He left."]),
        ("ru", "Он пришёл. «Мы готовы», — сказал он.", ["Он пришёл.", "«Мы готовы», — сказал он."]),
        ("es", "¿Viene? El Sr. Pérez no viene.", ["¿Viene?", "El Sr. Pérez no viene."]),
        ("de", "Am 3. Mai kam er. Dr. Koch ging.", ["Am 3. Mai kam er.", "Dr. Koch ging."]),
        ("zh", "我们愿意谈判。他们不愿意！", ["我们愿意谈判。", "他们不愿意！"]),
        ("ar", "نحن مستعدون. هل يأتون؟ لا.", ["نحن مستعدون.", "هل يأتون؟", "لا."]),
        ("hi", "हम तैयार हैं। वे नहीं आएंगे।", ["हम तैयार हैं।", "वे नहीं आएंगे।"]),
        ("xx", "We 😀 come. They go.", ["We 😀 come.", "They go."]),
        ("ru", "", []),
    ],
)
def test_each_language_has_its_own_sentences(language: str, text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text, language=language)] == sentences


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentencex", None)
    with pytest.raises(MissingExtraError, match=r"language 'ru' needs the extra: .*\[documents\]"):
        sentence_spans("Он пришёл.", language="ru")


@given(st.text(alphabet="аб .!?«»\n我。", max_size=200), st.sampled_from(["en", "ru", "zh"]))
def test_sentences_of_any_language_keep_every_word(text: str, language: str) -> None:
    spans = sentence_spans(text, language=language)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
