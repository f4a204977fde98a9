"""§2: the position of each holder on each issue and element, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from positions.model.codebook import Codebook
from positions.model.revision import Record
from tests.oracle.sayings import Saying, counting, from_records, own_word, rank
from tests.oracle.values import HALF, depth, path, root, stood_on, values

STALE_AFTER = 30


@dataclass(frozen=True)
class Position:
    """What a holder stands for; ``low`` and ``high`` are the ends of its range as values.

    ``ranges`` are those of all statements that contest it, the winner's first. ``age`` is (least, most) in days, most
    ``None`` where the start is open. ``outranked`` is the id of the statement of a higher rank that it goes against.
    """

    holder: str
    issue: str
    element: str | None
    stance: int
    highest: int
    low: Fraction
    high: Fraction
    ranges: tuple[tuple[Fraction, Fraction], ...]
    stances: tuple[int, ...]
    since: tuple[date | None, date]
    age: tuple[int, int | None]
    basis: tuple[str, ...]
    reported: bool
    contested: bool
    outranked: str | None
    stale: bool

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2


State: TypeAlias = dict[tuple[str, str, str | None], Position]


def state(records: Iterable[Record | Saying], codebook: Codebook, day: date, *, own: bool = False) -> State:
    """All positions on a day, in codebook order; with ``own`` by the holders' own word alone."""
    sayings = counting(from_records(records), day)
    if own:
        sayings = own_word(sayings)
    positions: State = {}
    for issue in codebook.issues:
        for element in stood_on(issue):
            for party in codebook.parties:
                if position := position_of(sayings, codebook, (party.id, issue.id, element), day):
                    positions[party.id, issue.id, element] = position
    return positions


def position_of(
    sayings: Sequence[Saying], codebook: Codebook, key: tuple[str, str, str | None], day: date
) -> Position | None:
    """Own word decides, framing fills its silence, what others ascribe decides nothing."""
    holder, issue_id, element = key
    on_issue = [one for one in sayings if (one.holder, one.issue) == (holder, issue_id)]
    if not on_issue:
        return None
    reaching = path(codebook.issue(issue_id), element)
    bearing = [one for one in on_issue if one.element in reaching]
    for voice in ("self", "framing"):
        spoken = [one for one in bearing if one.voice == voice]
        if spoken:
            return resolve(spoken, codebook, key, day)
    return None


def resolve(spoken: Sequence[Saying], codebook: Codebook, key: tuple[str, str, str | None], day: date) -> Position:
    """Make the position of what one voice said of an element and of all that contains it."""
    issue = codebook.issue(key[1])
    value = values(issue)
    winner = decide(spoken, codebook)
    # reading: where the winner spoke of a containing element, what contests it there contests it below too; the
    # root's own contest is one of the root's statements, though only one of them decides below.
    peers = [one for one in spoken if (one.element, one.first) == (winner.element, winner.first)]
    # reading: the basis lists all of the winner's element and competing day, also those of the same stance.
    basis = [winner, *(one for one in in_order(peers, codebook) if one is not winner)]
    return Position(
        *key,
        stance=winner.stance,
        highest=winner.highest,
        low=value[winner.stance],
        high=value[winner.highest],
        ranges=tuple((value[one.stance], value[one.highest]) for one in basis),
        stances=tuple(one.stance for one in basis),
        since=(None if winner.open else winner.first, winner.last),
        age=((day - winner.last).days, None if winner.open else (day - winner.first).days),
        basis=tuple(one.id for one in basis),
        reported=winner.voice == "framing",
        # reading: ranges that differ are different stances.
        contested=len({(one.stance, one.highest) for one in peers}) > 1,
        outranked=outranked(spoken, winner, codebook),
        stale=is_stale(spoken, winner, day, getattr(issue, "stale_after", STALE_AFTER)),
    )


def decide(spoken: Sequence[Saying], codebook: Codebook) -> Saying:
    """Of one voice's statements that bear on an element, the one that decides it (§2.2 and §2.3)."""
    top = root(codebook.issue(spoken[0].issue))
    of_root = [one for one in spoken if top is not None and one.element == top]
    narrower = [one for one in spoken if one not in of_root]
    if not of_root:
        return in_order(narrower, codebook)[0]
    general = in_order(of_root, codebook)[0]
    if not narrower:
        return general
    # A + on the root only fills. reading: also where the root said "nowhere" in between: of the root's statements
    # only the last counts below, so that what was said of the narrower element before stands again.
    if general.stance > 0:
        return in_order(narrower, codebook)[0]
    return in_order([*narrower, general], codebook)[0]


def in_order(sayings: Sequence[Saying], codebook: Codebook) -> list[Saying]:
    """The one that wins first: sorted by the last tie-break first, as a stable sort keeps what was sorted before."""

    def depth_of(one: Saying) -> int:
        return depth(codebook.issue(one.issue), one.element)

    order = sorted(sayings, key=lambda one: one.id)
    order = sorted(order, key=lambda one: one.first_recorded)
    order = sorted(order, key=lambda one: one.published, reverse=True)
    order = sorted(order, key=lambda one: one.direct, reverse=True)
    order = sorted(order, key=lambda one: rank(one, codebook))
    order = sorted(order, key=depth_of, reverse=True)
    return sorted(order, key=lambda one: one.first, reverse=True)


def outranked(spoken: Sequence[Saying], winner: Saying, codebook: Codebook) -> str | None:
    """§2.5: the earlier word of a higher rank on the other side of the middle."""
    if winner.voice == "framing":
        return None
    # reading: "earlier" is an earlier competing day; of the root's statements all are asked, not only the one that
    # decides the root, as a head of state's "nowhere" is told wherever a spokesman's later "anywhere" holds.
    earlier = [one for one in spoken if one.first < winner.first and rank(one, codebook) < rank(winner, codebook)]
    if not earlier:
        return None
    higher = decide(earlier, codebook)
    issue = codebook.issue(winner.issue)
    return higher.id if side(issue, higher) * side(issue, winner) < 0 else None


def side(issue: Any, one: Saying) -> Fraction:
    """Above, on or below the middle."""
    value = values(issue)
    return (value[one.stance] + value[one.highest]) / 2 - HALF


def is_stale(spoken: Sequence[Saying], winner: Saying, day: date, stale_after: int) -> bool:
    # reading: "can be younger than stale_after" asks for the least age, so that an age of exactly stale_after is stale;
    # "the winner's stance" is the same level, or the same range of levels; any statement that bears on the element
    # will do, one on a containing element too.
    repeated = [one for one in spoken if (one.stance, one.highest) == (winner.stance, winner.highest)]
    return all((day - one.last).days >= stale_after for one in repeated)


def claims(records: Iterable[Record | Saying], day: date) -> dict[tuple[str, str, str | None], set[str]]:
    """What others say of the holders: listed, never deciding."""
    listed: dict[tuple[str, str, str | None], set[str]] = {}
    for one in counting(from_records(records), day):
        if one.voice == "ascribed":
            listed.setdefault((one.holder, one.issue, one.element), set()).add(one.id)
    return listed
