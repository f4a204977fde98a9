"""All files of a site: each page on the last day, and on all days of each year; what can be taken away; the feed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from typing import Any, Final

from dashboard.components.heatmap import day_offset
from dashboard.frames.small_multiples import axis_offset
from dashboard.markup import elements as html
from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES
from dashboard.query.case import Case, Picture
from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from dashboard.server.picture_routes import words_of
from dashboard.server.share_tags import describe
from dashboard.site.about import about_nodes, download_nodes
from dashboard.site.addresses import SUBJECTS, SiteAddresses, dated_path, is_undated
from dashboard.site.cards import card_of, card_path, draw_cards
from dashboard.site.content import DayView, group_quotes, page_content
from dashboard.site.downloads import page_files
from dashboard.site.feed import write_feed
from dashboard.site.frame import Adapt, DayLinks, build_day_links, frame_page
from dashboard.site.html_page import PageHead, day_rules, offset_rules, quote_rules, write_page, year_class
from dashboard.site.links import FileLinks, adapt_nodes
from dashboard.site.shared_parts import hue_classes, share_boxes, shared_rules
from dashboard.site.style import site_style
from dashboard.site.variants import merge_days
from positions.errors import QueryError
from positions.wording.party_style import party_styles

NOTHING_YET: Final = (
    "no statement is recorded yet; `positions add-document` takes in a document, `positions add` a quote"
)
NOTHING_THEN: Final = "no statement had been recorded and published by then"


@dataclass(frozen=True)
class SiteBuilder:
    """Builds the files of a site from what is known to one query.

    ``shown`` has the limits of that query (``known_at``, ``public_by``) and nothing else; ``address`` is where the
    site will be on the web, with a slash at its end (empty: links within it are relative, and so are those of its
    feed).
    """

    source: CaseStore
    shown: View
    address: str = ""

    @cached_property
    def case(self) -> Case:
        """What is known to the query; raises ``QueryError`` if that is no statement."""
        case = self.source.case(self.shown)
        if not case.days:
            raise self._nothing()
        return case

    def _nothing(self) -> QueryError:
        return QueryError(f"nothing to publish: {NOTHING_THEN if self.shown != View() else NOTHING_YET}")

    @cached_property
    def addresses(self) -> SiteAddresses:
        """The names of the site's pages."""
        return SiteAddresses(self._picture(self.shown), self.shown)

    @cached_property
    def data(self) -> dict[str, dict[str, bytes]]:
        """The files of data that belong to each page, by its name; those of the statements are with the documents."""
        data = {name: self._data(name, view) for name, view in self.addresses.views.items()}
        return {**data, "statements": data["documents"]}

    def _picture(self, view: View) -> Picture:
        picture = self.source.picture(view)
        if picture is None:
            raise self._nothing()
        return picture

    def files(self, *, left: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
        """Yield all files by path, except the pages to be ``left`` as they are."""
        yield "site.css", self._style().encode()
        yield "feed.xml", write_feed(self.case, address=self.address)
        for name, view in self.addresses.views.items():
            if is_undated(view):
                yield f"{name}.html", self._write(name, view, [self.case.days[-1]])
            for _, days in self._years(view):
                if (path := dated_path(name, days[0])) not in left:
                    yield path, self._write(name, view, days, dated=True)
            yield from self.data[name].items()
        yield "about.html", self._about()
        yield from ((path, card) for path, card in self._cards.items() if path not in left)
        for document in self.case.documents.values():
            if document.text is not None:
                yield f"documents/{document.id}.txt", document.text.encode()

    @cached_property
    def _cards(self) -> dict[str, bytes]:
        """The cards by path: of each page on the last day of each year; none without an address to show them at."""
        days = {day.year: day for day in self.case.days if self.address}
        views = self.addresses.views
        return {path: card for day in days.values() for path, card in draw_cards(self.source, views, day)}

    def left_out(self, since: date | None) -> Iterator[str]:
        """Yield the paths of the pages on years that ended before a day, and of their cards."""
        for name, view in self.addresses.views.items():
            for year, days in self._years(view):
                if since and year < since.year:
                    yield from (dated_path(name, days[0]), card_path(name, days[0]))

    def _data(self, name: str, view: View) -> dict[str, bytes]:
        if view.document or view.number > 1:
            return {}
        # The data of the first page have all positions on all days, those on one issue or of one party among them.
        all_days = PAGES[view.page].days and view.page not in SUBJECTS
        fitted = [self._fit(view, day) for day in (self.case.days if all_days else self.case.days[-1:])]
        return page_files(name, [(one, self._picture(one)) for one in fitted])

    def _years(self, view: View) -> list[tuple[int, list[date]]]:
        if not PAGES[view.page].days or view.number > 1:
            return []
        return [(year, list(days)) for year, days in groupby(self.case.days, key=lambda day: day.year)]

    def _fit(self, view: View, day: date) -> View:
        return self.source.fit_view(replace(view, as_of=day))

    def _write(self, name: str, view: View, days: Sequence[date], *, dated: bool = False) -> bytes:
        """Write a page on a day; ``dated``: on all days of a year."""
        path = dated_path(name, days[0]) if dated else f"{name}.html"
        views = [self._fit(view, day) for day in days]

        def to(address: str) -> str | None:
            return self.addresses.link(address, path, dated=dated)

        classes = hue_classes(party_styles(self.case.codebook))
        adapt = partial(adapt_nodes, links=FileLinks(to, lambda ref: to(View(statement=ref).address()), classes))
        links = build_day_links(self.case, views, adapt, dated=dated)
        by_day = [self._day_nodes(one, links, adapt) for one in views]
        nodes = merge_days(by_day) if dated else by_day[0]
        lasting = self.addresses.file_of(views[-1], dated=True) if self._years(view) and not dated else None
        nodes += download_nodes(views[-1], path, data=self.data[name], lasting=lasting)
        page = f"on-{view.page} {year_class(days[0])}" if dated else f"on-{view.page}"
        return write_page(self._head(name, view, days, dated=dated), page, nodes)

    def _day_nodes(self, view: View, links: DayLinks, adapt: Adapt) -> list[Any]:
        """Return the nodes of a page on a day."""
        shown = DayView(view, self._picture(view), party_styles(self.case.codebook))
        return share_boxes(frame_page(shown, page_content(shown, self.source), links, adapt))

    def _head(self, name: str, view: View, days: Sequence[date], *, dated: bool) -> PageHead:
        path = dated_path(name, days[0]) if dated else f"{name}.html"
        codebook, shown = self.case.codebook, self._fit(view, days[-1])
        picture, page = self._picture(shown), PAGES[view.page]
        about = page.heading(picture, view) or page.title_in(codebook)
        parts = [codebook.title] if view.page == PAGE_IDS[0] else [about, codebook.title]
        title = " · ".join([*parts, f"days of {days[0].year}"] if dated else parts)
        words = describe(words_of(picture, shown, ""))
        root = "../" * path.count("/")
        shared = card_of(name, view, days[-1])
        card = self._web(shared) if shared in self._cards else ""
        return PageHead(title, words, self._rules(view, dated=dated), root, self._web(path), card)

    def _rules(self, view: View, *, dated: bool) -> str:
        if view.document:
            return quote_rules(group_quotes(self.case, view.document))
        return "" if dated or view.page != PAGE_IDS[0] else offset_rules(self._offsets(self.case.days[-1]))

    def _offsets(self, day: date) -> dict[str, float]:
        return {"multiples": axis_offset(self.case.days, day, self.shown.axis), "heat": day_offset(self.case, day)}

    def _style(self) -> str:
        years = [list(days) for _, days in groupby(self.case.days, key=lambda day: day.year)]
        rules = site_style() + shared_rules(party_styles(self.case.codebook))
        return rules + "".join(day_rules(days, {day: self._offsets(day) for day in days}) for days in years)

    def _about(self) -> bytes:
        nodes = serialise_part(html.Node("h1", "What this site shows", id="heading"))
        head = PageHead(f"What this site shows · {self.case.codebook.title}", "", "", "", self._web("about.html"))
        content = [["header", {"class": "top"}, nodes], ["main", {"id": "main"}, about_nodes(self.case, self.shown)]]
        return write_page(head, "on-about", content)

    def _web(self, path: str) -> str:
        return f"{self.address}{path}" if self.address else ""
