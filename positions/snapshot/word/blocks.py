"""The blocks of a report's page as those of a Word file: headings, lists, tables, pictures, notes."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from positions.snapshot.word.endnotes import Endnotes, new_element
from positions.snapshot.word.inline import InlineWriter, add_picture, anchor_name
from positions.snapshot.word.page_tree import PageElement
from positions.snapshot.word.styles import repeat_heading

_HEADINGS: Final = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2"}
_PARAGRAPHS: Final = {"quote": "Quote", "translation": "Quote", "kicker": "Subtitle"}


class BlockWriter:
    """Writes the body of a report's page into a document."""

    def __init__(self, document: Document, body: PageElement) -> None:
        self._document = document
        self._body = body
        self._statements = _statements(body)
        self._notes = Endnotes(document)
        self._inline = InlineWriter(self._notes, self._write_note)
        self._anchors: list[str] = []
        self._bookmarks = 0

    def write_page(self) -> None:
        """Write all of the page; its statements are the endnotes, which follow the last heading."""
        self._write(self._body)
        section = next(one for one in self._body.all("section") if one.attributes.get("id") == "statements")
        self._anchors.append("statements")
        for block in section.elements[:2]:
            self._write_block(block)

    def _write(self, element: PageElement) -> None:
        for child in element.elements:
            if child.attributes.get("id") != "statements":
                self._write_block(child)

    def _write_block(self, element: PageElement) -> None:
        if name := element.attributes.get("id"):
            self._anchors.append(name)
        if element.tag in _HEADINGS:
            self._add_heading(element)
        elif element.tag == "p":
            self._add_paragraph(element)
        elif element.tag == "table":
            self._add_table(element)
        elif element.tag == "svg":
            self._add_picture(element)
        elif element.tag == "footer":
            self._inline.write(element, self._document.sections[0].footer.paragraphs[0])
        elif element.tag in ("ul", "ol"):
            self._add_list(element)
        elif "who" in element.classes or "says" in element.classes:
            self._add_paragraph(element)
        elif "poles" in element.classes:
            self._add_poles(element)
        else:
            self._write(element)

    def _add_picture(self, element: PageElement) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        add_picture(paragraph, element)

    def _add_heading(self, element: PageElement) -> None:
        paragraph = self._document.add_paragraph(style=_HEADINGS[element.tag])
        for name in self._anchors:
            self._bookmarks += 1
            number = 100_000 + self._bookmarks
            paragraph._p.append(new_element("bookmarkStart", id=number, name=anchor_name(name)))
            paragraph._p.append(new_element("bookmarkEnd", id=number))
        self._anchors.clear()
        self._inline.write(element, paragraph)

    def _add_paragraph(self, element: PageElement, style: str | None = None) -> Paragraph:
        named = next((_PARAGRAPHS[name] for name in element.classes if name in _PARAGRAPHS), None)
        paragraph = self._document.add_paragraph(style=style or named)
        paragraph.paragraph_format.keep_with_next = bool({"name", "says"} & set(element.classes)) or None
        self._inline.write(element, paragraph)
        return paragraph

    def _add_list(self, element: PageElement) -> None:
        is_contents = all(item.elements and item.elements[0].tag == "a" for item in element.elements)
        if is_contents or "key" in element.classes:
            self._add_on_one_line(element, between=" · " if is_contents else "    ")
            return
        style = "List Number" if element.tag == "ol" else "List Bullet"
        for item in element.elements:
            if "rows" in element.classes:
                self._add_row(item)
            else:
                self._add_paragraph(item, style)

    def _add_on_one_line(self, element: PageElement, *, between: str) -> None:
        paragraph = self._document.add_paragraph()
        for place, item in enumerate(element.elements):
            if place:
                paragraph.add_run(between)
            self._inline.write(item, paragraph)

    def _add_row(self, item: PageElement) -> None:
        """Write who holds something in front of what it is, then what follows it."""
        who, rest = item.elements[0], item.elements[1:]
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        bold = PageElement("b", {}, who.children)
        self._inline.write(PageElement("p", {}, [bold]), paragraph)
        blocks = [block for part in rest for block in part.elements]
        if blocks and blocks[0].tag == "p":
            paragraph.add_run("  ")
            self._inline.write(blocks.pop(0), paragraph)
        for block in blocks:
            self._write_block(block)

    def _add_table(self, element: PageElement) -> None:
        for caption in element.all("caption"):
            self._add_paragraph(caption, "Caption")
        rows = list(element.all("tr"))
        table = self._document.add_table(len(rows), max(len(row.elements) for row in rows), style="Table Grid")
        for row, made in zip(rows, table.rows, strict=True):
            for cell, place in zip(row.elements, made.cells, strict=False):
                self._inline.write(cell, place.paragraphs[0])
        repeat_heading(table.rows[0])
        self._document.add_paragraph()

    def _add_poles(self, element: PageElement) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(15.8), WD_TAB_ALIGNMENT.RIGHT)
        for place, pole in enumerate(element.elements):
            if place:
                paragraph.add_run("\t")
            self._inline.write(pole, paragraph)

    def _write_note(self, name: str) -> None:
        """Write the statement behind a reference, a line each: its quote, speaker and document, and how it was read."""
        paragraph = self._notes.write(name)
        paragraph.add_run(" ")
        item = self._statements[name]
        lines = [line for block in item.elements[1:] for line in block.elements]
        for place, line in enumerate(lines):
            if place:
                paragraph.add_run().add_break()
            self._inline.write(line, paragraph)


def _statements(body: PageElement) -> dict[str, PageElement]:
    """Return the numbered statements of a page by the ids that references lead to."""
    lists = (one for one in body.all("ol") if "statements" in one.classes)
    return {item.attributes["id"]: item for one in lists for item in one.elements}
