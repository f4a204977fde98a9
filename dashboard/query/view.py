"""What the reader looks at, as one frozen value that is written to the address and read back from it.

Reading never fails, so an old or mangled link still opens a page: what cannot be understood and what the data do not
have is set aside in ``unknown``, where the page tells it, and stays in the address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, Literal, TypeAlias, TypeVar
from urllib.parse import parse_qs, urlencode

from positions.analysis.search import CONFIDENCE_BANDS
from positions.errors import QueryError
from positions.model.dates import instant_text, parse_day, parse_instant
from positions.model.query import Query
from positions.model.statement import VOICES, Voice

Axis: TypeAlias = Literal["event", "calendar"]
"""How time is drawn: one step for each day with statements, or to the scale of the calendar."""

Mode: TypeAlias = Literal["days", "day"]
"""What the page of movements compares: two days, or two parties on one day."""

Value = TypeVar("Value")
PAGE_IDS: Final = (
    "overview",
    "issue",
    "venues",
    "party",
    "movement",
    "preconditions",
    "statements",
    "documents",
    "method",
)
"""The ids of the pages in the order of the navigation; the first one is served at the root."""
MOST_IDS: Final = 40
"""The most parties or issues that an address can choose."""
LONGEST_SEARCH: Final = 200
"""The most characters of a search, and of a part of the address that is told because nothing is known by it."""
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """The question asked, the page it is asked on, the statement opened and how time is drawn.

    ``as_of`` is the day looked at (``None``: the last one with statements). ``known_at`` (UTC) limits the view to what
    was recorded by then, ``public_by`` to what was published by then (both ``None``: no limit). ``statement`` is the
    id of the opened statement, ``compare`` the earlier day that the one looked at is compared with (``None``: the first
    on which the pair can be compared; :func:`dashboard.query.window.compared_days`). ``parties`` and ``issues`` are
    the chosen ones (empty: all); ``issue``, ``party`` and ``document`` what the page is about; ``outlet`` the one whose
    documents alone are listed (empty: all). ``search`` holds the words to search for; ``since`` (the first day of
    what was said), ``element`` (a path ``issue/element``), ``speaker``, ``voice`` and ``confidence`` (a band of
    :data:`positions.analysis.search.CONFIDENCE_BANDS`) narrow what is found. ``number`` is the page of a table or the
    place in a document, from 1. ``embed`` leaves out the frame around the page; ``mode`` is what the page of movements
    compares. ``unknown`` holds the parts of the address that mean nothing here, each with its name, in the order of the
    address.
    """

    as_of: date | None = None
    known_at: datetime | None = None
    public_by: date | None = None
    statement: str | None = None
    axis: Axis = "event"
    page: str = PAGE_IDS[0]
    compare: date | None = None
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    issue: str | None = None
    party: str | None = None
    document: str | None = None
    outlet: str = ""
    search: str = ""
    since: date | None = None
    element: str | None = None
    speaker: str | None = None
    voice: Voice | None = None
    confidence: str | None = None
    number: int = 1
    embed: bool = False
    mode: Mode = "days"
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """The page's path: ``/`` for the first page, else ``/`` and its id."""
        return "/" if self.page == PAGE_IDS[0] else f"/{self.page}"

    @property
    def query(self) -> Query:
        """The query to the record book."""
        return Query(self.as_of, self.known_at, self.public_by)

    @property
    def query_limits(self) -> Query:
        """What limits the records that are known, whatever the day."""
        return replace(self.query, as_of=None)

    def query_string(self) -> str:
        """Write everything but the page as a query string with its question mark; empty for the default view."""
        parts = {
            "as_of": _day_text(self.as_of),
            "compare": _day_text(self.compare),
            "known_at": instant_text(self.known_at) if self.known_at else "",
            "public_by": _day_text(self.public_by),
            "parties": ",".join(self.parties),
            "issues": ",".join(self.issues),
            "issue": self.issue or "",
            "party": self.party or "",
            "document": self.document or "",
            "mode": "" if self.mode == "days" else self.mode,
            "outlet": self.outlet,
            "q": self.search,
            "since": _day_text(self.since),
            "element": self.element or "",
            "speaker": self.speaker or "",
            "voice": self.voice or "",
            "confidence": self.confidence or "",
            "n": "" if self.number == 1 else str(self.number),
            "axis": "" if self.axis == "event" else self.axis,
            "embed": "1" if self.embed else "",
            "statement": self.statement or "",
        }
        for name, text in self.unknown:
            parts[name] = f"{parts[name]},{text}" if parts.get(name) else text
        query = urlencode({name: text for name, text in parts.items() if text}, safe=":,/")
        return f"?{query}" if query else ""

    def address(self) -> str:
        """Write the whole view as an address within the site."""
        return f"{self.path}{self.query_string()}"


def page_at(path: str | None) -> str:
    """Return the id of the page at a path; of the first page if the path belongs to none."""
    name = (path or "").strip("/")
    return name if name in PAGE_IDS else PAGE_IDS[0]


def read_address(address: str | None) -> View:
    """Read a view from an address within the site, ``/issue?issue=venue``."""
    path, _, query = (address or "").partition("?")
    return read_view(query, path)


def read_view(query: str | None, path: str | None = None) -> View:
    """Read a view from a query string, with or without its question mark, and a path; unknown parts are set aside."""
    values = parse_qs((query or "").removeprefix("?"), errors="replace")
    parts = _Parts({name: texts[-1] for name, texts in values.items()})
    # Links to movements named their two days so before the slider had a handle for each.
    start, end = parts.read("from", _day), parts.read("to", _day)
    as_of, compare = parts.read("as_of", _day), parts.read("compare", _day)
    view = View(
        as_of=end or as_of,
        known_at=parts.read("known_at", _instant),
        public_by=parts.read("public_by", _day),
        statement=parts.read("statement", _id),
        axis="calendar" if parts.texts.get("axis") == "calendar" else "event",
        page=page_at(path),
        compare=start or compare,
        # A form sends a choice of several as the same name several times.
        parties=parts.read_ids("parties", values.get("parties", [])),
        issues=parts.read_ids("issues", values.get("issues", [])),
        issue=parts.read("issue", _id),
        party=parts.read("party", _id),
        document=parts.read("document", _id),
        outlet=_words(parts.texts.get("outlet", "")),
        search=_words(parts.texts.get("q", "")),
        since=parts.read("since", _day),
        element=parts.read("element", _path),
        speaker=parts.read("speaker", _id),
        voice=parts.read("voice", _voice),
        confidence=parts.read("confidence", _band),
        number=_number(parts.texts.get("n", "")),
        embed=parts.texts.get("embed") == "1",
        mode="day" if parts.texts.get("mode") == "day" else "days",
    )
    return replace(view, unknown=tuple(parts.unknown))


@dataclass(slots=True)
class _Parts:
    """The parts of an address by name, and those that could not be read."""

    texts: Mapping[str, str]
    unknown: list[tuple[str, str]] = field(default_factory=list)

    def read(self, name: str, reader: Callable[[str], Value | None]) -> Value | None:
        text = self.texts.get(name, "")
        value = reader(text) if text else None
        if text and value is None:
            self.unknown.append((name, text[:LONGEST_SEARCH]))
        return value

    def read_ids(self, name: str, texts: Sequence[str]) -> tuple[str, ...]:
        names = list(dict.fromkeys(one for text in texts for one in text.split(",") if one))[:MOST_IDS]
        self.unknown += [(name, one[:LONGEST_SEARCH]) for one in names if not _ID.fullmatch(one)]
        return tuple(one for one in names if _ID.fullmatch(one))


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """What a view can refer to: days with statements, ids of what it names, ``elements`` by their paths."""

    days: Sequence[date]
    statements: Collection[str]
    documents: Collection[str] = ()
    parties: Collection[str] = ()
    issues: Collection[str] = ()
    elements: Collection[str] = ()


def fit_view(view: View, options: ViewOptions) -> View:
    """Limit a view to the ids that exist, and look at the last day with statements if it names no day.

    Ids that do not exist are set aside in ``unknown``. Any day can be looked at, with statements or without.
    """
    single = (
        *(("statement", options.statements), ("document", options.documents)),
        *(("issue", options.issues), ("party", options.parties), ("element", options.elements)),
    )
    several = (("parties", options.parties), ("issues", options.issues))
    missing = [(name, one) for name, known in single if (one := getattr(view, name)) and one not in known]
    missing += [(name, one) for name, known in several for one in getattr(view, name) if one not in known]
    view = replace(
        view,
        statement=view.statement if view.statement in options.statements else None,
        document=view.document if view.document in options.documents else None,
        issue=view.issue if view.issue in options.issues else None,
        party=view.party if view.party in options.parties else None,
        element=view.element if view.element in options.elements else None,
        parties=tuple(name for name in options.parties if name in view.parties),
        issues=tuple(name for name in options.issues if name in view.issues),
        unknown=tuple(dict.fromkeys((*view.unknown, *missing))),
    )
    if not options.days:
        return replace(view, as_of=None, compare=None)
    as_of = view.as_of or options.days[-1]
    return replace(view, as_of=as_of, compare=None if view.compare == as_of else view.compare)


def last_stop(day: date, days: Sequence[date]) -> int | None:
    """Return the index of the last of the days, in order, that is not after ``day``; ``None`` if all are."""
    stop = bisect_right(days, day) - 1
    return stop if stop >= 0 else None


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _id(text: str) -> str | None:
    return text if _ID.fullmatch(text) else None


def _path(text: str) -> str | None:
    issue, _, element = text.partition("/")
    return text if _id(issue) and _id(element) else None


def _words(text: str) -> str:
    return " ".join(text.split())[:LONGEST_SEARCH].strip()


def _voice(text: str) -> Voice | None:
    return next((voice for voice in VOICES if voice == text), None)


def _band(text: str) -> str | None:
    return text if text in CONFIDENCE_BANDS else None


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


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
