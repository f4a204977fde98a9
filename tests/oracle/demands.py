"""§6: what is demanded of whom, what became of it, and what waits for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from positions.model.codebook import Codebook
from positions.model.revision import Record
from tests.oracle.distance import ZERO, insistence
from tests.oracle.sayings import Saying, counting, from_records
from tests.oracle.state import Position, State, position_of, state
from tests.oracle.values import HALF


@dataclass(frozen=True)
class Demand:
    demander: str
    addressee: str
    issue: str
    element: str | None
    insistence: Fraction
    response: Fraction | None
    status: str
    reported: bool
    answer_reported: bool


def demands(records: Iterable[Record | Saying], codebook: Codebook, day: date) -> list[Demand]:
    """A row for each demand, in the order of the codebook's issues, elements, demanders, addressees."""
    sayings = from_records(records)
    standing = state(sayings, codebook, day)
    rows = []
    for issue, element, addressees, joint in addressed(codebook):
        for party in codebook.parties:
            if party.id in addressees and not joint:
                continue
            for addressee in addressees:
                key = (party.id, issue.id, element)
                if addressee != party.id and (row := demand(sayings, codebook, standing, key, addressee, day)):
                    rows.append(row)
    return rows


def addressed(codebook: Codebook) -> list[tuple[Any, str | None, tuple[str, ...], bool]]:
    """Everything that somebody can demand: issue, element, addressees, and if they would have to act together."""
    found: list[tuple[Any, str | None, tuple[str, ...], bool]] = []
    for issue in codebook.issues:
        if issue.kind == "scale":
            found.append((issue, None, issue.addressees, getattr(issue, "joint", False)))
        if issue.kind == "conditions":
            found += [(issue, one.id, one.addressees, getattr(one, "joint", False)) for one in issue.elements]
    return found


def demand(
    sayings: Sequence[Saying],
    codebook: Codebook,
    standing: State,
    key: tuple[str, str, str | None],
    addressee: str,
    day: date,
) -> Demand | None:
    position, answer = standing.get(key), standing.get((addressee, *key[1:]))
    firm = insistence(position.middle) if position else ZERO
    if not firm and not demanded_before(sayings, codebook, key, day):
        return None
    response = None if answer is None else 1 - answer.middle
    return Demand(
        key[0],
        addressee,
        *key[1:],
        firm,
        response,
        status(firm, response),
        # reading: a dropped demand was and is told by the demander's own word.
        reported=bool(firm and position and position.reported),
        answer_reported=bool(answer and answer.reported),
    )


def status(firm: Fraction, response: Fraction | None) -> str:
    if not firm:
        return "dropped"
    if response is None:
        return "unanswered"
    if response in (0, HALF, 1):
        return {Fraction(0): "met", HALF: "undecided", Fraction(1): "refused"}[response]
    return "leaning" if response < HALF else "resisted"


def demanded_before(sayings: Sequence[Saying], codebook: Codebook, key: tuple[str, str, str | None], day: date) -> bool:
    """Whether on an earlier day the demander's own word demanded it."""
    # reading: "q fell to 0" says that there was a position with q above 0; a statement that never decided on any day
    # (outdone the same day) was no demand.
    for earlier in sorted({one.last for one in sayings if one.last < day}):
        position = own_position(sayings, codebook, key, earlier)
        if position and insistence(position.middle):
            return True
    return False


def own_position(
    sayings: Sequence[Saying], codebook: Codebook, key: tuple[str, str, str | None], day: date
) -> Position | None:
    own = [one for one in counting(sayings, day) if one.voice == "self"]
    return position_of(own, codebook, key, day)


@dataclass(frozen=True)
class Link:
    """What the holder says comes first, and what comes only after it, each as ``issue`` or ``issue/element``."""

    holder: str
    first: str
    then: str
    statement: str


def links(records: Iterable[Record | Saying], codebook: Codebook, day: date) -> set[Link]:
    """The "A only after B" of the statements that positions rest on by own word."""
    sayings = from_records(records)
    basis = {name for one in state(sayings, codebook, day).values() if not one.reported for name in one.basis}
    return {
        Link(one.holder, one.issue if one.element is None else f"{one.issue}/{one.element}", one.condition_for, one.id)
        for one in sayings
        if one.id in basis and one.condition_for
    }


def deadlocked(found: Iterable[Link]) -> set[str]:
    """What waits, through one or more links, for itself."""
    follows: dict[str, set[str]] = {}
    for link in found:
        follows.setdefault(link.first, set()).add(link.then)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = list(follows.get(start, ()))
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                ahead += follows.get(name, ())
        return seen

    return {name for name in follows if name in reached(name)}
