"""Positions and the levels that they are held on, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate, day_in_words, days_in_words
from positions.model.lists import join_words
from positions.model.position import Position, PositionKey
from positions.model.statement import Claim
from positions.wording.parties import party_words

if TYPE_CHECKING:
    from positions.analysis.changes import PositionChange


def stance_words(position: Position, codebook: Codebook) -> str:
    """Name the level of a position, ``ready now``, or both ends of a range, ``reluctant to undecided``.

    On a condition the words depend on whether the holder demands it or would have to meet it.
    """
    key = position.holder, position.issue, position.element
    return range_words(codebook, key, (position.stance, position.highest))


def claim_words(claim: Claim, codebook: Codebook) -> str:
    """Name the level of a claim, ``ready now``, both ends of a range, or ``unresolved``."""
    if claim.stance is None:
        return "unresolved"
    highest = claim.stance if claim.stance_to is None else claim.stance_to
    return range_words(codebook, (claim.holder, claim.issue, claim.element), (claim.stance, highest))


def range_words(codebook: Codebook, key: PositionKey, stances: tuple[int, int] | None) -> str:
    """Name what a holder's stance range on something means; ``silent`` for none."""
    holder, issue_id, element = key
    issue = codebook.issue(issue_id)
    return kind_of(issue).held_words(issue, holder, element, stances) if stances else "silent"


def age_words(youngest: int, oldest: int | None) -> str:
    """Write an age in days, of a vague date the least and the greatest: ``27 to 57 days before``.

    ``oldest`` is ``None`` if nobody knows when it may have begun: ``at least 2 days before``, empty for that very day.
    """
    if oldest is None:
        return f"at least {days_in_words(youngest)}" if youngest else ""
    if oldest == youngest:
        return days_in_words(youngest)
    return f"{f'{youngest} to' if youngest else 'up to'} {days_in_words(oldest)}"


def since_words(position: Position) -> str:
    """Write when a position was stated and its age: ``25 February 2022, 2 days before``."""
    return _with_age(position.since.in_words(), position)


def _with_age(words: str, position: Position) -> str:
    return ", ".join(filter(None, (words, age_words(position.age_days, position.oldest_days))))


def since_phrase(said_on: PartialDate) -> str:
    """Write since when something holds that was said then; of a vague date only when it was said.

    ``since 25 February 2022``, ``said by 24 February 2022``, ``said in January 2022``.
    """
    return f"since {said_on.in_words()}" if said_on.first == said_on.last else said_phrase(said_on)


def said_phrase(said_on: PartialDate) -> str:
    """Write when something was said: ``said on 25 February 2022``, ``said by 24 February 2022``, ``said in 2022``."""
    if said_on.first is None:
        return f"said {said_on.in_words()}"
    if "/" in said_on.text:
        return f"said between {day_in_words(said_on.first)} and {day_in_words(said_on.last)}"
    return f"said {'on' if said_on.first == said_on.last else 'in'} {said_on.in_words()}"


def aged_since_phrase(position: Position) -> str:
    """Write since when a position is held, with its age: ``since 25 February 2022, 2 days before``."""
    return _with_age(since_phrase(position.since), position)


def stale_words(positions: Iterable[Position], codebook: Codebook) -> str:
    """Write how old the stale ones of some positions are: ``last said 45 days before by Russia``; empty for none.

    ``in part`` if the same party has said others of them later; the age is then that of the oldest.
    """
    ages: dict[str, list[tuple[int, int | None]]] = {}
    later = set()
    for position in positions:
        if position.stale:
            ages.setdefault(position.holder, []).append((position.age_days, position.oldest_days))
        else:
            later.add(position.holder)
    parts = (
        f"{'in part ' if one in later or len(set(every)) > 1 else ''}{age_words(*max(every, key=lambda age: age[0]))}"
        f" by {party_words(one, codebook)}"
        for one, every in ages.items()
    )
    return f"last said {join_words(parts)}" if ages else ""


def reported_words(positions: Iterable[Position], codebook: Codebook) -> str:
    """Write of which parties only outlets say what they hold: ``of Russia only an outlet says so``; empty for none."""
    holders = dict.fromkeys(position.holder for position in positions if position.reported)
    return f"of {join_words(party_words(one, codebook) for one in holders)} only an outlet says so" if holders else ""


def change_words(change: PositionChange, codebook: Codebook) -> tuple[str, str, str, str]:
    """Return a change as four cells: its kind, the stance before, the stance after, the ids of the statements."""
    before, after = (
        "silent" if position is None else stance_words(position, codebook) for position in (change.before, change.after)
    )
    return change.kind, before, after, " ".join(change.after.basis if change.after else ())
