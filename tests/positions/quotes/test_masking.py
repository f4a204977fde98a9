from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.quotes.masking import mask_markup


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the Kremlin <u>said</u> Friday", "the Kremlin    said     Friday"),
        ("a &ldquo;ready&rdquo; &amp; b", "a “      ready”       &     b"),
        ("a&nbsp;b AT&T; &said; R&D", "a      b AT&T; &said; R&D"),
        ("**We are _ready_.** They", "  We are  ready .   They"),
        ("f***ing snake_case 5 * 3 2*3", "f***ing snake_case 5 * 3 2*3"),
        ("[We] have returned [sic]", "[We] have returned [sic]"),
        ("see [the text](http://a.b/c_(d) 'T').", "see  the text" + " " * 23 + "."),
        ("ready.[1] They", "ready.    They"),
        ("![a map](a.png) Talks", "                Talks"),
        ("at https://a.b/c_d, and www.x.org.", "at                , and          ."),
        ("## Head\n> He said\n* one\n- two", "   Head\n  He said\n  one\n- two"),
        ("a\n---\nb", "a\n   \nb"),
        ("a `word` b", "a  word  b"),
        ("a ` b", "a ` b"),
        ("a <!-- note --> b", "a               b"),
        ("\ufeffTalks", " Talks"),
        ("---\ntitle: T\ndate: 2022\n---\nTalks", "   \n        \n          \n   \nTalks"),
        ("a < b and c > d <3", "a < b and c > d <3"),
        ("no markup, “at all” — none", "no markup, “at all” — none"),
    ],
)
def test_markup_becomes_blanks(text: str, shown: str) -> None:
    assert mask_markup(text) == shown


SIGNS = "ab1 \n\r\t<>/!&;#[]()*_`~-=|\"'“.:ﬁ\u0301א\ufeff"
PIECES = [
    "<u>",
    "</u>",
    "&amp;",
    "&ldquo;",
    "[a](b)",
    "**",
    "_",
    "https://a.b",
    "`",
    "---\n",
    "> ",
    "# ",
    "word ",
    "<!--",
]


@given(st.text(SIGNS, max_size=80) | st.lists(st.sampled_from(PIECES)).map("".join) | st.text(max_size=80))
def test_the_length_and_every_other_character_stay(text: str) -> None:
    shown = mask_markup(text)
    assert len(shown) == len(text)
    assert [place for place, sign in enumerate(text) if sign == "\n"] == [
        place for place, sign in enumerate(shown) if sign == "\n"
    ]
    for old, new in zip(text, shown, strict=True):
        assert new in (old, " ") or old == "&"


@given(st.text("ab ,.’“”\n", max_size=60))
def test_a_text_without_markup_is_left_alone(text: str) -> None:
    assert mask_markup(text) == text


UNITS = ["<", "<a", "&", "[", "[a](", "![", "*", "_", "`", "#", " ", "> ", "---\n", "\n", "https://", "[1]", "a*b", "-"]


@pytest.mark.parametrize("unit", [*UNITS, " -", "((", "* ", "<!", "&#1"])
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "é" + unit * (size // len(unit))
        began = time.process_time()
        mask_markup(text)
        return time.process_time() - began

    assert seconds(80_000) < 30 * max(seconds(10_000), 0.005)
