"""The text of an article that a page holds for programs only, as pages do whose body shows a notice to subscribers."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from positions.extract.sources.linked_data import is_story, item_text

_MARKUP: Final = re.compile(
    r"</?(?:p|br|div|h[1-6]|li|ul|ol|em|strong|b|i|a|span|blockquote)\b[^>]{0,2000}>", re.IGNORECASE
)
_BREAK: Final = re.compile(r"</?(?:p|br|div|h[1-6]|li|ul|ol|blockquote)\b[^>]{0,2000}>", re.IGNORECASE)
_BLANK: Final = re.compile(r"\n\s*\n\s*")
_SHORT: Final = 60
"""Words of a page's text that can be a notice."""
_LONGER: Final = 2
"""How many times longer than a notice the article is at least."""
_SHARED: Final = 0.5


def fuller_text(text: str, stories: list[dict[str, Any]]) -> str:
    """Return a page's text, or the body of its story if that is longer and holds the text, or the text is a notice."""
    bodies = (read_body(item_text(item, "articleBody", "text")) for item in stories if is_story(item))
    body = max(bodies, key=len, default="")
    shown, hidden = len(text.split()), len(body.split())
    if hidden <= shown:
        return text
    return body if _share_within(text, body) > _SHARED or (shown < _SHORT and hidden >= _LONGER * shown) else text


def read_body(written: str) -> str:
    """Return the words of a body that may be HTML or have its characters escaped, a paragraph a line."""
    plain = html.unescape(written)
    if _MARKUP.search(plain):
        plain = html.unescape(_MARKUP.sub("", _BREAK.sub("\n", plain)))
    lines = (" ".join(line.split()) for line in _BLANK.sub("\n", plain.replace("\r", "\n")).split("\n"))
    return "\n".join(line for line in lines if line)


def _share_within(text: str, body: str) -> float:
    """Return which share of a text's letters lies in those of its paragraphs that a body has too."""
    letters = _letters_only(body)
    paragraphs = [_letters_only(paragraph) for paragraph in text.split("\n")]
    return sum(len(part) for part in paragraphs if part in letters) / max(1, sum(map(len, paragraphs)))


def _letters_only(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
