"""Direct speech: which words of a text stand in quotation marks, whatever marks it uses.

Marks may be curly, straight, low, angled outwards or inwards, or corners; a quotation may hold another one, and each
of its paragraphs may open with a mark while only the last one closes. An apostrophe, an inch or a foot is no mark. A
quotation that is never closed ends with its sentence, so that it cannot swallow the text. All work is linear.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from positions.quotes.block_quotes import BLOCK, find_blocks
from positions.quotes.dialogue import find_dialogue
from positions.quotes.mark_shapes import (
    CLOSERS,
    MARK,
    REOPENING,
    SINGLE_CLOSERS,
    SINGLE_MARK,
    TOGGLES,
    is_genitive,
    is_spaced,
    may_close,
    may_open,
)
from positions.quotes.paragraphs import SENTENCE_END, split_paragraphs
from positions.quotes.readable import readable_text
from positions.quotes.text_view import Span
from positions.quotes.typed_marks import show_usual_marks

_AHEAD: Final = 12
"""The most lines of one paragraph in which the closing mark of an open quotation is looked for."""
_UNSURE: Final = "”’'›"
"""Opening marks that are apostrophes or stray marks if nothing closes them."""


class _Opening(NamedTuple):
    """An opening mark; ``inside`` is the offset of the first quoted sign, ``close`` that of its closing mark."""

    mark: str
    inside: int
    close: int | None


@dataclass(slots=True)
class _Quotations:
    """What is found in the paragraphs so far; ``goes_on`` is the mark of a quotation that the next one continues."""

    spans: list[Span] = field(default_factory=list)
    goes_on: str = ""
    is_carried: bool = False


def is_quoted(text: str, start: int, end: int | None = None) -> bool:
    """Return whether the words at an offset stand in quotation marks, and those up to ``end`` in the same ones."""
    view = readable_text(text)
    first, last = view.view_span(start, start + 1 if end is None else end)
    shown = show_usual_marks(view.text)
    while first < len(shown) and (MARK.match(shown, first) or shown[first].isspace() or shown[first] == BLOCK):
        first += 1
    quotations = find_quotations(view.text)
    index = bisect_right(quotations, first, key=lambda quotation: quotation.start) - 1
    if index < 0 or first >= quotations[index].end:
        return False
    return end is None or last <= quotations[index].end + 1


@lru_cache(maxsize=8)
def find_quotations(text: str) -> tuple[Span, ...]:
    """Return the words between a readable text's outermost quotation marks, in order, a span for each paragraph.

    ``text`` has one paragraph a line (:func:`positions.quotes.readable.readable_text`).
    """
    text = show_usual_marks(text)
    quotations = _Quotations()
    paragraphs = list(split_paragraphs(text))
    whole = find_dialogue(text, paragraphs)
    whole |= {block.start: (Span(_skip_signs(text, block), block.end),) for block in find_blocks(text, paragraphs)}
    for number, paragraph in enumerate(paragraphs):
        if paragraph.start in whole:
            quotations.spans.extend(whole[paragraph.start])
            quotations.goes_on, quotations.is_carried = "", False
            continue
        openings = _find_openings(text, paragraph, quotations)
        _take_outermost(text, paragraphs[number : number + _AHEAD + 1], openings, quotations)
    return tuple(quotations.spans)


def _skip_signs(text: str, block: Span) -> int:
    """Return where the words of a block quote's paragraph begin."""
    start = block.start
    while start < block.end and (text[start] == BLOCK or text[start].isspace()):
        start += 1
    return start


def _find_openings(text: str, paragraph: Span, quotations: _Quotations) -> list[_Opening]:
    """Return a paragraph's opening marks in order, each with its closing mark if there is one."""
    open_mark, start = quotations.goes_on, paragraph.start
    doubles = _match_doubles(text, paragraph, open_mark if open_mark not in SINGLE_CLOSERS else "")
    singles = _match_singles(text, paragraph, open_mark if open_mark in SINGLE_CLOSERS else "")
    openings = sorted([*doubles, *singles], key=lambda one: (one.inside, one.close or 0))
    if quotations.is_carried and not open_mark and text[start] == "»":
        # A Spaniard's or Frenchman's paragraph that goes on with a quotation.
        openings = [_Opening("«", start + 1, _first_close(openings, start)), *openings]
    return openings


def _first_close(openings: Sequence[_Opening], start: int) -> int | None:
    return next((one.close for one in openings if one.inside == start + 1), None)


def _match_doubles(text: str, paragraph: Span, open_mark: str) -> list[_Opening]:
    """Match opening and closing marks by a stack; a closing mark drops what was opened within and not closed."""
    stack: list[tuple[str, int]] = [(open_mark, paragraph.start)] if open_mark else []
    depth: Counter[str] = Counter(CLOSERS[open_mark] if open_mark else "")
    openings: list[_Opening] = []
    marks = [match.start() for match in MARK.finditer(text, *paragraph)]
    for number, offset in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        if depth[text[offset]] and _closes(text, offset, following):
            while stack:
                mark, inside = stack.pop()
                depth.subtract(CLOSERS[mark])
                closes = text[offset] in CLOSERS[mark]
                openings.append(_Opening(mark, inside, offset if closes else None))
                if closes:
                    break
        elif _opens(text, offset):
            stack.append((text[offset], offset + 1))
            depth.update(CLOSERS[text[offset]])
    return openings + [_Opening(mark, inside, None) for mark, inside in stack]


def _closes(text: str, offset: int, following: int | None) -> bool:
    """Return whether a mark closes a quotation that it can close; ``following`` is the next mark's offset."""
    mark = text[offset]
    if mark in "」』﹂〞〟" or (mark in "”»›" and not may_open(text, offset)):
        return True
    if is_spaced(text, offset):
        return True
    if not may_close(text, offset):
        return False
    is_inch = mark in TOGGLES and text[offset - 1].isdigit() and following is not None
    return not (is_inch and following is not None and text[following] == mark and not may_open(text, following))


def _opens(text: str, offset: int) -> bool:
    mark = text[offset]
    if mark not in CLOSERS:
        return False
    if mark in "„「『﹁〝" or (mark in "“«‹" and not may_close(text, offset)):
        return True
    return may_open(text, offset) or (mark not in _UNSURE and is_spaced(text, offset))


def _match_singles(text: str, paragraph: Span, open_mark: str) -> list[_Opening]:
    """Match each opening single mark with the closing one before the next that is the least like an apostrophe."""
    openings: list[_Opening] = []
    opened: tuple[str, int] | None = (open_mark, paragraph.start) if open_mark else None
    closes: list[int] = []
    for match in SINGLE_MARK.finditer(text, *paragraph):
        offset, mark = match.start(), match[0]
        if opened and mark in SINGLE_CLOSERS[opened[0]] and may_close(text, offset):
            closes.append(offset)
        elif may_open(text, offset) and mark in SINGLE_CLOSERS and (mark != "’" or text[offset + 1].isalpha()):
            if opened:
                openings.append(_Opening(*opened, _choose_close(text, opened[0], closes)))
            opened, closes = (mark, offset + 1), []
    if opened:
        openings.append(_Opening(*opened, _choose_close(text, opened[0], closes)))
    return openings


def _choose_close(text: str, mark: str, closes: Sequence[int]) -> int | None:
    if mark == "’":
        return next((offset for offset in closes if not text[offset - 1].isalnum()), None)
    sure = (offset for offset in closes if not is_genitive(text, offset))
    return next(sure, next(iter(closes), None))


def _take_outermost(
    text: str, paragraphs: Sequence[Span], openings: Sequence[_Opening], quotations: _Quotations
) -> None:
    """Add the outermost quotations of the first paragraph; the following ones show whether its last one goes on."""
    paragraph, done = paragraphs[0], paragraphs[0].start
    was_carried, quotations.goes_on, quotations.is_carried = quotations.is_carried, "", False
    last_open = max((one.inside for one in openings if one.close is None), default=-1)
    for number, (mark, inside, close) in enumerate(openings):
        if inside < done:
            continue
        end = close
        if end is None and inside == last_open:
            end = paragraph.end if _goes_on(text, paragraphs, mark, quotations) else None
        if end is None and mark not in (*_UNSURE, "‘", "‚"):
            limit = openings[number + 1].inside - 1 if number + 1 < len(openings) else paragraph.end
            stop = None if was_carried else SENTENCE_END.search(text, inside, limit)
            end = _stray_close(text, inside, limit) or (stop.end() if stop else limit)
        if end is not None and end > inside:
            quotations.spans.append(Span(inside, end))
            done = end


def _stray_close(text: str, inside: int, limit: int) -> int | None:
    """Return the offset of the first mark of another kind that can close a quotation, as in “We come", he said."""
    marks = (match.start() for match in MARK.finditer(text, inside, limit))
    return next((one for one in marks if may_close(text, one) and not text[one - 1].isdigit()), None)


def _goes_on(text: str, paragraphs: Sequence[Span], mark: str, quotations: _Quotations) -> bool:
    """Return whether the next paragraph goes on with a quotation that is open at the end of the first one."""
    if len(paragraphs) == 1:
        return False
    if text[paragraphs[1].start] in REOPENING.get(mark, mark) and mark not in "’'":
        quotations.is_carried = True
        return True
    if _is_closed_behind(text, paragraphs, mark):
        quotations.goes_on, quotations.is_carried = mark, True
        return True
    return False


def _is_closed_behind(text: str, paragraphs: Sequence[Span], mark: str) -> bool:
    """Return whether the first mark behind a line's end closes a quotation, in the same paragraph or the next one."""
    closers = SINGLE_CLOSERS.get(mark) or CLOSERS[mark]
    for before, line in pairwise(paragraphs):
        is_apart = text.count("\n", before.end, line.start) > 1
        if is_apart and (mark in SINGLE_CLOSERS or before != paragraphs[0]):
            return False
        for match in (SINGLE_MARK if mark in SINGLE_CLOSERS else MARK).finditer(text, *line):
            offset = match.start()
            if match[0] in closers and may_close(text, offset) and not may_open(text, offset):
                return mark not in "’'" or not text[offset - 1].isalnum()
            is_other = match[0] == mark or match[0] in closers
            if is_other and (mark not in SINGLE_CLOSERS or may_open(text, offset)):
                return False
        if is_apart:
            return False
    return False
