"""The text of a PDF file, by pypdf (extra ``documents``); lines that only the page's width ended are joined."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from positions.errors import DataError, MissingExtraError
from positions.extract.sources.publication_date import PublishedOn, is_possible
from positions.extract.sources.source_text import SourceText, source_error
from positions.model.dates import PartialDate

if TYPE_CHECKING:
    from pypdf import PdfReader

_LONGEST: Final = 5_000_000
"""Characters of text after which no more pages are read."""
_FULL: Final = 0.75
"""A line of at least this share of the usual width was ended by the page, not by its writer."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_LAST: Final = re.compile(r"(?<!\w)\w++(?=-$)")
_FIRST: Final = re.compile(r"^\w+")
_NO_TITLE: Final = re.compile(
    r"^(?:untitled|microsoft word|slide \d|\S*)$|\.(?:docx?|indd|pages|tex|odt|rtf|pdf)$", re.I
)


def read_pdf(content: bytes, *, where: str) -> SourceText:
    """Read the text of a PDF file's pages, with its title, author and date of making.

    Raises ``MissingExtraError`` without pypdf, ``DataError`` for a file that is broken, locked, or without
    text, such as a scan.
    """
    try:
        import pypdf
    except ImportError:
        raise MissingExtraError(f"{where}: reading PDF files", "documents") from None
    # Readers of articles have no use for its warnings about odd files.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise source_error(where, "the PDF is locked with a password")
        text = _read_pages(reader)
        metadata = _read_metadata(reader)
    except DataError:
        raise
    except Exception as error:  # a parser may raise anything on a broken file
        raise source_error(where, f"cannot be read as PDF: {type(error).__name__}: {str(error)[:100]}") from None
    if not text.strip():
        raise source_error(where, "the PDF has no text; a scan has to be read by OCR first")
    return SourceText(text, library=f"pypdf {pypdf.__version__}", **metadata)


def _read_pages(reader: PdfReader) -> str:
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > _LONGEST:
            break
    return reflow(_UNSEEN.sub("", "\n".join(pages)))


def _read_metadata(reader: PdfReader) -> dict[str, Any]:
    metadata = reader.metadata
    if metadata is None:
        return {}
    title, made = str(metadata.title or "").strip(), metadata.creation_date
    return {
        "title": "" if _NO_TITLE.search(title) else title,
        "author": str(metadata.author or "").strip(),
        "made_on": PublishedOn(PartialDate.of(made.date()), "inferred") if made and is_possible(made.date()) else None,
    }


def reflow(text: str) -> str:
    """Join the lines of a paragraph that the page's width separated.

    A hyphen at a line's end is removed if the word occurs without it elsewhere in the text.
    """
    lines = [line.strip() for line in text.replace("\u00ad\n", "").replace("\u00ad", "").split("\n")]
    widths = sorted(len(line) for line in lines if line)
    full = _FULL * widths[int(len(widths) * 0.9)] if widths else 0
    words = set(re.findall(r"\w+", text.lower()))
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = following[:1].islower() or (len(line) >= full and not line.endswith((".", "!", "?", "”", '"')))
        if not line or not following or not goes_on:
            parts.append(f"{line}\n")
        elif line.endswith("-"):
            halves = _LAST.findall(line) + _FIRST.findall(following)
            parts.append(line[:-1] if "".join(halves).lower() in words else line)
        else:
            parts.append(f"{line} ")
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()
