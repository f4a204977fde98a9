"""What the reader looks at, as one frozen value that is written in the address and read back from it.

Reading never fails: a part that cannot be understood is left out, and :func:`settled` moves what the data do not
have to what they do. So an old or a mangled link still opens a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal, TypeAlias
from urllib.parse import parse_qs, urlencode

from positions.dates import instant_text, parse_day, parse_instant
from positions.errors import QueryError

Axis: TypeAlias = Literal["event", "calendar"]
"""How time is drawn: one step for each day with statements, or to the scale of the calendar."""

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """The question asked, the statement opened and how time is drawn.

    ``as_of`` is the day looked at (``None``: the last with statements), ``known_at`` (UTC) what the book held then,
    ``public_by`` what was published by then (both ``None``: everything), ``statement`` the id of the one opened.
    """

    as_of: date | None = None
    known_at: datetime | None = None
    public_by: date | None = None
    statement: str | None = None
    axis: Axis = "event"

    def query(self) -> str:
        """Write the view as a query string with its question mark; empty for the plain view."""
        parts = {
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "known_at": instant_text(self.known_at) if self.known_at else "",
            "public_by": self.public_by.isoformat() if self.public_by else "",
            "axis": "" if self.axis == "event" else self.axis,
            "statement": self.statement or "",
        }
        query = urlencode({name: text for name, text in parts.items() if text}, safe=":")
        return f"?{query}" if query else ""


def read_view(query: str | None) -> View:
    """Read a view from a query string, with or without its question mark; unknown parts are left out."""
    found = parse_qs((query or "").removeprefix("?"), errors="replace")
    last = {name: texts[-1] for name, texts in found.items()}
    statement = last.get("statement", "")
    return View(
        as_of=_day(last.get("as_of", "")),
        known_at=_instant(last.get("known_at", "")),
        public_by=_day(last.get("public_by", "")),
        statement=statement if _ID.fullmatch(statement) else None,
        axis="calendar" if last.get("axis") == "calendar" else "event",
    )


def settled(view: View, *, days: Sequence[date], statements: Collection[str]) -> View:
    """Move a view to what there is: the last day with statements up to its own, and a statement that is known."""
    statement = view.statement if view.statement in statements else None
    if not days:
        return replace(view, as_of=None, statement=statement)
    place = len(days) if view.as_of is None else max(1, bisect_right(days, view.as_of))
    return replace(view, as_of=days[place - 1], statement=statement)


def at_stop(view: View, days: Sequence[date], stop: object) -> View:
    """Return the view on the day of a slider stop, counted from 0; anything but a stop changes nothing."""
    if not days or isinstance(stop, bool) or not isinstance(stop, int | float):
        return view
    return replace(view, as_of=days[max(0, min(round(stop), len(days) - 1))])


def _day(text: str) -> date | None:
    try:
        return parse_day(text, name="day")
    except QueryError:
        return None


def _instant(text: str) -> datetime | None:
    try:
        return parse_instant(text, name="instant") if text else None
    except (QueryError, OverflowError):  # the first and last hours of the calendar do not fit into UTC
        return None
