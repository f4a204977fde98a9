"""How a view of a record book is cited: what it is of, on how much it rests, and the head that names the whole log."""

from __future__ import annotations

from datetime import date

from positions.model.dates import day_in_words
from positions.model.lists import count_words


def citation_words(title: str, *, counts: tuple[int, int], head: str, as_of: date) -> str:
    """Write a citation; ``counts`` are the documents and statements in force, ``head`` the log's as one word."""
    size = f"{count_words(counts[0], 'document')}, {count_words(counts[1], 'statement')}"
    return f"{title}: {size}, record book at {head}; positions as of {day_in_words(as_of)}."
