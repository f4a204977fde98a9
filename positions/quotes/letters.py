"""Letters that look the same in print, however they are stored: composed, decomposed, ligatures, unseen signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from positions.quotes.text_view import TextEdit

UNSEEN: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Signs that show nothing and part no words, as the content of a pattern's character class."""
_UNSEEN_RUN: Final = re.compile(rf"[{UNSEEN}]+")
_BEYOND_ASCII: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_MOST_MARKS: Final = 30
"""The most marks on one letter, as the Stream-Safe Text Format of Unicode has them: more would take quadratic time."""
_SHAPES: Final = ("<compat>", "<wide>", "<narrow>", "<isolated>", "<initial>", "<medial>", "<final>", "<vertical>")
"""The kinds of other characters for the same letters, by the names that Unicode gives them; "²" is not one of them."""
_RADICALS: Final = range(0x2E80, 0x2FE0)
_JAMO_BEHIND: Final = range(0x1160, 0x1200)


def unseen_edits(text: str) -> Iterator[TextEdit]:
    """Yield the stretches of a text that nobody sees: soft hyphens, zero-width signs, marks of direction."""
    yield from (TextEdit(*match.span(), "") for match in _UNSEEN_RUN.finditer(text))


def letter_edits(text: str) -> Iterator[TextEdit]:
    """Yield the letters of a text that are not stored in their usual composed form, with that form."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return
    for run in _BEYOND_ASCII.finditer(text):
        if unicodedata.is_normalized("NFKC", run[0]):
            continue
        start = run.start()
        for letter in _split_letters(run[0]):
            if (shown := _compose_letter(letter)) != letter:
                yield TextEdit(start, start + len(letter), shown)
            start += len(letter)


def is_mark(sign: str) -> bool:
    """Return whether a sign is a mark on the letter before it, as an accent or a vowel sign."""
    return unicodedata.category(sign)[0] == "M"


def _split_letters(text: str) -> Iterator[str]:
    """Cut a text into letters, each with the marks on it; Korean syllables stay whole."""
    start = 0
    for offset in range(1, len(text)):
        is_within = is_mark(text[offset]) or ord(text[offset]) in _JAMO_BEHIND
        if not is_within or offset - start > _MOST_MARKS:
            yield text[start:offset]
            start = offset
    yield text[start:]


def _compose_letter(letter: str) -> str:
    return unicodedata.normalize("NFC", "".join(map(_usual_shape, letter)))


@cache
def _usual_shape(sign: str) -> str:
    shape = unicodedata.decomposition(sign).partition(" ")[0]
    is_letter = unicodedata.category(sign) in ("Nd", "Nl") or unicodedata.category(sign)[0] == "L"
    if shape in _SHAPES and (is_letter or ord(sign) in _RADICALS):
        return unicodedata.normalize("NFKC", sign)
    return sign
