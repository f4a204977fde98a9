"""Find a quote in its document: return the document's own characters and their offsets, or say why it is not there.

A quote may differ from the document in what looks the same in print (:mod:`positions.quotes.rungs`), and in nothing
else. All work is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final, NamedTuple

from positions.errors import QueryError
from positions.model.candidate import Rung
from positions.quotes.clause_bounds import widen_to_clauses
from positions.quotes.letters import is_mark
from positions.quotes.rungs import BLANKS, HYPHENS, RUNGS, find_on_rung, strictest_rung
from positions.quotes.text_view import Span

_CONTEXT: Final = 60
"""Characters shown on each side of a match."""
_SHOWN: Final = 300
"""Characters of a passage that a message shows at most."""
FEWEST_WORDS: Final = 4
"""A quote of fewer words must be a whole clause."""
LONGEST: Final = 20_000
"""The most characters that a quote may have."""
_JOINING: Final = "\u00ad\u200c\u200d\u2060"
_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
_APOSTROPHES: Final = "'’ʼ"
_WIDE: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Letters of scripts without blanks between words."""
_PARTED: Final = re.compile(rf"\w[{HYPHENS}\u00ad][^\S\n]{{0,9}}\n[^\S\n]{{0,99}}\Z")
"""What stands before the second half of a word that a line's end parts."""
_FARTHEST: Final = 120


class AmbiguousQuoteError(QueryError):
    """A quote occurs several times in its document and nothing chooses among them."""


class QuoteMatch(NamedTuple):
    """The span of a quote in its document, half-open in code points, and the rung on which it matched."""

    start: int
    end: int
    rung: Rung


def find_quote(text: str, quote: str, *, near: int | str | None = None, start: int | None = None) -> QuoteMatch:
    """Return the document's own span of a quote, on the strictest rung on which it occurs there.

    If it occurs several times, ``near`` chooses: an offset, or a passage of the document that contains the quote or is
    next to it. ``start`` gives the exact offset. White space around the quote is ignored.

    Raises ``QueryError`` if the quote does not occur (the message shows the nearest passage), begins or ends inside a
    word, or has fewer than :data:`FEWEST_WORDS` words without being a whole clause; :class:`AmbiguousQuoteError` if it
    occurs several times and nothing chooses among them.
    """
    wanted = quote.strip(BLANKS)
    if not wanted:
        raise QueryError("is empty", field="quote")
    if len(wanted) > LONGEST:
        raise QueryError(f"found {len(wanted):,} characters, allowed: up to {LONGEST:,}", field="quote")
    spans = _find_spans(text, wanted, every=near is not None or start is not None)
    whole = [span for span in spans if not _is_cut(text, *span)]
    if start is not None:
        span = _choose_by_start(whole or spans, start)
    elif len(whole) > 1:
        span = _choose_by_context(text, whole, near)
    elif whole or spans:
        span = (whole or spans)[0]
    else:
        message = f"is not in the document word for word; the nearest passage is:\n  {nearest_passage(text, quote)}"
        raise QueryError(message, field="quote")
    if _is_cut(text, *span):
        message = f"begins or ends inside a word; whole words are allowed: …{_show_context(text, *span)}…"
        raise QueryError(message, field="quote")
    if _count_words(wanted) < FEWEST_WORDS and not _is_clause(text, *span):
        first, last = widen_to_clauses(text, *span)
        enough = f"at least {FEWEST_WORDS} words or a whole clause, as {text[first:last][:_SHOWN]!r}"
        raise QueryError(f"found {wanted!r}, allowed: {enough}", field="quote")
    return QuoteMatch(*span, strictest_rung(text[slice(*span)], wanted))


def nearest_passage(text: str, quote: str) -> str:
    """Return the passage of a text that shares the most words with a quote, a few words longer than the quote."""
    wanted = Counter(word.casefold() for word in _words_in(quote[:LONGEST]))
    size = wanted.total()
    words = list(re.finditer(r"\w+", text)) if size else []
    best, score, last = -1, 0, 0
    for index, word in enumerate(words):
        score += _take_word(wanted, word[0].casefold(), by=-1)
        if index >= size:
            score -= _take_word(wanted, words[index - size][0].casefold(), by=1)
        if score > best:
            best, last = score, index
    if not words:
        return " ".join(text[: 2 * _CONTEXT].split())
    first, end = max(0, last - size - 1), min(len(words), last + 3)
    passage = text[words[first].start() : words[end - 1].end()]
    return " ".join(passage[:_SHOWN].split())


def _find_spans(text: str, quote: str, *, every: bool) -> list[Span]:
    """Return the spans of a quote in order: down to the strictest rung with a span of whole words, or on every rung."""
    spans: dict[Span, None] = {}
    for rung in RUNGS:
        for span in find_on_rung(text, quote, rung):
            spans[span] = None
        if not every and any(not _is_cut(text, *span) for span in spans):
            break
    return sorted(spans)


def _choose_by_start(spans: list[Span], start: int) -> Span:
    for span in spans:
        if span[0] == start:
            return span
    offsets = ", ".join(str(first) for first, _ in spans[:9]) or "none"
    raise QueryError(f"found {start}, allowed: {offsets}, where the quote occurs", field="start")


def _choose_by_context(text: str, spans: list[Span], near: int | str | None) -> Span:
    """Return the span nearest to ``near``; raise ``AmbiguousQuoteError`` if none or more than one is."""
    around = [Span(near, near)] if isinstance(near, int) else _find_passages(text, near) if near else []
    by_distance = sorted((min(_span_gap(span, one) for one in around), span) for span in spans if around)
    if by_distance and by_distance[0][0] < by_distance[1][0]:
        return by_distance[0][1]
    contexts = "\n".join(f"  --start {first}: …{_show_context(text, first, last)}…" for first, last in spans[:9])
    raise AmbiguousQuoteError(f"occurs {len(spans)} times in the document; say which:\n{contexts}", field="quote")


def _find_passages(text: str, passage: str) -> list[Span]:
    wanted = passage.strip(BLANKS)
    return _find_spans(text, wanted, every=False) if wanted else []


def _span_gap(one: Span, two: Span) -> int:
    return max(0, one[0] - two[1], two[0] - one[1])


def _is_cut(text: str, start: int, end: int) -> bool:
    """Return whether a span begins or ends inside a word, as “can” of “can’t” or “negotiable” of “non-negotiable”."""
    return _is_inside_word(text, start) or _is_inside_word(text, end)


def _is_inside_word(text: str, offset: int) -> bool:
    """Return whether the characters before and after an offset belong to one word."""
    before, after = text[max(0, offset - 2) : offset], text[offset : offset + 2]
    if not before or not after:
        return False
    if is_mark(after[0]):
        return True
    if after[0].islower() and before[-1].isspace() and _PARTED.search(text, max(0, offset - _FARTHEST), offset):
        return True
    left, right = _is_letter(before[-1]), _is_letter(after[0])
    joints = _APOSTROPHES + HYPHENS
    return (
        (left and right)
        or (left and after[0] in joints and len(after) == 2 and _is_letter(after[1]))
        or (right and before[-1] in joints and len(before) == 2 and _is_letter(before[0]))
    )


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign in _JOINING or is_mark(sign)


def _is_clause(text: str, start: int, end: int) -> bool:
    first, last = widen_to_clauses(text, start, end)
    return not any(sign.isalnum() for sign in text[first:start] + text[end:last])


def _count_words(quote: str) -> int:
    """Count a quote's words; where a script writes no blanks, two letters are taken for a word."""
    composed = unicodedata.normalize("NFC", quote)
    return len(_WORD.findall(composed)) + len(_WIDE.findall(composed)) // 2


def _words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _take_word(wanted: Counter[str], word: str, *, by: int) -> int:
    """Take a word out of the wanted ones or put it back; return 1 if that changes how many are matched, else 0."""
    if word not in wanted:
        return 0
    wanted[word] += by
    return int(wanted[word] >= 0) if by < 0 else int(wanted[word] > 0)


def _show_context(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - _CONTEXT) : min(end, start + _SHOWN) + _CONTEXT].split())
