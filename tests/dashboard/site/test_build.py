"""The site of the shipped case: every number of the dashboard on every day and page, every link resolved, small."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import pytest

from dashboard.figures import LIGHT
from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.server.data_routes import rows_as_data
from dashboard.shell.callbacks import build_parts
from dashboard.site.addresses import SUBJECTS, dated_path
from dashboard.site.links import needs_server
from positions.wording.party_style import party_styles
from positions.wording.serialise import csv_text
from positions.workspace import Workspace
from tests.dashboard.site.conftest import MadeSite, body_of, make_site, on_day, words_of

MOST_BYTES, WITH_CARDS = 2_750_000, 3_000_000
NOT_SHOWN = {
    *("strip", "now", "nav", "options", "options-words", "twins", "handles", "event-days", "dumbbell-links"),
    *("dumbbell-list", "axis"),
}
"""Parts of the dashboard's page that lead to its other views, of which the site has its own; its marks are links."""


def is_box(node: Any) -> bool:
    return "popover" in node[1]


def boxes_of(nodes: Sequence[Any]) -> Iterator[Any]:
    for node in nodes:
        if not isinstance(node, str):
            yield from [node] if is_box(node) else boxes_of(node[2])


def test_every_page_says_on_every_day_what_the_dashboard_says(site: MadeSite, source: CaseStore) -> None:
    days = source.case(View()).days
    for name, view in site.addresses.views.items():
        lasting = PAGES[view.page].days and view.number == 1
        body = body_of(site.read(dated_path(name, days[0]) if lasting else f"{name}.html")).nodes
        for index, day in enumerate(days):
            if not lasting and day != days[-1]:
                continue
            fitted = source.fit_view(replace(view, as_of=day))
            picture = source.picture(fitted)
            assert picture is not None
            nodes = on_day(body, index if lasting else None)
            shown, whole = words_of(nodes, is_box), words_of(nodes)
            parts = build_parts(picture, fitted)
            if not PAGES[view.page].figures(picture, fitted, party_styles(picture.case.codebook), LIGHT):
                parts.pop("caption-1", None)  # a chart that is not there needs no words
            if not PAGES[view.page].days:
                parts.pop("day")
            for part, content in parts.items():
                nodes = serialise_part(content)
                words = words_of(nodes, lambda node: needs_server(node) or is_box(node))
                # Boxes with the same content are there once.
                boxes = [words_of(box[2], needs_server) for box in boxes_of(nodes)]
                assert part in NOT_SHOWN or all(one in whole for one in boxes), (name, day, part)
                # The record of a quote is laid into the page of its document, which cuts the part in two.
                pieces = [words] if not view.document else [words[:200], words[-200:]]
                assert all(piece in shown for piece in pieces) or part in NOT_SHOWN, (name, day, part)


def test_the_data_of_every_page_are_the_dashboards_on_every_day(site: MadeSite, source: CaseStore) -> None:
    days = source.case(View()).days
    for name, view in site.addresses.views.items():
        if view.document or view.page == "statements":
            continue
        page = PAGES[view.page]
        content = json.loads(site.read(f"data/{name}.json"))
        assert content["head"] == source.head
        fitted = source.fit_view(view)
        picture = source.picture(fitted)
        assert picture is not None
        frames = page.tables(picture, fitted)
        assert content["tables"].keys() == frames.keys()
        for table, frame in frames.items():
            split = content["tables"][table]
            rows = [dict(zip(split["columns"], row, strict=True)) for row in split["data"]]
            assert rows == json.loads(json.dumps(rows_as_data(frame)))
            path = site.folder / f"data/{name}-{table}.csv"
            if not path.exists():
                assert table == "statements" or view.page in SUBJECTS
            elif (text := path.read_text("utf-8-sig")).startswith("as_of,"):
                _compare_days(text, table, view, source, days)
            else:
                assert text == csv_text(rows_as_data(frame), list(map(str, frame.columns)))


def _compare_days(text: str, table: str, view: View, source: CaseStore, days: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(text)))
    for day in days:
        fitted = source.fit_view(replace(view, as_of=day))
        picture = source.picture(fitted)
        assert picture is not None
        frame = PAGES[view.page].tables(picture, fitted)[table]
        spoken = [row for row in rows_as_data(frame) if row.get("standing") != "unstated"]
        expected = csv_text(spoken, list(map(str, frame.columns)))
        told = [
            {key: value for key, value in row.items() if key != "as_of"} for row in rows if row["as_of"] == str(day)
        ]
        assert told == list(csv.DictReader(io.StringIO(expected))), (table, day)


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src"):
                self.links.append(value or "")
            elif name == "id":
                self.ids.append(value or "")


def test_every_link_within_the_site_resolves_and_ids_are_unique(site: MadeSite) -> None:
    pages = {path: Links(site.read(path)) for path in site.pages if path != "report.html"}
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            way, _, part = link.partition("#")
            target = normpath(join(dirname(path), unquote(way))) if way else path
            assert (site.folder / target).is_file(), (path, link)
            assert not part or part in pages[target].ids, (path, link)


def test_it_is_small_and_names_no_place_of_the_machine(site: MadeSite, case_folder: Path) -> None:
    files = [path for path in site.folder.glob("**/*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES
    for path in files:
        content = path.read_bytes()
        assert str(case_folder.parent).encode() not in content, path
        assert str(site.folder).encode() not in content, path


def test_with_an_address_each_page_is_shared_with_a_card_of_its_finding(workspace: Workspace, tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    web = "https://example.org/talks/"
    made = make_site(workspace, tmp_path / "site", address=web)
    for path in (path for path in made.pages if path not in ("report.html", "about.html")):
        [card] = re.findall(r'<meta property="og:image" content="([^"]*)">', made.read(path))
        content = (made.folder / card.removeprefix(web)).read_bytes()
        assert content.startswith(b"\x89PNG"), path
        assert f'<meta property="og:url" content="{web}{path}">' in made.read(path)
    shared = made.read("2022/issue-talks.html")
    assert 'content="https://example.org/talks/cards/2022/issue-talks.png"' in shared
    assert "Peace talks: Russia “sceptical”, Ukraine “ready now”. As of 14 April 2022." in shared
    files = [path for path in made.folder.glob("**/*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= WITH_CARDS


def test_pages_run_and_ask_for_nothing(site: MadeSite) -> None:
    for path in site.pages:
        text = site.read(path)
        assert "<script" not in text
        assert not re.search(r"\son[a-z]+=", text.replace("&quot;", ""))
        if path != "report.html":
            assert "default-src &#x27;none&#x27;" in text or "default-src 'none'" in text
            assert "made on 30 november 2026" in text.casefold()


def test_charts_have_colours_of_the_page_or_of_a_party(site: MadeSite) -> None:
    drawn = [
        svg for path in site.pages for svg in re.findall(r"(?s)<svg .*?</svg>", site.read(path)) if "<title>" in svg
    ]
    colours = {colour for svg in drawn for colour in re.findall(r' (?:fill|stroke)="([^"]*)"', svg)}
    assert {"var(--ink)", "var(--track)"} <= colours
    assert all(re.fullmatch(r"none|#[0-9A-Fa-f]{6}|var\(--[a-z-]+\)|rgba\([^()]*\)", colour) for colour in colours)


def test_a_quote_stands_in_its_document_where_its_link_leads(site: MadeSite, source: CaseStore) -> None:
    for ref, record in source.case(View()).records.items():
        text = site.read(f"documents/{record.statement.document}.html")
        assert text.count(f'<span id="s-{ref}"') == 1
        assert text.count(f'<div id="r-{ref}"') == 1


def test_texts_are_given_away_byte_for_byte(site: MadeSite, source: CaseStore) -> None:
    for document in source.case(View()).documents.values():
        assert (site.folder / f"documents/{document.id}.txt").read_bytes() == (document.text or "").encode()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/?as_of=2022-04-14", "index.html"),
        ("/?as_of=2022-02-27", "2022/index.html#2022-02-27"),
        ("/issue?issue=talks&as_of=2022-02-25", "2022/issue-talks.html#2022-02-25"),
        ("/party?party=UKR", "2022/party-UKR.html"),
        ("/movement?as_of=2022-02-27&mode=day", "2022/distance.html#2022-02-27"),
        ("/documents?document=003", "documents/003.html"),
        ("/?as_of=2022-02-27&statement=003-22", "documents/003.html#s-003-22"),
        ("/statements?n=2", "statements-2.html"),
        ("/?known_at=2022-03-01", None),
        ("/?public_by=2022-03-01", None),
        ("/?as_of=2022-02-20", None),
        ("/?parties=RUS,UKR", None),
        ("/statements?q=minsk", None),
        ("/?statement=nothing", None),
        ("/statements?document=003", None),
    ],
)
def test_an_address_leads_to_the_file_that_shows_it_and_to_no_other(
    site: MadeSite, address: str, path: str | None
) -> None:
    assert site.addresses.link(address, "index.html") == path


def test_the_last_day_has_an_address_that_stays(site: MadeSite) -> None:
    assert site.addresses.link("/", "documents.html", dated=True) == "index.html"
    assert site.addresses.link("/?as_of=2022-04-14", "2022/venues.html", dated=True) == "index.html#2022-04-14"
    assert '<a href="2022/index.html#2022-04-14">' in site.read("index.html")
