"""Where each view lies among the files of a site, and the way from one file to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from posixpath import dirname, relpath
from typing import Final

from dashboard.pages import PAGES, listed_titles
from dashboard.pages.issue import choose_issue
from dashboard.pages.party import choose_party
from dashboard.pages.statements import ROWS
from dashboard.query.case import Case, Picture
from dashboard.query.day_frames import choose_pairs
from dashboard.query.view import PAGE_IDS, View, read_address

FIRST: Final = "index"
"""The name of the first page's file."""
SUBJECTS: Final = ("issue", "party")
"""The pages that are about one word of the codebook; a view names it by the page's own id."""
UNDATED: Final = (PAGE_IDS[0], "statements")
"""The pages on a day that also lie outside of the years, where they show the last day, whichever that is by then."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file within a site: its path, and the part of it that is looked at (empty: all of it).

    A page on all days of a year lies in the year's folder, a day in it is a part; a page on the last day, or one
    without a day, lies outside of them.
    """

    path: str
    part: str = ""

    def seen_from(self, path: str) -> str:
        """Return the way to it from another file of the site; within one file only the part."""
        if self.path == path and self.part:
            return f"#{self.part}"
        way = relpath(self.path, dirname(path) or ".")
        return f"{way}#{self.part}" if self.part else way


def statement_part(statement: str) -> str:
    """Return the name of a quote's place in the page of its document."""
    return f"s-{statement}"


class SiteAddresses:
    """Which file shows which view: the one home of the site's names.

    ``shown`` are the query's limits of the whole site: what a view says of them beyond that has no file.
    """

    def __init__(self, picture: Picture, shown: View) -> None:
        self.case = picture.case
        self.shown = shown
        self.views: Mapping[str, View] = dict(_named_views(picture.case, shown))
        self._names = {view: name for name, view in self.views.items()}
        # What the dashboard chooses if the reader does not.
        for page, subject in (("issue", choose_issue(picture, shown).id), ("party", choose_party(picture, shown))):
            self._names[replace(shown, page=page)] = f"{page}-{subject}"
        for pair in choose_pairs(picture.case.codebook)[:1]:
            self._names[replace(shown, page="movement", mode="day", parties=pair)] = "distance"
        self._files: dict[tuple[str, bool], SiteFile | None] = {}

    def file_of(self, view: View, *, dated: bool = False) -> SiteFile | None:
        """Return the file that shows a view; ``None`` if none does: the site answers no question of its own.

        A view of the last day leads to the page that is about the last day, whichever it is by then; ``dated``: to the
        page that stays about this day.
        """
        if view.statement:
            return self.file_of_statement(view.statement)
        name = self.name_of(view)
        if name is None:
            return None
        days, day = self.case.days, view.as_of
        if dated and day in days and PAGES[view.page].days and view.number == 1:
            return SiteFile(dated_path(name, day), day.isoformat())
        if day is None or not PAGES[view.page].days or (day == days[-1] and not dated):
            # A year's page shows its last day if no day is named.
            return SiteFile(f"{name}.html" if is_undated(view) else dated_path(name, days[-1]))
        is_there = day in days and view.number == 1
        return SiteFile(dated_path(name, day), day.isoformat()) if is_there else None

    def file_of_statement(self, statement: str) -> SiteFile | None:
        """Return the place of a statement's quote in its document; ``None`` if there is no such statement."""
        record = self.case.records.get(statement)
        if record is None:
            return None
        return SiteFile(f"documents/{record.statement.document}.html", statement_part(statement))

    def name_of(self, view: View) -> str | None:
        """Return the name of the page that shows a view on some day; ``None`` if none does."""
        plain = replace(view, as_of=None, statement=None, axis="event", embed=False)
        # Links to other pages go on naming what the page that they stand on is about.
        plain = replace(
            plain,
            issue=plain.issue if view.page == "issue" else None,
            party=plain.party if view.page == "party" else None,
        )
        return self._names.get(plain)

    def link(self, address: str, path: str, *, dated: bool = False) -> str | None:
        """Return the way from the file ``path`` to what an address of the dashboard shows; ``None`` if no file does."""
        if address.startswith("#"):
            return address
        # The same few thousand addresses stand on every day of every page.
        if (address, dated) not in self._files:
            self._files[address, dated] = self._find(address, dated=dated)
        file = self._files[address, dated]
        return file.seen_from(path) if file else None

    def _find(self, address: str, *, dated: bool) -> SiteFile | None:
        page = address.partition("?")[0].strip("/")
        view = read_address(address if address.startswith("/") else f"/{address}")
        return None if view.unknown or page not in ("", *PAGE_IDS) else self.file_of(view, dated=dated)


def is_undated(view: View) -> bool:
    """Return whether the page of a view has a file outside of the years."""
    return view.page in UNDATED or not PAGES[view.page].days


def dated_path(name: str, day: date) -> str:
    """Return the path of a page on the days of a year."""
    return f"{day.year:04d}/{name}.html"


def _named_views(case: Case, shown: View) -> list[tuple[str, View]]:
    """List the names of all pages with their views on the last day, in the order of the navigation."""
    named: list[tuple[str, View]] = []
    listed = listed_titles(case.codebook)
    for page in PAGE_IDS:
        if page == "issue":
            named += [(f"issue-{one.id}", replace(shown, page=page, issue=one.id)) for one in case.codebook.issues]
        elif page == "party":
            named += [(f"party-{party}", replace(shown, page=page, party=party)) for party in _known_parties(case)]
        elif page in listed:
            named.append((FIRST if page == PAGE_IDS[0] else page, replace(shown, page=page)))
    named.append(("distance", replace(shown, page="movement", mode="day")))
    numbers = range(2, -(-len(case.records) // ROWS) + 1)
    named += [(f"statements-{number}", replace(shown, page="statements", number=number)) for number in numbers]
    return named + [
        (f"documents/{document}", replace(shown, page="documents", document=document)) for document in case.documents
    ]


def _known_parties(case: Case) -> list[str]:
    """Return the principal parties and those of which anything is recorded, in the codebook's order."""
    statements = [record.statement for record in case.records.values()]
    known = {party.id for party in case.codebook.principals} | {statement.holder for statement in statements}
    known |= {statement.speaker_party for statement in statements if statement.speaker_party}
    return [party.id for party in case.codebook.parties if party.id in known]
