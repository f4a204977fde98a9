"""§1: which statements are in force at an instant, and which of them count on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from positions.model.codebook import Codebook
from positions.model.revision import Record

OTHER_RANK = 4
DEFAULT_RANK = 3


@dataclass(frozen=True)
class Saying:
    """One statement in force, with all that the rules ask of it and of its document.

    ``first`` and ``last`` are the days that said_on may mean; ``first`` is the earliest day there is when the start is
    open, and ``open`` says so. ``recorded_at`` is the revision in force, ``first_recorded`` the statement's first.
    """

    id: str
    holder: str
    issue: str
    element: str | None
    stance: int
    highest: int
    voice: str
    direct: bool
    speaker: str | None
    first: date
    last: date
    open: bool
    published: date
    recorded_at: datetime
    first_recorded: datetime
    origin: str
    condition_for: str | None = None


def saying(statement: Any, published_on: Any, origin: str, recorded_at: datetime, first_recorded: datetime) -> Saying:
    return Saying(
        id=statement.id,
        holder=statement.holder,
        issue=statement.issue,
        element=statement.element,
        stance=statement.stance,
        highest=statement.stance if statement.stance_to is None else statement.stance_to,
        voice=statement.voice,
        direct=statement.directness == "direct",
        speaker=statement.speaker,
        first=statement.said_on.first or date.min,
        last=statement.said_on.last,
        open=statement.said_on.first is None,
        # reading: "the later publication" compares the last day that a vague day of publication may mean.
        published=published_on.last,
        recorded_at=recorded_at,
        first_recorded=first_recorded,
        origin=origin,
        condition_for=statement.condition_for,
    )


def from_records(records: Iterable[Record | Saying]) -> list[Saying]:
    """Take in the toolkit's records, with the fields that they may get later."""
    sayings = []
    for record in records:
        if isinstance(record, Saying):
            sayings.append(record)
            continue
        origin = getattr(record, "origin", None) or record.outlet
        first = getattr(record, "first_recorded_at", None) or record.recorded_at
        sayings.append(saying(record.statement, record.published_on, origin, record.recorded_at, first))
    return sayings


def in_force(
    revisions: Iterable[Any], *, known_at: datetime | date | None = None, public_by: date | None = None
) -> list[Saying]:
    """The statements in force: of each id the last revision recorded by ``known_at`` counts, a retraction for nothing.

    A day means its end in UTC, inclusive. A statement needs its document in force, and published by ``public_by``.
    """
    if known_at is not None and not isinstance(known_at, datetime):
        known_at = datetime.combine(known_at, time.max, UTC)
    history: dict[tuple[str, str], list[Any]] = {}
    for revision in revisions:
        if known_at is None or revision.recorded_at <= known_at:
            history.setdefault((revision.kind, revision.id), []).append(revision)
    for known in history.values():
        known.sort(key=lambda revision: revision.number)
    documents = {name: known[-1].content for (kind, name), known in history.items() if kind == "document"}
    sayings = []
    for (kind, _), known in history.items():
        content = known[-1].content
        document = documents.get(content.document) if kind == "statement" and content is not None else None
        # reading: a vague day of publication counts, like said_on, once its last day has come.
        if document is None or (public_by is not None and document.published_on.last > public_by):
            continue
        origin = getattr(document, "origin", None) or document.outlet
        sayings.append(saying(content, document.published_on, origin, known[-1].recorded_at, first_recorded(known)))
    return sayings


def first_recorded(known: list[Any]) -> datetime:
    """When the statement was first recorded: in this book, or in the one that it came from."""
    # reading: the "first recording" is that of the statement's first revision, so that a correction keeps its place;
    # a book that took the text over from another keeps the instant of the other.
    return known[0].first_recorded_at or known[0].recorded_at  # type: ignore[no-any-return]


def counting(sayings: Iterable[Saying], day: date) -> list[Saying]:
    """The statements that were surely uttered by the end of a day."""
    return [one for one in sayings if one.last <= day]


def own_word(sayings: Iterable[Saying]) -> list[Saying]:
    return [one for one in sayings if one.voice == "self"]


def last_day(sayings: Iterable[Saying]) -> date:
    """The default of ``as_of``."""
    return max(one.last for one in sayings)


def rank(one: Saying, codebook: Codebook) -> int:
    """§2.5: the best (smallest) rank of the roles that the speaker holds for the holder on the last day of said_on."""
    # reading: a role without a rank has 3; who holds no role for the holder that day (an unnamed source) is "other", 4.
    # Framing has no rank: it only meets framing, so that any number does as long as all have the same.
    for speaker in codebook.speakers:
        if speaker.id == one.speaker:
            ranks = [
                getattr(role, "rank", None) or DEFAULT_RANK
                for role in speaker.roles
                if role.party == one.holder
                and (role.first is None or role.first <= one.last)
                and (role.last is None or one.last <= role.last)
            ]
            return min(ranks, default=OTHER_RANK)
    return OTHER_RANK
