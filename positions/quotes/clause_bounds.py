"""Where clauses begin and end, so that a quote is never read without the words that reverse its meaning.

"We have refused to negotiate" is part of "I have to refute the claims that we have refused to negotiate": only the
whole clause shows what is claimed. A clause is therefore wide: it ends at the end of a sentence, a semicolon, a
contrast ("…, but"), a quotation that is complete in itself ("… said: “…”") or the end of a paragraph, but not at every
comma or "that".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from typing import Final, NamedTuple

from positions.language.reading_words import english_reading, word_pattern
from positions.quotes.abbreviations import ends_in_abbreviation
from positions.quotes.block_quotes import BLOCK
from positions.quotes.readable import readable_text

_OPENING: Final = "\"'“‘«„([*_"
_CLOSING: Final = "\"'”’»)]*_"
_STOP: Final = (
    rf"(?P<stop>(?<![.!?…])[.!?…][.!?…{re.escape(_CLOSING)}]{{0,8}}+)(?:\s++[{re.escape(_OPENING)}]{{0,4}}|\Z)"
)
_LINE: Final = rf"(?P<line>\n)\s*+[{re.escape(_OPENING)}]{{0,4}}"
_COLON: Final = rf"(?P<colon>:)\s++[{re.escape(_OPENING)}]{{0,4}}"
_QUOTED: Final = r"(?P<opens>,)\s++[\"“‘«„]|(?P<closes>,)[\"”’»]\s++(?!(?:{joining})\b)"
_PAUSE: Final = r"(?P<pause>;)\s|(?P<contrast>,)\s++(?=(?:{contrasts})\b)"
_BACK: Final = 12
"""Characters searched before a line's end: more than any word has that cannot end a clause."""


@cache
def _break_pattern() -> re.Pattern[str]:
    words = english_reading().clauses
    quoted = _QUOTED.replace("{joining}", word_pattern(words.joining))
    pause = _PAUSE.replace("{contrasts}", word_pattern(words.contrasts))
    return re.compile("|".join((_STOP, _LINE, _COLON, quoted, pause)))


@cache
def _leading() -> re.Pattern[str]:
    """Return the pattern of words that cannot end a clause."""
    return re.compile(rf"\b(?:{word_pattern(english_reading().clauses.leading)})\s*$")


class _Break(NamedTuple):
    """The offset at which one clause ends and that at which the next one starts, in code points."""

    end: int
    start: int


def widen_to_clauses(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span widened to the clauses that it touches, without outer white space and quotation marks.

    Spans are half-open offsets in code points. Widening a result again changes nothing. Clauses are those of the
    readable text, so that a page's width cuts none. The breaks of a text are found once, in one pass; each span then
    costs a binary search.
    """
    view = readable_text(text)
    first, last = _widen(view.text, *view.view_span(start, end))
    if first >= last:
        return start, end
    whole = view.stored_span(first, last)
    return min(start, whole.start), max(end, whole.end)


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    breaks = _find_breaks(text)
    before = bisect_left(breaks, start, key=lambda one: one.end) - 1
    after = bisect_right(breaks, end, key=lambda one: one.start)
    first, last = breaks[before].start if before >= 0 else 0, len(text)
    if after < len(breaks):
        last = breaks[after].end
    first, last = min(first, start), max(last, end)
    while first < start and (text[first].isspace() or text[first] in _OPENING + BLOCK):
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


@lru_cache(maxsize=8)
def _find_breaks(text: str) -> tuple[_Break, ...]:
    breaks = (_read_break(text, match) for match in _break_pattern().finditer(text))
    return tuple(one for one in breaks if one)


def _read_break(text: str, match: re.Match[str]) -> _Break | None:
    """Return the break at a match; ``None`` for an abbreviation's full stop or a line break within a sentence."""
    kind = match.lastgroup
    first, last = match.span()
    after = text[last : last + 1]
    if kind == "stop":
        end = first + len(match["stop"].rstrip(_CLOSING))
        quoted = len(match["stop"]) > end - first
        goes_on = after.islower() and match[0].count("\n") < 2 and not quoted
        short = match["stop"] == "." and ends_in_abbreviation(text, first, or_single_sign=True)
        return None if goes_on or short else _Break(end, last)
    if kind == "line":
        goes_on = after.islower() or _leading().search(text, max(0, first - _BACK), first) is not None
        return None if goes_on and match[0].count("\n") < 2 else _Break(_strip_end(text, first), last)
    if kind == "colon":
        introduces = after.isupper() or match[0].strip(": \t\n") != ""
        return _Break(first + 1, last) if introduces else None
    return _Break(first + (kind == "closes"), last)


def _strip_end(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end
