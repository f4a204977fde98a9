"""The part of a report that tells what changed since an earlier day, as frozen models."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from positions.model.words import Word

MoveKind: TypeAlias = Literal["first stated", "moved", "no longer known"]
_Turn: TypeAlias = Literal["new", "dropped"]


class Moved(Word):
    """What a party's own word changed: the stance before and after, in words, with the quote that did it.

    ``about`` names the issue and, where there are any, its elements. ``notes`` lead to what is held now, the deciding
    statement first, ``before_notes`` to what was held before; both are empty where the party was silent. ``recoded``:
    the deciding statement stands as corrected, so that the change may be one of reading and not of mind.
    """

    holder: str
    name: str
    issue: str
    about: str
    kind: MoveKind
    before: str
    after: str
    said_on: str
    said_on_words: str
    quote: str
    speaker: str
    notes: tuple[int, ...]
    before_notes: tuple[int, ...]
    recoded: bool


class DemandTurn(Word):
    """A demand of one party on another that was not made before, or is no longer made."""

    demander: str
    name: str
    addressee: str
    addressee_name: str
    about: str
    turn: _Turn
    status: str
    notes: tuple[int, ...]


class GroundTurn(Word):
    """What two parties have come to share on an issue, or share no longer; ``words`` tells what."""

    parties: tuple[str, str]
    names: tuple[str, str]
    about: str
    turn: Literal["new", "gone"]
    words: str
    notes: tuple[int, ...]


class Recoded(Word):
    """A statement that stands as corrected, and was said or corrected after the earlier day."""

    holder: str
    name: str
    about: str
    words: str
    revision: int
    recorded_at: str
    note: int


class Withdrawal(Word):
    """A statement that was retracted from the record; it was said, or retracted, after the earlier day."""

    statement: str
    holder: str
    name: str
    about: str
    words: str
    quote: str
    recorded_at: str
    reason: str


class Changes(Word):
    """What changed between the end of ``since`` and the end of the report's day, by the parties' own word.

    ``repeated`` counts the positions that were only said again. Moves that rest on a corrected statement stand in
    ``moves`` too, marked as recoded; nothing rests on what was ``withdrawn``.
    """

    since: date
    since_words: str
    moves: tuple[Moved, ...]
    repeated: int
    demands: tuple[DemandTurn, ...]
    ground: tuple[GroundTurn, ...]
    recoded: tuple[Recoded, ...]
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def told(self) -> tuple[Moved, ...]:
        """The moves that rest on statements as they were first coded."""
        return tuple(move for move in self.moves if not move.recoded)

    @property
    def doubtful(self) -> tuple[Moved, ...]:
        """The moves that rest on a corrected statement."""
        return tuple(move for move in self.moves if move.recoded)
