"""Positions and the levels that they are held on, in words."""

from __future__ import annotations

from positions.analysis.changes import PositionChange
from positions.model.codebook import Codebook
from positions.model.dates import days_in_words
from positions.model.position import Position
from positions.model.statement import Claim


def stance_words(position: Position, codebook: Codebook) -> str:
    """Name the level of a position, ``ready now``, or both ends of a range, ``reluctant to undecided``."""
    return codebook.issue(position.issue).level_words(position.stance, position.stance_to)


def claim_words(claim: Claim, codebook: Codebook) -> str:
    """Name the level of a claim, ``ready now``, both ends of a range, or ``unresolved``."""
    if claim.stance is None:
        return "unresolved"
    return codebook.issue(claim.issue).level_words(claim.stance, claim.stance_to)


def range_words(codebook: Codebook, issue_id: str, stances: tuple[int, int] | None) -> str:
    """Name a stance range by its levels; ``silent`` for none."""
    return codebook.issue(issue_id).level_words(*stances) if stances else "silent"


def since_words(position: Position) -> str:
    """Write since when a position is held and its age: ``25 February 2022, 2 days before``."""
    return f"{position.since.in_words()}, {days_in_words(position.age_days)}"


def change_words(change: PositionChange, codebook: Codebook) -> tuple[str, str, str, str]:
    """Return a change as four cells: its kind, the stance before, the stance after, the ids of the statements."""
    before, after = (
        "silent" if position is None else stance_words(position, codebook) for position in (change.before, change.after)
    )
    return change.kind, before, after, " ".join(change.after.basis if change.after else ())
