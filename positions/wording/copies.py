"""Copies of one text in words."""

from __future__ import annotations

from positions.analysis.near_duplicates import TextCopies


def copies_words(copies: TextCopies) -> str:
    """Write that a document's text is that of another, and how to keep its claims from counting twice."""
    same = "has the same text as" if copies.is_same else f"shares {copies.share:.0%} of its text with"
    advice = f"`positions correct {copies.document} --origin NAME`, the same NAME for both, counts them as one source"
    return f"{copies.document} {same} {copies.other}; {advice}"
