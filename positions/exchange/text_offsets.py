"""How a tool counts the offsets of its selections: found out from the selections themselves, and mended one by one.

The standard counts Unicode code points from 0 and the end as the first character behind; tools count UTF-16 units, line
ends as one character or two, the byte order mark, or the end as the last character. Of these ways the one is taken by
which the most selections have the words that the tool noted of them, or else begin and end between words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

from positions.quotes.rungs import BLANKS

_CUT_OFF: Final = re.compile(r"\s*(?:…|\.\.\.)\s*\Z")
_FEWEST: Final = 8
"""The fewest characters of a selection's name that are looked for in the text."""
_SURE: Final = 4
"""How much more a selection's own words count than that it ends between words."""


class TextSelection(NamedTuple):
    """A selection as a tool wrote it: two offsets, and the words that it noted of it (empty if none).

    If it ``is_exact`` the words are all of it, character by character; otherwise they may be its beginning.
    """

    start: int
    end: int
    words: str = ""
    is_exact: bool = False


class TextSpan(NamedTuple):
    """Where a selection is in the text, in code points, the end behind its last character that shows."""

    start: int
    end: int


def resolve_selections(text: str, selections: Sequence[TextSelection]) -> list[TextSpan | None]:
    """Return the span of each selection in a text; ``None`` for one that is empty or outside of it."""
    named = [one if one.is_exact else one._replace(words=_noted_words(one.words)) for one in selections]
    best: list[TextSpan | None] = []
    most: int | None = None
    for way in _ways(text):
        spans = [way.span(one) for one in named]
        score = sum(_score(text, span, one) for span, one in zip(spans, named, strict=True))
        if most is None or score > most:
            best, most = spans, score
    return [_mend_span(text, span, one) for span, one in zip(best, named, strict=True)]


class _Way:
    """One way of counting: ``widths`` are those of the text's characters where they are not 1."""

    def __init__(self, text: str, *, units: bool, line_ends: int, mark: int, inclusive: bool) -> None:
        self._mark, self._inclusive, self._length = mark, inclusive, len(text)
        pattern = "|".join(
            [*(["[\U00010000-\U0010ffff]"] if units else []), *({1: ["\r\n"], 2: ["(?<!\r)\n"]}.get(line_ends, []))]
        )
        self._own: list[int] = []
        self._shifts: list[int] = []
        shift = 0
        for match in re.finditer(pattern, text) if pattern else ():
            shift += -1 if match[0] == "\r\n" else 1
            self._own.append(match.end() + shift)
            self._shifts.append(shift)

    def span(self, selection: TextSelection) -> TextSpan | None:
        """Return where a selection is by this way of counting."""
        start, end = self._place(selection.start), self._place(selection.end + self._inclusive)
        return TextSpan(start, end) if 0 <= start < end <= self._length else None

    def _place(self, offset: int) -> int:
        offset -= self._mark
        before = bisect_right(self._own, offset)
        return offset - (self._shifts[before - 1] if before else 0)


def _ways(text: str) -> list[_Way]:
    """Return the ways that count this text differently, the standard's first."""
    units = [False, *([True] if any(sign > "\uffff" for sign in text) else [])]
    line_ends = [0, *([1] if "\r\n" in text else []), *([2] if re.search("(?<!\r)\n", text) else [])]
    ways = product((False, True), (0, 1), line_ends, units)
    return [_Way(text, units=unit, line_ends=ends, mark=mark, inclusive=last) for last, mark, ends, unit in ways]


def _noted_words(name: str) -> str:
    """Return the beginning of a selection's words that its name has, empty if it is too short to tell."""
    words = _CUT_OFF.sub("", name).strip()
    return words if len(words) >= _FEWEST else ""


def _score(text: str, span: TextSpan | None, selection: TextSelection) -> int:
    if selection.start >= selection.end:
        return 0
    if span is None:
        return -_SURE
    own, words = text[span.start : span.end], selection.words
    ends = _is_between(text, span.start) + _is_between(text, span.end)
    if not words:
        return ends
    if selection.is_exact:
        return ends + 2 * _SURE * (own == words)
    is_equal = _folded(own) == _folded(words)
    return ends + _SURE * (_folded(own[: 2 * len(words) + 40]).startswith(_folded(words)) + is_equal)


def _is_between(text: str, offset: int) -> bool:
    """Return whether no word goes on at an offset."""
    return not (0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum())


def _folded(words: str) -> str:
    return " ".join(words.split())


def _mend_span(text: str, span: TextSpan | None, selection: TextSelection) -> TextSpan | None:
    """Return a span whose words the tool noted where they stand, the nearest if several do.

    Blanks at its ends are cut off, unless its words are known exactly.
    """
    words = selection.words
    own = "" if span is None else text[span.start : span.end]
    if selection.is_exact:
        return span if own == words else _nearest_words(text, re.escape(words), span)
    if words and not _folded(own).startswith(_folded(words)):
        found = _nearest_words(text, r"\s+".join(map(re.escape, words.split())), span)
        if found and span and found.end - found.start < len(own):
            found = TextSpan(found.start, min(len(text), found.start + len(own)))
        span = found or span
    if span is None:
        return None
    own = text[span.start : span.end]
    start, end = span.start + len(own) - len(own.lstrip(BLANKS)), span.start + len(own.rstrip(BLANKS))
    return TextSpan(start, end) if start < end else None


def _nearest_words(text: str, pattern: str, span: TextSpan | None) -> TextSpan | None:
    near = span.start if span else 0
    matches = (TextSpan(*match.span()) for match in re.finditer(pattern, text))
    return min(matches, key=lambda one: abs(one.start - near), default=None)
