"""When a web page's story was published: what the page itself says of that story, else what htmldate reasons.

The page's witnesses are, in this order, its metadata for programs (JSON-LD, meta tags), the day printed at its
headline, and its own address. Those of other stories, comments, mastheads and of a live page's entries are left out
(:mod:`positions.extract.sources.page_parts`). A stamp in UTC gives way to the local day that the page prints or that
its address has. A day is ``explicit`` if a witness has it and no other contradicts; what htmldate finds beyond them is
``inferred``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from positions.extract.language.foreign_dates import limit_htmldate
from positions.extract.sources.document_language import detect_language
from positions.extract.sources.linked_data import is_story, item_text, story_items
from positions.extract.sources.page_parts import own_story, page_titles, text_of
from positions.extract.sources.page_tree import has_many_elements
from positions.extract.sources.printed_date import PrintedDays, printed_days
from positions.extract.sources.publication_date import (
    PublishedOn,
    date_in_address,
    date_in_text,
    days_in_story,
    is_possible,
)
from positions.extract.sources.stamp import DayWitness, parse_stamp
from positions.model.dates import PartialDate

_PUBLISHED: Final = re.compile(
    r"(?:^|[.:_-])(?:date-?)?(?:publish(?:ed)?|publication)(?:[-_]?(?:time|date|on|at))?$|pub-?date$|displaydate$"
    r"|originalpublicationdate$|article[.:_-]?(?:date|created)(?:[-_]original)?$|^(?:sailthru\.)?date$|^date[-_]?created$"
    r"|^citation_(?:online_|publication_)?date$|^dc(?:terms)?[.:](?:date(?:\.(?:issued|created))?|issued|created)$|^parsely-pub-date$",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(r"(?:modified|updated)(?:[-_]?(?:time|date|on|at))?$|^last-?mod", re.IGNORECASE)
_LONGEST: Final = 120
_SAME_DAY: Final = range(7, 22)
"""Hours of UTC that fall on the same day in most of the world."""


def find_page_date(tree: Any, text: str, *, address: str = "") -> PublishedOn | None:
    """Return when a page's story, whose text is ``text``, was published; ``None`` if nothing says it."""
    titles, own = page_titles(tree), own_story(tree)
    canonical = own_address(tree) or address
    in_address = date_in_address(canonical)
    local = [DayWitness(in_address)] if in_address and is_possible(in_address) else []
    metadata = [*_linked_days(tree, titles, canonical), *_tagged_days(own)]
    printed = printed_days(own, titles, _language_of(own, text))
    stamps = list(_meta_days(own, _CHANGED))
    if metadata:
        return _weigh_metadata(metadata, printed, local, stamps)
    reasoned = _reasoned_day(own, text)
    written = date_in_text(text, url=canonical)
    if not printed.near and not local and written and written.basis == "explicit":
        local = [DayWitness(date.fromisoformat(str(written.day)))]
    if published := _weigh_printed([*printed.near, *local], reasoned):
        return published
    weaker = reasoned or next((witness.day for witness in (*printed.far, *printed.changed, *stamps)), None)
    return _inferred(weaker) if weaker else written


def _weigh_metadata(
    metadata: list[DayWitness], days: PrintedDays, in_address: list[DayWitness], changed: list[DayWitness]
) -> PublishedOn:
    """Return the day on which the page's own witnesses agree, else that of the surest one, which is then inferred."""
    first, printed = metadata[0], days.near
    certain = [witness.day for witness in (*printed, *in_address, *metadata) if witness.utc_hour is None]
    day = first.day if first.day in certain else next((day for day in certain if first.may_be(day)), first.day)
    is_printed = not printed or any(witness.may_be(day) or _is_swapped(witness.day, day) for witness in printed)
    if not is_printed and len({witness.day for witness in printed}) == 1:
        return _inferred(printed[0].day)  # readers were shown another day than programs
    if in_address and abs((in_address[0].day - day).days) > 1:
        return _inferred(in_address[0].day)
    if not printed and _is_contradicted(day, days):
        return _inferred(day)
    if any(witness.day < day for witness in (*days.changed, *changed)):
        return _inferred(day)
    is_sure = day in certain or first.utc_hour in _SAME_DAY
    return _agreed(day, is_sure and is_printed and all(witness.may_be(day) for witness in metadata))


def _weigh_printed(witnesses: list[DayWitness], reasoned: date | None) -> PublishedOn | None:
    """Return the day that is printed at the headline or stands in the address; inferred if anything contradicts."""
    days = [witness.day for witness in witnesses]
    if not days:
        return None
    if len(set(days)) == 1:
        return _agreed(days[0], reasoned in (None, days[0]))
    return _inferred(reasoned if reasoned in days else days[0])


def _is_swapped(printed: date, day: date) -> bool:
    """Return whether a printed day is another with day and month in the other order, as 11/1 and 1/11."""
    return (printed.year, printed.month, printed.day) == (day.year, day.day, day.month)


def _is_contradicted(day: date, printed: PrintedDays) -> bool:
    """Return whether a page prints no day at its headline, and elsewhere another one or that of a later change."""
    if any(witness.day > day + timedelta(days=1) for witness in printed.changed[:1]):
        return True
    return bool(printed.far) and not any(witness.may_be(day) for witness in printed.far)


def _inferred(day: date) -> PublishedOn:
    return PublishedOn(PartialDate.of(day), "inferred")


def _agreed(day: date, is_agreed: bool) -> PublishedOn:
    return PublishedOn(PartialDate.of(day), "explicit" if is_agreed else "inferred")


def own_address(tree: Any) -> str:
    """Return the address that a page gives as its own: its canonical link, else that for sharing; empty without one."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            return str(link.get("href")).strip()
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:url":
            return str(meta.get("content") or "").strip()
    return ""


def _language_of(tree: Any, text: str) -> str:
    """Return the language that a page declares, else that of its text, in small letters; empty if it is not known."""
    return (tree.get("lang") or "").lower() or detect_language(text) or ""


def _linked_days(tree: Any, titles: tuple[str, ...], address: str) -> Iterator[DayWitness]:
    for item in story_items(tree, titles, address):
        if witness := parse_stamp(item_text(item, "datePublished", *(["dateCreated"] if is_story(item) else []))):
            yield witness


def _meta_days(tree: Any, names: re.Pattern[str]) -> Iterator[DayWitness]:
    for meta in tree.iter("meta"):
        is_named = any(names.search(meta.get(key) or "") for key in ("property", "name", "itemprop"))
        if is_named and (witness := parse_stamp(meta.get("content") or meta.get("datetime") or "")):
            yield witness


def _tagged_days(tree: Any) -> Iterator[DayWitness]:
    yield from _meta_days(tree, _PUBLISHED)
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        is_published = (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None
        if is_published and (witness := parse_stamp(_written_day(element))):
            yield witness


def _written_day(element: Any) -> str:
    return str(element.get("datetime") or element.get("content") or element.get("title") or text_of(element, _LONGEST))


def _reasoned_day(tree: Any, text: str) -> date | None:
    """Return the day that htmldate finds in the story's part of the page: by its tags, else among its words.

    Days that the story, whose text is ``text``, tells of are no days of publication. The words of a very long page are
    not searched: its length in elements would count several times over.
    """
    from htmldate import find_date

    limit_htmldate()
    for script in list(tree.iter("script")):
        if "json" in (script.get("type") or ""):
            script.getparent().remove(script)  # these were read as what they describe
    written = find_date(tree, original_date=True, extensive_search=False)
    if written is None and not has_many_elements(tree):
        for meta in list(tree.iter("meta")):
            meta.getparent().remove(meta)
        written = find_date(tree, original_date=True, extensive_search=True)
        if written and date.fromisoformat(written) in days_in_story(text):
            return None
    day = date.fromisoformat(written) if written else None
    if day is None or not is_possible(day) or (day.day == 1 and not _is_written(day, tree)):
        return None
    return day


def _is_written(day: date, tree: Any) -> bool:
    """Return whether a page has a first of the month as such, rather than a month or year alone."""
    page = " ".join(tree.itertext("*")) + " ".join(meta.get("content") or "" for meta in tree.iter("meta"))
    page += " ".join(f"{time.get('datetime')}" for time in tree.iter("time"))
    year, month = day.year, day.month
    numbers = rf"{year}[-./]?0?{month}[-./]?01|0?1[./-]0?{month}[./-]{year}|0?{month}[./-]0?1[./-]{year}"
    words = rf"(?<!\d)0?1(?:st|er|º|\.)?\s\S{{0,15}}\s?\S{{3,15}}\s{year}|\w{{3,15}}\.?\s0?1(?:st)?,?\s{year}"
    return bool(re.search(f"{numbers}|{words}", page))
