"""The part of a report about changes since an earlier day, as frozen models."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from positions.model.words import Word

MoveKind: TypeAlias = Literal["first stated", "moved", "no longer known"]
_Turn: TypeAlias = Literal["new", "dropped"]


class Moved(Word):
    """A change by a party's own word: the stance before and after, in words, with the quote that changed it.

    ``about`` names the issue and its elements, if any, without those that only follow from a named one;
    ``before_part_of`` names the containing element if the stance before was about that one. ``notes`` are those of the
    position after the change, the deciding statement first, ``before_notes`` those of the position before; each is
    empty if the party was silent then. ``first_words`` is the first day of a first stated position that was said again.
    ``changes_side``: it is now for what it was against, or the other way round, or has moved on a line between poles.
    ``recoded``: the deciding statement was corrected, so the coding may have changed and not the party's mind.
    """

    holder: str
    name: str
    issue: str
    about: str
    kind: MoveKind
    before: str
    before_part_of: str
    after: str
    first_words: str
    said_on: str
    said_on_words: str
    quote: str
    speaker: str
    notes: tuple[int, ...]
    before_notes: tuple[int, ...]
    changes_side: bool
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
    """Common ground on an issue that two parties gained or lost; ``words`` say so, to follow their names.

    ``age`` says in words how old what it rests on is, if a position behind it is stale, whether a vague date leaves
    open that it is new, or when it was shared if not on the earlier day; ``reported`` of which of the two only an
    outlet says so.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    about: str
    turn: Literal["new", "gone"]
    words: str
    reported: str
    age: str
    notes: tuple[int, ...]


class Recoded(Word):
    """A statement whose current revision is a correction, said or corrected after the earlier day."""

    holder: str
    name: str
    about: str
    words: str
    revision: int
    recorded_at: str
    note: int


class Withdrawal(Word):
    """A statement that was retracted, said or retracted after the earlier day."""

    statement: str
    holder: str
    name: str
    about: str
    words: str
    quote: str
    recorded_at: str
    reason: str


class Happening(Word):
    """An event of the codebook that has a day after the earlier one, up to the report's; ``source`` is in words."""

    event: str
    label: str
    first: date
    last: date
    days_words: str
    source: str


class Changes(Word):
    """What changed between the end of ``since`` and the end of the report's day, by the parties' own word.

    Common ground also rests on what only outlets say, where a party is silent; it is marked so.
    ``repeated`` counts the positions that were only said again. ``moves`` includes those that rest on a corrected
    statement, marked as recoded; nothing rests on what was ``withdrawn``, nor on the ``events`` of these days.
    """

    since: date
    since_words: str
    moves: tuple[Moved, ...]
    repeated: int
    demands: tuple[DemandTurn, ...]
    ground: tuple[GroundTurn, ...]
    recoded: tuple[Recoded, ...]
    withdrawn: tuple[Withdrawal, ...] = ()
    events: tuple[Happening, ...] = ()

    @property
    def told(self) -> tuple[Moved, ...]:
        """The moves that rest on statements as they were first coded."""
        return tuple(move for move in self.moves if not move.recoded)

    @property
    def doubtful(self) -> tuple[Moved, ...]:
        """The moves that rest on a corrected statement."""
        return tuple(move for move in self.moves if move.recoded)
