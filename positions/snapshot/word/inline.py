"""The text of a paragraph: what is bold, quoted, muted or linked, references to notes, and small pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from positions.files.characters import right_to_left_spans
from positions.snapshot.word.endnotes import Endnotes, new_element
from positions.snapshot.word.page_tree import PageElement
from positions.snapshot.word.raster import rasterize

MUTED: Final = RGBColor(0x5D, 0x5D, 0x59)
PX: Final = 9525
"""The units of a picture's size in a px, 96 of which are an inch."""
_DRAWING: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE: Final = f"""<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">
<adec:decorative xmlns:adec="{_DRAWING}" val="1"/></a:ext></a:extLst>"""
_NOT_NAME: Final = re.compile(r"\W", re.ASCII)
_BOLD: Final = frozenset({"says", "name"})
_QUIET: Final = frozenset({"muted", "since", "by", "small", "tag", "why", "basis"})


def anchor_name(name: str) -> str:
    """Return an element's id as the name of a bookmark, which has letters, digits and lines, 40 at most."""
    return f"at_{_NOT_NAME.sub('_', name)}"[:40]


@dataclass(frozen=True, slots=True)
class _Look:
    is_bold: bool = False
    is_muted: bool = False
    is_italic: bool = False
    language: str = ""


class InlineWriter:
    """Writes what is in an element into a paragraph; ``write_note`` writes a note on its first reference."""

    def __init__(self, notes: Endnotes, write_note: Callable[[str], None]) -> None:
        self._notes = notes
        self._write_note = write_note

    def write(self, element: PageElement, paragraph: Paragraph) -> None:
        """Add all that is in an element; runs of blanks become one, and none is left at the ends."""
        self._write(element, paragraph, _look_of(element, _Look()), paragraph._p)
        _strip_end(paragraph)

    def _write(self, element: PageElement, paragraph: Paragraph, look: _Look, parent: Any) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._add_text(paragraph, child, look, parent)
            elif "refs" in child.classes:
                self._add_references(child, paragraph)
            elif child.tag == "svg":
                add_picture(paragraph, child)
            elif child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag == "a":
                self._write(child, paragraph, look, _add_link(paragraph, child.attributes.get("href", "")))
            elif child.tag == "q":
                self._add_text(paragraph, "“", look, parent)
                self._write(child, paragraph, _look_of(child, look), parent)
                self._add_text(paragraph, "”", look, parent)
            else:
                self._write(child, paragraph, _look_of(child, look), parent)

    def _add_references(self, refs: PageElement, paragraph: Paragraph) -> None:
        targets = [link.attributes.get("href", "")[1:] for link in refs.all("a")]
        if not all(re.fullmatch(r"s\d+", target) for target in targets):
            self._add_text(paragraph, f" (see {refs.text})", _Look(is_muted=True), paragraph._p)
            return
        _strip_end(paragraph)
        for place, target in enumerate(targets):
            if place:
                comma = paragraph.add_run(",")
                comma.style = "Endnote Reference"
            if self._notes.refer(paragraph, target):
                self._write_note(target)

    def _add_text(self, paragraph: Paragraph, text: str, look: _Look, parent: Any) -> None:
        words = re.sub(r"\s+", " ", text)
        if not words.strip("\n") or (words == " " and not paragraph.text):
            return
        if not paragraph.text or paragraph.text.endswith((" ", "\n")):
            words = words.lstrip()
        for part, is_reversed in _directions(words):
            run = Run(new_element("r"), paragraph)
            parent.append(run._r)
            run.text = part
            run.bold, run.italic = look.is_bold or None, look.is_italic or None
            if look.is_muted:
                run.font.color.rgb = MUTED
            if look.language:
                run._r.get_or_add_rPr().append(new_element("lang", val=look.language))
            if is_reversed:
                run.font.rtl = True


def _strip_end(paragraph: Paragraph) -> None:
    for node in reversed(list(paragraph._p.iter(qn("w:t")))):
        node.text = (node.text or "").rstrip()
        if node.text:
            return


def _look_of(element: PageElement, look: _Look) -> _Look:
    classes = set(element.classes)
    return replace(
        look,
        is_bold=look.is_bold or element.tag in ("b", "strong", "th") or bool(classes & _BOLD),
        is_muted=look.is_muted or bool(classes & _QUIET),
        is_italic=look.is_italic or "tag" in classes,
        language=element.attributes.get("lang", look.language),
    )


def _directions(text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is written from right to left."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in right_to_left_spans(text):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def _add_link(paragraph: Paragraph, address: str) -> Any:
    """Return a link in a paragraph, to be filled: to an address, or to a place in the document."""
    link = new_element("hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), anchor_name(address[1:]))
    elif address:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def add_picture(paragraph: Paragraph, svg: PageElement) -> None:
    """Add a page's picture with its alternative text; one without words is marked as decoration."""
    picture = rasterize(svg)
    shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=Emu(picture.width * PX))
    properties = shape._inline.docPr
    if words := svg.attributes.get("aria-label", ""):
        properties.set("descr", words)
    else:
        properties.append(parse_xml(_DECORATIVE))
