"""How positions follow from statements, for readers; the words for elements are the codebook's own."""

from __future__ import annotations

from positions.model.codebook import Codebook
from positions.model.lists import join_words, with_article


def method_lines(codebook: Codebook) -> tuple[str, ...]:
    """Return the rules by which positions are resolved, one sentence per line, in the order of a report's sections."""
    nouns = {issue.noun: issue.nouns for issue in codebook.issues if issue.nests}
    rank = "the speaker of the higher rank, then direct speech"
    specific = f"the more specific {join_words(nouns, last='or')}, then {rank}" if nouns else rank
    inherited = (
        f"A stance on {with_article(noun)} holds for all {many} in it, until something later or more specific is said;"
        f" a yes to all {many} at once displaces no narrower word."
        for noun, many in nouns.items()
    )
    return (
        "Every position rests on a statement: one quote, whose position it is, on what, and when it was said.",
        "A statement counts from the last day on which it may have been said, a month from its end, and gives way to"
        " what was said after the first such day.",
        f"A party's own latest word decides; on one day {specific}, then the later print.",
        "What only an outlet says in its own words fills a silence and is marked as reported; it never overrides a"
        " party.",
        "What others say about a party never decides anything; it is listed apart.",
        *inherited,
        "A distance lies between 0, the same position, and 1, the opposite poles; issues weigh as the codebook"
        " declares.",
        "The bounds in brackets are what the distance could become once the silent have spoken.",
        "Movement is told by the parties' own word, on issues that it compares on both days; it is measurable if it"
        " exceeds what one level on the heaviest of them is worth, and rests on a source without whose reports it would"
        " not be.",
        "Coverage is the share of the agenda on which both can be compared; below half of it a distance is marked as"
        " thin.",
        "Silence is not a position: it is never counted as the middle, nor as zero, and an old position does not fade.",
    )
