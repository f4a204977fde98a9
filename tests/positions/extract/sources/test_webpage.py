"""Web pages: the article and what the page tells of it, wherever it tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.errors import DataError, PositionsError
from positions.extract.sources.reader import read_source
from positions.model.document import sha256_of
from tests.positions.extract.pages import page, written


def test_a_web_page_is_its_article(tmp_path: Path) -> None:
    meta = (
        '<meta property="og:site_name" content="The Example Times"><meta name="author" content="Ann Writer">'
        '<link rel="canonical" href="https://example.com/putin-ready">'
        '<meta property="article:published_time" content="2022-02-25T18:30:00+03:00">'
    )
    path = written(tmp_path, "a.html", page(meta=meta))
    source = read_source(path)
    assert source.text.split("\n") == [
        "Putin ready for talks",
        "The Kremlin said on Friday that President Putin was “ready” to send envoys to Minsk.",
        "“We are ready for talks,” Peskov said on 24 February 2021.",
        "Kyiv has not answered, and a spokesman said that it would do so before the end of the week.",
    ]
    assert (source.title, source.outlet, source.author) == ("Putin ready for talks", "The Example Times", "Ann Writer")
    assert (str(source.published_on), source.published_on_basis) == ("2022-02-25", "explicit")
    document = source.document(note="Read twice.")
    assert document.file == "seeds/a.html.txt"
    assert document.sha256 == sha256_of(source.text.encode())
    assert document.note == "Read twice."
    made = document.made_from
    assert made is not None
    assert (made.name, made.sha256, made.pages) == ("a.html", sha256_of(path.read_bytes()), None)
    assert (made.tool or "").startswith("trafilatura ")
    assert read_source(path) == source


@pytest.mark.parametrize(
    ("meta", "beside", "basis"),
    [
        ('<meta itemprop="datePublished" content="2022-02-25">', "", "explicit"),
        ('<meta name="DC.date.issued" content="2022-02-25">', "", "explicit"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2022-02-25T08:00Z"}</script>',
         "", "explicit"),
        ("", '<time datetime="2022-02-25T08:00:00Z">yesterday</time>', "explicit"),
        ("", "<time>Feb. 25, 2022</time>", "explicit"),
        ("", '<p class="article-date">Friday 25 February 2022</p>', "explicit"),
        ("", '<div class="byline">By Ann Writer, 25 Feb 2022</div>', "explicit"),
        ('<link rel="canonical" href="https://example.com/2022/02/25/putin">', "", "explicit"),
        ('<meta property="article:modified_time" content="2022-02-25">', "", "inferred"),
        ('<meta property="article:publisher" content="2019-01-01">', "", None),
    ],
)  # fmt: skip
def test_a_page_tells_its_date_in_many_places(tmp_path: Path, meta: str, beside: str, basis: str | None) -> None:
    source = read_source(written(tmp_path, "a.htm", page(meta=meta, beside=beside)))
    assert (str(source.published_on or ""), source.published_on_basis) == ("2022-02-25" if basis else "", basis)


def test_a_page_may_declare_its_encoding_and_is_not_guessed(tmp_path: Path) -> None:
    story = ("Türkiye said that it would host the talks in Antalya before the week was over.",)
    latin = page(story=story, charset="iso-8859-1").encode("cp1252")
    assert "Türkiye said" in read_source(written(tmp_path, "a.html", latin)).text
    for charset in ("utf-8", "nonsense", "rot13"):
        wrong = written(tmp_path, "b.html", page(story=story, charset=charset).encode("cp1252"))
        with pytest.raises(DataError, match=r"b\.html: the page .*allowed: UTF-8 or the encoding that it declares"):
            read_source(wrong)
    declared = '<?xml version="1.0" encoding="utf-8"?>' + page(story=story)
    assert "Türkiye said" in read_source(written(tmp_path, "c.xhtml", declared)).text


@pytest.mark.parametrize("content", ["<html></html>", "<nav>Home</nav>", "<" * 5_000, "<div>" * 20_000])
def test_a_page_without_an_article_is_refused(tmp_path: Path, content: str) -> None:
    try:
        source = read_source(written(tmp_path, "a.html", content))
    except DataError as error:
        assert str(error).startswith(f"{tmp_path}/a.html: ")
    else:
        assert source.text.strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(content=st.binary(max_size=200) | st.text("<>/ap=\"' &;!-\n", max_size=200).map(str.encode))
def test_any_bytes_are_a_page_or_one_error(tmp_path: Path, content: bytes) -> None:
    try:
        assert read_source(written(tmp_path, "a.html", content)).text.strip()
    except PositionsError as error:
        assert "a.html" in str(error)


def test_a_piece_of_a_page_is_read_too(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, "a.html", "<p>The Kremlin said that it was ready to talk with Kyiv.</p>"))
    assert source.text == "The Kremlin said that it was ready to talk with Kyiv."
