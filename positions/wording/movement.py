"""Movements in sentences."""

from __future__ import annotations

from positions.analysis.movement import Movement
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import join_words


def signed_number(value: float) -> str:
    """Write a change with its sign, a true minus: ``−0.25`` is closer, ``+0.25`` further apart."""
    return f"{value:+.2f}".replace("-", "−")


def movement_words(movement: Movement, codebook: Codebook) -> str:
    """Write a movement in sentences: the verdict, the change of D with its causes, and who moved."""
    names = " and ".join(codebook.party(party).name for party in movement.parties)
    days = f"Between {day_in_words(movement.start)} and {day_in_words(movement.end)}"
    if movement.movement is None:
        return f"{days} the movement of {names} cannot be told: no issue can be compared on both days."
    verdict = {
        "converging": "moved closer together",
        "diverging": "moved further apart",
    }.get(movement.verdict, "show no measurable change")
    noise = f"noise band {movement.noise_band:.2f}, set by {movement.noise_set_by}"
    sentences = [f"{days} {names} {verdict}: movement {signed_number(movement.movement)} ({noise})."]
    if movement.change is not None and movement.coverage_effect is not None:
        effect = f"of which {signed_number(movement.coverage_effect)} comes from issues that entered or left"
        sentences.append(f"The distance changed by {signed_number(movement.change)}, {effect}.")
    largest = max(movement.issues, key=lambda issue: abs(issue.contribution))
    if largest.change:
        sentences.append(
            f"The largest part is {codebook.issue(largest.issue).label} ({signed_number(largest.change)})."
        )
    for party in movement.parties:
        moved = [
            f"{codebook.issue(issue.issue).label} {signed_number(issue.shares[party])}"
            for issue in movement.issues
            if issue.shares and issue.shares[party]
        ]
        sentences.append(f"{codebook.party(party).name} moved on {join_words(moved)}." if moved else "")
    return " ".join(filter(None, sentences))
