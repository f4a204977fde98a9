from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import QueryError
from positions.quotes.locate import find_quote
from positions.quotes.rungs import RUNGS, is_equal_on_rung


def own_words(text: str, quote: str) -> str:
    """The document's own characters for a quote, on the loosest rung."""
    start, end, rung = find_quote(f"A heading of three words\n\n{text}\n", quote)
    assert rung == "letters"
    return f"A heading of three words\n\n{text}\n"[start:end]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("President Erdog\u0306an offered to host the talks.", "President Erdo\u011fan offered to host the talks."),
        ("President Erdo\u011fan offered to host the talks.", "President Erdog\u0306an offered to host the talks."),
        ("The cease\ufb01re will hold until Monday.", "The ceasefire will hold until Monday."),
        ("A Russian o\ufb03cial said so to us.", "A Russian official said so to us."),
        ("The lea\ufb02ets were dropped on Kyiv.", "The leaflets were dropped on Kyiv."),
        ("The sta\ufb00 of the embassy came la\ufb06 week.", "The staff of the embassy came last week."),
        ("The ceasefire will hold until Monday.", "The cease\ufb01re will hold until Monday."),
        ("Тре\u0442и\u0438\u0306 день переговоров в Минске", "Третий день переговоров в Минске"),
        ("Tướng Nguye\u0302\u0303n nói về hòa bình", "Tướng Nguyễn nói về hòa bình"),
        ("한국은 중재할 준비가 되어 있다", unicodedata.normalize("NFD", "한국은 중재할 준비가 되어 있다")),
        ("\ufedf\ufe8e نقبل أي محادثات في مينسك", "لا نقبل أي محادثات في مينسك"),
        ("We will not accept any terms of \u212bland here", "We will not accept any terms of Åland here"),
        ("ＡＮＫＡＲＡ is ready to host talks", "ANKARA is ready to host talks"),
        ("The minis-\nters will meet in Istanbul.", "The ministers will meet in Istanbul."),
        ("The minis-\r\n   ters will meet in Istanbul.", "The ministers will meet in Istanbul."),
        ("The minis\u00ad\nters will meet in Istanbul.", "The ministers will meet in Istanbul."),
        ("The pro-\nRussian minis-\nters will meet.", "The pro-Russian ministers will meet."),
        ("The non-\nnego\u2010\ntiable terms are on the table.", "The non-negotiable terms are on the table."),
        ("The ministers will meet in Istanbul.", "The minis-\nters will meet in Istanbul."),
        ("The minis-\fters will meet in Istanbul.", "The ministers will meet in Istanbul."),
        ("我们愿意在伊斯\n坦布尔谈判", "我们愿意在伊斯坦布尔谈判"),
    ],
)
def test_what_looks_the_same_in_print_is_found_and_given_back_as_stored(text: str, quote: str) -> None:
    assert own_words(text, quote) == text


@pytest.mark.parametrize(
    "sign",
    [*"\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2069\u202a\u202c\ufeff\ufe0f\u034f\u061c\u180e\x00\x08\x9f"],
)
def test_a_sign_that_nobody_sees_parts_no_words(sign: str) -> None:
    text = f"The {sign}Krem{sign}lin is{sign} ready for talks."
    start, end, rung = find_quote(text, "The Kremlin is ready for talks.")
    assert (text[start:end], rung) == (text, "space")


@pytest.mark.parametrize("blank", [*"\u00a0\u2002\u2009\u200a\u202f\u3000\t\f\v\u2028\u2029\x85", "\r\n", " \n\n "])
def test_any_white_space_stands_for_a_blank(blank: str) -> None:
    text = f"The Kremlin{blank}is ready for{blank}talks."
    start, end, rung = find_quote(text, "The Kremlin is ready for talks.")
    assert (text[start:end], rung) == (text, "space")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The minis-ters will meet in Istanbul.", "The ministers will meet in Istanbul."),
        ("The minis\nters will meet in Istanbul.", "The ministers will meet in Istanbul."),
        ("The ministers will meet - in Istanbul.", "The ministers will meet in Istanbul."),
        ("They lost 10² men in Istanbul.", "They lost 102 men in Istanbul."),
        ("President Erdogan offered to host talks.", "President Erdoğan offered to host talks."),
        ("The cease\ufb01re will hold until Monday.", "re will hold until Monday."),
        ("The \ufb01re will hold until Monday.", "ire will hold until Monday."),
        ("The minis-\nters will meet in Istanbul.", "ters will meet in Istanbul."),
        ("The minis--\nters will meet in Istanbul.", "The ministers will meet in Istanbul."),
    ],
)
def test_what_does_not_look_the_same_or_cuts_a_letter_or_a_word_is_refused(text: str, quote: str) -> None:
    with pytest.raises(QueryError, match="is not in the document word for word|inside a word"):
        find_quote(text, quote)


WORDS = ["we", "will", "not", "négocier", "Erdoğan", "Nguyễn", "official", "ceasefire", "йод", "한국", "non-binding"]


def recoded(text: str, chance: random.Random) -> str:
    """The text as another program would have stored it: it looks the same."""
    shapes = {"fi": "ﬁ", "ffi": "ﬃ", " ": chance.choice([" ", "\n", "\u00a0", "\r\n", " \u200b", "  \n  "])}
    for printed, stored in shapes.items():
        if chance.random() < 0.6:
            text = text.replace(printed, stored)
    text = unicodedata.normalize(chance.choice(["NFC", "NFD"]), text)
    at = chance.randrange(2, 4)
    if chance.random() < 0.5 and text[at - 1 : at + 1].isalpha():
        text = text[:at] + chance.choice(["\u00ad", "\u00ad\n", "-\n", "-\r\n  "]) + text[at:]
    return text


@given(
    st.lists(st.sampled_from(WORDS), min_size=4, max_size=8),
    st.sampled_from(["", "Kyiv: ", "Erdog\u0306an: ", "ﬁ ", "\u200b", "a-\n"]),
    st.randoms(use_true_random=False),
)
def test_a_quote_is_found_however_text_and_quote_are_stored(
    words: list[str], before: str, chance: random.Random
) -> None:
    printed = " ".join(["official", *words])
    text = f"{before}\n{recoded(printed, chance)}\n."
    start, end, rung = find_quote(text, recoded(printed, chance), near=len(before))
    assert is_equal_on_rung(text[start:end], printed, rung) or rung != "letters"
    assert is_equal_on_rung(text[start:end], printed, "letters")
    assert text[end:].strip() == "."


@pytest.mark.parametrize(
    "unit", ["e\u0301", "\u0301\u0316", "\ufb01", "a-\n", "-\n", "\u00ad\n", "我\n", "\ufb01-\na", "\u1100\u1161"]
)
@pytest.mark.parametrize("quote", ["we will not nego-\ntiate", "a-a-a-a a b c d"])
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(unit: str, quote: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        with pytest.raises(QueryError, match="word for word"):
            find_quote(text, quote, near=0)
        return time.process_time() - began

    assert seconds(80_000) < 30 * max(seconds(10_000), 0.005)


def test_every_rung_forgives_what_the_stricter_ones_do() -> None:
    pairs = [("a b c", "a b c"), ("a  b", "a b"), ("“a”", '"a"'), ("e\u0301", "é"), ("a-\nb", "ab")]
    for one, two in pairs:
        equal = [is_equal_on_rung(one, two, rung) for rung in RUNGS]
        assert equal == sorted(equal)
