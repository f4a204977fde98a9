"""The storyline of some parties: each change of a position by own word, with what it did to the distances.

It is the move ledger (``semantics.md`` §5) of several pairs at once: what moved a party is the same whoever it is
compared with, only its effect is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, TypeAlias

from positions.analysis.distance import own_distances
from positions.analysis.ledger import LedgerEntry, ledger_between
from positions.analysis.state_index import StateIndex
from positions.analysis.statement_table import order_of
from positions.analysis.window import mean_distance
from positions.kinds.records import ROUNDING
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate

DistanceChange: TypeAlias = tuple[float | None, float | None]
"""A distance in [0, 1] before and after something, ``None`` if the parties cannot be compared."""


@dataclass(frozen=True, slots=True)
class MoveEffect:
    """What a move did to its holder's distance from the party ``other``, by both parties' own word.

    ``issue`` is δ of the issue, ``overall`` the weighted mean over all issues that compare, each before and after.
    """

    other: str
    issue: DistanceChange
    overall: DistanceChange


@dataclass(frozen=True, slots=True)
class StoryMove:
    """One quote that changed what a party holds on an issue: ``entries`` has one for each element it speaks of.

    They make the same change, from ``before`` to ``after`` (stances, low and high; ``None`` for silence). ``effects``
    leave out whom the party cannot be compared with on the issue. ``rests_on`` is the source (a document's origin, else
    its outlet) whose report it is, ``is_alone`` whether no other source lets the party hold the same on that day.
    ``opens_issue``: it is the party's first own word on the issue.
    """

    entries: tuple[LedgerEntry, ...]
    effects: tuple[MoveEffect, ...]
    rests_on: str
    is_alone: bool
    opens_issue: bool

    @property
    def kind(self) -> Literal["moved", "first stated"]:
        """Whether it changed a position or gave the first one."""
        return "first stated" if self.entries[0].before is None else "moved"

    @property
    def has_moved(self) -> bool:
        """Whether its holder moved: from another stance, or by a first word that changes a distance that there was."""
        changes = (effect.issue for effect in self.effects)
        return self.kind == "moved" or any(
            before is not None and after is not None and abs(after - before) > ROUNDING for before, after in changes
        )

    @property
    def holder(self) -> str:
        """The party that moved."""
        return self.entries[0].holder

    @property
    def issue(self) -> str:
        """The issue on which it moved."""
        return self.entries[0].issue

    @property
    def said_on(self) -> PartialDate:
        """When it was said."""
        return self.entries[0].said_on

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements that it speaks of; none if the issue is taken as a whole."""
        return tuple(entry.element for entry in self.entries if entry.element)

    @property
    def is_recoded(self) -> bool:
        """Whether a statement behind it was corrected, so that the coding may have changed and not the party."""
        return any(entry.recoded for entry in self.entries)


def moves_between(
    index: StateIndex, codebook: Codebook, pairs: Sequence[tuple[str, str]], *, start: date, end: date
) -> tuple[StoryMove, ...]:
    """Return what the parties of some pairs changed after ``start`` and up to ``end``, in the order of the ledger."""
    entries: dict[str, LedgerEntry] = {}
    effects: dict[str, list[MoveEffect]] = {}
    for pair in pairs:
        for entry, effect in _pair_effects(index, codebook, pair, start=start, end=end):
            entries.setdefault(entry.statement, entry)
            effects.setdefault(entry.statement, []).extend([effect] if effect.issue != (None, None) else [])
    ordered = sorted(entries.values(), key=lambda entry: order_of(index.by_id[entry.statement]))
    spoken = {key[:2] for key in index.own(start).positions}
    moves = []
    for _, group in groupby(ordered, key=lambda entry: _change_key(entry, index)):
        alike = tuple(group)
        opens_issue = (alike[0].holder, alike[0].issue) not in spoken
        moves.append(_move(alike, [effects[entry.statement] for entry in alike], index, opens_issue=opens_issue))
        spoken.add((alike[0].holder, alike[0].issue))
    return tuple(moves)


def _pair_effects(
    index: StateIndex, codebook: Codebook, pair: tuple[str, str], *, start: date, end: date
) -> Iterator[tuple[LedgerEntry, MoveEffect]]:
    """Yield the entries of a pair's ledger with their effects; the overall distances follow upon each other."""
    weights = {issue.id: issue.weight(*pair) for issue in codebook.issues}
    distances = dict(own_distances(index.own(start), codebook, pair))
    overall = mean_distance(distances, weights)
    for entry in ledger_between(index.own_word(pair), codebook, pair, start=start, end=end):
        _follow(distances, entry)
        before, overall = overall, mean_distance(distances, weights)
        yield entry, MoveEffect(pair[entry.holder == pair[0]], entry.distances, (before, overall))


def _follow(distances: dict[str, float], entry: LedgerEntry) -> None:
    """Bring the distances by issue to what they are after a statement."""
    after = entry.distances[1]
    if after is None:
        distances.pop(entry.issue, None)
    else:
        distances[entry.issue] = after


def _change_key(entry: LedgerEntry, index: StateIndex) -> tuple[object, ...]:
    """Return what entries share that one card tells: the quote, whose position on which issue, and the change."""
    statement = index.by_id[entry.statement].statement
    place = statement.document, statement.start, statement.end
    return entry.holder, entry.issue, entry.said_on, place, entry.before, entry.after, entry.before_of


def _move(
    entries: tuple[LedgerEntry, ...],
    effects: Sequence[Sequence[MoveEffect]],
    index: StateIndex,
    *,
    opens_issue: bool,
) -> StoryMove:
    by_other: dict[str, list[MoveEffect]] = {}
    for effect in (effect for of_entry in effects for effect in of_entry):
        by_other.setdefault(effect.other, []).append(effect)
    whole = (
        MoveEffect(other, (every[0].issue[0], every[-1].issue[1]), (every[0].overall[0], every[-1].overall[1]))
        for other, every in by_other.items()
    )
    source = index.by_id.source(entries[0].statement)
    is_alone = _is_alone(entries[0], source, index)
    return StoryMove(entries, tuple(whole), source, is_alone=is_alone, opens_issue=opens_issue)


def _is_alone(entry: LedgerEntry, source: str, index: StateIndex) -> bool:
    """Return whether without a source's documents the holder would not hold at the end of that day what it came to."""
    state = index.own_without(entry.said_on.last, source, (entry.holder,))
    position = state.position(entry.holder, entry.issue, entry.element)
    return position is None or (position.stance, position.highest) != entry.after
