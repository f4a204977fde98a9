"""How a Word report looks: one family of letters, hairlines, and styles that a reader may change in one place."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from positions.snapshot.word.endnotes import new_element

_INK: Final = RGBColor(0x1C, 0x1C, 0x1A)
_SIZES: Final = {"Title": 20, "Heading 1": 14, "Heading 2": 11.5, "Subtitle": 10, "Quote": 10, "Caption": 9}
_FONT: Final = "Arial"


def set_styles(document: Document) -> None:
    """Set A4 with margins that leave 16 cm, and the styles that the writer uses."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.italic = _FONT, Pt(size), False
        style.font.color.rgb = _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Title"].paragraph_format.space_after = Pt(6)
    borders = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        document.styles["Title"].element.pPr.remove(borders)
    document.styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    _add_note_styles(document)


def _add_note_styles(document: Document) -> None:
    text = document.styles.add_style("Endnote Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(8.5)
    text.paragraph_format.space_after = Pt(4)
    reference = document.styles.add_style("Endnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True


def repeat_heading(row: object) -> None:
    """Let a table's row stand again at the top of each page."""
    row._tr.get_or_add_trPr().append(new_element("tblHeader"))  # type: ignore[attr-defined]
