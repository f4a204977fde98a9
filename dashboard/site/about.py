"""What a site says of itself: what it shows, what can be taken away, what only a dashboard answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.markup import elements as html
from dashboard.markup.serialise import serialise_part
from dashboard.markup.wording import freshness_words, limits_words, size_words
from dashboard.query.case import Case
from dashboard.query.view import View
from dashboard.site.addresses import FIRST, SiteFile
from positions.model.dates import day_in_words


def link_nodes(links: Mapping[str, str], *, before: str) -> list[Any]:
    """Return a line of links to files of the site, by their words, as serialised nodes; ``before`` names them."""
    items = [part for words, way in links.items() for part in (["a", {"href": way}, [words]], " ")]
    return [["p", {"class": "downloads"}, [["span", {"class": "silence"}, [before]], " ", *items]]]


def download_nodes(view: View, path: str, *, data: Iterable[str], lasting: SiteFile | None) -> list[Any]:
    """Return the links under a page: its data, its document's text, and its day on the page that stays about it."""
    links: dict[str, str] = {}
    if view.document:
        links["The text as a file"] = SiteFile(f"documents/{view.document}.txt").seen_from(path)
    for file in data:
        name, _, kind = file.rpartition(".")
        table = name.rpartition("-")[2]
        links["JSON" if kind == "json" else f"CSV: {table.replace('_', ' ')}"] = SiteFile(file).seen_from(path)
    if lasting and view.as_of:
        links[f"Link to {day_in_words(view.as_of)}"] = lasting.seen_from(path)
    label = {"aria-label": "Data and links of this page"}
    return [["section", label, link_nodes(links, before="This page:")]] if links else []


def about_nodes(case: Case, shown: View) -> list[Any]:
    """Return the serialised content of the page on the site itself."""
    recorded = max(record.recorded_at for record in case.records.values())
    limits = limits_words(shown) or "Shown is all that is recorded."
    facts = {
        "Negotiation": case.codebook.title,
        "Known": f"{size_words(case)}; {freshness_words(case)}",
        "Limits": limits,
        "Record book": f"at {case.head}, with statements recorded up to {day_in_words(recorded.date())}",
    }
    missing = (
        "A site answers what was asked of it when it was made. Searching, other choices of parties and issues, two "
        "days of your own choice, and what was known at an earlier time need the dashboard itself, on the same record "
        "book."
    )
    cite = (
        "Cite a page by its address with the day in it, and by the head of the record book: the same head gives the "
        "same numbers. Pages that only name the last day change once more is recorded; “Link to” under a page, and "
        "every day in the list of days, leads to one that stays about its day."
    )
    items = [part for name, fact in facts.items() for part in (html.Dt(name), html.Dd(fact))]
    files = {
        "The report of the last day": "report.html",
        "Changes as a feed (Atom)": "feed.xml",
        "Which files belong to the site (JSON)": "site.json",
    }
    return [
        *serialise_part(
            [
                html.Section([html.H2("What it shows"), html.Dl(items, className="facts")], className="part"),
                html.Section([html.H2("What it leaves out"), html.P(missing)], className="part"),
                html.Section([html.H2("How to cite it"), html.P(cite)], className="part"),
            ]
        ),
        ["section", {"class": "part"}, [["h2", {}, ["To take away"]], *link_nodes(files, before="Files:")]],
        *link_nodes({"To the first page": f"{FIRST}.html"}, before=""),
    ]
