"""Copies of one text, and repeated claims, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from positions.model.lists import percent_words

if TYPE_CHECKING:
    from positions.analysis.near_duplicates import TextCopies


def copies_words(copies: TextCopies) -> str:
    """Write that a document's text is that of another, and how to keep its claims from counting twice."""
    same = "has the same text as" if copies.is_same else f"shares {percent_words(copies.share)} of its text with"
    advice = f"`positions correct {copies.document} --origin NAME`, the same NAME for both, counts them as one source"
    return f"{copies.document} {same} {copies.other}; {advice}"


def repeat_words(statement: str, other: str) -> str:
    """Say that a statement claims the same of the same words as another one."""
    return f"{statement} repeats {other}: same quote, holder, issue and element"
