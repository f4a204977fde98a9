"""Lists and counts as English writes them."""

from __future__ import annotations

from collections.abc import Iterable


def listed(words: Iterable[str], *, last: str = "and", most: int | None = None) -> str:
    """Join words as English does, ``a, b and c``; past ``most`` the rest is counted: ``a, b and 3 more``."""
    every = list(words)
    shown = every if most is None or len(every) <= most else [*every[:most], f"{len(every) - most} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}" if shown else "none"
