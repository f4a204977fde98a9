"""Where an annotation stands in a text: by its words, those around it and its offsets, however a tool counts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from positions.errors import QueryError
from positions.exchange.text_offsets import TextSelection, TextSpan, resolve_selections
from positions.quotes.locate import find_quote


class AnnotationAnchor(NamedTuple):
    """What an annotation says of its place: its words, those before and after it, and offsets (-1: none).

    If it ``is_exact`` the words are the document's own, character by character.
    """

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1
    is_exact: bool = False


def find_anchors(text: str, anchors: Sequence[AnnotationAnchor]) -> list[TextSpan | None]:
    """Return the span of each anchor in a text, in code points; ``None`` for one whose words are not there."""
    selections = [TextSelection(one.start, one.end, one.exact, is_exact=bool(one.exact)) for one in anchors]
    by_offsets = iter(resolve_selections(text, [one for one in selections if 0 <= one.start < one.end]))
    spans = [next(by_offsets) if 0 <= one.start < one.end else None for one in selections]
    return [_find_anchor(text, one, span) for one, span in zip(anchors, spans, strict=True)]


def _find_anchor(text: str, anchor: AnnotationAnchor, span: TextSpan | None) -> TextSpan | None:
    """Return the words' place that the words around it fit best, then the nearest to the offsets."""
    if not anchor.exact.strip():
        return span
    if anchor.is_exact:
        starts = [match.start() for match in re.finditer(f"(?={re.escape(anchor.exact)})", text)]
        places = [TextSpan(start, start + len(anchor.exact)) for start in starts]
    else:
        pattern = r"\s+".join(map(re.escape, anchor.exact.split()))
        places = [TextSpan(*match.span()) for match in re.finditer(pattern, text)]
    if not places:
        try:
            match = find_quote(text, anchor.exact, near=span.start if span else None)
        except QueryError:
            return None
        return TextSpan(match.start, match.end)
    near = span.start if span else max(anchor.start, 0)
    return max(places, key=lambda one: (_context_fit(text, one, anchor), -abs(one.start - near)))


def _context_fit(text: str, place: TextSpan, anchor: AnnotationAnchor) -> int:
    """Count the characters around a place that are those noted, whatever their blanks."""
    before = _squeezed(text[max(0, place.start - 2 * len(anchor.prefix) - 9) : place.start])[::-1]
    after = _squeezed(text[place.end : place.end + 2 * len(anchor.suffix) + 9])
    return _shared(before, _squeezed(anchor.prefix)[::-1]) + _shared(after, _squeezed(anchor.suffix))


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _shared(one: str, two: str) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
