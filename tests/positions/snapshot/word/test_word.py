"""A report in Word has the words of its page: headings, rows, tables, pictures with words, statements as endnotes."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from positions.errors import MissingExtraError
from positions.model.codebook import Codebook
from positions.model.revision import InForce
from positions.snapshot.output import report_bytes
from positions.snapshot.render import render_report
from positions.snapshot.report import Report
from positions.snapshot.word.page_tree import PageElement, read_elements
from positions.wording.quotes import readable_quote

HOSTILE = "</w:t> & “x” ]]> \x07 {{ 7*7 }} שלום 𝔘"


@pytest.fixture(scope="module")
def report(shipped: tuple[Report, InForce, Codebook]) -> Report:
    return shipped[0]


@pytest.fixture(scope="module")
def word(report: Report) -> Any:
    return docx.Document(io.BytesIO(report_bytes(report, "docx")))


def notes_of(word: Any) -> list[Any]:
    (part,) = [part for part in word.part.package.iter_parts() if part.partname == "/word/endnotes.xml"]
    return [note for note in parse_xml(part.blob) if note.get(qn("w:type")) is None]


def words_in(element: Any) -> str:
    return " ".join("".join(node.text or "" for node in element.iter(qn("w:t"))).split())


def test_the_headings_are_those_of_the_page(report: Report, word: Any) -> None:
    (body,) = read_elements(render_report(report, "html")).all("body")
    headings = [element.text for element in _ordered(body, ("h2", "h3"))]
    written = [one.text for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert sorted(written) == sorted(headings)
    assert written[-1] == "Statements"


def _ordered(element: PageElement, tags: tuple[str, ...]) -> list[PageElement]:
    return [one for tag in tags for one in element.all(tag)]


def test_every_statement_that_is_referred_to_is_an_endnote_with_its_exact_quote(report: Report, word: Any) -> None:
    notes = [words_in(note) for note in notes_of(word)]
    assert len(notes) == len(report.notes)
    for note in report.notes:
        quote = " ".join(readable_quote(note.quote).split())
        assert any(f"“{quote}”" in text and note.outlet in text for text in notes), note.quote


def test_a_later_reference_shows_the_number_of_the_first(word: Any) -> None:
    fields = [node.text for node in word.element.iter(qn("w:instrText"))]
    bookmarks = {node.get(qn("w:name")) for node in word.element.iter(qn("w:bookmarkStart"))}
    named = [match[1] for field in fields if field and (match := re.search(r"NOTEREF (\w+)", field))]
    assert named
    assert set(named) <= bookmarks


def test_every_link_inside_leads_to_a_place(word: Any) -> None:
    anchors = {node.get(qn("w:anchor")) for node in word.element.iter(qn("w:hyperlink"))} - {None}
    bookmarks = {node.get(qn("w:name")) for node in word.element.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= bookmarks


def test_the_sentences_are_those_of_the_page_in_their_order(report: Report, word: Any) -> None:
    bullets = [one.text for one in word.paragraphs if one.style.name == "List Bullet"]
    for number, headline in enumerate(report.headlines):
        assert bullets[number].startswith(" ".join(headline.text.split()))


def test_tables_have_a_heading_that_repeats_and_every_cell_of_the_page(report: Report, word: Any) -> None:
    (body,) = read_elements(render_report(report, "html")).all("body")
    for made, table in zip(word.tables, body.all("table"), strict=True):
        assert made.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        rows = list(table.all("tr"))
        assert [row.cells[0].text for row in made.rows] == [row.elements[0].text for row in rows]


def test_every_picture_has_words_or_is_decoration(word: Any) -> None:
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    decorated = [shape for shape in word.inline_shapes if b"decorative" in _xml(shape)]
    assert sum(bool(words) for words in described) >= 6
    assert len(decorated) == sum(not words for words in described)
    assert any("Peace talks, from “refuses talks”" in words for words in described if words)


def _xml(shape: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(shape._inline))


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert report_bytes(report, "docx") == report_bytes(report, "docx")


def test_hostile_words_stay_words(report: Report) -> None:
    note = report.notes[0].model_copy(update={"quote": HOSTILE, "title": HOSTILE, "url": "javascript:alert(1)"})
    changed = report.model_copy(update={"title": HOSTILE, "notes": (note, *report.notes[1:])})
    content = report_bytes(changed, "docx")
    word = docx.Document(io.BytesIO(content))
    assert "{{ 7*7 }}" in word.paragraphs[0].text
    assert any("]]>" in words_in(note) and "𝔘" in words_in(note) for note in notes_of(word))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"javascript:" not in b"".join(map(package.read, package.namelist()))


def test_right_to_left_words_are_marked_as_such(report: Report) -> None:
    note = report.notes[0].model_copy(update={"quote": "אנחנו מוכנים"})
    changed = report.model_copy(update={"notes": (note, *report.notes[1:])})
    word = docx.Document(io.BytesIO(report_bytes(changed, "docx")))
    runs = [run for one in notes_of(word) for run in one.iter(qn("w:r")) if "אנחנו" in words_in(run)]
    assert runs
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in runs)


def test_without_the_extra_word_is_refused_by_its_name(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"Word needs the extra: pip install 'positions\[docx\]'"):
        report_bytes(report, "docx")
