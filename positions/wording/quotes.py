"""Quotes as readers see them; the record keeps every character of the document."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,500})?/?>")


def readable_quote(text: str) -> str:
    """Return a quote without the tags that its document carries, such as ``<u>``; other characters stay."""
    return _TAG.sub("", text)
