"""Lists and counts as English writes them."""

from __future__ import annotations

from collections.abc import Iterable


def join_words(words: Iterable[str], *, last: str = "and", most: int | None = None) -> str:
    """Join words as English does, ``a, b and c``; past ``most`` the rest is counted: ``a, b and 3 more``."""
    every = list(words)
    listed = every if most is None or len(every) <= most else [*every[:most], f"{len(every) - most} more"]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} {last} {listed[-1]}" if listed else "none"


def count_words(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: ``1 document``, ``5 documents``; ``many`` where an *s* does not make the plural."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capitalize_first(words: str) -> str:
    """Write words as they open a sentence or a heading: only the first letter changes."""
    return words[:1].upper() + words[1:]


def with_article(noun: str) -> str:
    """Put the article before a noun: ``a place``, ``an option``."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def percent_words(share: float) -> str:
    """Write a share of 1 in whole per cent, with a space that no line breaks at: ``43\u00a0%``."""
    return f"{100 * share:.0f}\u00a0%"
