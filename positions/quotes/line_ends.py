"""Which line ends of a text end a paragraph, and which only the width of a page put there.

Mails, wires and PDF files end their lines at some width. Where a line is as full as that width allows, or breaks off
within a sentence that the next line goes on with, the two are one line of a view. Headings, lists, tables, labels of a
transcript and lines that are indented anew stay lines of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from positions.quotes.letters import UNSEEN, is_mark
from positions.quotes.text_view import Span, TextEdit

_LINE_END: Final = re.compile(r"(?:\r?\n)?\f(?:\r?\n)?|\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
_APART: Final = re.compile(r"[^\S\n]*(?:#{1,6}\s|\||```|~~~|={3}|-{3})|[^\n]*?\S(?:\t|[^\S\n]{3,}+)\S")
"""A heading, a line of a table, a fence or a rule."""
_ITEM: Final = re.compile(r"(?:[-–—*+•▪‣◦·]{1,3}|\d{1,2}[.)]|[a-z][.)]|\([a-z0-9]{1,2}\))\s")
_PROSE_ITEM: Final = "–—0123456789"
"""What begins an item of a list, and a line of prose as well."""
_LABEL: Final = re.compile(r"(?:[A-Z][A-Z.'’-]++|[A-Z])(?:[ ,][A-Z0-9][A-Z0-9.,'’&/-]*){0,9}(?: ?\([^)\n]{0,60}\))?:\s")
_CLOSED: Final = re.compile(r"[.!?…:;。！？؟۔।][\"'”’»«“)\]」』*_]{0,4}\Z")
_GOES_ON: Final = re.compile(r"[\"'“‘«„(\[—–-]{0,2}\w|[,;)%&]|[—–-]\s")
_HYPHENED: Final = re.compile(r"[^\W_][-‐‑\u00ad]\Z")
_LAST_WORD: Final = re.compile(r"[\w-]+\Z")
_FIRST_WORD: Final = re.compile(r"\w+")
_WIDE: Final = re.compile(r"[\u2e80-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]")
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_OUTER: Final = " \t\u00a0\u3000>"
_BACK: Final = 60
"""Characters of a line looked back at for its last word."""
_WIDEST: Final = 160
"""The most characters of a line that a width ended."""
_FEWEST: Final = 20
"""The fewest characters of a line that breaks off within its sentence; shorter ones are verses or names."""
_SLACK: Final = 1.1
"""How much longer than the others a full line may be."""
_SHARE: Final = 0.3
"""The least share of line ends within sentences in a text whose lines a width ended."""
_FEWEST_CASELESS: Final = 2
"""The fewest line ends that show a width in a script without small letters."""
_INDENT: Final = 2
"""The fewest blanks by which a paragraph's first line is indented more than the line before."""


class _Line(NamedTuple):
    """A line: its words without outer blanks, their span, that of the line end behind it, and what kind it is.

    ``length`` counts the signs that are seen.
    """

    words: str
    start: int
    end: int
    line_end: Span
    indent: int
    length: int
    is_apart: bool
    is_item: bool


def line_end_edits(text: str, original: str, hyphened: frozenset[str] = frozenset()) -> Iterator[TextEdit]:
    """Yield the line ends of a text as a view shows them: a blank or nothing within a paragraph, else a line feed.

    ``text`` is the text without its markup, ``original`` the same, as long, with it. The hyphen of a parted word goes,
    unless the word has one elsewhere in the text, the second half has a capital letter, or ``hyphened`` names the
    first half in small letters ("non").
    """
    lines = _read_lines(text, original)
    ends = [_LineEnd.between(one, two, text[slice(*one.line_end)]) for one, two in pairwise(lines)]
    width = _page_width(ends)
    spellings: frozenset[str] | None = None
    for end in ends:
        if end.is_paragraph or not end.joins(width):
            if (sign := text[slice(*end.line.line_end)]) not in ("\n", "\r\n"):
                yield TextEdit(*end.line.line_end, "\n\n" if sign == "\u2029" else "\n")
        elif _HYPHENED.search(end.line.words[-2:]):
            if spellings is None:
                spellings = frozenset(re.findall(r"\w+(?:[-‐‑]\w+)*", text.lower()))
            keeps = _keeps_hyphen(end, spellings, hyphened)
            yield TextEdit(end.line.end - (not keeps), end.following.start, "")
        else:
            is_wide = _WIDE.match(end.line.words[-1]) and _WIDE.match(end.following.words[0])
            yield TextEdit(end.line.end, end.following.start, "" if is_wide else " ")


class _LineEnd(NamedTuple):
    """A line end between two lines, and what they show about it."""

    line: _Line
    following: _Line
    is_paragraph: bool
    is_open: bool
    is_lower: bool
    is_caseless: bool

    @classmethod
    def between(cls, line: _Line, following: _Line, sign: str) -> _LineEnd:
        """Read the line end between two lines, with its own signs."""
        is_open = not _CLOSED.search(line.words[-6:])
        goes_on = _GOES_ON.match(following.words) is not None
        letter = next((sign for sign in following.words[:4] if sign.isalnum()), following.words[:1])
        is_lower = letter.islower() or letter.isdigit() or not letter.isalnum()
        is_caseless = letter.isalpha() and letter.lower() == letter.upper()
        is_indented = following.indent >= line.indent + _INDENT and not line.is_item
        is_blank = not line.words or not following.words or sign == "\u2029"
        is_label = not is_open and _LABEL.match(following.words) is not None
        is_item = following.is_item and (not is_open or line.is_item or following.words[0] not in _PROSE_ITEM)
        ends = is_blank or is_indented or is_label or is_item or line.is_apart or following.is_apart
        return cls(line, following, ends, is_open, goes_on and is_lower, goes_on and is_caseless)

    def joins(self, width: int) -> bool:
        """Return whether the two lines are one, in a text with lines of a width; 0 if its lines have none."""
        is_parted = _HYPHENED.search(self.line.words[-2:]) is not None and self.following.words[0].isalpha()
        within = self.is_open and (self.is_lower or is_parted) and _FEWEST <= self.line.length <= _WIDEST
        return (within and not self.following.is_item) or (width > 0 and self.is_full(width))

    def is_full(self, width: int) -> bool:
        """Return whether the next line's first word would not have fitted into the line."""
        length = self.line.length + self.line.indent
        first = self.following.words.partition(" ")[0]
        is_wide = _WIDE.match(first) is not None
        return length <= width * _SLACK and length + (1 if is_wide else 1 + _seen_length(first)) > width


def _read_lines(text: str, original: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for match in [*_LINE_END.finditer(text), None]:
        line_end = Span(*match.span()) if match else Span(len(text), len(text))
        row, shown = text[start : line_end.start], original[start : line_end.start]
        words, visible = row.strip(), shown.lstrip(_OUTER)
        first = start + len(row) - len(row.lstrip()) if words else line_end.start
        is_apart, is_item = _APART.match(visible) is not None, _ITEM.match(visible) is not None
        indent = len(shown) - len(visible)
        span = (first, first + len(words), line_end)
        lines.append(_Line(words, *span, indent, _seen_length(words), is_apart, is_item))
        start = line_end.end
    return lines


def _seen_length(words: str) -> int:
    """Count the signs that take room in a line: each letter of a ligature, no marks on letters, nothing unseen."""
    if words.isascii():
        return len(words)
    letters = unicodedata.normalize("NFKC", _UNSEEN.sub("", words))
    return len(letters) - sum(1 for sign in _BEYOND_ASCII.findall(letters) if is_mark(sign) and not sign.isalnum())


def _page_width(ends: Sequence[_LineEnd]) -> int:
    """Return the width at which the lines of a text end, 0 if its lines are its paragraphs."""
    inner = [end for end in ends if not end.is_paragraph and end.line.length <= _WIDEST]
    within = [end for end in inner if end.is_open and not end.following.is_item and (end.is_lower or end.is_caseless)]
    lower = [end for end in within if end.is_lower]
    sure = lower if len(lower) >= len(within) / 2 else within
    if not sure or (sure is within and len(within) < _FEWEST_CASELESS):
        return 0
    width = max(end.line.length + end.line.indent for end in sure)
    is_usual = len(sure) >= _SHARE * len(inner) or all(end.is_full(width) for end in inner)
    return width if is_usual else 0


def _keeps_hyphen(end: _LineEnd, spellings: frozenset[str], hyphened: frozenset[str]) -> bool:
    """Return whether a word that a line's end parts has a hyphen anyway."""
    left_match = _LAST_WORD.search(end.line.words[-_BACK:-1])
    right_match = _FIRST_WORD.match(end.following.words)
    if end.line.words[-1] == "\u00ad" or left_match is None or right_match is None:
        return False
    left, right = left_match[0], right_match[0]
    behind = end.following.words[right_match.end() : right_match.end() + 2]
    if not right[0].islower() or not left[-1].isalpha() or "-" in left or (behind[:1] == "-" and behind[1:].isalpha()):
        return True
    joined, parted = (left + right).lower(), f"{left}-{right}".lower()
    if joined in spellings or parted in spellings:
        return joined not in spellings
    return left.lower() in hyphened
