"""Finding a quote in its document: the document's own characters, where they stand, or why they do not.

A quote may be given with other white space or other shapes of quotation marks, dashes and ellipses than the document
has; nothing further is forgiven. All work is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from positions.errors import QueryError
from positions.model.candidate import Rung
from positions.quotes.clause_bounds import widen_to_clauses

_CONTEXT: Final = 60
"""Characters shown on each side of a place."""
_SHOWN: Final = 300
"""The longest passage shown."""
FEWEST_WORDS: Final = 4
"""A quote of fewer words has to be a whole clause."""
LONGEST: Final = 20_000
"""Characters that a quote may have."""
MOST_PLACES: Final = 1_000
"""Places after which nobody looks further: no context settles so many."""
RUNGS: Final[tuple[Rung, ...]] = ("exact", "space", "marks")

_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_JOINING: Final = "\u00ad\u200c\u200d\u2060"
_BLANKS: Final = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + _INVISIBLE
_SINGLE: Final = "'‘’‚‛`´′ʼ＇"
_DOUBLE: Final = '"“”„‟«»″＂'
_DASHES: Final = "-‐‑‒–—―−﹘﹣－"
_SPACES: Final = rf"[\s{_INVISIBLE}]+"
_LOOSE: Final[dict[Rung, re.Pattern[str]]] = {
    "space": re.compile(_SPACES),
    "marks": re.compile(rf"{_SPACES}|[{_SINGLE}]|[{_DOUBLE}]|(?:{'|'.join(map(re.escape, _DASHES))})+|…|\.\.\."),
}
_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
_APOSTROPHES: Final = "'’ʼ"
_HYPHENS: Final = "-‐‑"


class AmbiguousQuoteError(QueryError):
    """A quote that stands in several places of its document, and nothing says which is meant."""


class QuoteMatch(NamedTuple):
    """Where a quote stands, in Unicode code points, and how closely it had to match."""

    start: int
    end: int
    rung: Rung


class _FoldedText(NamedTuple):
    """A text with its differences of a rung evened out; where each of its characters began and ended before."""

    text: str
    starts: array[int]
    ends: array[int]


def find_quote(text: str, quote: str, *, near: int | str | None = None, start: int | None = None) -> QuoteMatch:
    """Find a quote in its document, on the strictest rung on which it stands there, and return the document's own span.

    ``near`` settles which of several places is meant: an offset, or a passage of the document that holds the quote or
    stands beside it. ``start`` names the place itself. Outer white space of the quote is ignored.

    Raises ``QueryError`` where the quote is not there (with the nearest passage), is cut inside a word, has fewer than
    four words without being a whole clause, or stands there several times and nothing settles which.
    """
    wanted = quote.strip(_BLANKS)
    if not wanted:
        raise QueryError("is empty", field="quote")
    if len(wanted) > LONGEST:
        raise QueryError(f"found {len(wanted):,} characters, allowed: up to {LONGEST:,}", field="quote")
    places = _find_spans(text, wanted, every=near is not None or start is not None)
    whole = [span for span in places if not _is_cut(text, *span)]
    if start is not None:
        span = _choose_by_start(whole or places, start)
    elif len(whole) > 1:
        span = _choose_by_context(text, whole, near)
    elif whole or places:
        span = (whole or places)[0]
    else:
        message = f"is not in the document word for word; the nearest passage is:\n  {nearest_passage(text, quote)}"
        raise QueryError(message, field="quote")
    if _is_cut(text, *span):
        message = f"begins or ends inside a word; whole words are allowed: …{_show_context(text, *span)}…"
        raise QueryError(message, field="quote")
    if len(_WORD.findall(wanted)) < FEWEST_WORDS and not _is_clause(text, *span):
        first, last = widen_to_clauses(text, *span)
        enough = f"at least {FEWEST_WORDS} words or a whole clause, as {text[first:last][:_SHOWN]!r}"
        raise QueryError(f"found {wanted!r}, allowed: {enough}", field="quote")
    return QuoteMatch(*span, _strictest_rung(text[slice(*span)], wanted))


def fold_quote(text: str, rung: Rung) -> str:
    """Return a text without what a rung forgives: two quotes are the same on a rung when this is."""
    return text.strip(_BLANKS) if rung == "exact" else _fold(text.strip(_BLANKS), rung).text


def nearest_passage(text: str, quote: str) -> str:
    """Return the passage of a text that shares the most words with a quote, a little longer than it."""
    wanted = Counter(word.casefold() for word in _words_in(quote[:LONGEST]))
    size = wanted.total()
    words = list(re.finditer(r"\w+", text)) if size else []
    best, score, last = -1, 0, 0
    for place, word in enumerate(words):
        score += _take_word(wanted, word[0].casefold(), by=-1)
        if place >= size:
            score -= _take_word(wanted, words[place - size][0].casefold(), by=1)
        if score > best:
            best, last = score, place
    if not words:
        return " ".join(text[: 2 * _CONTEXT].split())
    first, end = max(0, last - size - 1), min(len(words), last + 3)
    passage = text[words[first].start() : words[end - 1].end()]
    return " ".join(passage[:_SHOWN].split())


def is_quoted(text: str, start: int) -> bool:
    """Tell whether a quotation is open at ``start``: an opening mark before it in its paragraph is not yet closed."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return before.count('"') % 2 == 1 or any(
        before.rfind(left) > before.rfind(right) for left, right in ("“”", "‘’", "«»")
    )


def _find_spans(text: str, quote: str, *, every: bool) -> list[tuple[int, int]]:
    """Return where a quote stands: on the strictest rung with a place that cuts no word, or on any rung at all."""
    found: dict[tuple[int, int], None] = {}
    for rung in RUNGS:
        for span in _find_on_rung(text, quote, rung):
            found[span] = None
        if not every and any(not _is_cut(text, *span) for span in found):
            break
    return sorted(found)


def _find_on_rung(text: str, quote: str, rung: Rung) -> Iterator[tuple[int, int]]:
    if rung == "exact":
        yield from ((place, place + len(quote)) for place in _find_offsets(text, quote))
        return
    within, wanted = _fold(text, rung), _fold(quote, rung).text
    for place in _find_offsets(within.text, wanted):
        yield within.starts[place], within.ends[place + len(wanted) - 1]


def _find_offsets(text: str, part: str) -> Iterator[int]:
    place = text.find(part) if part else -1
    for _ in range(MOST_PLACES):
        if place < 0:
            return
        yield place
        place = text.find(part, place + 1)


@lru_cache(maxsize=8)
def _fold(text: str, rung: Rung) -> _FoldedText:
    """Even out what a rung forgives; many quotes of one document are looked up in a row, so it is kept."""
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    place = 0
    for match in _LOOSE[rung].finditer(text):
        if (sign := _canonical_sign(match[0])) == match[0]:
            continue
        first, last = match.span()
        parts += (text[place:first], sign)
        starts.extend(range(place, first + len(sign)))
        ends.extend(range(place + 1, first + 1))
        if sign:
            ends.append(last)
        place = last
    parts.append(text[place:])
    starts.extend(range(place, len(text)))
    ends.extend(range(place + 1, len(text) + 1))
    return _FoldedText("".join(parts), starts, ends)


def _canonical_sign(found: str) -> str:
    """Return the one character that stands for all of its shapes; nothing for what cannot be seen."""
    if found[0] in _SINGLE + _DOUBLE:
        return "'"
    if found[0] in _DASHES:
        return "-"
    if found[0] in ".…":
        return "…"
    return " " if any(sign.isspace() for sign in found) else ""


def _strictest_rung(found: str, quote: str) -> Rung:
    return next((rung for rung in RUNGS[:-1] if fold_quote(found, rung) == fold_quote(quote, rung)), RUNGS[-1])


def _choose_by_start(places: list[tuple[int, int]], start: int) -> tuple[int, int]:
    for span in places:
        if span[0] == start:
            return span
    shown = ", ".join(str(first) for first, _ in places[:9]) or "none"
    raise QueryError(f"found {start}, allowed: {shown}, where the quote stands", field="start")


def _choose_by_context(text: str, places: list[tuple[int, int]], near: int | str | None) -> tuple[int, int]:
    """Return the place that ``near`` names; refuse where it names none or two."""
    around = [(near, near)] if isinstance(near, int) else _find_passages(text, near) if near else []
    by_distance = sorted((min(_span_gap(span, one) for one in around), span) for span in places if around)
    if by_distance and by_distance[0][0] < by_distance[1][0]:
        return by_distance[0][1]
    shown = "\n".join(f"  --start {first}: …{_show_context(text, first, last)}…" for first, last in places[:9])
    raise AmbiguousQuoteError(f"stands {len(places)} times in the document; say which:\n{shown}", field="quote")


def _find_passages(text: str, passage: str) -> list[tuple[int, int]]:
    wanted = passage.strip(_BLANKS)
    return _find_spans(text, wanted, every=False) if wanted else []


def _span_gap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(0, one[0] - two[1], two[0] - one[1])


def _is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether a span begins or ends inside a word; “can” of “can’t” and “negotiable” of “non-negotiable” do."""
    return _is_inside_word(text, start) or _is_inside_word(text, end)


def _is_inside_word(text: str, place: int) -> bool:
    """Tell whether the characters before and after a place belong to one word."""
    before, after = text[max(0, place - 2) : place], text[place : place + 2]
    if not before or not after:
        return False
    if unicodedata.category(after[0])[0] == "M":
        return True
    left, right = _is_letter(before[-1]), _is_letter(after[0])
    joints = _APOSTROPHES + _HYPHENS
    return (
        (left and right)
        or (left and after[0] in joints and len(after) == 2 and _is_letter(after[1]))
        or (right and before[-1] in joints and len(before) == 2 and _is_letter(before[0]))
    )


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign in _JOINING or unicodedata.category(sign)[0] == "M"


def _is_clause(text: str, start: int, end: int) -> bool:
    first, last = widen_to_clauses(text, start, end)
    return not any(sign.isalnum() for sign in text[first:start] + text[end:last])


def _words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _take_word(wanted: Counter[str], word: str, *, by: int) -> int:
    """Take a word from the wanted ones or put it back; return 1 where that changes how many are met."""
    if word not in wanted:
        return 0
    wanted[word] += by
    return int(wanted[word] >= 0) if by < 0 else int(wanted[word] > 0)


def _show_context(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - _CONTEXT) : min(end, start + _SHOWN) + _CONTEXT].split())
