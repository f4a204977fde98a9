"""Paragraphs of a text, one a line, and where a sentence may end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from positions.quotes.text_view import Span

SENTENCE_END: Final = re.compile(r"[.!?…؟۔।][.!?…؟۔।]*+[\"”’»«“)\]]*+(?=\s|$)|[。！？]++[”’」』）]*+")
"""A sentence's last signs. In English an abbreviation may end so, too (:mod:`positions.quotes.abbreviations`)."""


def split_paragraphs(text: str) -> Iterator[Span]:
    """Yield the spans of the lines that are not blank, without outer blanks."""
    start = 0
    for line in text.split("\n"):
        inner = line.strip()
        if inner:
            first = start + line.index(inner[0])
            yield Span(first, first + len(inner))
        start += len(line) + 1
