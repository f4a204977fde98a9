"""Two threads for what is much: numpy lets others work while it gathers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")
MANY: Final = 100_000
"""Statements from which two threads are worth starting."""


def each(work: Callable[[int], T], count: int, *, many: bool) -> list[T]:
    """Return what some work gives for the numbers below ``count``, done in two threads where it is much."""
    if not many:
        return list(map(work, range(count)))
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, range(count)))
