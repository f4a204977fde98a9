"""Opening sources of every kind, with pages of our own; the five seeds tell what they tell and no more."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.errors import DataError, PositionsError, WorkspaceError
from positions.extract.sources.reader import LARGEST, LONGEST_LINE, read_source
from positions.model.dates import PartialDate
from tests.conftest import ROOT
from tests.positions.cli.test_cli import run
from tests.positions.extract.pages import page, written

__all__ = ["run"]


@pytest.mark.parametrize(
    ("seed", "published_on", "title", "author"),
    [
        ("000", None, "Russia, Ukraine in ‘Consultations’ on Venue and Time for Negotiations", "Dave DeCamp"),
        ("001", None, "Russia-Ukraine peace talks “to resume” as Biden seeks escalation", ""),
        ("002", "2022-02-26", "Ukraine and Russia are discussing a place and time for talks, ", ""),
        ("003", None, "Kremlin ready for talks with Ukraine in Belarus, Zelensky refuses", ""),
        ("004", "2022-02-25", "Putin Ready to Send Negotiation Team for Ukraine Talks, Kremlin Says", ""),
    ],
)
def test_the_seeds_are_kept_byte_for_byte(seed: str, published_on: str | None, title: str, author: str) -> None:
    path = next(ROOT.glob(f"seeds/{seed}_*.txt"))
    source = read_source(path)
    assert source.text.encode() == path.read_bytes()
    assert (str(source.published_on or ""), source.author) == (published_on or "", author)
    assert source.published_on_basis == ("explicit" if published_on else None)
    assert source.title.startswith(title)
    given_day = read_source(path, published_on=PartialDate.parse("2022-03"))
    assert (str(given_day.published_on), given_day.published_on_basis) == ("2022-03", "explicit")


def test_an_address_that_a_blank_broke_is_put_together() -> None:
    url = read_source(next(ROOT.glob("seeds/004_*.txt"))).url
    assert url.endswith("kremlin-says-as-russian-troops-encircle-kyiv-a76595")


def test_a_document_without_date_or_outlet_is_refused_with_what_to_give(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, "talks.txt", "Talks\n\nThey said on Friday that they would talk.\n"))
    with pytest.raises(DataError, match="talks.txt published_on: .*weekdays name none.*--published-on") as caught:
        source.document()
    assert "talks.txt outlet: " in str(caught.value)
    document = source.document(published_on="2022-02-25", outlet="The Example", id="t", title="", author=None)
    assert (document.id, document.title, document.published_on_basis) == ("t", "Talks", "explicit")
    assert (document.file, document.sha256) == ("seeds/talks.txt", source.sha256)
    with pytest.raises(DataError, match="talks.txt published_on: found 'Friday'"):
        source.document(published_on="Friday", outlet="The Example")


def test_markdown_tells_by_its_front_matter(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Talks may move"\ndate: 2022-02-25\nauthor: Ann Writer\noutlet: The Example\n'
        "source: https://example.com/a\n---\n# Another heading\n\nThey **will** talk.\n"
    )
    source = read_source(written(tmp_path, "a.md", text))
    assert source.text == text
    assert (source.title, source.author, source.outlet) == ("Talks may move", "Ann Writer", "The Example")
    assert (str(source.published_on), source.published_on_basis) == ("2022-02-25", "explicit")
    assert source.url == "https://example.com/a"
    assert source.document().file == "seeds/a.md"
    bare = read_source(written(tmp_path, "b.md", "Intro\n\n# Talks *may* move\n\nThey talk.\n"))
    assert bare.title == "Talks *may* move"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"", "a.txt: the document is empty"),
        ("a.txt", b" \n\t\n", "a.txt: the document is empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "a.txt: the document is empty"),
        ("a.txt", b"line\nKyiv \xef\xbb", "a.txt:2: found the byte 0xef, allowed: UTF-8 text"),
        ("a.txt", "Türkiye said".encode("cp1254"), "a.txt:1: found the byte 0xfc, allowed: UTF-8 text"),
        ("a.txt", "Kyiv said".encode("utf-16"), "a.txt: found UTF-16 text, allowed: text in UTF-8"),
        ("a.txt", b"%PDF-1.7\n", "a.txt: found a PDF file, allowed: text in UTF-8; name it .pdf"),
        ("a.docx", b"PK\x03\x04rest", "a.docx: cannot be read as a Word file: "),
        ("a.jpg", b"\x89PNG\r\n", "a.jpg:1: found the byte 0x89"),
        ("a.txt", b"one\ntwo\x00three", "a.txt:2: found the control character 0x00, allowed: text"),
        ("a.html", b"<p>one\x00two</p>", "a.html: found a NUL character, allowed: text"),
        ("a.txt", b"\x01\x02\x03\x04 binary", "a.txt:1: found the control character 0x01"),
        ("a.txt", b"x" * (LONGEST_LINE + 1), "a.txt: found a line of 500,001 characters, allowed: up to 500,000"),
    ],
)
def test_what_is_no_text_is_told_in_one_line_that_names_the_file(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    with pytest.raises(DataError, match=re.escape(told)) as caught:
        read_source(written(tmp_path, name, content))
    assert "\n" not in str(caught.value)


def test_what_is_no_file_or_too_large_is_told(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        os.truncate(file.fileno(), 50_000_000)
    with pytest.raises(DataError, match=rf"large.txt: found 50,000,000 bytes, allowed: up to {LARGEST:,}"):
        read_source(large)
    with pytest.raises(WorkspaceError, match="is a folder, allowed: a file"):
        read_source(tmp_path)
    with pytest.raises(WorkspaceError, match="no.txt: cannot be read: No such file"):
        read_source(tmp_path / "no.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(WorkspaceError, match="pipe.txt: is not a regular file"):
        read_source(tmp_path / "pipe.txt")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        read_source(tmp_path / ("x" * 300))


@pytest.mark.parametrize(
    "text",
    [
        "قال الكرملين إنه مستعد للمحادثات.\n",
        "Zele\u0301nskyj a dit\u200d oui.\r\n",
        "\ufeffKyiv said so.\n",
        "a\x0cb said so\n",
    ],
)
def test_other_scripts_and_combining_characters_are_kept(tmp_path: Path, text: str) -> None:
    source = read_source(written(tmp_path, "a.txt", text))
    assert source.text == text
    assert source.document(outlet="x", published_on="2022").text == text
    assert not source.title.startswith("\ufeff")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), name=st.sampled_from(["a.txt", "b.md"]))
def test_any_bytes_are_a_source_or_one_error(tmp_path: Path, content: bytes, name: str) -> None:
    try:
        source = read_source(written(tmp_path, name, content))
    except PositionsError as error:
        assert name in str(error)
    else:
        assert source.text.encode() == content


@pytest.mark.parametrize(
    "unit", ["word ", "By A", "url: https://a ", "---\n", "# a\n", "title: x\n", "\n", "“", "25.02."]
)
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(tmp_path: Path, unit: str) -> None:
    def seconds(size: int) -> float:
        path = written(tmp_path, "a.md", "---\n" + unit * (size // len(unit)))
        began = time.process_time()
        read_source(path)
        return time.process_time() - began

    assert seconds(80_000) < 30 * max(seconds(10_000), 0.005)


def test_a_page_is_added_with_what_it_tells(run: Any, tmp_path: Path) -> None:
    meta = '<meta property="og:site_name" content="The Example"><meta name="date" content="2022-02-25">'
    path = written(tmp_path, "talks.html", page(meta=meta))
    told = run("add-document", path)
    assert "added talks: Putin ready for talks, published 2022-02-25 (explicit) by The Example" in told.out
    coded = run(
        *("add", "--document", "talks", "--quote", "We are ready for talks", "--speaker", "kremlin"),
        *("--holder", "RUS", "--issue", "talks", "--stance", "2", "--said-on", "2022-02-24"),
    )
    assert "added talks-01" in coded.out
    assert run("verify").code == 0
    refused = run("add-document", written(tmp_path, "other.txt", "They said on Friday that they would talk."))
    assert refused.code == 1
    assert "other.txt published_on: " in refused.err
    assert "other.txt outlet: " in refused.err


def test_a_quote_is_stored_as_the_document_has_it(run: Any) -> None:
    added = run(
        *("add", "--document", "000", "--quote", "I have to refute the claims that we  have refused to negotiate."),
        *("--speaker", "nykyforov", "--holder", "UKR", "--issue", "talks", "--stance", "1", "--said-on", "2022-02-25"),
    )
    name = added.out.split()[1].rstrip(":")
    shown = run("show", name, "--format", "json").json
    assert shown["quote"] == "I have to refute the claims that we have refused to negotiate."
    assert shown["end"] - shown["start"] == len(shown["quote"])


def test_an_imported_quote_goes_through_the_same_verifier(run: Any, tmp_path: Path) -> None:
    header = "document,quote,start,speaker,holder,issue,stance,said_on,said_on_basis"
    rest = "nykyforov,UKR,talks,1,2022-02-25,relative"
    text = next(ROOT.glob("seeds/000_*.txt")).read_text()
    place = text.index("We responded in agreement")
    quote = "We responded in agreement to the proposal of the  President of the Russian Federation."
    good = written(tmp_path, "good.csv", f"{header}\n000,{quote},{place},{rest}\n")
    assert "imported 1 new" in run("import", good).out
    wrong = written(tmp_path, "wrong.csv", f"{header}\n000,{quote},here,{rest}\n000,We agreed to all of it,,{rest}\n")
    told = run("import", wrong)
    assert told.code == 1
    assert "wrong.csv:2 start: found 'here', allowed: a whole number from 0" in told.err
    assert "wrong.csv:3 quote: is not in the document word for word" in told.err
