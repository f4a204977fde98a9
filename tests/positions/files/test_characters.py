"""What a terminal would obey is made visible, and what an encoding lacks is replaced readably or escaped."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from positions.files.characters import (
    ESCAPED,
    READABLE,
    VISIBLE,
    escape_controls,
    is_visible,
    isolate_right_to_left,
    show_controls,
)

ENCODINGS = ("ascii", "latin-1", "cp1251", "cp1252", "cp437", "cp850", "koi8-r", "shift_jis", "utf-8", "utf-16")
ANY_TEXT = st.text(st.characters(categories=None))
"""Also lone surrogates, as in a file name that is not UTF-8."""


@given(st.text())
def test_no_control_character_reaches_a_terminal(text: str) -> None:
    shown = show_controls(text)
    assert all(sign in "\n\t" or not (ord(sign) < 32 or 127 <= ord(sign) < 160) for sign in shown)
    assert not set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown)
    if text.isprintable() and "\u2028" not in text:
        assert shown == text


@given(ANY_TEXT)
def test_json_without_controls_says_the_same(text: str) -> None:
    escaped = escape_controls(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(escaped) == {"text": text}
    assert show_controls(escaped) == escaped


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(ANY_TEXT)
def test_every_text_can_be_written_in_every_encoding_and_json_loses_nothing(encoding: str, text: str) -> None:
    assert isinstance(text.encode(encoding, READABLE), bytes)
    told = json.dumps([text], ensure_ascii=False).encode(encoding, ESCAPED).decode(encoding)
    if encoding != "shift_jis":  # reads two of its bytes as other signs than were written
        assert json.loads(told) == json.loads(json.dumps([text]))


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("Russia–Ukraine — “x” ‘y’ …", "ascii", "Russia-Ukraine - \"x\" 'y' ..."),
        ("Zürich", "ascii", "Zurich"),
        ("Zürich", "latin-1", "Zürich"),
        ("Київ", "cp1251", "Київ"),
        ("Ж", "ascii", "\\u0416"),
        ("␛[31m⟨U+202E⟩", "cp437", "^[[31m<U+202E>"),
        ("«да»", "ascii", '"\\u0434\\u0430"'),
    ],
)
def test_a_sign_that_a_console_lacks_becomes_one_that_looks_alike(text: str, encoding: str, shown: str) -> None:
    assert text.encode(encoding, READABLE).decode(encoding) == shown


UNSEEN = [
    "",
    " ",
    "\u200b",
    "\u00a0",
    "\u2060\ufeff",
    "\u3164",
    "\u2800",
    "\u115f\u1160",
    "\t\n",
    "\u202e\u202c",
    "\u3000",
    "\x00",
    "\u00ad",
]
VISIBLE_TEXT = TypeAdapter(Annotated[str, Field(pattern=VISIBLE)])


@pytest.mark.parametrize("text", UNSEEN)
def test_a_text_that_is_empty_to_the_eye_is_not_visible(text: str) -> None:
    assert not is_visible(text)
    assert is_visible(f"{text}x{text}")
    with pytest.raises(ValidationError, match="pattern"):
        VISIBLE_TEXT.validate_python(text)


def test_both_ways_to_ask_what_is_visible_agree_on_every_sign_that_both_know() -> None:
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if is_visible(sign) and not "\ud800" <= sign <= "\udfff":
            assert VISIBLE_TEXT.validate_python(sign) == sign


ARABIC = "نحن مستعدون، 24 ساعة"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"said “{ARABIC}” on 3 May", f"said “\u2068{ARABIC}\u2069” on 3 May"),
        ("Russia said", "Russia said"),
        ("שלום\nשלום", "\u2068שלום\u2069\n\u2068שלום\u2069"),
        ("שלום world שלום", "\u2068שלום\u2069 world \u2068שלום\u2069"),
    ],
)
def test_what_runs_from_right_to_left_is_laid_out_by_itself(text: str, shown: str) -> None:
    assert isolate_right_to_left(text) == shown


def test_a_long_text_from_right_to_left_takes_no_time() -> None:
    text = "ש" + " !" * 200_000
    assert isolate_right_to_left(text).startswith("\u2068ש\u2069 ")
