"""A text as it is read, with the way back to the text as it is stored.

Rules and searches read a view without what the eye does not see: joined lines, composed letters, no soft hyphens. What
they find is told in offsets of the stored text, so that a quote is always the document's own characters.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of text, in Unicode code points."""

    start: int
    end: int

    def contains(self, offset: int) -> bool:
        """Return whether an offset lies in the span."""
        return self.start <= offset < self.end


class TextEdit(NamedTuple):
    """A half-open stretch of a text, and the characters that a view shows instead of it."""

    start: int
    end: int
    shown: str


@dataclass(frozen=True, slots=True)
class TextView:
    """A view of a text; for each of its characters the start and end of what it stands for, if they ever differ."""

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def edit(self, edits: Iterable[TextEdit]) -> TextView:
        """Return the view with stretches replaced; ``edits`` are in order, do not overlap and count in this view.

        All characters of a replacement stand for the whole stretch.
        """
        parts: list[str] = []
        starts, ends = array("q"), array("q")
        done = 0
        for first, last, shown in edits:
            parts += (self.text[done:first], shown)
            self._copy_offsets(starts, ends, done, first)
            if shown:
                whole = self.stored_span(first, last)
                starts.extend([whole.start] * len(shown))
                ends.extend([whole.end] * len(shown))
            done = last
        if not parts:
            return self
        parts.append(self.text[done:])
        self._copy_offsets(starts, ends, done, len(self.text))
        return TextView("".join(parts), starts, ends)

    def _copy_offsets(self, starts: array[int], ends: array[int], first: int, last: int) -> None:
        if self.starts is None or self.ends is None:
            starts.extend(range(first, last))
            ends.extend(range(first + 1, last + 1))
        else:
            starts.extend(self.starts[first:last])
            ends.extend(self.ends[first:last])

    def stored_span(self, start: int, end: int) -> Span:
        """Return the stretch of the stored text that a stretch of the view stands for; it is not empty."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        return Span(self.starts[start], self.ends[end - 1])

    def view_span(self, start: int, end: int) -> Span:
        """Return the characters of the view that stand for a stretch of the stored text or for a part of it."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        first = bisect_right(self.ends, start)
        return Span(first, max(first, bisect_left(self.starts, end)))

    def splits_sign(self, offset: int) -> bool:
        """Return whether the characters before and after an offset stand for one sign, as both halves of a ligature."""
        inside = self.starts is not None and 0 < offset < len(self.text)
        return inside and self.starts is not None and self.starts[offset] == self.starts[offset - 1]
