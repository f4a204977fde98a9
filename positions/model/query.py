"""What is asked of a record book: a frozen query, which the results remember.

``semantics.md`` §1 defines the three times. What is left out asks for everything, as of the last day with a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final, TypedDict, Unpack

from positions.errors import QueryError
from positions.model.dates import day_in_words, end_of_day, instant_text, read_day, read_instant


@dataclass(frozen=True, slots=True)
class Query:
    """Which state is asked for.

    ``as_of`` is the day at whose end positions are resolved (``None``: the last on which something was said);
    ``known_at`` (UTC) admits only what the book had recorded by then, ``public_by`` only documents published by the end
    of that day (both ``None``: everything). ISO text is read, as on the command line; what is neither that nor a date
    raises ``QueryError``.
    """

    as_of: date | None = None
    known_at: datetime | None = None
    public_by: date | None = None

    def __post_init__(self) -> None:
        for name in ("as_of", "public_by"):
            if (given := getattr(self, name)) is not None:
                object.__setattr__(self, name, read_day(given, name=name))
        if self.known_at is not None:
            object.__setattr__(self, "known_at", read_instant(self.known_at, name="known_at"))

    def narrow(self, **words: Unpack[QueryWords]) -> Query:
        """Return the query with some of its parts given by name, as a date or as ISO text."""
        return replace(self, **words) if words else self  # type: ignore[arg-type] # text is read in `__post_init__`

    @property
    def is_limited(self) -> bool:
        """Whether some of what the book holds is left out."""
        return self.known_at is not None or self.public_by is not None


class QueryWords(TypedDict, total=False):
    """The parts of a :class:`Query`, as a script gives them by name."""

    as_of: date | str | None
    known_at: datetime | date | str | None
    public_by: date | str | None


EVERYTHING: Final = Query()
"""All that the book holds, as of the last day with a statement."""


def known_query(query: Query) -> Query:
    """Return a query whose ``known_at`` has an answer; raise ``QueryError`` for one in the future."""
    # A day means its end, so the rest of today is allowed.
    if query.known_at is not None and query.known_at > end_of_day(datetime.now(UTC).date()):
        raise QueryError(f"known-at: found {instant_text(query.known_at)}, which is in the future")
    return query


def answerable_day(as_of: date | None, days: Sequence[date], *, query: Query = EVERYTHING, name: str = "as-of") -> date:
    """Return the day asked about, or the last of ``days``, those with a statement that ``query`` admits, in order.

    ``name`` is what the day is called where it was asked for. Raises ``QueryError`` for a day in the future and, if the
    query admits everything, for one before the first statement or if there is none. To a limited query silence is an
    answer: nothing may have been known or public then. Its own day stands in where no statement has one.
    """
    if as_of is not None and as_of > datetime.now(UTC).date():
        raise QueryError(f"{name}: found {as_of}, which is in the future")
    limit = query.known_at.date() if query.known_at is not None else query.public_by
    if limit is not None:
        return as_of or (days[-1] if days else limit)
    if not days:
        raise QueryError("nothing is known yet: no statement was recorded")
    if as_of is None:
        return days[-1]
    if as_of < days[0]:
        raise QueryError(
            f"{name}: found {as_of}, before the first statement on {day_in_words(days[0])}: all are silent"
        )
    return as_of
