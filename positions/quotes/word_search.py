"""Find words in texts, accents and case aside: several words are all wanted, words in quotation marks as a phrase.

A word matches words that begin with it, a phrase only whole words in a row, so that an index of whole words (SQLite's
FTS5, PostgreSQL's text search) can answer the same question. Scripts without blanks are searched letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from positions.quotes.letters import is_mark
from positions.quotes.text_view import Span, TextEdit, TextView

MOST_TERMS: Final = 20
"""The most words and phrases of a search that are looked for; the others are left out."""
_WIDE: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Letters of scripts without blanks between words, as the content of a pattern's character class."""
_TOKEN: Final = re.compile(rf"[{_WIDE}]|[^\W_{_WIDE}]+")
_PARTED: Final = re.compile(r"(?<=\w)[-\u2010\u00ad]\r?\n[^\S\n]*(?=[^\W\d_])")
"""The hyphen and the end of the line of a word that goes on in the next one."""
_PHRASE: Final = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]?|([^\s\"“”„«»]+)")


class SearchTerm(NamedTuple):
    """A word or phrase as it was written, and what a line of words (:func:`word_line`) has of it."""

    words: str
    needle: str


class _Letters(dict[int, str]):
    """Each character without accents and case, made when it is first met; what nobody sees is left out."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        folded = "".join(sign for sign in letters if not is_mark(sign) and unicodedata.category(sign) != "Cf")
        self[code] = folded
        return folded


_LETTERS: Final = _Letters()


def read_terms(words: str) -> tuple[SearchTerm, ...]:
    """Read the words and phrases of a search; what has no letters and digits is left out, an open mark reaches on."""
    terms: dict[str, SearchTerm] = {}
    for match in _PHRASE.finditer(words):
        written = match[0].strip()
        line = word_line(match[2] if match[2] else match[1] or "")
        # The blank behind a phrase's last word asks for the whole word.
        needle = line.removesuffix(" ") if match[2] else line
        if line.strip():
            terms.setdefault(needle, SearchTerm(written, needle))
    return tuple(terms.values())[:MOST_TERMS]


def word_line(text: str) -> str:
    """Return a text's words without accents and case, each with one blank on both sides."""
    tokens = _TOKEN.findall(_fold_letters(_PARTED.sub("", text)))
    return f" {' '.join(tokens)} " if tokens else " "


def matches_all(line: str, terms: Sequence[SearchTerm]) -> bool:
    """Return whether a line of words has all terms."""
    return all(term.needle in line for term in terms)


def find_terms(text: str, terms: Sequence[SearchTerm]) -> tuple[Span, ...]:
    """Return where any of the terms stand in a text, in order and apart: whole words, in offsets of the text."""
    view = _folded_view(text) if terms else TextView("")
    tokens = [match.span() for match in _TOKEN.finditer(view.text)]
    line = f" {' '.join(view.text[first:last] for first, last in tokens)} "
    # Where each word begins in the line, behind the blank before it.
    starts = list(accumulate((last - first + 1 for first, last in tokens), initial=1))[: len(tokens)]
    spans = []
    for term in terms:
        for offset in _offsets(line, term.needle):
            first = bisect_right(starts, offset + 1) - 1
            last = bisect_right(starts, offset + len(term.needle.rstrip()) - 1) - 1
            spans.append(_with_marks(text, view.stored_span(tokens[first][0], tokens[last][1])))
    return tuple(_merge(sorted(spans)))


def _fold_letters(text: str) -> str:
    return text.casefold() if text.isascii() else text.translate(_LETTERS)


def _folded_view(text: str) -> TextView:
    view = TextView(text).edit(TextEdit(*match.span(), "") for match in _PARTED.finditer(text))
    folded = ((offset, sign, _fold_letters(sign)) for offset, sign in enumerate(view.text))
    return view.edit(TextEdit(offset, offset + 1, shown) for offset, sign, shown in folded if shown != sign)


def _offsets(line: str, needle: str) -> Iterator[int]:
    offset = line.find(needle)
    while offset >= 0:
        yield offset
        offset = line.find(needle, offset + 1)


def _with_marks(text: str, span: Span) -> Span:
    """Return a span with the accents of its last letter, which are characters of their own in some texts."""
    end = span.end
    while end < len(text) and is_mark(text[end]):
        end += 1
    return Span(span.start, end)


def _merge(spans: Sequence[Span]) -> Iterator[Span]:
    before: Span | None = None
    for span in spans:
        if before is not None and span.start < before.end:
            before = Span(before.start, max(before.end, span.end))
            continue
        if before is not None:
            yield before
        before = span
    if before is not None:
        yield before
