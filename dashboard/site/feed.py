"""The Atom feed of a site: an entry for each day with statements, saying who moved and what was stated first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dashboard.query.case import Case
from dashboard.site.addresses import FIRST, SiteFile, dated_path
from positions.analysis.changes import PositionChange, state_changes
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, instant_text
from positions.model.lists import count_words
from positions.wording.positions import change_words

ATOM: Final = "http://www.w3.org/2005/Atom"
MOST: Final = 100
"""The most days of a feed; the last ones are told."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
NAMED: Final = 2
"""How many changes a title names."""


@dataclass(frozen=True, slots=True)
class DayChanges:
    """What changed on a day since the day with statements before; ``recorded``: when its first and last words were."""

    day: date
    changes: tuple[PositionChange, ...]
    statements: int
    recorded: tuple[datetime, datetime]


def write_feed(case: Case, *, address: str = "") -> bytes:
    """Write the feed of a case; its links lead to the site at ``address``, and beside the feed if that is empty.

    An entry has the same id in every edition of the site, and is updated when statements of its day were recorded.
    Control characters, which XML cannot hold, become replacement characters.
    """
    title, days = case.codebook.title, list(changes_by_day(case))[-MOST:]
    # The same negotiation has the same feed, wherever it is published.
    name = uuid5(NAMESPACE_URL, f"positions:{title}")
    feed = Element("feed", xmlns=ATOM)
    _add(feed, "title", f"{title}: changes")
    _add(feed, "id", name.urn)
    _add(feed, "updated", instant_text(max(day.recorded[1] for day in days)))
    SubElement(SubElement(feed, "author"), "name").text = _plain(title)
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=urljoin(address, "feed.xml"))
    SubElement(feed, "link", rel="alternate", type="text/html", href=urljoin(address, f"{FIRST}.html"))
    for day in reversed(days):
        _add_entry(feed, day, case.codebook, name, address)
    indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode").encode() + b"\n"


def changes_by_day(case: Case) -> Iterator[DayChanges]:
    """Yield what changed on each day with statements by a party's own word, without what only follows from it."""
    recorded: dict[date, list[datetime]] = {}
    for record in case.records.values():
        recorded.setdefault(record.statement.said_on.last, []).append(record.recorded_at)
    tally = dict(zip(case.calendar["day"], case.calendar["statements"], strict=True))
    for before, day in pairwise((None, *case.days)):
        assert day is not None  # noqa: S101 - only the first of the pair is none
        changes = state_changes(case.index.own(before), case.index.own(day)) if before else ()
        own = tuple(change for change in changes if change.kind in ("moved", "first stated") and _is_stated(change))
        instants = recorded[day]
        yield DayChanges(day, own, int(tally[day]), (min(instants), max(instants)))


def _is_stated(change: PositionChange) -> bool:
    return change.after is not None and change.after.said_of == change.after.element


def _add_entry(feed: Element, day: DayChanges, codebook: Codebook, name: UUID, address: str) -> None:
    entry, words = SubElement(feed, "entry"), [_change_words(change, codebook) for change in day.changes]
    _add(entry, "title", f"{day_in_words(day.day)}: {_title(words, day)}")
    _add(entry, "id", uuid5(name, day.day.isoformat()).urn)
    _add(entry, "published", instant_text(day.recorded[0]))
    _add(entry, "updated", instant_text(day.recorded[1]))
    way = SiteFile(dated_path(FIRST, day.day), day.day.isoformat()).seen_from("feed.xml")
    SubElement(entry, "link", rel="alternate", type="text/html", href=urljoin(address, way))
    said = f"{count_words(day.statements, 'statement')} that day."
    _add(entry, "summary", "; ".join((*words, said)))


def _title(words: Sequence[str], day: DayChanges) -> str:
    if not words:
        return count_words(day.statements, "statement")
    more = f" and {len(words) - NAMED} more" if len(words) > NAMED else ""
    return f"{'; '.join(words[:NAMED])}{more}"


def _change_words(change: PositionChange, codebook: Codebook) -> str:
    holder, issue, element = change.key
    kind, before, after, _ = change_words(change, codebook)
    about = f"{codebook.party(holder).name} on {codebook.path_label(issue, element)}"
    return f"{about}: {before} → {after}" if kind == "moved" else f"{about}: {kind}, {after}"


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _plain(text)


def _plain(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)
