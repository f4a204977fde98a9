"""PDF files: their text with the paragraphs whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from positions.errors import DataError, WorkspaceError
from positions.extract.sources.pdf import reflow
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
    assert reflow(text) == (
        "A heading\n\nThey would not negotiate before the high-level side had left the town.\nThey negotiate now."
    )
    assert reflow("They nego\u00ad\ntiate, “now\u00ad”.") == "They negotiate, “now”."
