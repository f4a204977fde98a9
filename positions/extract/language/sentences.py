"""Sentences and quotations: where they begin and end, whatever marks a text uses.

Quotation marks may be curly, straight, angled, nested, unbalanced, or open a new paragraph without having closed the
last one. Everything is found in one pass over each paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from positions.errors import MissingExtraError
from positions.language.reading_words import ENGLISH, english_reading, word_pattern
from positions.quotes.abbreviations import ends_in_abbreviation
from positions.quotes.paragraphs import SENTENCE_END, split_paragraphs
from positions.quotes.quotations import find_quotations
from positions.quotes.text_view import Span

_BULLET: Final = re.compile(r"(?:[-–—*•▪]+|\d{1,2}[.)])\s+|>\s*")
_NAME: Final = r"[A-Z][A-Z.'’ -]{2,40}"
_OFFICE: Final = r"(?:, [A-Z][A-Z0-9.,'’&/ -]{2,90})?(?: ?\([^)\n]{0,60}\))?"
_TRANSCRIPT: Final = 3
"""The fewest labels of a transcript, in which a label also applies to the paragraphs below it."""
_DATELINE: Final = re.compile(
    r"[A-Z][A-ZÀ-Þ'’-]{2,}(?:[ .,/]+[A-Z][\w'’.-]*){0,5}"
    r"(?:[ ,]+[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: ?\([^)\n]{2,50}\))?"
    r"(?: ?(?:--|[-–—]) ?|: )(?=[\w“\"‘])"
)
_HEADING_WORDS: Final = 24
"""The most words of a heading."""
_MOST_AT_ONCE: Final = 20_000
"""Characters of a paragraph that the library splits at once: many marks in one take it quadratic time."""
LONGEST: Final = 2_000
"""Characters after which a sentence is cut at the next blank, so that text without full stops stays workable."""


@cache
def _label() -> re.Pattern[str]:
    """Return the pattern of what opens a transcript's paragraph: "FOMIN, ENVOY (translated):", "Q:"."""
    return re.compile(rf"({_NAME}|{word_pattern(english_reading().transcripts.labels)}){_OFFICE}:\s+(?=\S)")


@cache
def _cue_line() -> re.Pattern[str]:
    return re.compile(rf"[(\[](?:{word_pattern(english_reading().transcripts.cues)})\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span without outer blanks, its paragraph's number, and the ``quotes`` that touch it.

    Quotes are spans of the words between the marks; one that runs over several sentences belongs to each of them.
    ``heading`` marks a line of few words without a full stop. ``label`` is the name before the colon that opens a
    transcript's paragraph, or the last one above it. ``item`` marks what stands behind a bullet or number.
    """

    span: Span
    paragraph: int
    quotes: tuple[Span, ...]
    heading: bool
    label: Span | None = None
    item: bool = False


def split_sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences, each with the quotations that touch it."""
    sentences: list[Sentence] = []
    quotations = find_quotations(text)
    starts = [quotation.start for quotation in quotations]
    paragraphs = list(split_paragraphs(text))
    openings = [_skip_opening(text, paragraph) for paragraph in paragraphs]
    transcript = sum(1 for _, label in openings if label) >= _TRANSCRIPT
    speaking: Span | None = None
    for number, paragraph in enumerate(paragraphs):
        quotes = _touching(quotations, starts, paragraph)
        heading = _is_heading(text, paragraph, quotes)
        start, label = openings[number]
        if transcript:
            ends = heading or _cue_line().match(text, paragraph.start)
            label = speaking = label or (None if ends else speaking)
        sentences.extend(
            Sentence(span, number, _touching(quotations, starts, span), heading, label, _is_item(text, paragraph))
            for span in _split_paragraph(text, Span(start, paragraph.end))
        )
    return sentences


def _skip_opening(text: str, paragraph: Span) -> tuple[int, Span | None]:
    """Return the offset of a paragraph's words, after a bullet, a dateline or a speaker's label, and the label."""
    start = paragraph.start
    if bullet := _BULLET.match(text, start, paragraph.end):
        start = bullet.end()
    if label := _label().match(text, start, paragraph.end):
        return label.end(), Span(start, start + len(label[1].rstrip()))
    if dateline := _DATELINE.match(text, start, paragraph.end):
        start = dateline.end()
    return start, None


def _is_item(text: str, paragraph: Span) -> bool:
    return _BULLET.match(text, paragraph.start, paragraph.end) is not None


def _touching(quotations: Sequence[Span], starts: Sequence[int], span: Span) -> tuple[Span, ...]:
    """Return the quotations, which are in order, that share a character with a span."""
    first, last = bisect_right(starts, span.start), bisect_left(starts, span.end)
    before = quotations[first - 1 : first]
    return (*(one for one in before if one.end > span.start), *quotations[first:last])


def _is_heading(text: str, paragraph: Span, quotes: Sequence[Span]) -> bool:
    line = text[paragraph.start : paragraph.end]
    if line[-1] in '.!?…:;,"”»' or len(line.split()) > _HEADING_WORDS:
        return False
    return not any(quote.end - quote.start > 0.8 * len(line) for quote in quotes)


def sentence_spans(text: str, *, language: str = ENGLISH) -> list[Span]:
    """Return the spans of a text's sentences without outer blanks; a paragraph is one line.

    ``language`` is a BCP 47 tag. English is split by the rules of this module, which know a speech's marks and
    abbreviations; every other language by the library sentencex. Raises ``MissingExtraError`` if that is absent.
    """
    paragraphs = split_paragraphs(text)
    if language.lower().split("-")[0] == ENGLISH:
        return [span for paragraph in paragraphs for span in _split_paragraph(text, paragraph)]
    try:
        import sentencex
    except ImportError:
        raise MissingExtraError(f"splitting sentences of the language {language!r}", "documents") from None
    spans: list[Span] = []
    for start, end in paragraphs:
        for first in range(start, end, _MOST_AT_ONCE):
            piece = text[first : min(end, first + _MOST_AT_ONCE)]
            for sentence in sentencex.get_sentence_boundaries(language, piece):
                spans.extend(_trim(text, first + sentence["start_index"], first + sentence["end_index"]))
    return spans


def _split_paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
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
