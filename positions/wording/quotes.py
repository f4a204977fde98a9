"""Quotes as readers see them; the record keeps every character of the document."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from positions.model.statement import Claim
from positions.quotes.line_ends import line_end_edits
from positions.quotes.text_view import TextView

_TAG: Final = re.compile(
    r"</?(?:b|br|cite|em|i|mark|p|small|span|strong|sub|sup|u)\s*/?>|</(?:a|font)>"
    r"|<(?:font|span|a\s+href=[\"']?https?:)[^<>]{0,500}+>",
    re.IGNORECASE,
)
"""Plain formatting and links to pages; whatever else looks like markup is shown as the document has it."""


@lru_cache(maxsize=4096)
def readable_quote(text: str) -> str:
    """Return a quote without the formatting tags that its document carries, such as ``<u>``, and in whole lines.

    A word that a line's end parts is put together, and lines that only a page's width ended are joined.
    """
    plain = _TAG.sub("", text)
    return TextView(plain).edit(line_end_edits(plain, plain)).text


def translation_words(claim: Claim) -> str:
    """Return a quote's translation with who translated it, ``“We will talk.” (translated by anna)``; empty without."""
    return f"“{claim.translation}” (translated by {claim.translated_by})" if claim.translation else ""
