"""How the report was made, in ten lines, the same for every case."""

from __future__ import annotations

from typing import Final

METHOD: Final = (
    "Every position rests on a statement: one quote, whose position it is, on what, and when it was said.",
    "A statement counts from the last day on which it may have been said; a month counts from the month's end.",
    "A party's own latest word decides; on one day the more specific place, then direct speech, then the later print.",
    "What only an outlet says in its own words fills a silence and is marked as reported; it never overrides a party.",
    "What others say about a party never decides anything; it is listed apart.",
    "A stance on a place holds for all places in it, until something later or more specific is said.",
    "A distance lies between 0, the same position, and 1, the opposite poles; issues weigh as the codebook declares.",
    "The bounds in brackets are what the distance could become once the silent have spoken.",
    "Coverage is the share of the agenda on which both can be compared; below half of it a distance is marked as thin.",
    "Silence is no position: it is never counted as the middle, nor as zero, and an old position does not fade.",
)
"""One sentence a line, in the order of the sections that they explain."""
