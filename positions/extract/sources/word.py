"""The text of a Word file (``.docx``), by mammoth (extra ``documents``): its paragraphs, a line each.

The cells of a row stand in one line with tabs between them; footnotes and endnotes follow the text, without the signs
that point to them, which would stand within quotes. Deleted text, comments and headers are left out.
"""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO
from typing import Any, Final

from positions.errors import DataError, MissingExtraError
from positions.extract.sources.publication_date import PublishedOn, is_possible, parse_date
from positions.extract.sources.source_text import SourceText, source_error
from positions.model.dates import PartialDate

_LARGEST: Final = 100_000_000
"""Bytes that the file may have when it is unpacked."""
_CORE: Final = "docProps/core.xml"
_FIELD: Final = re.compile(r"<\w{1,9}:(title|creator|created)\b[^>]{0,200}>([^<]{0,500})<")
_BLANK: Final = re.compile(r"\s*\n\s*")
_BLOCKS: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "blockquote", "div", "br")


def read_word(content: bytes, *, where: str) -> SourceText:
    """Read a Word file's paragraphs, with its title, author and the day on which it was made.

    Raises ``MissingExtraError`` without mammoth, ``DataError`` for a file that is none, is broken or has no text.
    """
    try:
        import mammoth
    except ImportError:
        raise MissingExtraError(f"{where}: reading Word files", "documents") from None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise source_error(where, f"unpacked it has over {_LARGEST:,} bytes; is it a single article?")
            metadata = _read_metadata(archive)
        pictures = mammoth.images.img_element(lambda _: {})
        text = _read_lines(mammoth.convert_to_html(BytesIO(content), convert_image=pictures).value)
    except DataError:
        raise
    except Exception as error:  # a parser may raise anything on a broken file
        message = f"cannot be read as a Word file: {type(error).__name__}: {str(error)[:100]}"
        raise source_error(where, message) from None
    if not text:
        raise source_error(where, "the Word file has no text")
    return SourceText(text, library=f"mammoth {_version()}", **metadata)


def _read_lines(written: str) -> str:
    """Return the words of mammoth's HTML, a paragraph or row of a table a line."""
    from lxml.html import fragment_fromstring

    tree = fragment_fromstring(written or "<p></p>", create_parent="div")
    for link in list(tree.iter("a")):
        if (link.get("href") or "").startswith(("#footnote-", "#endnote-")):
            link.drop_tree()
    for cell in tree.iter("td", "th"):
        words = " ".join(" ".join(part.split()) for part in cell.itertext() if part.strip())
        for child in list(cell):
            cell.remove(child)
        cell.text, cell.tail = words, "\t" if cell.getnext() is not None else None
    for block in tree.iter(*_BLOCKS):
        block.tail = f"\n{block.tail or ''}"
        if block.tag != "br":
            block.text = f"\n{block.text or ''}"
    return _BLANK.sub("\n", tree.text_content()).strip()


def _version() -> str:
    from importlib.metadata import version

    return version("mammoth")


def _read_metadata(archive: zipfile.ZipFile) -> dict[str, Any]:
    if _CORE not in archive.namelist():
        return {}
    core = archive.read(_CORE).decode("utf-8", "replace")
    fields = {name: html.unescape(value).strip() for name, value in _FIELD.findall(core)}
    made = parse_date(fields.get("created", "")[:10])
    return {
        "title": fields.get("title", ""),
        "author": fields.get("creator", ""),
        "made_on": PublishedOn(PartialDate.of(made), "inferred") if made and is_possible(made) else None,
    }
