"""Text in the cells of a terminal: how many it takes, where it wraps, and columns beside each other.

A sign of Chinese, Japanese or Korean takes two cells, a mark on a letter none. Everything here is plain text without
control characters; styles and marks of direction come last (:mod:`positions.cli.output`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final
from unicodedata import category, east_asian_width

GAP: Final = 3
"""Cells between two columns."""

LEAST: Final = 4
"""Cells that a column has on average if its words are to be parted."""

Span = tuple[int, int]
"""A line of a text: its first sign and the one after its last."""

_NO_WIDTH: Final = re.compile(r"[\u1160-\u11ff\ud7b0-\ud7ff]")
"""Vowels and final consonants of Korean syllables that are written in parts: they stand in the first one's cells."""


def count_cells(text: str) -> int:
    """Return how many cells of a terminal a text without line ends takes."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(sign: str) -> int:
    if sign.isascii():
        return 1
    if _NO_WIDTH.match(sign) or (sign != "\u00ad" and category(sign) in ("Mn", "Me", "Cf")):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def line_spans(text: str, width: int) -> list[Span]:
    """Return the lines in which a text fits into a width, without the blanks at their ends.

    It wraps between words; a word that is longer than a line is parted.
    """
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        breaks = [start, *(start + place for place in _break_places(line, width)), start + len(line)]
        spans += ((first, first + len(text[first:end].rstrip())) for first, end in pairwise(breaks))
        start += len(line) + 1
    return spans


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of :func:`line_spans`."""
    return [text[start:end] for start, end in line_spans(text, width)]


def _break_places(line: str, width: int) -> Iterator[int]:
    """Yield the places at which a new line begins."""
    used = 0
    for word in re.finditer(r"\s*\S+\s*", line):
        cells = count_cells(word[0].rstrip())
        if used + cells <= width:
            used += count_cells(word[0])
        elif cells <= width:
            yield word.start()
            used = count_cells(word[0])
        else:
            if used:
                yield word.start()
            used = 0
            for place, sign in enumerate(word[0], word.start()):
                if used and used + _cells_of(sign) > width and not sign.isspace():
                    yield place
                    used = 0
                used += _cells_of(sign)


def pad(text: str, width: int, *, is_number: bool = False) -> str:
    """Return a text with blanks up to a width; before it if it ``is_number``."""
    blanks = " " * (width - count_cells(text))
    return blanks + text if is_number else text + blanks


def column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column of cells, so that all fit beside each other; the widest are narrowed first.

    So many columns that none would have :data:`LEAST` cells keep their widths: nobody reads a word letter by letter.
    """
    wanted = [
        max(1, *(count_cells(line) for cell in column for line in cell.split("\n")))
        for column in zip(*rows, strict=True)
    ]
    room = width - GAP * (len(wanted) - 1)
    if sum(wanted) <= room or room < LEAST * len(wanted):
        return wanted
    # Narrow columns stay as they are for as long as they take less than their share of what is left.
    ascending = sorted(wanted)
    before = list(accumulate(ascending, initial=0))
    level, more = next(
        divmod(room - before[index], len(wanted) - index)
        for index, one in enumerate(ascending)
        if one * (len(wanted) - index) > room - before[index]
    )
    widths = []
    for one in wanted:
        extra = one > level and more > 0
        more -= extra
        widths.append(min(one, level + extra))
    return widths


def table_lines(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[list[list[str]]]:
    """Yield of each row the cells' texts line by line, each line with one text a column, some of them empty."""
    for row in rows:
        cells = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells), default=0)
        yield [[lines[line] if line < len(lines) else "" for lines in cells] for line in range(height)]
