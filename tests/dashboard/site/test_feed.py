"""The feed of changes: well formed, complete, with ids that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from dashboard.query.case import Case
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.site.feed import changes_by_day, write_feed

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def case(source: CaseStore) -> Case:
    return source.case(View())


def entries(feed: bytes) -> list[ET.Element]:
    return ET.fromstring(feed).findall(f"{ATOM}entry")  # noqa: S314 - our own


def text_of(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def links_of(element: ET.Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in element.findall(f"{ATOM}link")}


def test_a_feed_has_all_that_atom_requires(case: Case) -> None:
    feed = ET.fromstring(write_feed(case, address="https://example.org/talks/"))  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert text_of(element, "title")
        assert text_of(element, "id").startswith("urn:uuid:")
        assert datetime.fromisoformat(text_of(element, "updated")).tzinfo is not None
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert links_of(feed) == {
        "self": "https://example.org/talks/feed.xml",
        "alternate": "https://example.org/talks/index.html",
    }
    ids = [text_of(element, "id") for element in (feed, *feed.findall(f"{ATOM}entry"))]
    assert len(set(ids)) == len(ids)


def test_each_day_has_an_entry_the_last_first_that_leads_to_it(case: Case) -> None:
    days = [text_of(entry, "title").partition(":")[0] for entry in entries(write_feed(case))]
    assert len(days) == len(case.days)
    assert (days[0], days[-1]) == ("14 April 2022", "31 January 2022")
    assert links_of(entries(write_feed(case))[0]) == {"alternate": "2022/index.html#2022-04-14"}
    whole = entries(write_feed(case, address="https://example.org/talks/"))[0]
    assert links_of(whole) == {"alternate": "https://example.org/talks/2022/index.html#2022-04-14"}


def test_an_entry_says_who_moved_and_what_was_stated_first(case: Case) -> None:
    told = {text_of(entry, "title").partition(":")[0]: text_of(entry, "summary") for entry in entries(write_feed(case))}
    assert "Ukraine on Venue: Belarus: " in told["27 February 2022"]
    assert "22 statements that day." in told["27 February 2022"]
    assert "Russia on Peace talks: ready now → sceptical" in told["14 April 2022"]


def test_ids_stay_when_the_site_moves_and_words_are_recorded(case: Case, source: CaseStore) -> None:
    early = source.case(View(public_by=date(2022, 2, 26)))
    before = {text_of(entry, "id") for entry in entries(write_feed(early))}
    after = {text_of(entry, "id") for entry in entries(write_feed(case, address="https://example.org/"))}
    assert before < after


def test_every_change_is_of_its_day_and_none_only_follows_from_a_wider_one(case: Case) -> None:
    for day in changes_by_day(case):
        for change in day.changes:
            assert change.kind in ("moved", "first stated")
            assert change.after is not None
            assert change.after.since.first is None or change.after.since.first <= day.day
            assert change.after.said_of == change.after.element


def test_hostile_words_stay_words(case: Case) -> None:
    title = "<script>alert(1)</script> & \x00\x1b ]]> “"
    codebook: Any = case.codebook.model_copy(update={"title": title})
    feed = write_feed(replace(case, codebook=codebook))
    assert b"<script" not in feed
    assert text_of(ET.fromstring(feed), "title").startswith("<script>alert(1)</script> & \ufffd\ufffd ]]>")  # noqa: S314
