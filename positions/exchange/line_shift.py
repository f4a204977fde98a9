"""Offsets carried from a text to the same text with other line ends, as tools write them anew."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

_LINE_END: Final = re.compile(r"\r\n?")


def plain_line_ends(text: str) -> str:
    """Return a text with a line feed for each of its line ends, and without a byte order mark."""
    return _LINE_END.sub("\n", text.removeprefix("\ufeff"))


class LineShift:
    """Offsets of one text, in code points, as offsets of another that is the same but for its line ends."""

    def __init__(self, one: str, two: str) -> None:
        self._mark = int(one.startswith("\ufeff"))
        self._other_mark = int(two.startswith("\ufeff"))
        self._pairs = _pair_ends(one)
        # Where, in the text with plain line ends, the other one has two characters for one.
        ends = _pair_ends(two)
        self._other = [end - self._other_mark - before for before, end in enumerate(ends, 1)]

    def carry(self, offset: int) -> int:
        """Return where a character of the one text is in the other."""
        plain = max(0, offset - self._mark - bisect_left(self._pairs, offset + 1))
        return plain + self._other_mark + bisect_left(self._other, plain + 1)


def _pair_ends(text: str) -> list[int]:
    """Return the offsets behind each pair of characters that ends a line."""
    return [match.end() for match in re.finditer("\r\n", text)]
