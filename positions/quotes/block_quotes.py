"""Block quotes of Markdown and of mails: paragraphs whose lines open with ">" are another's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from positions.quotes.mark_shapes import MARK
from positions.quotes.text_view import Span

BLOCK: Final = ">"
_LINE: Final = re.compile(r"^[^\S\n]{0,3}>[^\n]*", re.MULTILINE)
_WORDED: Final = re.compile(r"[^\n]*?\S")
_MOST_SHARE: Final = 0.8
"""A text most of whose lines open so was forwarded as a whole: that makes nobody's words direct speech."""


def show_blocks(masked: str, original: str) -> str:
    """Return a masked text with the sign of each line of a block quote, unless all of the text was quoted so."""
    if BLOCK not in original:
        return masked
    starts = [line.start() + line[0].index(BLOCK) for line in _LINE.finditer(original)]
    worded = [start for start in starts if _WORDED.match(masked, start + 1)]
    lines = sum(1 for line in masked.split("\n") if line.strip())
    if not worded or len(worded) > _MOST_SHARE * lines:
        return masked
    parts: list[str] = []
    done = 0
    for start in worded:
        parts += (masked[done:start], BLOCK)
        done = start + 1
    return "".join([*parts, masked[done:]])


def find_blocks(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Yield the paragraphs of block quotes, without their sign; a block with quotation marks of its own has none.

    Such a block is a passage of another report, in which only the words in marks are spoken.
    """
    run: list[Span] = []
    for paragraph in [*paragraphs, None]:
        if paragraph is not None and text[paragraph.start] == BLOCK:
            run.append(paragraph)
            continue
        if run and not any(MARK.search(text, *one) for one in run):
            yield from run
        run = []
