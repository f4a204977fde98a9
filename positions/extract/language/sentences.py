"""Sentences and quotations: where they begin and end, whatever marks a text uses.

Quotation marks may be curly, straight, angled, nested, unbalanced, or open a new paragraph without having closed the
last one. Everything is found in one pass over each paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from positions.quotes.abbreviations import ends_in_abbreviation

_BLANK_RUN: Final = re.compile(r"[^\S\n]*\n[^\S\n]*")
_END: Final = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s|$)")
_PAIRS: Final = {"“": "”", "«": "»", "„": "“"}
_BULLET: Final = re.compile(r"(?:[-–—*•▪]+|\d{1,2}[.)])\s+")
_LABEL: Final = re.compile(
    r"([A-Z][A-Z.'’ -]{2,40}|Q|A)(?:, [A-Z][A-Z0-9.,'’&/ -]{2,90})?(?: ?\([^)\n]{0,60}\))?:\s+(?=\S)"
)
_CUE_LINE: Final = re.compile(r"[(\[](?:BEGIN|END)\b")
_TRANSCRIPT: Final = 3
"""Labels from which a text is a transcript, whose labels hold for the paragraphs below them too."""
_DATELINE: Final = re.compile(
    r"[A-Z][A-ZÀ-Þ'’-]{2,}(?:[ .,/]+[A-Z][\w'’.-]*){0,5}"
    r"(?:[ ,]+[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: ?\([^)\n]{2,50}\))?"
    r"(?: ?(?:--|[-–—]) ?|: )(?=[\w“\"‘])"
)
_HEADING_WORDS: Final = 24
LONGEST: Final = 2_000
"""Characters after which a sentence is cut where the next blank is: text without full stops stays workable."""


class Span(NamedTuple):
    """A stretch of text in Unicode code points, the end exclusive."""

    start: int
    end: int

    def contains(self, offset: int) -> bool:
        """Return whether an offset lies in the span."""
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span without outer blanks, its paragraph's number, and the ``quotes`` that touch it.

    ``label`` is the name before the colon that opens a transcript's paragraph, or one above it.

    Quotes are spans of the words between the marks; one that runs over several sentences is in each of them.
    ``heading`` marks a line of few words without a full stop.
    """

    span: Span
    paragraph: int
    quotes: tuple[Span, ...]
    heading: bool
    label: Span | None = None


def split_sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences, each with the quotations that touch it."""
    found: list[Sentence] = []
    carried = False
    pieces = list(split_paragraphs(text))
    openings = [_skip_opening(text, paragraph) for paragraph in pieces]
    transcript = sum(1 for _, label in openings if label) >= _TRANSCRIPT
    speaking: Span | None = None
    for number, paragraph in enumerate(pieces):
        quotes, carried = _find_quotations(text, paragraph, carried=carried)
        heading = _is_heading(text, paragraph, quotes)
        start, label = openings[number]
        if transcript:
            ends = heading or _CUE_LINE.match(text, paragraph.start)
            label = speaking = label or (None if ends else speaking)
        for span in _split_paragraph(text, Span(start, paragraph.end)):
            touching = tuple(quote for quote in quotes if quote.start < span.end and span.start < quote.end)
            found.append(Sentence(span, number, touching, heading, label))
    return found


def split_paragraphs(text: str) -> Iterator[Span]:
    """Yield the lines that hold text, without outer blanks."""
    start = 0
    for line in text.split("\n"):
        inner = line.strip()
        if inner:
            first = start + line.index(inner[0])
            yield Span(first, first + len(inner))
        start += len(line) + 1


def _skip_opening(text: str, paragraph: Span) -> tuple[int, Span | None]:
    """Return where a paragraph's words begin, after a bullet, a dateline or a speaker's label, and the label."""
    start = paragraph.start
    if bullet := _BULLET.match(text, start, paragraph.end):
        start = bullet.end()
    if label := _LABEL.match(text, start, paragraph.end):
        return label.end(), Span(start, start + len(label[1].rstrip()))
    if dateline := _DATELINE.match(text, start, paragraph.end):
        start = dateline.end()
    return start, None


def _is_heading(text: str, paragraph: Span, quotes: list[Span]) -> bool:
    line = text[paragraph.start : paragraph.end]
    if line[-1] in '.!?…:;,"”»' or len(line.split()) > _HEADING_WORDS:
        return False
    return not any(quote.end - quote.start > 0.8 * len(line) for quote in quotes)


def _find_quotations(text: str, paragraph: Span, *, carried: bool) -> tuple[list[Span], bool]:
    """Return a paragraph's quotations, and whether its last one stays open for the next paragraph."""
    found: list[Span] = []
    opened, closer = -1, ""
    for place in range(paragraph.start, paragraph.end):
        sign = text[place]
        if opened < 0:
            if sign in _PAIRS:
                opened, closer = place + 1, _PAIRS[sign]
            elif sign == '"':
                opened, closer = place + 1, '"'
            elif sign in "‘'" and _opens_quotation(text, place):
                opened, closer = place + 1, "’'"
        elif (sign in closer and (closer != "’'" or _closes_quotation(text, place))) or (sign == "”" and closer == '"'):
            found.append(Span(opened, place))
            opened = -1
    if opened < 0:
        return found, False
    if closer == "’'":
        # An apostrophe that looked like a mark: nothing was opened.
        return found, False
    # Left open: the rest of the paragraph where a quotation goes on over paragraphs, else to the sentence's end.
    end = paragraph.end
    stop = _END.search(text, opened, paragraph.end)
    if stop and not carried and not _reopens_quotation(text, paragraph.end):
        end = stop.end()
    return [*found, Span(opened, end)], True


def _reopens_quotation(text: str, end: int) -> bool:
    rest = _BLANK_RUN.match(text, end)
    place = rest.end() if rest else end
    while place < len(text) and text[place].isspace():
        place += 1
    return text[place : place + 1] in tuple('“"«')


def _opens_quotation(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in "(—–-[") and after.isalnum()


def _closes_quotation(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not before.isspace() and not after.isalnum()


def _split_paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in _END.finditer(text, paragraph.start, paragraph.end):
        if stop[0].startswith(".") and len(stop[0]) == 1 and _is_abbreviation(text, start, stop.start(), stop.end()):
            continue
        after = text[stop.end() : stop.end() + 2].strip()
        if after and (after[0].islower() or after[0] == ","):
            continue
        yield from _trim(text, start, stop.end())
        start = stop.end()
    yield from _trim(text, start, paragraph.end)


def _is_abbreviation(text: str, start: int, dot: int, end: int) -> bool:
    return end < len(text) and ends_in_abbreviation(text, dot, start=start)


def _trim(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        blank = text.find(" ", start + LONGEST, end)
        if blank < 0:
            break
        yield Span(start, blank)
        start = blank + 1
    if end > start:
        yield Span(start, end)
