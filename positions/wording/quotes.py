"""Quotes as readers see them; the record keeps every character of the document."""

from __future__ import annotations

import re
from typing import Final

from positions.model.statement import Claim

_TAG: Final = re.compile(r"</?(?:b|br|cite|em|i|p|small|span|strong|sub|sup|u)\s*/?>", re.IGNORECASE)
"""Plain formatting; whatever else looks like markup is shown as the document has it."""


def readable_quote(text: str) -> str:
    """Return a quote without the formatting tags that its document carries, such as ``<u>``; the rest stays."""
    return _TAG.sub("", text)


def translation_words(claim: Claim) -> str:
    """Return a quote's translation with who translated it, ``“We will talk.” (translated by anna)``; empty without."""
    return f"“{claim.translation}” (translated by {claim.translated_by})" if claim.translation else ""
