"""The levels of an issue: what a stance is called, what it means, and its value."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from positions.model.words import Word


class Level(Word):
    """One step of a scale: its stance number, its words and its value in [0, 1] (1 is the + pole).

    ``addressee_label`` is what the level is called for a holder that would itself have to act (conditions only); left
    out it is the ``label``.
    """

    stance: int
    label: str
    addressee_label: str = ""
    definition: str
    value: float | None = Field(default=None, ge=0, le=1)


DEFAULT_LEVELS: Final = (
    Level(stance=2, label="for it", definition="demands it, commits to it or is doing it", value=1),
    Level(stance=1, label="open to it", definition="is open to it, or accepts it on conditions", value=0.75),
    Level(stance=0, label="undecided", definition="says that it is undecided", value=0.5),
    Level(stance=-1, label="reluctant", definition="is sceptical of it or reluctant", value=0.25),
    Level(stance=-2, label="rejects it", definition="rejects it or does the opposite", value=0),
)
"""The levels of an issue that declares none."""

_CONDITION_WORDS: Final = (
    ("demands it", "commits to it"),
    ("asks for it", "accepts it"),
    ("undecided", "undecided"),
    ("reluctant", "reluctant"),
    ("opposes it", "refuses it"),
)
CONDITION_LEVELS: Final = tuple(
    level.model_copy(update={"label": wanted, "addressee_label": answered})
    for level, (wanted, answered) in zip(DEFAULT_LEVELS, _CONDITION_WORDS, strict=True)
)
"""The levels of conditions that declare none: the words differ for who wants it and for who would have to act."""
