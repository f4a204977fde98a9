"""Movements in sentences: the verdict, what it rests on, what it is made of and who moved.

Every surface takes verdict, counts, order and sentences of a movement from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from positions.analysis.movement import IssueMovement, Movement, Verdict
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import capitalize_first, count_words, join_words
from positions.wording.distance import deciding_positions
from positions.wording.parties import party_words
from positions.wording.positions import stale_words

SHOWN = 0.005
"""Changes smaller than this round to 0.00: sentences leave them out."""


def signed_number(value: float) -> str:
    """Write a change with its sign, a true minus: ``−0.25`` is closer, ``+0.25`` further apart, ``0.00`` neither."""
    return "0.00" if abs(value) < SHOWN else f"{value:+.2f}".replace("-", "−")


def verdict_words(verdict: Verdict | None, change: float | None) -> str:
    """Write a verdict with its amount: ``further apart by 0.42``, ``closer by 0.10``, ``no measurable change``."""
    if verdict is None or change is None:
        return "no movement can be told"
    if verdict == "no measurable change":
        return verdict
    return f"{verdict} by {f'{abs(change):.2f}' if abs(change) >= SHOWN else 'less than 0.01'}"


def rests_words(sources: Sequence[str]) -> str:
    """Write on whose reports a finding rests, to follow it: ``, resting on reports of A and B``; empty if on none."""
    return f", resting on reports of {join_words(sources, most=4)}" if sources else ""


def caveat_words(movement: Movement) -> str:
    """Write how far a finding goes: what one level is worth, and what leaving a source out does."""
    if movement.verdict is None or movement.level_band is None or movement.movement is None:
        return ""
    level = f"one level on the heaviest issue is worth, {movement.level_band:.2f}"
    if movement.verdict == "no measurable change":
        return f"The change, {signed_number(movement.movement)}, is within what {level}."
    stands = f"The change exceeds what {level}"
    if not movement.rests_on:
        return f"{stands}, and stands without the reports of any single source."
    return f"{stands}; without {_reports_words(len(movement.rests_on))} the finding would not stand."


def _reports_words(sources: int) -> str:
    return {1: "these reports", 2: "the reports of either"}.get(sources, "the reports of any one of them")


def moved_issues(movement: Movement) -> tuple[IssueMovement, ...]:
    """Return the issues that changed, the largest contribution first; of equals the first of the codebook."""
    changed = [issue for issue in movement.issues if abs(issue.change) >= SHOWN]
    return tuple(sorted(changed, key=lambda issue: -round(abs(issue.contribution or 0.0), 9)))


def verdict_counts(movement: Movement) -> Mapping[Verdict, int]:
    """Count the issues compared on both days by their verdicts, in a fixed order."""
    verdicts: tuple[Verdict, ...] = ("closer", "further apart", "no measurable change")
    return {verdict: sum(issue.verdict == verdict for issue in movement.issues) for verdict in verdicts}


def counts_words(movement: Movement, codebook: Codebook) -> str:
    """Count the issues by verdict, ``2 issues could be compared on both days: closer on 1 and further apart on 1.``.

    A single one is named: its verdict is the whole one.
    """
    if not movement.issues:
        return ""
    if len(movement.issues) == 1:
        return f"Only {codebook.issue(movement.issues[0].issue).label} could be compared on both days."
    counts = [f"{verdict} on {count}" for verdict, count in verdict_counts(movement).items() if count]
    return f"{count_words(len(movement.issues), 'issue')} could be compared on both days: {join_words(counts)}."


def start_words(movement: Movement) -> str:
    """Say why a movement starts later than asked; empty if it does not."""
    if movement.start == movement.asked:
        return ""
    first, asked = day_in_words(movement.start), day_in_words(movement.asked)
    until = "until then the parties' own words could not be compared"
    return f"The comparison starts on {first} instead of {asked}: {until}."


def distance_change_words(movement: Movement, codebook: Codebook) -> str:
    """Write the parts of the change of D, ``The distance went from 0.94 to 0.70: −0.36 by movement and +0.13 as …``.

    Empty if it is movement alone; parts that round to nothing are left out.
    """
    if movement.before.distance is None or movement.after.distance is None:
        return ""
    whole = f"The distance went from {movement.before.distance:.2f} to {movement.after.distance:.2f}"
    if movement.parts is None:
        return f"{whole}, which cannot be divided into movement and what became comparable."
    others = (movement.parts.entered, movement.parts.left, movement.parts.framing)
    if all(abs(amount) < SHOWN for amount in others):
        return ""
    return f"{whole}: {join_words(_parts(movement, codebook))}."


def _parts(movement: Movement, codebook: Codebook) -> Iterator[str]:
    if movement.parts is None:
        return
    for amount, words in (
        (movement.parts.movement, "by movement"),
        (movement.parts.entered, f"as {_labels(movement.entered, codebook)} became comparable"),
        (movement.parts.left, f"as {_labels(movement.left, codebook)} ceased to be comparable"),
        (movement.parts.framing, "by what only outlets say"),
    ):
        if abs(amount) >= SHOWN:
            yield f"{signed_number(amount)} {words}"


def _labels(issues: Mapping[str, float], codebook: Codebook) -> str:
    return join_words(codebook.issue(name).label for name in issues)


def party_sentences(movement: Movement, codebook: Codebook) -> Iterator[str]:
    """Write for each party that moved on which issues, and its share of each change of distance.

    ``Russia moved on Venue (closer by 0.50) and Peace talks (away by 0.25).``
    """
    for party in movement.parties:
        moved = [
            f"{codebook.issue(issue.issue).label} {_share_words(issue.shares[party])}"
            for issue in moved_issues(movement)
            if issue.shares and abs(issue.shares[party]) >= SHOWN
        ]
        if moved:
            yield f"{capitalize_first(party_words(party, codebook))} moved on {join_words(moved)}."


def moved_age_words(movement: Movement, codebook: Codebook) -> str:
    """Write how old the words are against which a party moved, if they are stale; empty if none is."""
    issues = (movement.after.issue(issue.issue) for issue in moved_issues(movement))
    age = stale_words((one for issue in issues if issue for one in deciding_positions(issue)), codebook)
    return f"The older words on what moved were {age}." if age else ""


def _share_words(share: float) -> str:
    return f"({'away' if share > 0 else 'closer'} by {abs(share):.2f})"
