"""Sentences and quotations: where they begin and end, whatever marks a text uses.

Quotation marks may be curly, straight, angled, nested, unbalanced, or open a new paragraph without having closed the
last one. Everything is found in one pass over each paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from positions.quotes.abbreviations import ends_in_abbreviation
from positions.quotes.text_view import Span

_BLANK_RUN: Final = re.compile(r"[^\S\n]*\n[^\S\n]*")
_END: Final = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s|$)")
_PAIRS: Final = {"“": "”", "«": "»", "„": "“"}
_BULLET: Final = re.compile(r"(?:[-–—*•▪]+|\d{1,2}[.)])\s+")
_LABEL: Final = re.compile(
    r"([A-Z][A-Z.'’ -]{2,40}|Q|A)(?:, [A-Z][A-Z0-9.,'’&/ -]{2,90})?(?: ?\([^)\n]{0,60}\))?:\s+(?=\S)"
)
_CUE_LINE: Final = re.compile(r"[(\[](?:BEGIN|END)\b")
_TRANSCRIPT: Final = 3
"""The fewest labels of a transcript, in which a label also applies to the paragraphs below it."""
_DATELINE: Final = re.compile(
    r"[A-Z][A-ZÀ-Þ'’-]{2,}(?:[ .,/]+[A-Z][\w'’.-]*){0,5}"
    r"(?:[ ,]+[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: ?\([^)\n]{2,50}\))?"
    r"(?: ?(?:--|[-–—]) ?|: )(?=[\w“\"‘])"
)
_HEADING_WORDS: Final = 24
"""The most words of a heading."""
LONGEST: Final = 2_000
"""Characters after which a sentence is cut at the next blank, so that text without full stops stays workable."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span without outer blanks, its paragraph's number, and the ``quotes`` that touch it.

    Quotes are spans of the words between the marks; one that runs over several sentences belongs to each of them.
    ``heading`` marks a line of few words without a full stop. ``label`` is the name before the colon that opens a
    transcript's paragraph, or the last one above it.
    """

    span: Span
    paragraph: int
    quotes: tuple[Span, ...]
    heading: bool
    label: Span | None = None


def split_sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences, each with the quotations that touch it."""
    sentences: list[Sentence] = []
    carried = False
    paragraphs = list(split_paragraphs(text))
    openings = [_skip_opening(text, paragraph) for paragraph in paragraphs]
    transcript = sum(1 for _, label in openings if label) >= _TRANSCRIPT
    speaking: Span | None = None
    for number, paragraph in enumerate(paragraphs):
        quotes, carried = _find_quotations(text, paragraph, carried=carried)
        heading = _is_heading(text, paragraph, quotes)
        start, label = openings[number]
        if transcript:
            ends = heading or _CUE_LINE.match(text, paragraph.start)
            label = speaking = label or (None if ends else speaking)
        for span in _split_paragraph(text, Span(start, paragraph.end)):
            touching = tuple(quote for quote in quotes if quote.start < span.end and span.start < quote.end)
            sentences.append(Sentence(span, number, touching, heading, label))
    return sentences


def split_paragraphs(text: str) -> Iterator[Span]:
    """Yield the spans of the lines that are not blank, without outer blanks."""
    start = 0
    for line in text.split("\n"):
        inner = line.strip()
        if inner:
            first = start + line.index(inner[0])
            yield Span(first, first + len(inner))
        start += len(line) + 1


def _skip_opening(text: str, paragraph: Span) -> tuple[int, Span | None]:
    """Return the offset of a paragraph's words, after a bullet, a dateline or a speaker's label, and the label."""
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
    """Return a paragraph's quotations, and whether the last one stays open for the next paragraph."""
    quotations: list[Span] = []
    opened, closer = -1, ""
    for offset in range(paragraph.start, paragraph.end):
        sign = text[offset]
        if opened < 0:
            if sign in _PAIRS:
                opened, closer = offset + 1, _PAIRS[sign]
            elif sign == '"':
                opened, closer = offset + 1, '"'
            elif sign in "‘'" and _opens_quotation(text, offset):
                opened, closer = offset + 1, "’'"
        elif (sign in closer and (closer != "’'" or _closes_quotation(text, offset))) or (sign + closer == '”"'):
            quotations.append(Span(opened, offset))
            opened = -1
    # An apostrophe that looked like an opening mark opened nothing.
    if opened < 0 or closer == "’'":
        return quotations, False
    # Left open: to the end of the paragraph if the quotation continues in the next one, else to that of the sentence.
    end = paragraph.end
    stop = _END.search(text, opened, paragraph.end)
    if stop and not carried and not _reopens_quotation(text, paragraph.end):
        end = stop.end()
    return [*quotations, Span(opened, end)], True


def _reopens_quotation(text: str, end: int) -> bool:
    """Return whether the next paragraph begins with an opening mark."""
    rest = _BLANK_RUN.match(text, end)
    offset = rest.end() if rest else end
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return text[offset : offset + 1] in tuple('“"«')


def _opens_quotation(text: str, offset: int) -> bool:
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return (not before or before.isspace() or before in "(—–-[") and after.isalnum()


def _closes_quotation(text: str, offset: int) -> bool:
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
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
