"""Endnotes of a Word file, which python-docx does not write: a part of the package, and references to it.

ECMA-376, part 1, §17.11. A note that is referred to again is a field that follows the number of the first reference.
"""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart
from docx.text.paragraph import Paragraph

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
_SEPARATORS: Final = f"""<w:endnotes {nsdecls("w", "r")}>
<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>
<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>
</w:endnotes>"""


def new_element(tag: str, **attributes: object) -> Any:
    """Return an element of WordprocessingML with attributes of its namespace."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


class Endnotes:
    """The endnotes of a document, numbered from 1 in the order in which they are first referred to."""

    def __init__(self, document: Document) -> None:
        package = document.part.package
        assert package is not None
        self.part = StoryPart(PackURI("/word/endnotes.xml"), _TYPE, parse_xml(_SEPARATORS), package)
        document.part.relate_to(self.part, RELATIONSHIP_TYPE.ENDNOTES)
        properties = new_element("endnotePr")
        properties.append(new_element("numFmt", val="decimal"))
        document.sections[0]._sectPr.find(qn("w:pgSz")).addprevious(properties)
        settings = new_element("endnotePr")
        for note_id in ("-1", "0"):
            settings.append(new_element("endnote", id=note_id))
        document.settings.element.find(qn("w:compat")).addprevious(settings)
        self._numbers: dict[str, int] = {}

    def refer(self, paragraph: Paragraph, name: str) -> bool:
        """Add a reference to the note of a name; return whether it is the first one, so that the note is to be written.

        A later reference is a field with the number of the first.
        """
        if number := self._numbers.get(name):
            _add_field(paragraph, f"NOTEREF note{number} \\f \\h", str(number))
            return False
        number = self._numbers[name] = len(self._numbers) + 1
        start, end = (
            new_element("bookmarkStart", id=number, name=f"note{number}"),
            new_element("bookmarkEnd", id=number),
        )
        run = paragraph.add_run()
        run.style = "Endnote Reference"
        run._r.append(new_element("endnoteReference", id=number))
        run._r.addprevious(start)
        run._r.addnext(end)
        return True

    def write(self, name: str) -> Paragraph:
        """Return the paragraph of a note that was just referred to, with its number before it."""
        note = new_element("endnote", id=self._numbers[name])
        note.append(new_element("p"))
        self.part.element.append(note)
        paragraph = Paragraph(note[0], self.part)
        note[0].get_or_add_pPr().append(new_element("pStyle", val="EndnoteText"))
        mark = new_element("r")
        properties = new_element("rPr")
        properties.append(new_element("rStyle", val="EndnoteReference"))
        mark.append(properties)
        mark.append(new_element("endnoteRef"))
        note[0].append(mark)
        return paragraph


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field with the text that it shows until a program works it out anew."""
    pieces: list[Any] = [new_element("fldChar", fldCharType="begin"), new_element("instrText")]
    pieces[1].text = f" {instruction} "
    pieces[1].set(qn("xml:space"), "preserve")
    pieces += [
        new_element("fldChar", fldCharType="separate"),
        new_element("t"),
        new_element("fldChar", fldCharType="end"),
    ]
    pieces[3].text = shown
    for piece in pieces:
        run = paragraph.add_run()
        run.style = "Endnote Reference"
        run._r.append(piece)
