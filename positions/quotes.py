"""Finding a quote in its document: the document's own characters, where they stand, or why they do not."""

from __future__ import annotations

import difflib
from typing import Final

from positions.errors import QueryError

_CONTEXT: Final = 60
"""Characters shown on each side of a place."""


def locate(text: str, quote: str, *, start: int | None = None) -> int:
    """Return where a quote starts in a text, in Unicode code points.

    Raises ``QueryError`` where it is not there (with the nearest passage), or more than once (with the places, unless
    ``start`` names one of them).
    """
    places = _places(text, quote)
    if start is not None:
        if start in places:
            return start
        raise QueryError(
            f"start: found {start}, allowed: {', '.join(map(str, places)) or 'none'}, where the quote stands"
        )
    if len(places) == 1:
        return places[0]
    if places:
        shown = "\n".join(f"  --start {place}: …{_around(text, place, len(quote))}…" for place in places[:9])
        raise QueryError(f"quote: stands {len(places)} times in the document; say which:\n{shown}")
    raise QueryError(f"quote: is not in the document word for word; the nearest passage is:\n  {nearest(text, quote)}")


def nearest(text: str, quote: str) -> str:
    """Return the passage of a text that is most like a quote, of about its length."""
    if not text or not quote:
        return text[: 2 * _CONTEXT]
    match = difflib.SequenceMatcher(None, text, quote, autojunk=False) if len(text) < 20_000 else None
    if match is None:
        words = max(quote.split(), key=len)
        place = text.find(words)
        return _around(text, max(place, 0), len(quote))
    block = match.find_longest_match()
    first = max(0, block.a - block.b)
    return " ".join(text[first : first + len(quote)].split())


def is_quoted(text: str, start: int) -> bool:
    """Tell whether a quotation is open at ``start``: an opening mark before it in its paragraph is not yet closed."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return before.count('"') % 2 == 1 or any(
        before.rfind(left) > before.rfind(right) for left, right in ("“”", "‘’", "«»")
    )


def _places(text: str, quote: str) -> list[int]:
    places, place = [], text.find(quote) if quote else -1
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


def _around(text: str, place: int, length: int) -> str:
    return " ".join(text[max(0, place - _CONTEXT) : place + length + _CONTEXT].split())
