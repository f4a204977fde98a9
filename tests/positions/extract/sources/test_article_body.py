"""The article that a page holds for programs only is its text if its body shows no more than a notice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from positions.extract.sources.article_body import fuller_text, read_body
from positions.extract.sources.reader import read_source
from tests.positions.extract.pages import written

SENTENCE = "The Kremlin said that it was ready for talks with Ukraine in Istanbul. Ukraine would not go to Minsk."
BODY = " ".join([SENTENCE] * 4)
NOTICE = "<div id='root'></div><p>Subscribe to continue reading.</p><p>Already a subscriber? Sign in.</p>"


def text_of_page(folder: Path, script: str, body: str = NOTICE) -> str:
    script = f"<script type='application/ld+json'>{script}</script>"
    page = f"<html><head><title>Kremlin ready</title>{script}</head><body>{body}</body></html>"
    return read_source(written(folder, "page.html", page)).text


def story(body: str = BODY, **fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Kremlin ready", "articleBody": body, **fields}


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(story()),
        json.dumps([story()]),
        json.dumps({"@graph": [{"@type": "WebPage", "name": "x"}, story()]}),
        json.dumps({"@type": "WebPage", "mainEntity": story()}),
        json.dumps(story(**{"@type": ["NewsArticle", "Article"]})),
        json.dumps([{"@type": "NewsArticle", "headline": "Other", "articleBody": "Other words. " * 90}, story()]),
        json.dumps(story()).replace("}", ",}"),
        json.dumps(story()).replace("Ukraine in", "Ukraine\n in"),
        f"<!-- {json.dumps(story())} -->",
        json.dumps(story())[:-1],
        json.dumps(story(f"<p>{SENTENCE}</p>" * 4)),
        json.dumps(story(f"&lt;p&gt;{SENTENCE}&lt;/p&gt;" * 4)),
        json.dumps({"@type": "BreadcrumbList"}) + json.dumps(story()),
    ],
)
def test_the_article_behind_a_notice_is_the_text_however_the_page_writes_it(tmp_path: Path, script: str) -> None:
    text = text_of_page(tmp_path, script)
    assert "ready for talks" in text
    assert "<p>" not in text
    assert "Other words" not in text


def test_the_page_is_kept_if_the_body_is_shorter_or_another_text() -> None:
    page = "\n".join([SENTENCE] * 6)
    assert fuller_text(page, [story(SENTENCE)]) == page
    assert fuller_text(page, [story("Something else was written here. " * 80)]) == page
    assert fuller_text(page, []) == page


def test_the_body_is_kept_if_it_holds_the_page_and_more() -> None:
    teaser = "\n".join([SENTENCE] * 4)
    assert fuller_text(teaser, [story(BODY + " And more of it follows here.")]).endswith("follows here.")


def test_a_body_of_markup_is_its_paragraphs() -> None:
    assert read_body("<p>One &amp; two</p>\n<p>Three<br>four <b>five</b></p>") == "One & two\nThree\nfour five"
    assert read_body("a < b and c > d") == "a < b and c > d"
