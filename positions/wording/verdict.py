"""The verdict on two days in one sentence, made of parts that each name the statements that they rest on.

``Since 25 February 2022 Russia and Ukraine: further apart on Venue (0.00 → 1.00); newly opposed: Ceasefire (0.75).
Overall 0.08 → 0.42, further apart by 0.33.`` Every surface that opens with what changed takes it from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from positions.analysis.movement import IssueMovement, Movement
from positions.kinds.records import ROUNDING
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import capitalize_first, percent_words
from positions.wording.distance import deciding_positions
from positions.wording.movement import (
    SHOWN,
    caveat_words,
    counts_words,
    distance_change_words,
    moved_age_words,
    moved_issues,
    party_sentences,
    rests_words,
    start_words,
    verdict_words,
)
from positions.wording.parties import parties_words

OPPOSED: Final = 0.5
"""The least distance at which two parties that can newly be compared are called opposed: half of an issue's scale."""


@dataclass(frozen=True, slots=True)
class VerdictPart:
    """A piece of the sentence, with the ids of the statements that it rests on: of none, if it only connects.

    ``issue`` is the issue whose distance it tells; ``is_overall``: it tells the distance over all issues.
    """

    text: str
    statements: tuple[str, ...] = ()
    issue: str = ""
    is_overall: bool = False


def movement_words(movement: Movement, codebook: Codebook) -> str:
    """Write a movement in sentences: the verdict, then what goes with it."""
    verdict = "".join(part.text for part in verdict_parts(movement, codebook, names_end=True))
    return " ".join((verdict, *detail_sentences(movement, codebook)))


def detail_sentences(movement: Movement, codebook: Codebook) -> tuple[str, ...]:
    """Write what goes with a verdict: its caveat, the counts, the change of D in parts, and who moved."""
    sentences = (
        caveat_words(movement),
        start_words(movement),
        counts_words(movement, codebook),
        distance_change_words(movement, codebook),
        *party_sentences(movement, codebook),
        moved_age_words(movement, codebook),
    )
    return tuple(filter(None, sentences))


def verdict_sentence(movement: Movement, codebook: Codebook) -> str:
    """Write the verdict on a movement up to a day that is known from what surrounds it."""
    return "".join(part.text for part in verdict_parts(movement, codebook))


def verdict_parts(movement: Movement, codebook: Codebook, *, names_end: bool = False) -> tuple[VerdictPart, ...]:
    """Return the sentence in parts, to be joined as they are: days and pair, each issue that changed, the whole.

    Issues stand under their own verdicts, the largest contribution first, with their distances by the holders' own
    word, in [0, 1]; a change within one level is no measurable one and said to be so. ``names_end``: the later day is
    named, ``Between 25 February 2022 and 27 February 2022``.
    """
    start, end = day_in_words(movement.start), day_in_words(movement.end)
    days = f"Between {start} and {end}" if names_end else f"Since {start}"
    opening = f"{days} {parties_words(movement.parties, codebook)}: "
    if movement.movement is None and not movement.entered and not movement.left:
        return (VerdictPart(f"{opening}no movement can be told, their own words do not compare on both days."),)
    parts = [VerdictPart(opening)]
    for words, names in _groups(movement):
        parts.append(VerdictPart(f"{'; ' if len(parts) > 1 else ''}{words} "))
        for number, name in enumerate(names):
            label = codebook.issue(name).label
            words = f"{label} ({_distance_words(movement, name)})"
            parts.append(VerdictPart(words, _statements(movement, name), issue=name))
            parts += [VerdictPart(", ")] if number < len(names) - 1 else []
    if len(parts) == 1:
        parts.append(VerdictPart("nothing that compares has changed"))
    overall = VerdictPart(_overall_words(movement), is_overall=movement.after.distance is not None)
    return (*parts, VerdictPart(". "), overall, VerdictPart("."))


def _groups(movement: Movement) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what became of the issues that changed, each with their ids; groups without any are left out."""
    moved = moved_issues(movement)
    entered = {name: movement.own[1][name] for name in movement.entered}
    groups: tuple[tuple[str, Sequence[str]], ...] = (
        ("closer on", _with_verdict(moved, "closer")),
        ("further apart on", _with_verdict(moved, "further apart")),
        ("by no more than one level:", _with_verdict(moved, "no measurable change")),
        ("newly opposed:", [name for name, distance in entered.items() if distance >= OPPOSED - ROUNDING]),
        ("newly in agreement:", [name for name, distance in entered.items() if distance <= ROUNDING]),
        ("newly comparable:", [name for name, distance in entered.items() if ROUNDING < distance < OPPOSED - ROUNDING]),
        ("no longer comparable:", list(movement.left)),
    )
    yield from ((words, names) for words, names in groups if names)


def _with_verdict(issues: Sequence[IssueMovement], verdict: str) -> Sequence[str]:
    return [issue.issue for issue in issues if issue.verdict == verdict]


def _distance_words(movement: Movement, name: str) -> str:
    before, after = (own.get(name) for own in movement.own)
    # With what only outlets say the distance on a day may be another one.
    compared = (comparison.issue(name) for comparison in (movement.before, movement.after))
    is_filled = any(
        own is not None and whole is not None and whole.distance is not None and abs(whole.distance - own) >= SHOWN
        for own, whole in zip((before, after), compared, strict=True)
    )
    words = arrow_words(before, after) if before is not None and after is not None else f"{before or after or 0:.2f}"
    return f"{words} by their own word" if is_filled else words


def arrow_words(before: float, after: float) -> str:
    """Write two distances as from one to the other, ``0.25 → 1.00``."""
    return f"{before:.2f} → {after:.2f}"


def _overall_words(movement: Movement) -> str:
    before, after = movement.before.distance, movement.after.distance
    if movement.movement is None:
        return "No issue compares on both days, so nobody can be said to have moved"
    # What entered or left changes the mean without anybody having moved.
    is_all = before is not None and after is not None and abs(after - before - movement.movement) < SHOWN
    # Where nothing else did, both distances tell how far, and their difference once rounded may look wrong beside them.
    words = str(movement.verdict) if is_all else verdict_words(movement.verdict, movement.movement)
    verdict = f"{words}{rests_words(movement.rests_on)}"
    if before is None or after is None:
        return capitalize_first(verdict)
    share = movement.after.coverage
    thin = f" (thin: {percent_words(share)} of the agenda)" if movement.after.thin and share is not None else ""
    return f"Overall {arrow_words(before, after)}{thin}{', ' if is_all else '; by movement alone '}{verdict}"


def _statements(movement: Movement, name: str) -> tuple[str, ...]:
    """Return the ids of what decides an issue on the later day, else on the earlier, the party named first ahead."""
    for comparison in (movement.after, movement.before):
        distance = comparison.issue(name)
        if distance is not None and (positions := deciding_positions(distance)):
            return tuple(dict.fromkeys(position.basis[0] for position in positions))
    return ()
