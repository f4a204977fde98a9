"""PDF files: their text with the paragraphs whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError, WorkspaceError
from positions.extract.sources.pdf import reflow_pages
from positions.extract.sources.reader import read_source
from tests.conftest import absent
from tests.positions.extract.pages import written


def pdf_of(text: str, path: Path) -> Path:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        absent("weasyprint is not installed")
    HTML(string=text).write_pdf(path)
    return path


def test_a_pdf_is_its_text_with_the_paragraphs_whole(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="pypdf is not installed")
    sentence = "The Kremlin said that it was “ready” to send a high-level delegation to Minsk for talks with Ukraine."
    story = (
        f"<h1>Putin ready for talks</h1><p>25 February 2022</p><p>{sentence} {sentence}</p><p>“We will come,” he said."
    )
    head = "<head><title>Putin ready</title><meta name=author content='Ann Writer'></head>"
    source = read_source(pdf_of(f"<html>{head}<body>{story}</body></html>", tmp_path / "a.pdf"))
    assert source.text.split("\n") == [
        "Putin ready for talks",
        "25 February 2022",
        f"{sentence} {sentence}",
        "“We will come,” he said.",
    ]
    assert (source.title, source.author, str(source.published_on)) == ("Putin ready", "Ann Writer", "2022-02-25")
    assert source.document(outlet="x").file == "seeds/a.pdf.txt"


def test_a_pdf_that_is_none_or_has_no_text_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="pypdf is not installed")
    for content in (b"%PDF-1.7 nothing", b"no PDF at all", b"\x00" * 100):
        with pytest.raises(DataError, match=r"a\.pdf: cannot be read as PDF: "):
            read_source(written(tmp_path, "a.pdf", content))
    with pytest.raises(DataError, match="the PDF has no text; a scan has to be read by OCR first"):
        read_source(pdf_of("<html><body></body></html>", tmp_path / "b.pdf"))


def test_without_pypdf_the_way_to_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(WorkspaceError, match=r"a\.pdf: reading PDF files needs the extra: .*positions\[documents\]"):
        read_source(written(tmp_path, "a.pdf", b"%PDF-1.7"))


def test_lines_that_the_page_ended_are_joined_and_others_stay() -> None:
    text = (
        "A heading\n\nThey would not nego-\ntiate before the high-\nlevel side had left the\ntown.\nThey negotiate now."
    )
    assert reflow_pages([text])[0] == (
        "A heading\n\nThey would not negotiate before the high-level side had left the town.\nThey negotiate now."
    )
    assert reflow_pages(["They nego\u00ad\ntiate, “now\u00ad”."])[0] == "They negotiate, “now”."


def test_a_pdf_keeps_where_each_of_its_pages_begins(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="pypdf is not installed")
    style = "<style>@page{@top-center{content:'The Example Review'}@bottom-center{content:counter(page)}}</style>"
    pages = [f"<p>On page {word} the envoy said that talks go on.</p>" for word in ("one", "two", "three", "four")]
    story = "<div style='page-break-before:always'></div>".join(pages)
    source = read_source(pdf_of(f"<html>{style}<body>{story}</body></html>", tmp_path / "a.pdf"))
    document = source.document(outlet="x", published_on="2022-02-25")
    for number, word in enumerate(("one", "two", "three", "four"), 1):
        assert document.page_at(source.text.index(f"page {word}")) == number
    assert "Example Review" not in source.text
    assert document.made_from is not None
    assert (document.made_from.tool or "").startswith("pypdf ")


def test_a_sentence_goes_on_over_the_end_of_a_page_without_its_running_head() -> None:
    heads = [f"The Review\n\n{words}\n\n{number}" for number, words in enumerate(_PAGES, 7)]
    text, begins = reflow_pages(heads)
    assert text == "The envoy said that they would negotiate now and that nobody had left. It ended.\nAll went home."
    assert [text[begin:].split()[0] for begin in begins] == ["The", "nobody", "All"]


_PAGES = ("The envoy said that they would\nnegotiate now and that", "nobody had left. It ended.", "All went home.")


def test_what_two_pages_share_may_be_text_and_stays() -> None:
    text, begins = reflow_pages(["Minutes\nWe talk.", "Minutes\nWe talk again."])
    assert text.count("Minutes") == 2
    assert begins == (0, text.index("Minutes", 1))


@given(pages=st.lists(st.text("ab \n.-", max_size=40), min_size=1, max_size=6))
def test_page_maps_rise_and_lie_within_the_text(pages: list[str]) -> None:
    text, begins = reflow_pages(pages)
    assert len(begins) == len(pages)
    assert list(begins) == sorted(begins)
    assert begins[0] == 0
    assert all(begin <= len(text) for begin in begins)


def test_columns_with_words_that_lines_part_are_read_in_whole_sentences(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="pypdf is not installed")
    sentence = (
        "The delegation of the neighbouring state said on Tuesday that negotiations about demilitarisation go on, {}."
    )
    style = "<style>@page{size:A5}div{columns:2;hyphens:auto;text-align:justify}</style>"
    story = "".join(f"<p>{sentence.format(number)}</p>" for number in range(20))
    source = read_source(pdf_of(f"<html lang=en>{style}<body><div>{story}</div></body></html>", tmp_path / "a.pdf"))
    assert len(source.pages or ()) > 1
    assert [number for number in range(20) if sentence.format(number) not in source.text] == []


def test_a_full_line_at_the_top_of_pages_is_no_running_head() -> None:
    pages = [
        f"Paragraph {number} of the text says that the envoy had\nleft the town. It goes on.\n" for number in range(5)
    ]
    text, _ = reflow_pages(pages)
    assert [number for number in range(5) if f"Paragraph {number} of the text" not in text] == []


def test_a_headline_a_date_and_signs_of_lists_alone_are_no_part_of_a_sentence() -> None:
    pages = [
        "Putin was ready for talks\n27 February 2022\nThe envoy said that they would negotiate now,\nin Minsk.\n•\n•\n"
    ]
    assert reflow_pages(pages)[0].split("\n") == [
        "Putin was ready for talks",
        "27 February 2022",
        "The envoy said that they would negotiate now, in Minsk.",
    ]
