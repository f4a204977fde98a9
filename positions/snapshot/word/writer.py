"""Write a report's page as a Word file: every word of it is the page's."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from positions.errors import MissingExtraError
from positions.snapshot.escape import replace_control_characters
from positions.snapshot.report import Report
from positions.snapshot.word.page_tree import read_elements

if TYPE_CHECKING:
    from docx.document import Document

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The date of files in the package: the same report gives the same bytes."""


def word_bytes(page: str, report: Report) -> bytes:
    """Return a report's page as a .docx file; raises ``MissingExtraError`` without the extra ``docx``."""
    try:
        import docx
    except ImportError:
        raise MissingExtraError("Word", "docx") from None
    from positions.snapshot.word.blocks import BlockWriter
    from positions.snapshot.word.styles import set_styles

    document = docx.Document()
    set_styles(document)
    _set_properties(document, report)
    (body,) = read_elements(page).all("body")
    BlockWriter(document, body).write_page()
    return _pack(document)


def _set_properties(document: Document, report: Report) -> None:
    properties = document.core_properties
    properties.title = replace_control_characters(f"{report.title}: positions on {report.as_of_words}")[:255]
    properties.author, properties.comments = "positions", f"Head of the log: {report.head}"
    properties.created = properties.modified = datetime.combine(report.asked.as_of, time())


def _pack(document: Document) -> bytes:
    """Return the file with dates that do not tell when it was made."""
    made, packed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            after.writestr(entry, before.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
