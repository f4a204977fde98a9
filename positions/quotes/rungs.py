"""How far a quote may differ from its document: each rung lets more differ, and nothing that changes a word.

``exact`` lets nothing differ; ``space`` white space and signs that nobody sees; ``marks`` also the shapes of quotation
marks, dashes and ellipses; ``letters`` also how letters are stored (composed, decomposed, as a ligature) and the
hyphen of a word that a line's end parts. All work is linear in the length of the text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from positions.model.candidate import Rung
from positions.quotes.letters import UNSEEN, letter_edits
from positions.quotes.text_view import Span, TextEdit, TextView

RUNGS: Final[tuple[Rung, ...]] = ("exact", "space", "marks", "letters")
MOST_MATCHES: Final = 1_000
"""Occurrences after which the search stops: no context chooses among so many."""
_UNSEEN_SIGN: Final = re.compile(f"[{UNSEEN}]")
_LOW_SIGNS: Final = [*map(chr, range(0x3001)), *map(chr, range(0xFE00, 0xFE10)), "\ufeff"]
BLANKS: Final = "".join(sign for sign in _LOW_SIGNS if sign.isspace() or _UNSEEN_SIGN.match(sign))
"""White space and signs that nobody sees."""
HYPHENS: Final = "-‐‑"
_SOFT: Final = "\u00ad"
"""A soft hyphen stands in a folded text for the hyphen of a parted word, which the word itself may or may not have."""
_SINGLE: Final = "'‘’‚‛`´′ʼ＇‹›"
_DOUBLE: Final = '"“”„‟«»″＂「」『』〝〞〟'
_DASHES: Final = "-‐‑‒–—―−﹘﹣－"
_WIDE: Final = "\u2e80-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
"""Signs of scripts that write no blanks between words, as the content of a pattern's character class."""
_SPACES: Final = rf"[\s{UNSEEN}]+"
_SIGNS: Final = rf"{_SPACES}|[{_SINGLE}]|[{_DOUBLE}]|(?:{'|'.join(map(re.escape, _DASHES))})+|…|\.\.\."
_LINE_END: Final = r"(?:(?:\r?\n)?\f(?:\r?\n)?|\r\n|[\n\r\u2028])"
_INDENT: Final = r"[^\S\n\r\f\u2028]*+"
_PARTED: Final = rf"(?<![{HYPHENS}\s])[{HYPHENS}{_SOFT}]{_INDENT}{_LINE_END}{_INDENT}(?=\w)"
_BETWEEN_WIDE: Final = rf"(?<=[{_WIDE}])\s++(?=[{_WIDE}])"
_LOOSE: Final[dict[Rung, str]] = {
    "space": _SPACES,
    "marks": _SIGNS,
    "letters": rf"(?P<parted>{_PARTED})|(?P<between>{_BETWEEN_WIDE})|{_SIGNS}",
}
"""What each rung lets differ, as a pattern that is compiled at its first use: most quotes are exact."""
_HYPHEN: Final = re.compile(f"[-{_SOFT}]")


class _Unhyphenated(NamedTuple):
    """A text without hyphens, and for each of its characters the offset in the text with them."""

    text: str
    offsets: array[int]


def find_on_rung(text: str, quote: str, rung: Rung) -> Iterator[Span]:
    """Yield the spans of a quote in a text, in order, that are equal to it but for what a rung lets differ.

    White space around ``quote`` counts; at most :data:`MOST_MATCHES` spans are yielded.
    """
    if rung == "exact":
        yield from (Span(offset, offset + len(quote)) for offset in _find_offsets(text, quote))
        return
    view, wanted = fold_text(text, rung), fold_text(quote, rung).text
    for first, last in _find_folded(view.text, wanted):
        if not view.splits_sign(first) and not view.splits_sign(last):
            yield view.stored_span(first, last)


def is_equal_on_rung(one: str, two: str, rung: Rung) -> bool:
    """Return whether two quotes are the same but for white space around them and what a rung lets differ."""
    one, two = one.strip(BLANKS), two.strip(BLANKS)
    if rung == "exact":
        return one == two
    folded_one, folded_two = fold_text(one, rung).text, fold_text(two, rung).text
    return folded_one == folded_two or (rung == "letters" and _agree_but_for_parting(folded_one, folded_two))


def strictest_rung(passage: str, quote: str) -> Rung:
    """Return the strictest rung on which a passage equals a quote; the loosest one is not tried."""
    return next((rung for rung in RUNGS[:-1] if is_equal_on_rung(passage, quote, rung)), RUNGS[-1])


@lru_cache(maxsize=12)
def fold_text(text: str, rung: Rung) -> TextView:
    """Return a view without the differences that a rung allows. Cached: many quotes of a document come in a row."""
    view = TextView(text).edit(_sign_edits(text, rung))
    return view.edit(letter_edits(view.text)) if rung == "letters" else view


def _sign_edits(text: str, rung: Rung) -> Iterator[TextEdit]:
    for match in re.finditer(_LOOSE[rung], text):
        if (sign := _canonical_sign(match)) != match[0]:
            yield TextEdit(*match.span(), sign)


def _canonical_sign(match: re.Match[str]) -> str:
    """Return the one character that stands for all shapes of a mark; an empty text for invisible characters."""
    signs = match[0]
    if match.lastgroup:
        return _SOFT if match.lastgroup == "parted" else ""
    if signs[0] in _SINGLE + _DOUBLE:
        return "'"
    if signs[0] in _DASHES:
        return "-"
    if signs[0] in ".…":
        return "…"
    return " " if any(sign.isspace() for sign in signs) else ""


def _find_offsets(text: str, part: str) -> Iterator[int]:
    offset = text.find(part) if part else -1
    for _ in range(MOST_MATCHES):
        if offset < 0:
            return
        yield offset
        offset = text.find(part, offset + 1)


def _find_folded(text: str, quote: str) -> Iterator[Span]:
    """Yield the spans of a folded quote in a folded text, whether or not parted words have their hyphens."""
    if _SOFT not in text and _SOFT not in quote:
        yield from (Span(offset, offset + len(quote)) for offset in _find_offsets(text, quote))
        return
    bare, wanted = _remove_hyphens(text), _HYPHEN.sub("", quote)
    for offset in _find_offsets(bare.text, wanted):
        first, last = bare.offsets[offset], bare.offsets[offset + len(wanted) - 1] + 1
        if _agree_but_for_parting(text[first:last], quote):
            yield Span(first, last)


@lru_cache(maxsize=4)
def _remove_hyphens(text: str) -> _Unhyphenated:
    offsets = array("q")
    done = 0
    for match in _HYPHEN.finditer(text):
        offsets.extend(range(done, match.start()))
        done = match.end()
    offsets.extend(range(done, len(text)))
    return _Unhyphenated(_HYPHEN.sub("", text), offsets)


def _agree_but_for_parting(one: str, two: str) -> bool:
    """Return whether two folded texts differ in nothing but the hyphens of words that a line's end parts."""
    first, second = _hyphens_of(one), _hyphens_of(two)
    return _HYPHEN.sub("", one) == _HYPHEN.sub("", two) and all(
        (offset in first and offset in second) or first.get(offset, second.get(offset)) == _SOFT
        for offset in first | second
    )


def _hyphens_of(text: str) -> dict[int, str]:
    """Return the hyphens of a text by their offset among its other characters."""
    return {match.start() - number: match[0] for number, match in enumerate(_HYPHEN.finditer(text))}
