"""The day of publication of a web page is its own story's, and explicit only if the page's witnesses agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from positions.extract.sources.reader import read_source
from tests.positions.extract.pages import written

BODY = (
    "<p>The Kremlin said on Friday that it was ready for talks with Ukraine in Istanbul, and that envoys would go.</p>"
    "<p>Ukraine said that it would not go to Minsk, and named other cities.</p>"
)
STORY = f"<article><h1>Kremlin ready for talks</h1><time datetime='2022-02-25T10:00'>Feb 25</time>{BODY}</article>"
UNDATED = f"<article><h1>Kremlin ready for talks</h1>{BODY}</article>"


def day_of(folder: Path, body: str, *, head: str = "", lang: str = "en") -> tuple[str, str | None]:
    page = f"<html lang='{lang}'><head><title>Kremlin ready for talks</title>{head}</head><body>{body}</body></html>"
    source = read_source(written(folder, "page.html", page))
    return str(source.published_on or ""), source.published_on_basis


def linked(*items: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(item)}</script>" for item in items)


def story(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Kremlin ready for talks", "datePublished": "2022-02-25", **fields}


@pytest.mark.parametrize(
    "beside",
    [
        "<aside><a href='/x'>Old</a> <time datetime='2014-09-05'>5 Sep 2014</time></aside>",
        "<nav><time datetime='2026-11-29'>Sunday</time></nav>",
        "<div class='related-stories'><p>5 September 2014</p></div>",
        "<div class='sidebar'><time datetime='2014-09-05'>2014</time></div>",
        "<ul><li><a href='/x'>Older story of the day</a> <time datetime='2014-09-05'>2014</time></li></ul>",
        "<article><h2><a href='/x'>Another</a></h2><time datetime='2014-09-05'>2014</time></article>",
        "<header><div class='dateline'>Sunday, 29 November 2026</div></header>",
        "<footer><p>Published 5 September 2014</p></footer>",
        "<section id='comments'><time datetime='2024-01-01'>1 Jan 2024</time></section>",
        "<div class='mostRead'><span class='date'>5 September 2014</span></div>",
    ],
)
def test_days_beside_the_story_are_not_its_own(tmp_path: Path, beside: str) -> None:
    assert day_of(tmp_path, beside + STORY) == ("2022-02-25", "explicit")
    assert day_of(tmp_path, STORY + beside) == ("2022-02-25", "explicit")


OTHER = {"@type": "NewsArticle", "headline": "Another", "datePublished": "2014-09-05"}


@pytest.mark.parametrize(
    "items",
    [
        [{"@graph": [{"@type": "ItemList", "itemListElement": [OTHER]}, story()]}],
        [OTHER, story()],
        [[OTHER, story()]],
        [story(comment=[{"@type": "Comment", "datePublished": "2024-01-01"}])],
        [{"@type": "Comment", "datePublished": "2024-01-01"}, story()],
        [story(**{"@type": "LiveBlogPosting", "liveBlogUpdate": [OTHER]})],
        [story(dateModified="2022-03-01")],
        [{"@type": "VideoObject", "datePublished": "2014-09-05"}, story()],
        [{"@type": "WebPage", "mainEntity": story()}],
        [story(**{"@type": ["Article", "NewsArticle"]})],
    ],
)
def test_metadata_of_other_things_are_not_the_storys(tmp_path: Path, items: list[object]) -> None:
    assert day_of(tmp_path, UNDATED, head=linked(*items)) == ("2022-02-25", "explicit")


@pytest.mark.parametrize("bad", ["1970-01-01T00:00:00Z", "2099-01-01", "1900-01-01", "0", "1969-12-31", "soon"])
def test_a_placeholder_gives_way_to_the_day_that_is_printed(tmp_path: Path, bad: str) -> None:
    head = f"<meta property='article:published_time' content='{bad}'>"
    body = f"<article><h1>Kremlin ready for talks</h1><p>Feb. 25, 2022</p>{BODY}</article>"
    assert day_of(tmp_path, body, head=head)[0] == "2022-02-25"


@pytest.mark.parametrize(
    ("stamp", "printed", "expected"),
    [
        ("2022-02-25T23:30:00Z", "26 February 2022", "2022-02-26"),
        ("2022-02-26T03:30:00Z", "February 25, 2022", "2022-02-25"),
        ("2022-02-25T12:00:00Z", "25 February 2022", "2022-02-25"),
        ("2022-02-25T23:30:00-05:00", "25 February 2022", "2022-02-25"),
    ],
)
def test_the_local_day_comes_before_that_in_utc(tmp_path: Path, stamp: str, printed: str, expected: str) -> None:
    body = f"<article><h1>Kremlin ready for talks</h1><p>{printed}</p>{BODY}</article>"
    assert day_of(tmp_path, body, head=linked(story(datePublished=stamp))) == (expected, "explicit")


@pytest.mark.parametrize(
    ("written_day", "lang"),
    [
        ("25. Februar 2022", "de"),
        ("25 de febrero de 2022", "es"),
        ("25 février 2022", "fr"),
        ("25 февраля 2022", "ru"),
        ("25 lutego 2022", "pl"),
        ("2022年2月25日", "ja"),
        ("25.02.2022", "de"),
    ],
)
def test_a_printed_day_is_read_in_many_languages(tmp_path: Path, written_day: str, lang: str) -> None:
    pytest.importorskip("dateparser", reason="dateparser is not installed")
    body = f"<article><h1>Kremlin ready for talks</h1><p>{written_day}</p>{BODY}</article>"
    assert day_of(tmp_path, body, lang=lang)[0] == "2022-02-25"


def test_a_day_that_the_page_prints_otherwise_is_inferred(tmp_path: Path) -> None:
    body = f"<article><h1>Kremlin ready for talks</h1><p>3 March 2022</p>{BODY}</article>"
    assert day_of(tmp_path, body, head=linked(story()))[1] == "inferred"


def test_a_page_with_several_stories_and_none_of_its_own_has_no_day_by_them(tmp_path: Path) -> None:
    items = [OTHER, {**OTHER, "headline": "A third", "datePublished": "2015-01-02"}]
    assert day_of(tmp_path, UNDATED, head=linked(*items)) == ("", None)
