"""Positions and the levels that they are held on, in words."""

from __future__ import annotations

from positions.analysis.changes import PositionChange
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.dates import days_in_words
from positions.model.position import Position, PositionKey
from positions.model.statement import Claim


def stance_words(position: Position, codebook: Codebook) -> str:
    """Name the level of a position, ``ready now``, or both ends of a range, ``reluctant to undecided``."""
    key = position.holder, position.issue, position.element
    return range_words(codebook, key, (position.stance, position.highest))


def claim_words(claim: Claim, codebook: Codebook) -> str:
    """Name the level of a claim, ``ready now``, both ends of a range, or ``unresolved``."""
    if claim.stance is None:
        return "unresolved"
    highest = claim.stance if claim.stance_to is None else claim.stance_to
    return range_words(codebook, (claim.holder, claim.issue, claim.element), (claim.stance, highest))


def range_words(codebook: Codebook, key: PositionKey, stances: tuple[int, int] | None) -> str:
    """Name a holder's stance range by its levels, as its kind words them for who holds it; ``silent`` for none."""
    if stances is None:
        return "silent"
    holder, issue_id, element = key
    issue = codebook.issue(issue_id)
    return kind_of(issue).held_words(issue, holder, element, stances)


def since_words(position: Position) -> str:
    """Write since when a position is held and its age: ``25 February 2022, 2 days before``."""
    return f"{position.since.in_words()}, {days_in_words(position.age_days)}"


def change_words(change: PositionChange, codebook: Codebook) -> tuple[str, str, str, str]:
    """Return a change as four cells: its kind, the stance before, the stance after, the ids of the statements."""
    before, after = (
        "silent" if position is None else stance_words(position, codebook) for position in (change.before, change.after)
    )
    return change.kind, before, after, " ".join(change.after.basis if change.after else ())
